"""What ``poc-eval cashflow`` says beyond the exact figures: distribution, scenarios, sensitivity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from poc_eval.commands.table import aligned
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.commands.terminal import Terminal
    from poc_eval.finance.programme.sensitivity import Bar, BreakEven, ScenarioValue
    from poc_eval.finance.programme.summary import Summary
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.i18n import Language, Translatable


@dataclass(frozen=True, slots=True)
class Risk:
    """What was asked for; None or nothing where it was not."""

    simulation: Summary | None
    with_grant: Summary | None
    scenarios: Sequence[ScenarioValue]
    bars: Sequence[Bar]
    break_even: Sequence[BreakEven]

    def document(self) -> dict[str, Any]:
        """Return the keys that come beside the exact figures."""
        # The command line starts without it.
        from poc_eval.finance.programme.risk_document import risk_document  # noqa: PLC0415

        return risk_document(self.simulation, self.with_grant, self.scenarios, self.bars, self.break_even)


def risk_of(value: Valuation, paths: str | None, seed: str, *, sensitivity: bool) -> Risk:
    """Work out what was asked for; raises InputError for a number that is none."""
    # The command line starts without these.
    from poc_eval.finance.programme.sensitivity import break_even, scenarios, tornado  # noqa: PLC0415

    programme = value.programme
    simulation = with_grant = None
    if paths is not None:
        from poc_eval.finance.programme.simulation import simulate  # noqa: PLC0415 needs arrays

        count, start = _whole("--simulate", paths), _whole("--seed", seed)
        simulation = simulate(value, count, start)
        with_grant = simulate(value, count, start, support=True) if value.supported else None
    bars = tornado(programme) if sensitivity else []
    points = [break_even(programme, bar.name) for bar in bars]
    return Risk(simulation, with_grant, scenarios(programme), bars, points)


def say_risk(risk: Risk, terminal: Terminal) -> None:
    """Print what was asked for, each under its heading."""
    for title, rows in (
        (_("Distribution of the net present value"), list(_distribution(risk))),
        (_("Scenarios"), list(_scenarios(risk))),
        (_("What the value hangs on"), list(_sensitivity(risk))),
    ):
        if len(rows) > 1:
            terminal.say("")
            terminal.say(title)
            for line in aligned([tuple(_text(one, terminal.lang) for one in row) for row in rows]):
                terminal.say(line)
    if risk.simulation is not None and risk.simulation.method == "simulated":
        found = risk.simulation
        terminal.say(_("{paths} paths, seed {seed}", paths=f"{found.paths:,}", seed=found.seed))
    elif risk.simulation is not None:
        terminal.say(_("exact: only the stages are random"))


def _distribution(risk: Risk) -> Iterator[tuple[Translatable | str, ...]]:
    found = [one for one in (risk.simulation, risk.with_grant) if one is not None]
    head = (_("without grants, deposits and loans"), _("with them"))
    yield "", *head[: len(found)]
    if not found:
        return
    yield _("mean"), *(_yuan(one.mean) for one in found)
    yield _("standard error of the mean"), *(_yuan(one.standard_error) for one in found)
    yield _("standard deviation"), *(_yuan(one.sd) for one in found)
    yield _("5% of all are at or below"), *(_yuan(one.p05) for one in found)
    yield _("half of all are at or below"), *(_yuan(one.p50) for one in found)
    yield _("95% of all are at or below"), *(_yuan(one.p95) for one in found)
    yield _("probability of loss"), *(f"{one.p_loss:.1%}" for one in found)
    yield _("mean of the worst 5%"), *(_yuan(one.cvar95) for one in found)


def _scenarios(risk: Risk) -> Iterator[tuple[Translatable | str, ...]]:
    yield _("scenario"), _("Risk-adjusted value (rNPV)"), _("Probability of success")
    for one in risk.scenarios:
        chance = one.value.p_success
        yield (
            one.title or one.id,
            _yuan(one.value.rnpv),
            "–" if chance is None else f"{chance:.1%}",
        )


def _sensitivity(risk: Risk) -> Iterator[tuple[Translatable | str, ...]]:
    yield (
        _("factor that moves"),
        _("lower end"),
        _("upper end"),
        _("value at the lower end"),
        _("value at the upper end"),
        _("break-even"),
    )
    for bar, point in zip(risk.bars, risk.break_even, strict=True):
        yield (
            bar.name,
            _number(bar.low),
            _number(bar.high),
            _yuan(bar.at_low),
            _yuan(bar.at_high),
            _number(point.value) if point.value is not None else point.reason or "–",
        )


def _whole(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise InputError(
            Fault(
                _("{name} is {found}, not a whole number", name=name, found=text[:40]),
                _("write a whole number such as 100000"),
            )
        )
    return int(text)


def _text(cell: Translatable | str, lang: Language) -> str:
    return cell if isinstance(cell, str) else cell.text(lang)


def _yuan(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}"


def _number(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 1000 else f"{value:.4g}"  # noqa: PLR2004 amounts; else shares, months
