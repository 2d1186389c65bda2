"""What the reviewer stands for: the undertaking before all else, and the opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.views.dossier import Dossier


def undertaking(dossier: Dossier, lang: Language) -> Markup:
    """Return what the reviewer declared on conflicts of interest, confidentiality and integrity."""
    answers = dossier.review.values()
    said = [
        _conflict(answers.get("undertaking.conflict", ""), answers.get("undertaking.conflict_reason", ""))
    ]
    confidential = answers.get("undertaking.confidentiality") == "yes"
    honest = answers.get("undertaking.integrity") == "yes"
    said += [
        _declared(
            _("Confidentiality: I keep the application's content, the scores and the opinions to myself."),
            given=confidential,
        ),
        _declared(
            _("Integrity: I review independently, objectively and fairly and accept no advantage."),
            given=honest,
        ),
    ]
    return tag("ul", *(tag("li", line.text(lang)) for line in said), class_="pe-undertaking")


def opinion(dossier: Dossier, lang: Language) -> Markup:
    """Return the reviewer's opinion as typed."""
    evaluation = dossier.evaluation
    if evaluation.stepped_aside:
        words = _("The reviewer stepped aside and gave no opinion.").text(lang)
        return tag("p", words, class_="pe-quiet")
    said = typed(evaluation.opinion, block=True) or tag(
        "p", _("Not written yet").text(lang), class_="pe-quiet"
    )
    if evaluation.recommendation is None:
        return tag("div", said, class_="pe-opinion")
    label = _("Recommendation: {outcome}", outcome=evaluation.recommendation.title).text(lang)
    return tag("div", join([said, tag("p", label, class_="pe-lead")]), class_="pe-opinion")


def _conflict(stated: str, reason: str) -> Message:
    if stated == "none":
        return _("Conflict of interest: none with this project, no need to step aside.")
    if stated == "step_aside":
        return _("Conflict of interest: the reviewer steps aside. Reason: {reason}", reason=reason)
    return _("Conflict of interest: not declared yet.")


def _declared(sentence: Message, *, given: bool) -> Message:
    return sentence if given else _("{sentence} (not declared yet)", sentence=sentence)
