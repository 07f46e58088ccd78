from pathlib import Path

import pytest

from tests.crash.prepare import prepare


@pytest.fixture(scope="session")
def three_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy: Ada, Grace and Linus are welcome, and are to be asked now."""
    return _prepared(tmp_path_factory.mktemp("three"), 3)


@pytest.fixture(scope="session")
def thirty_people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _prepared(tmp_path_factory.mktemp("thirty"), 30)


def _prepared(folder: Path, people: int) -> Path:
    prepare(folder, people)
    return folder / "commonthread.db"
