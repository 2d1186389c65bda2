"""What a million claims cost: ``python benchmarks/subsidies.py``; OpenFisca-Core where it is installed.

Prints the least disturbed of many calls in one run, as multiples of a copy of the same bytes; quote the
ratios, not the times.
"""

from __future__ import annotations

import time
import tracemalloc
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from poc_eval.finance.policy import Policy
from poc_eval.finance.subsidy_kernel import Rule, best_engine, pay_fen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CLAIMS = 1_000_000
RUNS = 15
RULE = Rule(times=3, by=10, cap=100_000_000, minimum=1_000_000)


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the shortest of ``runs`` calls after one to warm up: what others do on the machine only adds."""
    work()
    times = []
    for _run in range(runs):
        before = time.perf_counter()
        work()
        times.append((time.perf_counter() - before) * 1000)
    return min(times)


def copied(base: NDArray[np.int64]) -> tuple[Any, Any]:
    """Read and write the bytes that the kernel reads and writes."""
    return base.copy(), np.zeros(base.size, dtype=np.uint8)


def openfisca(base: NDArray[np.int64]) -> Callable[[], object] | None:
    """Return the same rule in OpenFisca-Core, in float32 yuan; None where it is not installed."""
    if find_spec("openfisca_core") is None:
        return None
    from openfisca_core import entities, periods, taxbenefitsystems, variables  # noqa: PLC0415 a peer
    from openfisca_core.simulations import SimulationBuilder  # noqa: PLC0415 the same

    unit = entities.build_entity(key="unit", plural="units", label="a unit", is_person=True)

    class Income(variables.Variable):
        value_type = float
        entity = unit
        definition_period = periods.DateUnit.YEAR

    class Payout(variables.Variable):
        value_type = float
        entity = unit
        definition_period = periods.DateUnit.YEAR

        def formula(unit: Any, period: Any) -> Any:  # noqa: ANN401, N805 as OpenFisca calls it
            raw = np.minimum(unit("Income", period) * 0.3, 1_000_000)
            return np.where(raw < 10_000, 0, raw)  # noqa: PLR2004 the rule's minimum

    system = taxbenefitsystems.TaxBenefitSystem([unit])
    system.add_variables(Income, Payout)
    yuan = (base / 100).astype(np.float32)

    def work() -> object:
        simulation = SimulationBuilder().build_default_simulation(system, count=base.size)
        simulation.set_input("Income", "2023", yuan)
        return simulation.calculate("Payout", "2023")

    return work


def main() -> None:
    """Measure kernel, peers and the whole way through a policy."""
    base = np.random.default_rng(0).integers(0, 10**9, CLAIMS)
    policy = Policy.load("hefei-pilot-operation")
    claims = pd.DataFrame(
        {
            "claim_id": np.arange(CLAIMS),
            "payee": np.arange(CLAIMS) % 1000,
            "period": 2023,
            "service_revenue_fen": base,
        }
    )
    copy = milliseconds(lambda: copied(base))
    kernel = milliseconds(lambda: pay_fen(base, RULE))
    whole = milliseconds(lambda: policy.pay(claims, explain=False))
    print(f"{CLAIMS:,} claims, engine {best_engine(CLAIMS)}")
    print(f"copy of the bytes   {copy:9.2f} ms")
    numpy_alone = milliseconds(lambda: pay_fen(base, RULE, engine="numpy"))
    print(f"kernel              {kernel:9.2f} ms  {kernel / copy:8.1f} x the copy")
    print(f"kernel, NumPy alone {numpy_alone:9.2f} ms  {numpy_alone / copy:8.1f} x the copy")
    print(f"Policy.pay          {whole:9.2f} ms  {whole / kernel:8.1f} x the kernel, every cell checked")
    peer = openfisca(base)
    if peer is None:
        print("OpenFisca-Core is not installed")
    else:
        theirs = milliseconds(peer)
        print(f"OpenFisca-Core      {theirs:9.2f} ms  {theirs / kernel:8.1f} x the kernel")
    tracemalloc.start()
    policy.pay(claims, explain=False)
    peak = tracemalloc.get_traced_memory()[1]
    print(f"memory of Policy.pay at its peak: {peak / claims.memory_usage(deep=True).sum():.1f} x the input")


if __name__ == "__main__":
    main()
