"""From a reply's delivery to its stored entry: median and 95th percentile.

``python -m bench.latency [--replies 100] [--dovecot]``. The embedded mail server is measured, or
Debian's Dovecot with the configuration of the services tests (started here, on loopback). The
worker runs in this process over SQLite and the embedded Valkey, with its default settings.
"""

import argparse
import asyncio
import smtplib
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from email.message import EmailMessage
from pathlib import Path

from bench.house import MAILBOX, PASSWORD, open_house, settings
from service.app import App
from service.flows.send_prompts import send_prompts
from service.jobs import utc_now
from service.message import parse
from service.playbook.instruments import Trigger
from service.runner import work
from service.sandbox.mail import EmbeddedMail
from service.store import collaborations, outbox, overview
from tests.services.servers.dovecot import Dovecot


async def measure(replies: int, imap: int, deliver: int) -> list[float]:
    """Seconds for each of ``replies`` replies, one after the other."""
    members = {f"member{number}@town.example": "x" for number in range(replies)}
    accounts = {MAILBOX: PASSWORD, "ada@town.example": "x", "operator@town.example": "x", **members}
    async with EmbeddedMail(accounts, clock=utc_now) as mail:
        with tempfile.TemporaryDirectory() as folder:
            chosen = settings(Path(folder), mail.smtp_port, imap or mail.imap_port)
            async with open_house(chosen, replies) as app:
                written = await _replies(app)
                stop = asyncio.Event()
                working = asyncio.create_task(work(app, stop))
                await asyncio.sleep(2)
                door = _lmtp(deliver) if deliver else _smtp(mail.smtp_port)
                seconds = [await _one(reply, number, door) for number, reply in enumerate(written[:replies])]
                stop.set()
                await working
                return seconds


async def _replies(app: App) -> list[EmailMessage]:
    weekly = app.desk.playbook.for_trigger(Trigger.WEEKLY)[0]
    collaboration = await collaborations.find("tutors")
    assert collaboration is not None
    async for _ in send_prompts(weekly, collaboration, app.desk, utc_now()):
        pass
    prompts = [parse(raw) for _, raw in await outbox.raws(["ready"])]
    return [_reply(prompt) for prompt in prompts if prompt.all("X-Common-Thread-Asked")]


def _reply(prompt) -> EmailMessage:
    reply = EmailMessage()
    reply["From"], reply["To"] = prompt.recipients[0], prompt.first("Reply-To").strip(" <>")
    reply["Subject"], reply["In-Reply-To"] = f"Re: {prompt.subject}", f"<{prompt.message_id.strip('<>')}>"
    reply["Message-ID"] = f"<{time.time_ns()}@mail.example>"
    quoted = "\n".join(f"> {line}" for line in prompt.text.splitlines())
    reply.set_content(f"1: the room is found\n2: ask the seniors\n\nOn Monday somebody wrote:\n{quoted}\n")
    return reply


def _smtp(port: int):
    def door(reply: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(reply, to_addrs=[MAILBOX])

    return door


def _lmtp(port: int):
    def door(reply: EmailMessage) -> None:
        with smtplib.LMTP("127.0.0.1", port) as client:
            client.send_message(reply, to_addrs=[MAILBOX])

    return door


async def _one(reply: EmailMessage, before: int, door) -> float:
    await asyncio.to_thread(door, reply)
    start = time.perf_counter()
    while (await overview.overview()).outcomes.get("recorded", 0) <= before:
        await asyncio.sleep(0.002)
    return time.perf_counter() - start


@contextmanager
def real_dovecot() -> Iterator[tuple[int, int]]:
    """Its IMAP and LMTP ports."""
    folder = Path(tempfile.mkdtemp(prefix="d"))
    folder.chmod(0o755)  # it runs as an ordinary user
    server = Dovecot(folder / "dovecot", {MAILBOX: PASSWORD})
    server.start()
    try:
        yield server.imap_port, server.lmtp_port
    finally:
        server.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replies", type=int, default=100)
    parser.add_argument("--dovecot", action="store_true")
    wanted = parser.parse_args()
    with real_dovecot() if wanted.dovecot else nullcontext((0, 0)) as (imap, deliver):
        seconds = asyncio.run(measure(wanted.replies, imap, deliver))
    millis = sorted(1000 * each for each in seconds)
    where = "Dovecot" if wanted.dovecot else "embedded mail"
    print(
        f"{where}: {len(millis)} replies, delivered to stored: median {statistics.median(millis):.0f} ms, "
        f"p95 {millis[int(0.95 * len(millis))]:.0f} ms"
    )


if __name__ == "__main__":
    main()
