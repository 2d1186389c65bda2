"""What a division of income shows: the split, the people with their tax, both readings, the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.sharing_people import Division
from poc_eval.i18n import _
from poc_eval.views.html import join, tag
from poc_eval.views.sharing import sharing_readings, sharing_rule, sharing_split, team_with_tax

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def split(page: PaperPage, lang: Language) -> Markup:
    """Return the way from the income to each party, and the other reading where the text has two."""
    division = page.assessment.result
    if not isinstance(division, Division):
        return _waiting(lang)
    return join([sharing_split(division.sharing, lang), sharing_readings(division.sharing, lang)])


def people(page: PaperPage, lang: Language) -> Markup:
    """Return what each person gets, with the tax."""
    division = page.assessment.result
    if not isinstance(division, Division) or division.team is None:
        named = any(name.startswith("rows/people/") and cell for name, cell in page.paper.values().items())
        said = (
            _("What each person gets cannot be worked out: the rule does not say what the team gets here.")
            if named and isinstance(division, Division)
            else _("Nobody is named yet.")
        )
        return tag("p", said.text(lang), class_="pe-quiet")
    return team_with_tax(division.team, lang)


def rule(page: PaperPage, lang: Language) -> Markup:
    """Return the rule, the law's least reward, who approves, and the steps."""
    division = page.assessment.result
    return sharing_rule(division.sharing, lang) if isinstance(division, Division) else _waiting(lang)


def _waiting(lang: Language) -> Markup:
    said = _("The division appears once the income, the way of transfer and the rule are filled in.")
    return tag("p", said.text(lang), class_="pe-quiet")


PARTS = {"split": split, "people": people, "rule": rule}
