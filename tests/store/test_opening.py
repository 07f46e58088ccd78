"""A database that cannot be opened may heal by itself, or somebody has to mend a setting."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from service.errors import CommonThreadError, Misconfigured, Transient
from service.store.database import Database, describe
from tests.databases import Postgres


async def refusal(url: str) -> CommonThreadError:
    database = Database(url)
    with pytest.raises(CommonThreadError) as refused:
        await database.open()
    await database.close()
    return refused.value


@pytest.mark.parametrize(
    "url", ["postgres://town@127.0.0.1:1/thread", "postgres://town@nowhere.example/thread"]
)
async def test_a_database_that_is_away_is_waited_for(url: str):
    words = await refusal(url)

    assert isinstance(words, Transient)
    assert "DATABASE_URL" in str(words)


async def test_a_database_that_is_not_made_yet_is_waited_for(postgres: Postgres):
    """Whoever starts everything at once starts the worker before the database is ready."""
    words = await refusal(postgres.at("nowhere"))

    assert isinstance(words, Transient)


async def test_a_user_that_postgresql_does_not_know_has_to_be_mended(postgres: Postgres):
    parts = urlsplit(postgres.url)
    place = parts.netloc.rpartition("@")[2]

    words = await refusal(urlunsplit(parts._replace(netloc=f"mallory:guess@{place}")))

    assert isinstance(words, Misconfigured)
    assert words.where == "DATABASE_URL"
    assert "mallory" in words.problem


@pytest.mark.parametrize("url", ["postgres://town@host:many/thread", "nothing://town@host/thread"])
async def test_an_address_that_is_none_has_to_be_mended(url: str):
    words = await refusal(url)

    assert isinstance(words, Misconfigured)
    assert words.where == "DATABASE_URL"


async def test_a_file_that_is_no_database_has_to_be_mended(tmp_path: Path):
    """And stays as it is."""
    path = tmp_path / "commonthread.db"
    path.write_bytes(b"a letter of Ada's\n" * 500)

    words = await refusal(f"sqlite://{path}")

    assert isinstance(words, Misconfigured)
    assert path.read_bytes() == b"a letter of Ada's\n" * 500


async def test_a_data_directory_that_cannot_be_made_has_to_be_mended():
    words = await refusal("sqlite:///dev/null/data/commonthread.db")

    assert isinstance(words, Misconfigured)
    assert words.where == "DATA_DIR"


async def test_a_new_data_directory_is_nobody_else_s_to_read(tmp_path: Path):
    """I6."""
    database = Database(f"sqlite://{tmp_path / 'data' / 'commonthread.db'}")
    await database.open()
    await database.close()
    await database.close()

    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://town:word@db.town.example/thread", "postgres://db.town.example/thread"),
        ("postgresql://postgres:@/thread?host=/run/x", "postgresql:///thread"),
        ("sqlite:///srv/town/commonthread.db", "/srv/town/commonthread.db"),
    ],
)
def test_a_database_is_shown_without_its_password(url: str, shown: str):
    """I6."""
    assert describe(url) == shown


@pytest.fixture
def ascii_url(postgres: Postgres) -> Iterator[str]:
    """What `initdb` makes in the C locale."""
    url = urlunsplit(urlsplit(postgres.url)._replace(path="/ascii_only"))
    how = "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    postgres.execute(f"CREATE DATABASE ascii_only {how}")
    yield url
    postgres.drop(url)


async def test_a_postgresql_that_cannot_keep_every_script_is_refused(ascii_url: str):
    """Else the first answer with an accent would fail, long after the set-up."""
    words = await refusal(ascii_url)

    assert isinstance(words, Misconfigured)
    assert "SQL_ASCII" in words.problem
    assert "UTF8" in words.mend
