"""Opens, migrates and closes the database; the database's clock; transactions."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tortoise import Tortoise
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.connection import get_connection
from tortoise.exceptions import ConfigurationError, DBConnectionError, TransactionManagementError
from tortoise.transactions import in_transaction

from service.errors import CommonThreadError, Misconfigured, Transient
from service.store.schema import is_sqlite, migrate, pending

APP = "store"
MIGRATIONS = "service.store.migrations"
REFUSED = "28"
"""SQLSTATE class of wrong users and passwords."""
POSTGRES_TROUBLE = ("08", "40", "53", "57", "58")
"""SQLSTATE classes: connection, deadlock, resources, operator's intervention, disk."""
LOST_CONNECTION = "InterfaceError"
"""Asyncpg's word for it; SQLite's users need not have asyncpg."""
WAL_LENGTH = 8 * 1024 * 1024
"""Octets of SQLite's log that stay after a checkpoint. Growing it again costs a third of all sending."""
SQLITE_TROUBLE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)


class Database:
    """One open database. ``url`` is ``sqlite://PATH`` or ``postgres://…``."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def open(self) -> None:
        """Connect. Raises Transient when it cannot be reached, Misconfigured when it cannot be used."""
        try:
            await Tortoise.init(config=database_config(self.url), _enable_global_fallback=True)
            await _check_encoding()
        except Misconfigured:
            await self.close()
            raise
        except Exception as error:
            await self.close()
            raise _explain(error) from error

    async def migrate(self, target: str = "__latest__") -> None:
        """Bring the schema to ``target``: ``__latest__``, ``__first__`` or a migration's name."""
        await migrate(database_config(self.url)["apps"], APP, target)

    async def pending(self) -> list[str]:
        """The migrations that ``migrate`` would run."""
        return await pending(database_config(self.url)["apps"], APP)

    async def close(self) -> None:
        """Disconnect. Safe to call twice."""
        await Tortoise.close_connections()


async def _check_encoding() -> None:
    """People write in every script; a PostgreSQL made in the C locale would refuse their words later."""
    connection = get_connection("default")
    if is_sqlite(connection):
        await connection.execute_query("SELECT 1")
        return
    [row] = await connection.execute_query_dict("SHOW server_encoding")
    if row["server_encoding"] != "UTF8":
        raise Misconfigured(
            "DATABASE_URL",
            f"this database is encoded in {row['server_encoding']}.",
            "Make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
        )


def database_config(url: str) -> dict[str, Any]:
    """Tortoise's configuration for ``url``."""
    app = {"models": ["service.store.models"], "default_connection": "default", "migrations": MIGRATIONS}
    return {"connections": {"default": _connection(url)}, "apps": {APP: app}, "use_tz": True}


def _connection(url: str) -> object:
    if not url.startswith("sqlite:"):
        server = expand_db_url(url.replace("postgresql://", "postgres://", 1))
        server["credentials"]["server_settings"] = {"synchronous_commit": "on"}  # REL-10
        return server
    path = Path(url.removeprefix("sqlite://"))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pragmas = {
        "synchronous": "FULL",
        "busy_timeout": 10_000,
        "secure_delete": "ON",
        "journal_size_limit": WAL_LENGTH,
    }
    return {"engine": "service.store.sqlite", "credentials": {"file_path": str(path), **pragmas}}


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Everything inside is committed together or not at all."""
    async with in_transaction("default"):
        yield


async def database_now() -> datetime:
    """The database's clock: what leases are measured by, so that hosts need not agree (REL-13)."""
    connection = get_connection("default")
    if is_sqlite(connection):
        rows = await connection.execute_query_dict("SELECT (julianday('now') - 2440587.5) * 86400 AS now")
        return datetime.fromtimestamp(rows[0]["now"], UTC)
    rows = await connection.execute_query_dict("SELECT clock_timestamp() AS now")
    moment: datetime = rows[0]["now"]
    return moment.astimezone(UTC)


def _explain(error: Exception) -> CommonThreadError:
    if isinstance(error, ImportError):
        return Misconfigured(
            "DATABASE_URL", "PostgreSQL needs its driver.", "Install common-thread[postgres]."
        )
    if isinstance(error, ConfigurationError) or _sqlstate(error).startswith(REFUSED):
        return Misconfigured("DATABASE_URL", f"{error}.", "Write postgres://user:password@host:port/name.")
    if isinstance(error, FileExistsError | NotADirectoryError | PermissionError):
        where = f"{error.filename}: {error.strerror}."
        return Misconfigured("DATA_DIR", where, "Name a directory that can be written.")
    if type(error) is sqlite3.DatabaseError:
        return Misconfigured(
            "DATA_DIR", f"{error}.", "Put a backup in its place, or choose another DATA_DIR."
        )
    return Transient(
        f"The database does not answer ({error}). Check DATABASE_URL and DATA_DIR, then try again."
    )


def is_own_trouble(error: Exception) -> bool:
    """Whether the database itself is in trouble (F27 to F30): what was being worked on is not to blame."""
    cause = error.args[0] if error.args and isinstance(error.args[0], sqlite3.Error) else error
    return (
        getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in SQLITE_TROUBLE
        or _sqlstate(error).startswith(POSTGRES_TROUBLE)
        or type(error).__name__ == LOST_CONNECTION
        or isinstance(error, DBConnectionError | TransactionManagementError | OSError)
    )


def _sqlstate(error: Exception) -> str:
    """PostgreSQL's five characters (its manual, appendix A); their first two say what is the matter."""
    return str(getattr(error, "sqlstate", ""))


def describe(url: str) -> str:
    """The database as a person may read it: no password."""
    parts = urlsplit(url)
    return parts.path if parts.scheme == "sqlite" else f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
