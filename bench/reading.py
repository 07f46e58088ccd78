"""Reading: messages a second and microseconds for each stage on generated replies; then what hangs others.

``python -m bench.reading [--replies 1000] [--rounds 3] [--killers NAME]``. Processor time, the best of the
rounds. The killer inputs of IN-10 and IN-13 (``tests/replies/killers.py``) come at four sizes, each the
fourfold of the last: time that grows by 4 or less is linear.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from service.message import Message, TooLarge, parse
from service.reading import Circumstances, read, visible_text
from service.reading.align import align
from service.reading.attribution import apart
from service.reading.lines import Line, text_lines
from service.reading.markup import html_lines
from service.reading.quotes import Place, places
from service.reading.sent import prepare
from service.reading.visible import visible
from tests.replies.generated import Case, generate
from tests.replies.killers import KILLERS, prompt
from tests.replies.town import ROSTER

SIZES = (16, 64, 256, 1024)  # KB
TODAY = date(2026, 11, 23)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def both_forms(message: Message) -> list[list[Line]]:
    forms = ((text_lines, message.text), (html_lines, message.html))
    return [lines(words) for lines, words in forms if words.strip()]


def stages(cases: Sequence[Case]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each stage over all replies, with what the stages before it made."""
    messages = [parse(case.raw) for case in cases]
    forms = [
        (case, apart(lines)) for case, one in zip(cases, messages, strict=True) for lines in both_forms(one)
    ]
    found = [[place is not Place.NEW for place in places(lines)] for _, lines in forms]
    sent = {case.asked: prepare(case.asked) for case in cases}
    yield "parse", lambda: [parse(case.raw) for case in cases]
    yield "lines", lambda: [both_forms(message) for message in messages]
    yield "visible", lambda: [visible(message.text, message.html) for message in messages]
    yield "prepare", lambda: [prepare(case.asked) for case in cases]
    yield "places", lambda: [places(lines) for _, lines in forms]
    yield (
        "align",
        lambda: [
            align(lines, quoted, sent[case.asked]) for (case, lines), quoted in zip(forms, found, strict=True)
        ],
    )
    yield (
        "read",
        lambda: [
            read(message, case.asked, case.circumstances)
            for case, message in zip(cases, messages, strict=True)
        ],
    )


def show_stages(cases: Sequence[Case], rounds: int) -> None:
    best = {name: min(seconds(work) for _ in range(rounds)) / len(cases) for name, work in stages(cases)}
    print(f"{len(cases)} generated replies, {sum(len(case.raw) for case in cases) // len(cases)} octets each")
    print("  ".join(f"{name} {1e6 * each:.0f} us" for name, each in best.items()))
    print(f"visible text, MIME included: {1 / (best['parse'] + best['visible']):.0f} a second")
    print(f"read with its prompt, MIME included: {1 / (best['parse'] + best['read']):.0f} a second")


def read_reply(raw: bytes) -> None:
    try:
        message = parse(raw)
    except TooLarge:
        return
    read(message, prompt().asked, Circumstances(TODAY, "en-US", ROSTER))


def show_killers(chosen: str) -> None:
    print(f"\n{'ms at ' + ', '.join(f'{size} KB' for size in SIZES):<38}{'visible text':>34}{'read':>38}")
    for name, make in KILLERS.items():
        if chosen in name:
            raws = [make(size * 1024) for size in SIZES]
            rows = "".join(f"{_row(reader, raws):>38}" for reader in (visible_text, read_reply))
            print(f"{name:<34}{rows}", flush=True)


def _row(reader: Callable[[bytes], object], raws: Sequence[bytes]) -> str:
    """Times, and the largest growth of those that are long enough to compare."""
    took = [1000 * seconds(lambda raw=raw: reader(raw)) for raw in raws]
    growth = max((after / before for before, after in pairwise(took) if before >= 2), default=1.0)
    return " ".join(f"{ms:6.1f}" for ms in took) + f"  x{growth:3.1f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replies", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--killers", default="", help="only those with these words in their name")
    wanted = parser.parse_args()
    read_reply(b"\r\n1: 4")  # writes the prompt
    show_stages([generate(seed) for seed in range(1, wanted.replies + 1)], wanted.rounds)
    show_killers(wanted.killers)


if __name__ == "__main__":
    main()
