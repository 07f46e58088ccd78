"""2,000 check-ins planned, composed, queued and accepted, beside smtp-source with the same sink.

``python -m bench.sending [--mails 2000] [--rounds 3]``. Needs Postfix's smtp-source and smtp-sink.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.house import open_house, settings
from bench.relay import sink, source
from service.flows.deliver_outbox import deliver_outbox
from service.flows.send_prompts import send_prompts
from service.jobs import utc_now
from service.playbook.instruments import Trigger
from service.store import collaborations, outbox, overview

SESSIONS = 2


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
    wanted = parser.parse_args()
    ratios = []
    with sink() as port:
        for number in range(wanted.rounds):
            queued, sent, octets = asyncio.run(ours(port, wanted.mails))
            start = time.perf_counter()
            source(port, wanted.mails, octets, SESSIONS)
            alone = time.perf_counter() - start
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
