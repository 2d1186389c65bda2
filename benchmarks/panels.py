"""What panels cost: ``python benchmarks/panels.py``; needs the ``benchmarks`` extra.

Each line names what was measured, how long it took, the peer or the limit, and the ratio. Ends with 1 where
one is missed. Limits in seconds hold for a machine with two cores.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import krippendorff
import numpy as np
import pandas as pd

from poc_eval.scoring.agreement import krippendorff_alpha
from poc_eval.scoring.ranking import expected_rank, rank_acceptability, topsis
from poc_eval.scoring.sorting import Indicator, sort_results

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

ROUNDS = 5
MANY_VALUES = 50
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def seconds(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several runs."""
    best = float("inf")
    for _round in range(rounds):
        before = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - before)
    return best


def compare(name: str, ours: float, peer: float, most: float, named: str) -> bool:
    """Print one line; return whether the ratio of ours to the peer's time is within ``most``."""
    ratio = ours / peer
    print(f"{name:52s} {ours:8.4f} s   {named:24s} {peer:8.4f} s   ratio {ratio:6.2f}   at most {most:g}")
    return ratio <= most


def ratings(values: int) -> NDArray[np.float64]:
    """Return 100 raters x 10,000 units, half of them missing, with so many distinct values."""
    generator = np.random.default_rng(0)
    table = generator.integers(1, values + 1, (100, 10_000)).astype(float)
    table[generator.random(table.shape) < 0.5] = np.nan  # noqa: PLR2004 half are missing
    return table


def agreement() -> bool:
    """Alpha beside the package that people use."""
    kept = True
    for values in (5, 101):
        table = ratings(values)
        for level in LEVELS:
            # With many values the peer takes seconds, and one run tells enough.
            rounds = ROUNDS if values < MANY_VALUES else 1
            peer = seconds(lambda t=table, v=level: krippendorff.alpha(t, level_of_measurement=v), rounds)
            kept &= compare(
                f"alpha, {level}, 100 x 10,000, {values} values",
                seconds(lambda t=table, v=level: krippendorff_alpha(t, v)),
                peer,
                1.0,
                "krippendorff",
            )
    return kept


def plain_topsis(matrix: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return TOPSIS ranks as a textbook writes them in NumPy."""
    weighted = matrix / np.sqrt((matrix**2).sum(axis=0)) * weights
    best, worst = weighted.max(axis=0), weighted.min(axis=0)
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    return np.argsort(np.argsort(-to_worst / (to_best + to_worst))) + 1


def ranking() -> bool:
    """TOPSIS beside plain NumPy; draws of weights, the hierarchical model and sorting beside the clock."""
    generator = np.random.default_rng(1)
    matrix, weights = generator.random((10_000, 20)), np.full(20, 0.05)
    kept = compare(
        "TOPSIS, 10,000 x 20",
        seconds(lambda: topsis(matrix, weights, [True] * 20)),
        seconds(lambda: plain_topsis(matrix, weights)),
        2.0,
        "plain NumPy",
    )
    projects = generator.random((1_000, 8))
    kept &= compare(
        "10,000 draws of weights x 1,000 projects",
        seconds(lambda: rank_acceptability(projects)),
        0.3,
        1.0,
        "limit",
    )
    scores = (
        4
        + generator.normal(0, 0.8, (100, 1))
        + generator.normal(0, 0.5, 12)
        + generator.normal(0, 0.8, (100, 12))
    )
    scores[generator.random(scores.shape) < 0.6] = np.nan  # noqa: PLR2004 60% are missing
    tidy = pd.DataFrame(
        [(f"P{i}", f"r{j}", scores[i, j]) for i in range(100) for j in range(12)],
        columns=["project", "reviewer", "score"],
    )
    kept &= compare("hierarchical ranking, 100 x 12", seconds(lambda: expected_rank(tidy)), 2.0, 1.0, "limit")
    results = pd.DataFrame(
        {"result": np.arange(10_000)} | {f"i{k}": generator.random(10_000) for k in range(40)}
    )
    indicators = [Indicator(f"i{k}", 1, 0, 1) for k in range(40)]
    return kept & compare(
        "10,000 results sorted by 40 indicators",
        seconds(lambda: sort_results(results, indicators)),
        1.0,
        1.0,
        "limit",
    )


def main() -> int:
    """Run everything; 1 where a line misses its limit."""
    agreed = agreement()
    ranked = ranking()
    return int(not (agreed and ranked))


if __name__ == "__main__":
    sys.exit(main())
