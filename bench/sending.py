"""2,000 check-ins planned, composed, queued and accepted, beside smtp-source with the same sink.

``python -m bench.sending [--mails 2000] [--rounds 3]``. Needs Postfix's smtp-source and smtp-sink.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.house import open_house, settings
from service.flows.deliver_outbox import deliver_outbox
from service.flows.send_prompts import send_prompts
from service.jobs import utc_now
from service.playbook.instruments import Trigger
from service.store import collaborations, outbox, overview

SESSIONS = 2


@contextmanager
def sink(port: int):
    """Postfix's smtp-sink, which takes everything."""
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [shutil.which("smtp-sink") or "/usr/sbin/smtp-sink", *as_nobody, f"127.0.0.1:{port}", "100"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.3)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def source(port: int, mails: int, octets: int) -> float:
    """Seconds that smtp-source needs for as many mails of the same size over as many sessions."""
    command = [
        shutil.which("smtp-source") or "/usr/sbin/smtp-source",
        *("-s", str(SESSIONS), "-m", str(mails), "-l", str(octets), "-d"),
        *("-f", "thread@town.example", "-t", "member@town.example", f"127.0.0.1:{port}"),
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


async def ours(port: int, mails: int) -> tuple[float, float, int]:
    """Seconds to plan, compose and queue; seconds until all are accepted and settled; octets of a mail."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings(Path(folder), port, 1, smtp_connections=SESSIONS)
        async with open_house(chosen, mails - 1) as app:
            await _drain(app)  # the welcomes
            weekly = app.desk.playbook.for_trigger(Trigger.WEEKLY)[0]
            collaboration = await collaborations.find("tutors")
            assert collaboration is not None
            start = time.perf_counter()
            async for _ in send_prompts(weekly, collaboration, app.desk, utc_now()):
                pass
            queued = time.perf_counter()
            await _drain(app)
            done = time.perf_counter()
            counts = (await overview.overview()).outbox
            assert counts == {"accepted": 2 * mails}, counts
            sizes = [len(raw) for _, raw in await outbox.raws(["accepted"])]
            return queued - start, done - queued, sum(sizes) // len(sizes)


async def _drain(app) -> None:
    async def send() -> None:
        async with app.relay() as relay:
            while await deliver_outbox(relay, app.settings.phase_window, app.desk, utc_now()):
                pass

    await asyncio.gather(*(send() for _ in range(SESSIONS)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--port", type=int, default=20250)
    wanted = parser.parse_args()
    ratios = []
    with sink(wanted.port):
        for number in range(wanted.rounds):
            queued, sent, octets = asyncio.run(ours(wanted.port, wanted.mails))
            alone = source(wanted.port, wanted.mails, octets)
            ratios.append(alone / (queued + sent))
            print(
                f"round {number + 1}: {wanted.mails} mails of {octets} octets; planned, composed, queued "
                f"{queued:.2f} s; accepted and settled {sent:.2f} s; "
                f"{wanted.mails / (queued + sent):.0f} a second; "
                f"smtp-source {alone:.2f} s; ratio {ratios[-1]:.2f}"
            )
    print(f"median ratio to smtp-source: {statistics.median(ratios):.2f}", file=sys.stdout)


if __name__ == "__main__":
    main()
