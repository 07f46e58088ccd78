"""``commonthread --help`` beside bare Python, in turn: the median ratio of whole processes.

``python -m bench.startup [--rounds 30]``
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    bare = [sys.executable, "-c", "pass"]
    ours = [str(Path(sys.executable).parent / "commonthread"), "--help"]
    pairs = [(seconds(ours), seconds(bare)) for _ in range(rounds)]
    help_ms = 1000 * statistics.median(pair[0] for pair in pairs)
    bare_ms = 1000 * statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"--help {help_ms:.1f} ms, bare Python {bare_ms:.1f} ms, median ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
