"""The list of experts and the sign-in sheet, from the members as they are entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import _
from poc_eval.views.html import join, tag
from poc_eval.views.panel_people import experts_list, sign_in_sheet

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def experts(page: PaperPage, lang: Language) -> Markup:
    """Return the list of experts with who steps aside and who stands in."""
    found: Any = page.assessment.result
    return join([_headed(_("List of experts").text(lang), lang), experts_list(found.roster, lang)])


def sign_in(page: PaperPage, lang: Language) -> Markup:
    """Return the sign-in sheet, to be printed before the meeting."""
    found: Any = page.assessment.result
    return join([_headed(_("Sign-in sheet").text(lang), lang), sign_in_sheet(found.roster, lang)])


def _headed(title: str, lang: Language) -> Markup:
    confidential = tag("p", _("With names: confidential.").text(lang), class_="pe-quiet")
    return join([tag("h3", title), confidential])


PARTS: Final = {"experts": experts, "sign_in": sign_in}
