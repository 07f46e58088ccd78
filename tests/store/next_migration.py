"""One more migration behind ours, which only a test knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.store import database as database_module

FOLDER = Path(database_module.__file__).parent / "migrations"
OURS = sorted(path.stem for path in FOLDER.glob("0*.py"))
NEXT = "9999_next"
MODULE = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("store", "{latest}")]
    operations = [{operations}]
"""


@contextmanager
def next_migration(folder: Path, operations: str) -> Iterator[Path]:
    """The store finds a copy of its migrations in ``folder``, and behind them this one."""
    package = folder / f"migrations_of_{folder.name.replace('-', '_')}"
    package.mkdir()
    for source in FOLDER.glob("*.py"):
        (package / source.name).write_text(source.read_text())
    path = package / f"{NEXT}.py"
    path.write_text(MODULE.format(latest=OURS[-1], operations=operations))
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.setattr(database_module, "MIGRATIONS", package.name)
        yield path
