"""Servers from the system's packages, new for each file of tests. A missing program skips the test with its
name, or fails it under ``--services-required``."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services.servers.daemon import Daemon
from tests.services.servers.dovecot import Dovecot
from tests.services.servers.postfix import Postfix
from tests.services.servers.postgresql import PostgreSQL
from tests.services.servers.programs import needed
from tests.services.town import ACCOUNTS, Town


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Its name is short, for unix sockets, and the servers' own users may enter."""
    with tempfile.TemporaryDirectory(prefix="town-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def accounts() -> Mapping[str, str]:
    """Whom Dovecot knows, and their passwords. A file of tests may have others."""
    return ACCOUNTS


@pytest.fixture(scope="module")
def dovecot(request: pytest.FixtureRequest, folder: Path, accounts: Mapping[str, str]) -> Iterator[Dovecot]:
    server = needed(request.config, lambda: Dovecot(folder / "dovecot", accounts))
    with running(server):
        yield server


@pytest.fixture(scope="module")
def postfix(request: pytest.FixtureRequest, folder: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    server = needed(request.config, lambda: Postfix(folder / "postfix", dovecot))
    with running(server):
        yield server


@pytest.fixture(scope="module")
def postgresql(request: pytest.FixtureRequest, folder: Path) -> Iterator[PostgreSQL]:
    server = needed(request.config, lambda: PostgreSQL(folder / "postgresql"))
    with running(server):
        yield server


@pytest.fixture(scope="module")
def town(folder: Path, dovecot: Dovecot, postfix: Postfix, postgresql: PostgreSQL) -> Iterator[Town]:
    town = Town(folder / "town", dovecot, postfix, postgresql)
    try:
        yield town
    finally:
        farewell(town.worker)


@contextmanager
def running(server: Daemon) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        farewell(server)


def farewell(server: Daemon) -> None:
    """End it, and show what it wrote: pytest prints that for a test that failed."""
    server.stop()
    print(server.log())
