"""``python -m tests.mutation service/inbound/thread.py --tests tests/unit/inbound/test_thread.py``.

Prints how many of the mutants of some modules the tests notice, and those that they do not. The code on
the disk is never touched.
"""

import argparse
import difflib
import inspect
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutation import mutants as of
from tests.mutation.trial import Result, Trial, run


def main(arguments: Sequence[str]) -> int:
    """1 where tests fail without any fault; else 0."""
    wish = _parser().parse_args(arguments)
    everything = of.of_paths(wish.paths)
    chosen = of.sample(everything, wish.sample or len(everything), wish.seed)
    trial = Trial(chosen, wish.jobs, wish.minutes * 60)
    run(trial, wish.tests, wish.deselect)
    if trial.broken:
        print("These fail as the code is:", *trial.broken, sep="\n  ", file=sys.stderr)
        return 1
    equivalent = _names(wish.equivalent) if wish.equivalent else set()
    _show(trial.results, Counter(mutant.module for mutant in everything), equivalent)
    return 0


def _names(file: Path) -> set[str]:
    """A name stands first in its line; what follows is the reason."""
    return {line.split()[0] for line in file.read_text().splitlines() if line.strip() and line[0] not in "#-"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="modules, or folders of them")
    parser.add_argument("--tests", nargs="+", required=True, help="tests that have to notice")
    parser.add_argument("--deselect", nargs="*", default=[], help="tests to leave out")
    parser.add_argument("--sample", type=int, help="so many mutants, by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=600, help="begin no mutant later than this")
    parser.add_argument("--equivalent", type=Path, help="a file that names mutants that change nothing")
    return parser


def _show(results: Sequence[Result], whole: Counter[str], equivalent: set[str]) -> None:
    survived = [result for result in results if not result.killed]
    for result in sorted(survived, key=lambda result: result.mutant.name):
        if result.mutant.name not in equivalent:
            _show_survivor(result)
    print("| module | tried of all | noticed | equivalent | survived | noticed of what changes anything |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for module in sorted(whole):
        _row(
            module,
            [result for result in results if result.mutant.module == module],
            whole[module],
            equivalent,
        )
    _row("**all**", results, sum(whole.values()), equivalent)


def _row(name: str, results: Sequence[Result], whole: int, equivalent: set[str]) -> None:
    killed = sum(result.killed for result in results)
    same = sum(not result.killed and result.mutant.name in equivalent for result in results)
    counted = len(results) - same
    share = f"{100 * killed / counted:.1f} %" if counted else "–"
    left = len(results) - killed - same
    print(f"| {name} | {len(results)} of {whole} | {killed} | {same} | {left} | {share} |")


def _show_survivor(result: Result) -> None:
    mutant = result.mutant
    print(f"{mutant.name}, reached by {result.reached} tests")
    before = inspect.getsource(mutant.original).splitlines()
    after = mutant.source.splitlines()
    for line in difflib.unified_diff(before, after, lineterm="", n=0):
        if line[:1] in "+-" and line[:3] not in ("+++", "---") and "def " not in line:
            print("   ", line)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
