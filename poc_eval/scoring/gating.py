"""Screening items and gates held against what is known; the exact value decides, not the printed one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.i18n import Text, _
from poc_eval.scoring.arithmetic import printed, printed_beside
from poc_eval.scoring.evaluation import GateResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from poc_eval.i18n import Translatable
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Gate, Input, Screening
    from poc_eval.scoring.tally import Tally


def screening_result(item: Screening, answer: bool | None) -> GateResult:  # noqa: FBT001 the answer itself
    """Return how a screening item came out; the answer that it fails on ends the review."""
    return GateResult(
        item.id,
        item.ask,
        "screening",
        _yes_or_no(not item.fails_on),
        None if answer is None else _yes_or_no(answer),
        None if answer is None else answer != item.fails_on,
    )


def gate_result(gate: Gate, rubric: Rubric, figures: Mapping[str, Decimal | bool], sums: Tally) -> GateResult:
    """Return how ``gate`` came out for ``figures`` (inputs by name) and ``sums``."""
    if gate.input is not None:
        return _on_input(gate, rubric.asked_inputs[gate.input], figures.get(gate.input))
    found = sums.total if gate.criterion is None else sums.of[gate.criterion]
    title = _("Total score") if gate.criterion is None else rubric.node(gate.criterion).criterion.title
    value = None if found is None else found.exact
    return GateResult(
        gate.name,
        gate.title or title,
        gate.kind,
        _line(gate, printed),
        None if value is None else _same(_found(gate, value, rubric.decimals)),
        None if value is None else _holds(gate, value),
    )


def _on_input(gate: Gate, asked: Input, value: Decimal | bool | None) -> GateResult:  # noqa: FBT001 a yes or no
    found: Translatable | None = None
    passed: bool | None = None
    if isinstance(value, bool):
        found, passed = _yes_or_no(value), value == gate.is_
    elif value is not None:
        found, passed = with_unit(value, asked), _holds(gate, Fraction(value))
    required = _line(gate, lambda line: with_unit(line, asked)) if gate.is_ is None else _yes_or_no(gate.is_)
    return GateResult(gate.name, gate.title or asked.label, "input", required, found, passed)


def with_unit(value: Decimal, asked: Input) -> Text:
    """Return an input's value as people write it: shares in per cent, amounts with separators and 元."""
    if asked.kind == "share":
        return _same(f"{printed(value * 100)}%")
    number = f"{Decimal(printed(value)):,f}" if asked.kind == "amount" else printed(value)
    unit = asked.unit or (Text("元", "yuan") if asked.kind == "amount" else None)
    return _same(number) if unit is None else Text(f"{number} {unit.zh}", f"{number} {unit.en}")


def _holds(gate: Gate, value: Fraction) -> bool:
    above = gate.at_least is None or value >= Fraction(gate.at_least)
    below = gate.at_most is None or value <= Fraction(gate.at_most)
    return above and below


def _found(gate: Gate, value: Fraction, decimals: int) -> str:
    lines = [Fraction(line) for line in (gate.at_least, gate.at_most) if line is not None]
    nearest = min(lines, key=lambda line: abs(line - value))
    return printed_beside(value, nearest, decimals)


def _line(gate: Gate, show: Callable[[Decimal], object]) -> Translatable:
    if gate.at_least is not None and gate.at_most is not None:
        return _("from {low} to {high}", low=show(gate.at_least), high=show(gate.at_most))
    if gate.at_least is not None:
        return _("at least {line}", line=show(gate.at_least))
    return _("at most {line}", line=show(gate.at_most or Decimal(0)))


def _yes_or_no(answer: bool) -> Translatable:  # noqa: FBT001 the answer itself
    return _("yes") if answer else _("no")


def _same(words: str) -> Text:
    return Text(words, words)
