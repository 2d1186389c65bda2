"""Rounds of anonymous scoring: the feedback to send out, and for the secretary who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import _
from poc_eval.views.delphi import changed, course, delphi_feedback, standing
from poc_eval.views.html import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def feedback(page: PaperPage, lang: Language) -> Markup:
    """Return what goes back to the experts, without names."""
    found: Any = page.assessment.result
    if found is None:
        return _nothing(lang)
    title = _("Feedback of round {number}", number=len(found.rounds))
    return join([tag("h3", title.text(lang)), delphi_feedback(found, lang)])


def changes(page: PaperPage, lang: Language) -> Markup:
    """Return whether to stop, the course of the rounds, and who changed what by name."""
    found: Any = page.assessment.result
    if found is None:
        return _nothing(lang)
    parts = [
        tag("h3", _("Stop or go on").text(lang)),
        standing(found, lang),
        tag("h3", _("From round to round").text(lang)),
        course(found, lang),
        tag("h3", _("Who changed what").text(lang)),
        changed(found, lang, with_names=True),
    ]
    return join(parts)


def _nothing(lang: Language) -> Markup:
    return tag("p", _("Nothing is worked out before the scores above are complete.").text(lang))


PARTS: Final = {"feedback": feedback, "changes": changes}
