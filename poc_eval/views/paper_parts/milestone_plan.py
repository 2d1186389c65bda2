"""What is shown of a plan of milestones and payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.views.html import join, tag
from poc_eval.views.programme.sections import calendar_section, cash_section, stages_section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from poc_eval.finance.programme.appraisal import Appraisal
    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def drawn(page: PaperPage, lang: Language, draw: Callable[[Appraisal], Markup]) -> Markup:
    """Return what ``draw`` makes of a paper that is filled in, else that it is not."""
    found = page.assessment.result
    if found is None:
        return tag("p", _("This is shown once the paper is filled in.").text(lang), class_="pe-quiet")
    return draw(found)  # type: ignore[arg-type]  # what the kind's assess returns


def milestones(page: PaperPage, lang: Language) -> Markup:
    """Return the milestones and the calendar of payments."""
    return drawn(
        page, lang, lambda one: join([stages_section(one.value, lang), calendar_section(one.value, lang)])
    )


def cash(page: PaperPage, lang: Language) -> Markup:
    """Return the running total of cash."""
    return drawn(page, lang, lambda one: cash_section(one.value, one.standings, lang))


PARTS: Final[Mapping[str, Callable[[PaperPage, Language], Markup]]] = {"milestones": milestones, "cash": cash}
