"""Plain SQL on tortoise's connection, in the transaction at hand: for the few statements that every mail
of a round passes through.

Building a query costs tortoise six times what SQLite needs to run it, and a row that becomes a model
ten times what it costs as it is. Statements have ``?`` where a value stands, on PostgreSQL too; moments
are given as they are (``store.sqlite`` writes them in UTC), and come back as the driver has them.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

from tortoise.connection import get_connection
from tortoise.fields import Field
from tortoise.models import Model

from service.store.schema import is_sqlite

AT_ONCE = 100
"""Rows of one INSERT. For each step that SQLite makes, its thread gives the interpreter away and, while
mails are being sent, waits to get it back: a statement for each row would take longer than the rows."""


async def fetch(statement: str, values: Sequence[object], lock: str = "") -> list[dict[str, Any]]:
    """The rows of a SELECT.

    ``lock`` is added on PostgreSQL, such as ``FOR UPDATE``: on SQLite a transaction has the database
    to itself.
    """
    connection = get_connection("default")
    if is_sqlite(connection):
        return await connection.execute_query_dict(statement, list(values))
    return await connection.execute_query_dict(_numbered(f"{statement} {lock}"), list(values))


async def change(statement: str, values: Sequence[object]) -> int:
    """Run a statement that gives no rows. Returns how many it changed."""
    connection = get_connection("default")
    dialect = statement if is_sqlite(connection) else _numbered(statement)
    count, _ = await connection.execute_query(dialect, list(values))
    return int(count)


async def insert(model: type[Model], rows: Sequence[Mapping[str, object]], conflict: str = "") -> None:
    """Write many rows, their values converted and checked as ``model`` does.

    All rows have the same fields, by names such as ``person_id``; the others get their defaults.
    ``conflict`` is an ON CONFLICT clause.
    """
    if not rows:
        return
    given = [_converted(model, name, [row[name] for row in rows]) for name in rows[0]]
    defaults = _defaults(model, tuple(rows[0]))
    values = list(zip(*given, *map(repeat, defaults.values()), strict=False))
    for start in range(0, len(rows), AT_ONCE):
        some = values[start : start + AT_ONCE]
        statement = _insertion(model._meta.db_table, (*rows[0], *defaults), len(some), conflict)
        await change(statement, list(chain.from_iterable(some)))


def marks(values: Sequence[object]) -> str:
    """As many ``?`` as there are values, for IN."""
    return ", ".join("?" * len(values))


def _converted(model: type[Model], name: str, values: Sequence[object]) -> list[object]:
    """The values of one column as the database takes them. What many rows share is converted once."""
    field: Field[Any] = model._meta.fields_map[name]
    known = {id(value): value for value in values}
    stored = {key: field.to_db_value(value, model) for key, value in known.items()}
    return [stored[id(value)] for value in values]


@lru_cache(maxsize=64)
def _defaults(model: type[Model], given: tuple[str, ...]) -> dict[str, object]:
    """What the fields hold that are not given. The database itself knows only some defaults."""
    others = model._meta.fields_db_projection.keys() - set(given)
    defaults = {name: model._meta.fields_map[name].default for name in others}
    return {name: default for name, default in defaults.items() if default is not None}


@lru_cache(maxsize=64)
def _insertion(table: str, columns: tuple[str, ...], rows: int, conflict: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join([f"({marks(columns)})"] * rows)
    return f'INSERT INTO "{table}" ({names}) VALUES {values} {conflict}'  # noqa: S608 - names of our models


@lru_cache(maxsize=256)
def _numbered(statement: str) -> str:
    """The statement with PostgreSQL's ``$1`` for the first ``?``, and so on."""
    first, *others = statement.split("?")
    return first + "".join(f"${number}{other}" for number, other in enumerate(others, 1))
