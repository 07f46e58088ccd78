"""``python -m tests.replies.compare``: our reader beside existing libraries, on the same mails, as one table.

The libraries are those of the extra ``compare``; what is not installed is left out.
"""

import argparse
import logging
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.replies.compare import hostile, mails, measuring, shared, table
from tests.replies.compare.readers import KNOWING, OURS, READERS, Reader


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.replies.compare", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="generated replies")
    parser.add_argument("--seed", type=int, default=1, help="number of the first of them")
    parser.add_argument("--shared", type=Path, help="a folder with replies.jsonl, machine.jsonl and scoring/")
    parser.add_argument("--limit", type=float, default=15, help="seconds for each hostile text; 0: leave out")
    chosen = parser.parse_args(arguments)
    warnings.simplefilter("ignore")  # old libraries have much to say
    logging.disable()
    readers = [reader for reader in READERS if reader.there]
    for line in _table(readers, chosen):
        print(line, flush=True)


def _table(readers: Sequence[Reader], chosen: argparse.Namespace) -> Iterator[str]:
    yield from table.heading([reader.title for reader in readers])
    yield from _on_generated(readers, chosen.count, chosen.seed)
    yield from _on_written(readers)
    if chosen.shared:
        yield from _on_shared(readers, chosen.shared)
    if chosen.limit:
        yield from _on_hostile(readers, chosen.limit)


def _on_generated(readers: Sequence[Reader], count: int, seed: int) -> Iterator[str]:
    cases = list(mails.sample(count, seed))
    whole = [mails.generated(case) for case in cases]
    columns = [measuring.on_exact(whole, reader.read) for reader in readers]
    yield from table.section(f"Generated replies ({count})", columns)
    answers = [measuring.on_answers(cases) if reader is KNOWING else {} for reader in readers]
    yield from table.section("Which question is answered, and how", answers)


def _on_written(readers: Sequence[Reader]) -> Iterator[str]:
    replies = list(mails.by_hand())
    columns = [measuring.on_pieces(replies, reader.read) for reader in readers]
    yield from table.section(f"Replies written by hand ({len(replies)})", columns)
    others = list(mails.unprompted())
    if others:
        exact = [measuring.on_exact(others, reader.read) for reader in readers]
        yield from table.section(f"Other mails written by hand ({len(others)})", exact)


def _on_shared(readers: Sequence[Reader], folder: Path) -> Iterator[str]:
    columns = [shared.on_replies(folder, reader) if reader.blind else {} for reader in readers]
    yield from table.section("Public projects' replies", columns)
    kinds = [
        shared.on_machine_mail(folder, "service.inbound:kind_of") if reader is OURS else {}
        for reader in readers
    ]
    yield from table.section("Public projects' machine mail", kinds)


def _on_hostile(readers: Sequence[Reader], limit: float) -> Iterator[str]:
    found = [hostile.measure(reader.name, limit) for reader in readers]
    named = hostile.slow_for_anybody(found)
    columns = [hostile.figures(times, named, limit) for times in found]
    yield from table.section(f"Hostile texts of {hostile.SIZE // 1024} KB", columns)


if __name__ == "__main__":
    main(sys.argv[1:])
