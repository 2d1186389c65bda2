"""The figures and facts that a rubric asks for beside scores, and how a typed one is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import InputError
from poc_eval.i18n import Text, _
from poc_eval.money import parse_money
from poc_eval.scoring import typed
from poc_eval.scoring.rules import Input

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.i18n import Message
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import InputKind


def inferred_inputs(rubric: Rubric) -> dict[str, Input]:
    """Return the inputs that measured criteria and gates of ``rubric`` name without declaring them."""
    found: dict[str, Input] = {}
    for node in rubric.every_node:
        measured = node.criterion.measured
        if measured is not None:
            found.setdefault(
                measured.input, Input(label=node.criterion.title, unit=measured.unit, kind="number")
            )
    for gate in rubric.gates:
        if gate.input is not None:
            label = gate.title or Text(gate.input, gate.input)
            found.setdefault(gate.input, Input(label=label, kind="number" if gate.is_ is None else "yes_no"))
    return found


def read_input(text: str, kind: InputKind) -> Decimal | bool | None:
    """Return what was typed for an input of ``kind``, amounts in yuan; None where it does not fit."""
    if kind == "yes_no":
        return typed.yes_no(text)
    if kind == "share":
        return typed.share(text)
    if kind == "amount":
        return _amount(text)
    value = typed.number(text)
    if kind == "count" and value is not None and (value < 0 or value != value.to_integral_value()):
        return None
    return value


def _amount(text: str) -> Decimal | None:
    try:
        value = parse_money(text)
    except InputError:
        return None
    return value if value >= 0 else None


def wanted(kind: InputKind) -> Message:
    """Return what to write for an input of ``kind``."""
    if kind == "yes_no":
        return _("answer yes or no")
    if kind == "share":
        return _("write a share from 0 to 1, or from 0% to 100%")
    if kind == "amount":
        return _("write an amount in yuan, such as 3000000 or 300万元")
    if kind == "count":
        return _("write a whole number, such as 8")
    return _("write a number, such as 8 or 8.5")
