"""How long the program takes to start, beyond Python's own start: ``python benchmarks/start_up.py``.

Prints the least and the median of alternating runs in milliseconds, and ends with 1 where the least is above
``LIMIT``: other work on the machine only ever adds to it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import Final

LIMIT: Final = 100.0
"""Milliseconds beyond Python's own start."""
RUNS: Final = 21
CALLS: Final = {
    "python": ("-c", "pass"),
    "import poc_eval, poc_eval.money, poc_eval.scoring": (
        "-c",
        "import poc_eval, poc_eval.money, poc_eval.scoring",
    ),
    "poc-eval --help": ("-m", "poc_eval", "--help"),
}


def milliseconds(arguments: tuple[str, ...]) -> float:
    """Return how long one call takes."""
    before = time.perf_counter()
    subprocess.run([sys.executable, "-P", *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603 the calls above
    return (time.perf_counter() - before) * 1000


def main() -> int:
    """Measure all calls in turn, so that a slow moment of the machine hits each of them."""
    times: dict[str, list[float]] = {name: [] for name in CALLS}
    for _run in range(RUNS):
        for name, arguments in CALLS.items():
            times[name].append(milliseconds(arguments))
    bare = min(times["python"])
    worst = 0.0
    for name, measured in times.items():
        beyond = min(measured) - bare
        worst = max(worst, beyond)
        print(
            f"{min(measured):7.1f} ms  +{beyond:6.1f} ms  (median {statistics.median(measured):.1f})  {name}"
        )
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
