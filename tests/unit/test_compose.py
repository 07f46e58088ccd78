"""docker-compose.yml fits the service that it starts."""

import re
from pathlib import Path

import pytest
import yaml

from service.config import Settings

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"
_DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]


def test_every_setting_of_the_worker_is_one_of_ours(services: dict) -> None:
    known = {name.upper() for name in Settings.model_fields}

    assert set(services["worker"]["environment"]) <= known


def test_the_worker_starts_with_the_defaults(services: dict) -> None:
    """Whoever types only `docker compose up` gets settings that are accepted."""
    environment = services["worker"]["environment"].items()
    defaults = {name.lower(): _DEFAULT.sub(r"\1", value) for name, value in environment}

    settings = Settings(_env_file=None, **defaults)

    assert not settings.embedded
    assert settings.redis_url


def test_the_worker_can_be_scaled(services: dict) -> None:
    """A name, a host port or a folder of the host can belong to one container only."""
    assert not {"container_name", "hostname", "ports", "volumes"} & set(services["worker"])


def test_what_is_published_is_published_on_this_machine_only(services: dict) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]

    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_images_have_plain_names_and_a_version(services: dict) -> None:
    images = [service["image"] for service in services.values() if "image" in service]

    assert all(re.fullmatch(r"([a-z]+/)?[a-z]+:\d[\w.-]*", image) for image in images)


def test_every_service_says_how_it_is(services: dict) -> None:
    assert all("test" in service["healthcheck"] for service in services.values())


def test_every_volume_has_a_name(services: dict) -> None:
    """A named volume outlives `docker compose up --build`; a folder of the host has its own owner."""
    declared = yaml.safe_load(COMPOSE.read_text("utf-8"))["volumes"]
    used = [
        volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", [])
    ]

    assert sorted(used) == sorted(declared)
