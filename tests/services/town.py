"""A town on real servers: its accounts, the worker as a process, and what the database says."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from tests.services.people import Mailbox
from tests.services.servers.daemon import Daemon
from tests.services.servers.dovecot import Dovecot
from tests.services.servers.postfix import Postfix
from tests.services.servers.postgresql import PostgreSQL

T = TypeVar("T")
PLAN = Path(__file__).parent / "plan.toml"
WORKER = Path(__file__).parents[2] / "worker.py"
THREAD, OPERATOR, ADA = "thread@town.example", "desk@town.example", "ada@town.example"
GONE = "gone@town.example"
BARBARA, EDITH, GRACE = "barbara@town.example", "edith@town.example", "grace@town.example"
LINUS, MARGARET = "linus@town.example", "margaret@town.example"
PEOPLE = (ADA, BARBARA, EDITH, GRACE, LINUS, MARGARET)
ACCOUNTS = {address: f"{address[:3]} has a secret" for address in (THREAD, OPERATOR, *PEOPLE)}
"""Everybody with a mailbox in most stories, and their passwords. The plan also names somebody without."""
PATIENCE = 60.0
"""Seconds; what takes longer has not come about."""


class Town:
    """``worker`` is not started yet; ``settings`` may still be changed."""

    def __init__(self, folder: Path, dovecot: Dovecot, postfix: Postfix, postgresql: PostgreSQL) -> None:
        self.folder, self.dovecot, self.postfix, self.postgresql = folder, dovecot, postfix, postgresql
        folder.mkdir()
        password = dovecot.accounts[THREAD]
        self.settings = {
            "ORGANISATION": "The Town", "OPERATOR_ADDRESS": OPERATOR, "MAIL_ADDRESS": THREAD,
            "SECRET_KEY": "a secret for the stories of the town", "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": postgresql.url,
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(postfix.smtp_port), "SMTP_SECURITY": "none",
            "SMTP_USERNAME": THREAD, "SMTP_PASSWORD": password,
            "IMAP_HOST": "127.0.0.1", "IMAP_PORT": str(dovecot.imap_port), "IMAP_SECURITY": "none",
            "IMAP_USERNAME": THREAD, "IMAP_PASSWORD": password,
        }  # fmt: skip
        command = (sys.executable, str(WORKER))
        self.worker = Daemon(folder, command, (), environment=self.settings)

    def mailbox(self, address: str) -> Mailbox:
        password = self.dovecot.accounts[address]
        return Mailbox(address, password, self.dovecot.imap_port, self.postfix.mx_port)

    def run(self, *words: str) -> str:
        """One command of ours, as an operator types it; what it said."""
        program = Path(sys.executable).with_name("commonthread")
        ended = subprocess.run(
            [program, *words], cwd=self.folder, env=self.settings, text=True, timeout=PATIENCE, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stdout
        return ended.stdout

    def ask(self) -> None:
        """The plan is applied, and everybody gets this week's check-in."""
        self.run("apply", str(PLAN), "--yes")
        self.run("send", "check-in")
        for address in PEOPLE:
            until(self.mailbox(address).check_in, f"{address} is asked")

    def answers(self, address: str) -> dict[str, Any]:
        """What is recorded of somebody: question → value."""
        recorded = "SELECT question, value FROM entries JOIN addresses USING (person_id) WHERE addr_spec = $1"
        return {row["question"]: json.loads(row["value"])["is"] for row in self.rows(recorded, address)}

    def rows(self, query: str, *arguments: object) -> list[Any]:
        async def fetch() -> list[Any]:
            connection = await asyncpg.connect(self.postgresql.url)
            try:
                return await connection.fetch(query, *arguments)
            finally:
                await connection.close()

        return asyncio.run(fetch())


def until(question: Callable[[], T | None], what: str, seconds: float = PATIENCE) -> T:
    """The first answer that says something. Fails when ``what`` has not come about in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {seconds:g} seconds in vain until {what}"
        time.sleep(0.1)
