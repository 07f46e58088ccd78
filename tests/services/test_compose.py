"""docker-compose.yml, as docker-compose itself reads it."""

import subprocess
from pathlib import Path

import pytest

from tests.services.servers.programs import find_program, needed

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"


def test_docker_compose_accepts_the_file(request: pytest.FixtureRequest) -> None:
    program = needed(request.config, lambda: find_program("docker-compose", "docker-compose"))

    checked = subprocess.run(
        [program, "--file", COMPOSE, "config", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (checked.returncode, checked.stderr) == (0, "")
