"""How long each reader takes for mails that make readers hang, in a process of its own, with a limit.

``python -m tests.replies.compare.hostile READER LIMIT KILLER …`` is that process: a line of seconds for each.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from math import isnan

from service.message import TooLarge
from tests.replies.compare.mails import Mail
from tests.replies.compare.readers import READERS
from tests.replies.killers import KILLERS, mail, prompt

SIZE = 16 * 1024
SLOW = 1.0  # second; whatever somebody takes longer for stands in the table by name
STUCK = float("inf")
FAILED = float("nan")


def measure(reader: str, limit: float) -> dict[str, float]:
    """The processor's seconds that ``reader`` takes for each killer of 16 KB; STUCK past the limit."""
    found: dict[str, float] = {}
    names = list(KILLERS)
    while len(found) < len(names):
        rest = names[len(found) :]
        found |= zip(rest, _until_it_dies(reader, limit, rest), strict=False)
    return found


def _until_it_dies(reader: str, limit: float, names: Sequence[str]) -> list[float]:
    """What a process measures before a killer, if one does, puts an end to it."""
    command = [sys.executable, "-W", "ignore", "-m", __name__, reader, str(limit), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = list(map(float, done.stdout.split()))
    if done.returncode > 0:
        raise RuntimeError(f"{reader} cannot be measured: {done.stderr[-2000:]}")
    if done.returncode:
        seconds.append(STUCK if done.returncode == -signal.SIGPROF else FAILED)
    return seconds


def figures(found: Mapping[str, float], named: Sequence[str], limit: float) -> dict[str, str]:
    """``found`` in few words; the killers in ``named`` one by one."""
    times = [seconds for seconds in found.values() if not isnan(seconds)]
    stuck = sum(seconds == STUCK for seconds in times)
    return {
        f"of {len(found)} texts: past {limit:g} s": str(stuck),
        f"of {len(found)} texts: past {SLOW:g} s": str(sum(seconds > SLOW for seconds in times)),
        f"of {len(found)} texts: errors": str(len(found) - len(times)),
        "the slowest, s": _said(max(times), limit),
        **{f"{name}, s": _said(found[name], limit) for name in named},
    }


def slow_for_anybody(found: Sequence[Mapping[str, float]]) -> list[str]:
    """The killers for which somebody takes long."""
    return [name for name in KILLERS if any(times[name] > SLOW for times in found)]


def _said(seconds: float, limit: float) -> str:
    if seconds == STUCK:
        return f"> {limit:g}"
    return "error" if isnan(seconds) else f"{seconds:.2f}"


def _run(reader: str, limit: float, names: Sequence[str]) -> None:
    read = next(one.read for one in READERS if one.name == reader)
    mails = [Mail(raw=KILLERS[name](SIZE), asked=prompt().asked) for name in names]
    for raw in (mail("Hello\n"), mail("<p>Hello</p>", "html")):
        read(Mail(raw=raw))  # what is loaded at the first use does not count
    for each in mails:
        signal.setitimer(signal.ITIMER_PROF, limit)  # its signal ends this process, whatever it is doing
        print(_seconds(read, each), flush=True)


def _seconds(read: Callable[[Mail], str], killer: Mail) -> float:
    start = time.process_time()
    try:
        read(killer)
    except TooLarge:
        pass  # past the limits before any reader sees it (IN-13)
    except Exception:
        return FAILED
    return time.process_time() - start


if __name__ == "__main__":
    _run(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
