"""A house under fire: mail server, relay, people who answer, and workers as processes that may be killed."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from service.jobs import utc_now
from service.sandbox.mail import HOST_NAME, EmbeddedMail
from service.valkey import EmbeddedValkey
from tests.crash.ledger import Ledger, open_ledger
from tests.crash.prepare import MAILBOX, OPERATOR, SECRET, addresses
from tests.crash.relay import Relay, Taken

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0
"""Seconds until a wait is given up; nothing here should take a fifth of it."""
LOOK_EVERY = 0.1
PASSWORD = "loom"
COMMAND_LINE = "import sys; from service.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(frozen=True)
class Town:
    """A prepared database. A SQLite file is copied for each house; a PostgreSQL is used as it is."""

    people: int
    database_url: str

    def database_url_in(self, folder: Path) -> str:
        if not self.database_url.startswith("sqlite:"):
            return self.database_url
        return f"sqlite://{shutil.copy(self.database_url.removeprefix('sqlite://'), folder)}"


@dataclass
class Worker:
    """One worker process and its log."""

    process: asyncio.subprocess.Process
    log: Path
    data_dir: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def name(self) -> str:
        """What it goes by in the ledger; empty until it has started."""
        return self.log.read_text().partition('"worker": "')[2][:8]

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    async def ended(self) -> int:
        """The exit status, negative for a signal."""
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def stop(self) -> int:
        self.kill(signal.SIGTERM)
        return await self.ended()

    async def valkey_pid(self) -> int:
        """Its own Valkey's process."""
        answer = await command(self.data_dir, "INFO server")
        return int(answer.partition("process_id:")[2].split()[0])


@dataclass
class House:
    """``posted`` are the replies that people sent, by their Message-ID: the words of each."""

    folder: Path
    ledger: Ledger
    mail: EmbeddedMail
    relay: Relay
    settings: dict[str, str]
    processes: list[Worker] = field(default_factory=list)
    posted: dict[str, str] = field(default_factory=dict)

    async def start(self, *launch: str, **settings: str) -> Worker:
        """A worker; ``launch`` is what tests/crash/launch.py understands."""
        script = [str(ROOT / "tests/crash/launch.py"), *launch] if launch else [str(ROOT / "worker.py")]
        return await self._spawn(*script, **settings)

    async def run(self, *words: str) -> int:
        """A command of ``commonthread``; its exit status."""
        return await (await self._spawn("-c", COMMAND_LINE, *words)).ended()

    async def _spawn(self, *script: str, **settings: str) -> Worker:
        log = self.folder / f"process-{len(self.processes) + 1}.log"
        environment = {"PYTHONPATH": str(ROOT), **self.settings, **settings}
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *script, cwd=self.folder, env=environment, stdout=out, stderr=out
            )
        worker = Worker(process, log, Path(environment["DATA_DIR"]))
        self.processes.append(worker)
        return worker

    async def until_up(self, worker: Worker) -> None:
        async def up() -> bool:
            return bool(worker.name)

        await self.until(up, "the worker was up")

    async def until_taken(self, mails: int) -> None:
        async def taken() -> bool:
            return len(self.relay.taken) >= mails

        await self.until(taken, f"{mails} mails had gone out")

    async def until(self, condition: Callable[[], Awaitable[bool]], what: str) -> None:
        """Wait, but not for ever; whoever waits in vain is shown what the workers said."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await condition():  # noqa: ASYNC110 - another process makes it true
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError:
            raise AssertionError(f"waited in vain until {what}.\n{await self.report()}") from None

    async def until_done(self) -> None:
        """Everybody has all mail that is due to them, and whatever they wrote is judged."""
        await self.until(self._is_done, "all mail was sent and every reply judged")

    async def _is_done(self) -> bool:
        return (
            not await self.count("outbox WHERE state NOT IN ('accepted', 'skipped', 'rejected')")
            and not await self.count("due WHERE at <= $1", utc_now())
            and len(self.posted) == await self.count("prompts WHERE instrument = 'check-in'")
            and len(self.posted) == await self.count("inbox WHERE state = 'settled'")
            and not await asyncio.to_thread(self.folder_of_server, "INBOX")
        )

    async def count(self, what: str, *arguments: str | datetime) -> int:
        found = await self.ledger.rows(f"SELECT count(*) AS number FROM {what}", *arguments)
        return int(found[0]["number"])

    def folder_of_server(self, name: str) -> list[str]:
        """Message-IDs in one folder of our mailbox, as the server has it."""
        with MailBoxUnencrypted("127.0.0.1", self.mail.imap_port).login(MAILBOX, PASSWORD, None) as box:
            if not box.folder.exists(name):
                return []
            box.folder.set(name, readonly=True)
            return [mail.headers["message-id"][0] for mail in box.fetch(mark_seen=False, headers_only=True)]

    async def answer(self) -> None:
        """People reply to each check-in once, however often it came."""
        seen = 0
        answered: set[str] = set()
        while True:
            for taken in self.relay.taken[seen:]:
                seen += 1
                if taken.asks == "check-in" and taken.message_id not in answered:
                    answered.add(taken.message_id)
                    await self.reply(taken)
            await asyncio.sleep(LOOK_EVERY / 4)

    async def reply(self, taken: Taken) -> None:
        letter, asked = EmailMessage(), taken.mail
        author = taken.rcpt_to
        letter["From"], letter["To"] = author, asked["Reply-To"]
        letter["Subject"] = f"Re: {asked['Subject']}"
        letter["Message-ID"] = f"<re.{asked['Message-ID'].strip('<>')}>"
        letter["In-Reply-To"] = asked["Message-ID"]
        letter["Date"] = utc_now()
        words = f"We found a room, says {author.partition('@')[0]}"
        letter.set_content(f"1: {words}\nneed: two lamps\n")
        self.posted[letter["Message-ID"]] = words
        address = asked["Reply-To"].addresses[0].addr_spec
        await self.mail.accept(author, address, letter.as_bytes().replace(b"\n", b"\r\n"), author)

    async def report(self) -> str:
        tables = {
            "outbox": "SELECT key, state, phase, attempts, uncertain, not_before, reply FROM outbox",
            "inbox": "SELECT id, state, outcome, attempts, reason FROM inbox",
            "alarms": "SELECT key, text, count FROM alarms",
        }
        parts = [f"{worker.log.name}: …{worker.log.read_text()[-3000:]}" for worker in self.processes]
        for name, query in tables.items():
            parts.append(name + "".join(f"\n  {row}" for row in (await self.ledger.rows(query))[:40]))
        return "\n".join(parts)


@asynccontextmanager
async def open_house(town: Town, **settings: str) -> AsyncIterator[House]:
    """Everything but a worker."""
    accounts = dict.fromkeys([MAILBOX, OPERATOR, *addresses(town.people)], PASSWORD)
    with tempfile.TemporaryDirectory(prefix="ct-") as name:
        folder = Path(name)
        (folder / "data").mkdir(mode=0o700)
        url = settings["DATABASE_URL"] = town.database_url_in(folder / "data")
        mail = EmbeddedMail(accounts, clock=utc_now)
        async with open_ledger(url) as ledger, mail, Relay(mail) as relay:
            house = House(folder, ledger, mail, relay, {**_settings(folder, mail, relay), **settings})
            answering = asyncio.create_task(house.answer())
            try:
                yield house
            finally:
                answering.cancel()
                await _end(house.processes)
                await asyncio.gather(answering, return_exceptions=True)


def _settings(folder: Path, mail: EmbeddedMail, relay: Relay) -> dict[str, str]:
    return {
        "ORGANISATION": "The Town",
        "OPERATOR_ADDRESS": OPERATOR,
        "MAIL_ADDRESS": MAILBOX,
        "SECRET_KEY": SECRET,
        "AUTHENTICATION": f"rfc8601:{HOST_NAME}",
        "DATA_DIR": str(folder / "data"),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(relay.port),
        "SMTP_SECURITY": "none",
        "SMTP_USERNAME": MAILBOX,
        "SMTP_PASSWORD": PASSWORD,
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(mail.imap_port),
        "IMAP_SECURITY": "none",
        "IMAP_USERNAME": MAILBOX,
        "IMAP_PASSWORD": PASSWORD,
        "LEASE": "1.5",
        "SWEEP_EVERY": "1",
        "UNCERTAIN_WAIT": "1",
        "QUEUE_POLL": "0.02",
    }


async def _end(processes: Sequence[Worker]) -> None:
    for worker in processes:
        if worker.alive:
            worker.kill()
        await worker.ended()


async def command(data_dir: Path, line: str) -> str:
    """Say one thing to the Valkey of a worker."""
    reader, writer = await asyncio.open_unix_connection(EmbeddedValkey(data_dir / "valkey").socket)
    with contextlib.closing(writer):
        writer.write(line.encode() + b"\r\n")
        return (await reader.read(1 << 16)).decode()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
