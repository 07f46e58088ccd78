"""An installation in a folder of its own: commands run in it, and stories of the town between them."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from functools import cache

import pytest

from service.library import templates_directory
from service.outbound.render import load_templates
from tests.databases import open_database, sqlite_url
from tests.flows.town import PLAN, Town

SETTINGS = """
ORGANISATION=The Town
OPERATOR_ADDRESS=desk@town.example
MAIL_ADDRESS=thread@town.example
SECRET_KEY=a secret for the stories of the town
AUTHENTICATION=rfc8601:mx.town.example
SMTP_HOST=127.0.0.1
SMTP_PORT=1
SMTP_SECURITY=none
IMAP_HOST=127.0.0.1
IMAP_PORT=1
IMAP_SECURITY=none
"""


@cache
def our_templates():
    """Compiling is most of what opening the house costs."""
    return load_templates(templates_directory() / "emails")


def templates_of(folder):
    return our_templates() if folder == templates_directory() / "emails" else load_templates(folder)


@pytest.fixture
def installation(tmp_path, monkeypatch, migrated_sqlite):
    """Settings whose servers are closed ports; a later line wins over an earlier one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("service.app.load_templates", templates_of)
    (tmp_path / "data").mkdir()
    shutil.copy(migrated_sqlite, tmp_path / "data")
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "commonthread.env").write_text(SETTINGS)

    def having(*lines):
        (tmp_path / "commonthread.env").write_text("\n".join([SETTINGS, *lines]))

    return having


@pytest.fixture
def tell(installation, desk, tmp_path):
    """Tells a story of the town in the installation's database; its result."""

    def told(story: Callable[[Town], Awaitable[object]]) -> object:
        async def opened():
            async with open_database(sqlite_url(tmp_path / "data")):
                return await story(Town(desk))

        return asyncio.run(opened())

    return told


@pytest.fixture
def settled(commonthread, installation):
    """The plan is applied."""
    assert commonthread("apply", "plan.toml", "--yes")[0] == 0
