"""``python -m tests.replies.measure --count 50000 --seed 1``: what the reader makes of generated replies."""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable

from service.message import parse
from service.reading import read
from tests.replies.generated import Case, generate
from tests.replies.judge import Verdict, judge

KINDS = ("wrong", "asked", "lost", "ours", "furniture")


class Tally:
    """Figures of many replies, and the first examples of each kind of failure."""

    def __init__(self, shown: int) -> None:
        self.figures: Counter[str] = Counter()
        self.groups: dict[str, Counter[str]] = defaultdict(Counter)
        self.examples: dict[str, list[str]] = defaultdict(list)
        self.seconds = 0.0
        self._shown = shown

    def add(self, case: Case, verdict: Verdict) -> None:
        self._count(self.figures, verdict)
        for group in (f"client: {case.client}", f"position: {case.position}", *case.labels):
            self._count(self.groups[group], verdict)
        for kind in KINDS:
            found = getattr(verdict, kind)
            if found and len(self.examples[kind]) < self._shown:
                where = f"{case.seed} {case.client} / {case.position} / {', '.join(case.labels)}"
                self.examples[kind].append(f"  seed {where}\n    {str(found)[:400]}")

    def _count(self, figures: Counter[str], verdict: Verdict) -> None:
        figures["replies"] += 1
        figures["perfect"] += verdict.perfect
        figures["answers"] += len(verdict.read) + len(verdict.asked)
        figures["read"] += len(verdict.read)
        figures["rightly asked"] += len(verdict.rightly_asked)
        for kind in KINDS:
            figures[kind] += len(getattr(verdict, kind))
            figures[f"replies {kind}"] += bool(getattr(verdict, kind))


def tally(seeds: Iterable[int], shown: int = 0) -> Tally:
    """Read the replies of these numbers."""
    figures = Tally(shown)
    for seed in seeds:
        case = generate(seed)
        start = time.perf_counter()
        reading = read(parse(case.raw), case.asked, case.circumstances)
        figures.seconds += time.perf_counter() - start
        figures.add(case, judge(case.layout, reading, case.asked))
    return figures


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.replies.measure", description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=8, help="examples of each kind of failure")
    parser.add_argument(
        "--groups", default="client,position,path", help="which labels to list, by their first word"
    )
    chosen = parser.parse_args(arguments)
    found = tally(range(chosen.seed, chosen.seed + chosen.count), chosen.show)
    print("\n".join(_report(found, chosen.groups.split(","))))


def _report(found: Tally, groups: list[str]) -> Iterable[str]:
    total = found.figures
    yield f"replies              {total['replies']:8d}   {total['replies'] / max(found.seconds, 1e-9):.0f} a second"
    yield f"answers              {total['answers']:8d}   and {total['rightly asked']} that nobody could read"
    yield f"read without asking  {total['read']:8d}   {100 * total['read'] / max(total['answers'], 1):.2f} %"
    yield f"asked again          {total['asked']:8d}   in {total['replies asked']} replies"
    yield f"WRONG stored         {total['wrong']:8d}   in {total['replies wrong']} replies"
    yield f"author's words lost  {total['lost']:8d}   in {total['replies lost']} replies"
    yield f"our words leaked     {total['ours']:8d}   in {total['replies ours']} replies"
    yield f"furniture kept       {total['furniture']:8d}   in {total['replies furniture']} replies"
    for name in sorted(found.groups):
        if name.partition(":")[0] in groups:
            yield _row(name, found.groups[name])
    for kind in KINDS:
        if found.examples[kind]:
            yield f"\nfirst examples: {kind}"
            yield from found.examples[kind]


def _row(name: str, figures: Counter[str]) -> str:
    share = (
        f"{100 * figures['read'] / figures['answers']:6.2f} % read" if figures["answers"] else "no answers"
    )
    faults = "  ".join(f"{kind} {figures[f'replies {kind}']}" for kind in KINDS if figures[f"replies {kind}"])
    return f"  {name:38s} {figures['replies']:6d} replies  {share}  {faults}"


if __name__ == "__main__":
    main(sys.argv[1:])
