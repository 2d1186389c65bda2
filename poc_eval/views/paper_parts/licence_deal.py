"""What a deal's working paper shows: the comparison, a map of both risks, every payment, guard rails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.finance.licence_comparison import DealPicture
from poc_eval.i18n import _
from poc_eval.views.deal import deal_comparison, deal_map, deal_payments, deal_warnings
from poc_eval.views.deal_price import deal_price
from poc_eval.views.html import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def comparison(page: PaperPage, lang: Language) -> Markup:
    """Return the structures side by side for both parties."""
    picture = page.assessment.result
    return deal_comparison(picture.comparison, lang) if isinstance(picture, DealPicture) else _waiting(lang)


def map_(page: PaperPage, lang: Language) -> Markup:
    """Return the map of royalty and probability of sales."""
    picture = page.assessment.result
    if not isinstance(picture, DealPicture) or picture.map is None:
        said = _("The map appears once a structure after the first has exactly one royalty.")
        return tag("p", said.text(lang), class_="pe-quiet")
    return deal_map(picture.map, lang)


def payments(page: PaperPage, lang: Language) -> Markup:
    """Return every payment of every structure."""
    picture = page.assessment.result
    return deal_payments(picture.comparison, lang) if isinstance(picture, DealPicture) else _waiting(lang)


def warnings(page: PaperPage, lang: Language) -> Markup:
    """Return how the price is found, and the guard rails that the deal touches."""
    picture = page.assessment.result
    if not isinstance(picture, DealPicture):
        return _waiting(lang)
    return join([deal_price(picture.comparison, lang), deal_warnings(picture.comparison, lang)])


def _waiting(lang: Language) -> Markup:
    said = _("The comparison appears once the rate, the years and at least one payment are filled in.")
    return tag("p", said.text(lang), class_="pe-quiet")


PARTS = {"comparison": comparison, "map": map_, "payments": payments, "warnings": warnings}
