"""The sender alone: prepared mails over a few connections to smtp-sink, beside smtp-source.

``python -m bench.relay [--mails 5000] [--octets 18000] [--sessions 4] [--rounds 3]``. No database; one
process; the three ways take turns in every round. Needs Postfix's smtp-source and smtp-sink.
"""

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.domain.mail import Dispatch, Envelope, Receipt
from service.outbound.smtp import Relay, Smtp

LINE = b"The library has a room that nobody uses on Fridays; who could need one there? Ada\r\n"


@contextmanager
def sink(*options: str) -> Iterator[int]:
    """Postfix's smtp-sink on a free port. It takes everything."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [_program("smtp-sink"), *as_nobody, *options, f"127.0.0.1:{port}", "100"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_port(port)
        yield port
    finally:
        process.kill()
        process.wait()


def _await_port(port: int) -> None:
    for _ in range(50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("smtp-sink did not start")


def _program(name: str) -> str:
    return shutil.which(name) or f"/usr/sbin/{name}"


def source(port: int, mails: int, octets: int, sessions: int) -> None:
    """As many mails of the same size over as many sessions, by Postfix's smtp-source."""
    command = [
        _program("smtp-source"),
        *("-s", str(sessions), "-m", str(mails), "-l", str(octets), "-d"),
        *("-f", "thread@town.example", "-t", "member@town.example", f"127.0.0.1:{port}"),
    ]
    subprocess.run(command, check=True)


def prepared(mails: int, octets: int) -> list[Dispatch]:
    """Mails as they come from the outbox: final octets, all different."""
    envelope = Envelope("thread+b-token@town.example", "member@town.example")
    body = LINE * (octets // len(LINE))
    return [
        Dispatch(
            str(n), f"key-{n}", envelope, f"<{n}@town.example>", b"X-N: %d\r\n\r\n%s" % (n, body), "c", 1
        )
        for n in range(mails)
    ]


async def ours(port: int, dispatches: list[Dispatch], sessions: int) -> None:
    """All of them are accepted, over ``sessions`` connections of this process."""

    async def send(share: list[Dispatch]) -> int:
        async with Smtp(Relay("127.0.0.1", port, "none")) as smtp:
            return sum([end.receipt is Receipt.ACCEPTED async for _, end in smtp.send(share, announced)])

    async def announced(_: Dispatch) -> bool:
        return True

    accepted = sum(await asyncio.gather(*(send(dispatches[first::sessions]) for first in range(sessions))))
    assert accepted == len(dispatches), accepted


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds on the clock, and seconds of processor time that this process took of them."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def compare(ways: dict[str, Callable[[], None]], mails: int, rounds: int) -> None:
    """Let the ways take turns; the first of them is what the others are compared with."""
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        measured = {name: timed(work) for name, work in ways.items()}
        first = next(iter(measured.values()))[0]
        for name, (seconds, processor) in measured.items():
            ratios[name].append(first / seconds)
            print(
                f"round {number + 1}: {name:<12} {seconds:6.3f} s  {mails / seconds:6.0f} mails a second  "
                f"ratio {ratios[name][-1]:.2f}  our processor {processor / mails * 1e6:4.0f} us a mail"
            )
    for name, values in ratios.items():
        print(f"median ratio to {next(iter(ways))}: {name:<12} {statistics.median(values):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=5000)
    parser.add_argument("--octets", type=int, default=18_000)
    parser.add_argument("--sessions", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    dispatches, sessions = prepared(wanted.mails, wanted.octets), wanted.sessions
    with sink() as offering, sink("-p") as plain:  # -p: without PIPELINING
        octets = len(dispatches[0].raw)
        ways: dict[str, Callable[[], None]] = {
            "smtp-source": lambda: source(offering, wanted.mails, octets, sessions),
            "pipelined": lambda: asyncio.run(ours(offering, dispatches, sessions)),
            "one by one": lambda: asyncio.run(ours(plain, dispatches, sessions)),
        }
        compare(ways, wanted.mails, wanted.rounds)


if __name__ == "__main__":
    main()
