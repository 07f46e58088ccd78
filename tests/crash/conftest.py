from pathlib import Path

import pytest

from tests.crash.house import Town
from tests.crash.prepare import prepare


@pytest.fixture(scope="session")
def three_people(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Ada, Grace and Linus are to be welcomed, and to be asked now."""
    return _prepared(tmp_path_factory.mktemp("three"), 3)


@pytest.fixture(scope="session")
def twelve_people(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """They and some neighbours."""
    return _prepared(tmp_path_factory.mktemp("twelve"), 12)


def _prepared(folder: Path, people: int) -> Town:
    prepare(folder, people)
    return Town(people, f"sqlite://{folder / 'commonthread.db'}")
