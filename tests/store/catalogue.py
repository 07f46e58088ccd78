"""What a database says of its own tables, so that two schemas can be compared."""

from typing import Any

from tortoise.connection import get_connection

Table = dict[str, Any]

COLUMNS = """
    SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS required, a.attidentity::text AS identity,
           pg_get_expr(d.adbin, d.adrelid) AS preset
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS words
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
"""
INDEXES = """
    SELECT tablename AS "table", indexname AS name, indexdef AS words
    FROM pg_indexes WHERE schemaname = 'public'
"""


async def tables() -> dict[str, Table]:
    """Every table with its columns, indexes and constraints; not tortoise's own record."""
    connection = get_connection("default")
    read = _sqlite if connection.capabilities.dialect == "sqlite" else _postgres
    found = await read(connection)
    found.pop("tortoise_migrations", None)
    return found


async def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored, by table."""
    connection = get_connection("default")
    return {
        table: await connection.execute_query_dict(f'SELECT * FROM "{table}" ORDER BY 1')
        for table in await tables()
    }


async def _postgres(connection: Any) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for kind, query in (("columns", COLUMNS), ("constraints", CONSTRAINTS), ("indexes", INDEXES)):
        for row in await connection.execute_query_dict(query):
            things = found.setdefault(row.pop("table"), {}).setdefault(kind, {})
            things[row.pop("name")] = tuple(row.values())
    return found


async def _sqlite(connection: Any) -> dict[str, Table]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return {
        row["name"]: {
            "columns": await _sqlite_columns(connection, row["name"]),
            "indexes": await _sqlite_indexes(connection, row["name"]),
            "references": await _sqlite_references(connection, row["name"]),
            "counts by itself": "AUTOINCREMENT" in row["sql"],
        }
        for row in await connection.execute_query_dict(query)
    }


async def _sqlite_columns(connection: Any, table: str) -> dict[str, tuple[Any, ...]]:
    columns = await connection.execute_query_dict(f'PRAGMA table_info("{table}")')
    return {c["name"]: (c["type"], c["notnull"], c["dflt_value"], c["pk"]) for c in columns}


async def _sqlite_indexes(connection: Any, table: str) -> set[tuple[Any, ...]]:
    """A unique constraint and a unique index are the same thing here, so their names do not count."""
    found = set()
    for index in await connection.execute_query_dict(f'PRAGMA index_list("{table}")'):
        parts = await connection.execute_query_dict(f'PRAGMA index_info("{index["name"]}")')
        name = "" if index["unique"] else index["name"]
        found.add((index["unique"], name, tuple(part["name"] for part in parts)))
    return found


async def _sqlite_references(connection: Any, table: str) -> set[tuple[Any, ...]]:
    keys = await connection.execute_query_dict(f'PRAGMA foreign_key_list("{table}")')
    return {(key["from"], key["table"], key["to"], key["on_update"], key["on_delete"]) for key in keys}
