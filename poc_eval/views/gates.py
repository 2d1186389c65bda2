"""What must be met whatever the total: screening items and required minimums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.views.figures import DASH
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.scoring.evaluation import GateResult
    from poc_eval.views.dossier import Dossier


def gates_table(dossier: Dossier, lang: Language) -> Markup:
    """Return each requirement, what was found, and whether it is met, in words and with a sign."""
    gates = dossier.evaluation.gates
    if not gates:
        return join([])
    columns = (_("Requirement"), _("Required"), _("Found"), _("Result"))
    head = [tag("th", column.text(lang), scope="col") for column in columns]
    return tag(
        "table",
        tag("caption", _("Requirements that must be met whatever the total").text(lang), class_="pe-unseen"),
        tag("thead", tag("tr", *head)),
        tag("tbody", *(_row(gate, _reason(gate, dossier), lang) for gate in gates)),
        class_="pe-table pe-gates",
    )


def _reason(gate: GateResult, dossier: Dossier) -> Markup:
    """Return what the reviewer wrote beside a screening item; other reasons stand with the scores."""
    if gate.kind != "screening":
        return join([])
    return typed(dossier.review.values().get(f"screening.{gate.id}.reason"))


def _row(gate: GateResult, reason: Markup, lang: Language) -> Markup:
    found = gate.found.text(lang) if gate.found is not None else DASH
    return tag(
        "tr",
        tag("th", gate.title.text(lang), scope="row"),
        tag("td", gate.required.text(lang)),
        tag("td", join([found, tag("span", reason, class_="pe-evidence")], by=" ") if reason else found),
        _result(gate, lang),
    )


def _result(gate: GateResult, lang: Language) -> Markup:
    if gate.passed is None:
        return tag("td", _("Not known yet").text(lang), class_="pe-open")
    if gate.kind == "screening":
        said = _("In order") if gate.passed else _("Not in order")
    else:
        said = _("Met") if gate.passed else _("Not met")
    sign = "✓ " if gate.passed else "✗ "
    return tag("td", sign + said.text(lang), class_="pe-good" if gate.passed else "pe-bad")
