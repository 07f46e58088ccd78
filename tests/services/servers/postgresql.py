"""PostgreSQL: one cluster in one folder. It refuses root."""

import signal
import subprocess
from pathlib import Path

from tests.services.servers.daemon import Daemon, free_ports, give_away
from tests.services.servers.programs import find_program, ordinary_user

CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""These tests cut no power."""


class PostgreSQL(Daemon):
    """A server with one empty database at ``url``."""

    def __init__(self, folder: Path) -> None:
        initdb, postgres = (find_program(name, "postgresql") for name in ("initdb", "postgres"))
        user = ordinary_user()
        [port] = free_ports(1)
        self.url = f"postgres://town@127.0.0.1:{port}/postgres"
        folder.mkdir()
        give_away(folder, user)
        trusting = ["-A", "trust", "-U", "town", "-E", "UTF8", "--no-sync"]
        _run([initdb, "-D", str(folder / "data"), *trusting], user)
        settings = (word for setting in CARELESS for word in ("-c", setting))
        place = ["-D", str(folder / "data"), "-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
        fast = signal.SIGINT  # it ends sessions instead of waiting for them
        super().__init__(folder, [postgres, *place, *settings], (port,), user, fast)


def _run(command: list[str], user: tuple[str, str] | None) -> None:
    name, group = user or (None, None)
    subprocess.run(
        command, cwd="/", user=name, group=group, extra_groups=[] if user else None,
        stdout=subprocess.DEVNULL, check=True, timeout=60,
    )  # fmt: skip
