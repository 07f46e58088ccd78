"""Weekly digests from rows to accepted and settled, beside smtp-source with the same sink.

``python -m bench.digests [--teams 50] [--members 200] [--rounds 3] [--window N] [--sessions 2]``. Finding
what is due, gathering its facts, rendering, composing, the prompts and the outbox, sending and settling are
all measured, in a process of its own; smtp-source repeats one message of the same mean size as often and
over as many sessions. Needs Postfix's smtp-source and smtp-sink.
"""

import argparse
import asyncio
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.house import settings
from bench.relay import sink, source
from bench.teams import settle_in
from service.app import App, open_app
from service.flows.deliver_outbox import deliver_outbox
from service.flows.send_digests import send_digests
from service.store import outbox, overview

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Took:
    """Seconds until all was queued, seconds from then on until all was settled; what came of it."""

    written: float
    sent: float
    processor: float
    mails: int
    octets: int
    peak: float

    @property
    def seconds(self) -> float:
        return self.written + self.sent


async def build(folder: Path, teams: int, members: int) -> None:
    """A database with digests due."""
    async with open_app(settings(folder, 1, 1)):
        await settle_in(teams, members, MONDAY)


async def send(folder: Path, port: int, sessions: int, window: int) -> Took:
    """Write and send everything that is due. ``peak``: megabytes that this process took at most."""
    more = {"phase_window": window} if window else {}
    async with open_app(settings(folder, port, 1, smtp_connections=sessions, **more)) as app:
        start, busy = time.perf_counter(), time.process_time()
        while await send_digests(app.desk, MONDAY):
            pass
        queued = time.perf_counter()
        await asyncio.gather(*(_drain(app) for _ in range(sessions)))
        done, busy = time.perf_counter(), time.process_time() - busy
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        accepted = (await overview.overview()).outbox.pop("accepted")
        sizes = [len(raw) for _, raw in await outbox.raws(["accepted"])]
    assert accepted == len(sizes), accepted
    return Took(queued - start, done - queued, busy, accepted, sum(sizes) // accepted, peak)


async def _drain(app: App) -> None:
    async with app.relay() as relay:
        while await deliver_outbox(relay, app.settings.phase_window, app.desk, MONDAY):
            pass


def ours(built: Path, port: int, sessions: int, window: int) -> Took:
    """What a process of its own needs for a copy of the database."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(built, folder, dirs_exist_ok=True)
        words = [
            "--folder",
            folder,
            "--port",
            str(port),
            "--sessions",
            str(sessions),
            "--window",
            str(window),
        ]
        told = subprocess.run([sys.executable, "-m", "bench.digests", *words], check=True, stdout=-1)
        return Took(**json.loads(told.stdout))


def compare(built: Path, mails: int, sessions: int, window: int, rounds: int) -> None:
    """Ours and smtp-source in turn."""
    ratios = []
    with sink() as port:
        for number in range(1, rounds + 1):
            took = ours(built, port, sessions, window)
            assert took.mails == mails, took
            start = time.perf_counter()
            source(port, mails, took.octets, sessions)
            alone = time.perf_counter() - start
            ratios.append(alone / took.seconds)
            print(
                f"round {number}: {mails} digests of {took.octets} octets; written {took.written:.2f} s, "
                f"accepted and settled {took.sent:.2f} s; {mails / took.seconds:.0f} a second; "
                f"processor {took.processor / mails * 1e6:.0f} us a mail; peak {took.peak:.0f} MB; "
                f"smtp-source {alone:.2f} s; ratio {ratios[-1]:.2f}"
            )
    print(f"median ratio to smtp-source: {statistics.median(ratios):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--teams", type=int, default=50)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=2)
    parser.add_argument("--window", type=int, default=0, help="mails whose dots one commit announces")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)  # of the process that is measured
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.folder:
        took = asyncio.run(send(wanted.folder, wanted.port, wanted.sessions, wanted.window))
        print(json.dumps(asdict(took)))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(build(Path(folder), wanted.teams, wanted.members))
        mails = wanted.teams * wanted.members
        compare(Path(folder), mails, wanted.sessions, wanted.window, wanted.rounds)


if __name__ == "__main__":
    main()
