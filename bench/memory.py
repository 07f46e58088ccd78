"""Resident memory of one worker process, idle and after it sent and read mail.

``python -m bench.memory [--people 500]``. The worker is a process of its own (``worker.py``).
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.house import MAILBOX, PASSWORD, open_house, settings
from service.flows.send_prompts import send_prompts
from service.jobs import utc_now
from service.playbook.instruments import Trigger
from service.sandbox.mail import EmbeddedMail
from service.store import collaborations, overview


def resident(pid: int) -> float:
    """Megabytes (VmRSS)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def measure(people: int) -> tuple[float, float]:
    members = {f"member{number}@town.example": "x" for number in range(people)}
    accounts = {MAILBOX: PASSWORD, "ada@town.example": "x", **members}
    async with EmbeddedMail(accounts, clock=utc_now) as mail:
        with tempfile.TemporaryDirectory() as folder:
            chosen = settings(Path(folder), mail.smtp_port, mail.imap_port)
            async with open_house(chosen, people) as app:
                worker = subprocess.Popen([sys.executable, "worker.py"], env=_environment(chosen), stderr=-3)
                try:
                    await asyncio.sleep(3)
                    idle = resident(worker.pid)
                    weekly = app.desk.playbook.for_trigger(Trigger.WEEKLY)[0]
                    collaboration = await collaborations.find("tutors")
                    assert collaboration is not None
                    async for _ in send_prompts(weekly, collaboration, app.desk, utc_now()):
                        pass
                    while (await overview.overview()).outbox != {"accepted": 2 * (people + 1)}:
                        await asyncio.sleep(0.2)
                    return idle, resident(worker.pid)
                finally:
                    worker.terminate()
                    await asyncio.to_thread(worker.wait)


def _environment(chosen) -> dict[str, str]:
    values = {name.upper(): value for name, value in chosen.model_dump().items() if value is not None}
    secret = {
        name: value.get_secret_value() for name, value in values.items() if hasattr(value, "get_secret_value")
    }
    return dict(os.environ) | {name: str(value) for name, value in (values | secret).items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=500)
    people = parser.parse_args().people
    idle, after = asyncio.run(measure(people))
    print(f"worker: {idle:.0f} MB idle, {after:.0f} MB after {2 * (people + 1)} mails")


if __name__ == "__main__":
    main()
