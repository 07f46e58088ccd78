"""Figures of one reader on many mails."""

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from service.message import parse
from service.reading import read
from tests.replies.compare.mails import Mail, Pieced, Whole
from tests.replies.compare.words import Score, borrows, holds, score
from tests.replies.generated import Case
from tests.replies.judge import judge
from tests.replies.measure import Tally

MOST_SECONDS = 10
Read = Callable[[Mail], str]


class TooLongError(Exception):
    """A reader took more than its time for one mail."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one reader said of one mail. ``seconds``: of the processor's time."""

    said: str
    seconds: float
    failed: bool


def take(read: Read, mail: Mail) -> Taken:
    """Let one reader read one mail, whatever it makes of it. An error is an empty answer."""
    start = time.process_time()
    try:
        with _bounded(MOST_SECONDS):
            said, failed = read(mail), False
    except Exception:
        said, failed = "", True
    return Taken(said, time.process_time() - start, failed)


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def on_exact(mails: Sequence[Whole], read: Read) -> dict[str, str]:
    """Figures on mails whose new words are known."""
    taken = [take(read, mail) for mail in mails]
    scores = [score(one.said, mail.gold) for one, mail in zip(taken, mails, strict=True)]
    seconds = [one.seconds for one in taken]
    return {
        "exactly right, %": share(one.exact for one in scores),
        **dict(_by_kind(mails, scores)),
        "words lost, %": _part(sum(one.lost for one in scores), sum(one.wanted for one in scores)),
        "words leaked, % of what it says": _part(
            sum(one.leaked for one in scores), sum(one.said for one in scores)
        ),
        "errors": str(sum(one.failed for one in taken)),
        "messages a second": f"{len(mails) / max(sum(seconds), 1e-9):,.0f}",
        "slowest message, ms": f"{1000 * max(seconds, default=0):.0f}",
    }


def _by_kind(mails: Sequence[Whole], scores: Sequence[Score]) -> Iterator[tuple[str, str]]:
    """Where mails differ in kind: the share of each that is exactly right."""
    for place in sorted({mail.place for mail in mails} - {""}):
        chosen = [one.exact for one, mail in zip(scores, mails, strict=True) if mail.place == place]
        yield f"… answered {place} ({len(chosen)})", share(chosen)
    bare = [one.exact for one, mail in zip(scores, mails, strict=True) if mail.bare]
    if bare:
        yield f"… without signature, banner, disclaimer ({len(bare)})", share(bare)


def on_pieces(mails: Sequence[Pieced], read: Read) -> dict[str, str]:
    """Figures on mails of which only pieces are known."""
    said = [take(read, mail).said for mail in mails]
    kept = [all(holds(text, piece) for piece in mail.own) for text, mail in zip(said, mails, strict=True)]
    clean = [_is_clean(text, mail) for text, mail in zip(said, mails, strict=True)]
    both = [one and other for one, other in zip(kept, clean, strict=True)]
    return {
        "all the author's words kept, %": share(kept),
        "nobody else's words kept, %": share(clean),
        "both, %": share(both),
    }


def _is_clean(said: str, mail: Pieced) -> bool:
    """Nothing stands in ``said`` that must not, and nothing that we had sent."""
    return not any(holds(said, piece) for piece in mail.foreign) and not borrows(said, mail.own, mail.sent)


def on_answers(cases: Sequence[Case]) -> dict[str, str]:
    """What nobody else tells: which question is answered, and what the answer means."""
    tally = Tally(0)
    for case in cases:
        reading = read(parse(case.raw), case.asked, case.circumstances)
        tally.add(case, judge(case.layout, reading, case.asked))
    found = tally.figures
    return {
        "answers read without asking again, %": _part(found["read"], found["answers"], 2),
        "answers asked again": str(found["asked"]),
        "wrong answers stored": str(found["wrong"]),
    }


def share(hits: Iterable[bool]) -> str:
    """How many of them, in per cent."""
    known = list(hits)
    return _part(sum(known), len(known))


def _part(some: int, of: int, digits: int = 1) -> str:
    return f"{100 * some / of:.{digits}f}" if of else "–"
