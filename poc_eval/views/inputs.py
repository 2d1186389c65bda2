"""The figures and facts that measured criteria and conditions look at, as the reviewer stated them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import Text, _
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.scoring.rules import Input
    from poc_eval.views.dossier import Dossier


def inputs_table(dossier: Dossier, lang: Language) -> Markup:
    """Return each asked figure with what was typed, in its unit; empty where the rubric asks for none."""
    asked = dossier.rubric.asked_inputs
    if not asked:
        return join([])
    answers = dossier.review.values()
    head = [tag("th", column.text(lang), scope="col") for column in (_("Figure or fact"), _("As stated"))]
    rows = [
        tag(
            "tr",
            tag("th", one.label.text(lang), scope="row"),
            tag("td", _stated(answers.get(f"inputs.{name}", ""), one, lang)),
        )
        for name, one in asked.items()
    ]
    return tag(
        "table",
        tag("caption", _("What the scores and requirements are worked out from").text(lang)),
        tag("thead", tag("tr", *head)),
        tag("tbody", *rows),
        class_="pe-table",
    )


def _stated(value: str, asked: Input, lang: Language) -> Markup:
    if not value.strip():
        return tag("span", _("Not stated").text(lang), class_="pe-quiet")
    if asked.kind == "yes_no":
        said = {"yes": _("yes"), "no": _("no")}.get(value.strip())
        return typed(said.text(lang) if said is not None else value)
    return join([typed(value), *_unit(value, asked, lang)], by=" ")


def _unit(value: str, asked: Input, lang: Language) -> list[str]:
    """Return the unit where the figure was typed without one: ``800万`` says its own."""
    if not value.strip()[-1].isdigit():
        return []
    unit = asked.unit or (Text("元", "yuan") if asked.kind == "amount" else None)
    return [] if unit is None else [unit.text(lang)]
