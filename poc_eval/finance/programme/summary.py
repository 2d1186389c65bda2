"""What a simulated or exact distribution comes to: mean, spread, quantiles, loss, the worst 5%."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from poc_eval.finance.programme.document import money

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from poc_eval.finance.programme.value import Outcome

    Floats = NDArray[np.float64]

SHARES: Final = (0.05, 0.5, 0.95)
WORST: Final = 0.05
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """A distribution of the net present value.

    ``standard_error`` is the mean's, 0 where the distribution is exact; quantiles are the smallest values
    that at least this share of all paths does not exceed; ``p_loss`` the probability of less than 0;
    ``cvar95`` the mean of the worst 5%.
    """

    method: Literal["exact", "simulated"]
    paths: int
    seed: int
    mean: float
    standard_error: float
    sd: float
    p05: float
    p50: float
    p95: float
    p_loss: float
    cvar95: float

    def document(self) -> dict[str, Any]:
        """Return the figures as ``poc-eval cashflow --json`` prints them."""
        amounts = ("mean", "standard_error", "sd", "p05", "p50", "p95")
        return {
            "method": self.method,
            "paths": self.paths,
            "seed": self.seed,
            **{name: money(getattr(self, name)) for name in amounts},
            "p_loss": round(self.p_loss, _DIGITS),
            "cvar95": money(self.cvar95),
        }


def of_paths(worths: Floats, seed: int) -> Summary:
    """Return the summary of simulated paths."""
    count = worths.size
    mean = float(worths.mean())
    sd = float(np.sqrt(np.square(worths - mean).sum() / max(count - 1, 1)))
    places = [max(-(-count * int(share * 100) // 100) - 1, 0) for share in SHARES]
    worst = count * WORST
    ordered = np.partition(worths, sorted({*places, min(int(worst), count - 1)}))
    tail = ordered[: int(worst)]
    rest = worst - int(worst)
    beyond = float(ordered[int(worst)]) * rest if rest else 0.0
    low, middle, high = (float(ordered[place]) for place in places)
    return Summary(
        "simulated", count, seed, mean, sd / float(np.sqrt(count)), sd, low, middle, high,
        float(np.count_nonzero(worths < 0)) / count, (float(np.sort(tail).sum()) + beyond) / worst,
    )  # fmt: skip


def of_outcomes(outcomes: list[Outcome], paths: int, seed: int, *, with_grant: bool) -> Summary:
    """Return the exact summary where only the stages are random."""
    pairs = sorted(
        ((one.npv_with_grant or 0.0) if with_grant else one.npv, one.probability) for one in outcomes
    )
    values = np.array([value for value, _chance in pairs])
    chances = np.array([chance for _value, chance in pairs])
    mean = float(values @ chances)
    total = np.cumsum(chances)
    low, middle, high = (
        float(values[min(int(np.searchsorted(total, share - 1e-12)), values.size - 1)]) for share in SHARES
    )
    worst = np.diff(np.minimum(total, WORST), prepend=0.0)
    return Summary(
        "exact", paths, seed, mean, 0.0, float(np.sqrt(np.square(values - mean) @ chances)),
        low, middle, high,
        float(chances[values < 0].sum()), float(values @ worst) / WORST,
    )  # fmt: skip
