"""README.md keeps its promise: one command, which does all of its own set-up."""

from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def section(heading: str) -> str:
    _, _, rest = README.read_text("utf-8").partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


@pytest.mark.parametrize("heading", ["Try it", "Run the tests"])
def test_a_section_has_one_command_that_starts_from_nothing(heading: str) -> None:
    before, opening, rest = section(heading).partition("```sh\n")
    command, closing, after = rest.partition("\n```")

    assert opening
    assert closing
    assert "```" not in before + after
    assert command.startswith("python3 -m venv .venv && ")
    assert "\n" not in command
