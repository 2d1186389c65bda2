"""Whether experts find a rubric's criteria relevant: a table item by item, and what to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.scoring.rubric_validity import ENOUGH, FEW, FEWEST, GRADES, WHOLE_ENOUGH
from poc_eval.views.figures import DASH
from poc_eval.views.html import tag, typed
from poc_eval.views.sheet_page import whole_page

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.scoring.rubric_validity import ItemValidity, RubricValidity


def validity_page(found: RubricValidity, lang: Language) -> str:
    """Return a whole page: the verdict, the figures of the whole, then item by item."""
    blocks = [
        (_("items"), str(len(found.items))),
        (_("experts"), str(found.experts)),
        (_("S-CVI/Ave"), f"{found.average:.2f}"),
        (_("S-CVI/UA"), f"{found.universal:.2f}"),
    ]
    shown = [tag("div", tag("dt", label.text(lang)), tag("dd", value)) for label, value in blocks]
    how = _(
        "Relevant is a rating of 3 or 4. An item holds when all of {least} to {few} experts call it "
        "relevant, or from {more} on at least {enough} of them; the whole when the average is {whole} or "
        "more.",
        least=FEWEST,
        few=FEW,
        more=FEW + 1,
        enough=f"{ENOUGH:.0%}",
        whole=f"{WHOLE_ENOUGH:.2f}",
    )
    source = _("Sources: Lynn (1986); Polit, Beck & Owen (2007).")
    parts = [
        tag("p", found.verdict.text(lang), class_="pe-lead"),
        tag("dl", *shown, class_="pe-summary"),
        _table(found, lang),
        tag("p", how.text(lang), class_="pe-quiet"),
        tag("p", source.text(lang), class_="pe-quiet"),
    ]
    return whole_page(_("Content validity of a score sheet").text(lang), parts, lang)


def _table(found: RubricValidity, lang: Language) -> Markup:
    columns = [
        (_("criterion"), None),
        (_("call it relevant"), "pe-number"),
        (_("I-CVI"), "pe-number"),
        (_("modified kappa"), "pe-number"),
        (_("kappa in words"), None),
        (_("what follows"), None),
    ]
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    body = [_row(one, lang) for one in found.items]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), class_="pe-table pe-panel")
    return tag("div", table, class_="pe-scroll", tabindex=0)


def _row(one: ItemValidity, lang: Language) -> Markup:
    follows = {
        True: ("✓ ", _("keep"), "pe-good"),
        False: ("✗ ", _("reword or drop"), "pe-bad"),
        None: (f"{DASH} ", _("ask more experts"), "pe-quiet"),
    }
    sign, words, class_ = follows[one.keeps]
    return tag(
        "tr",
        tag("th", typed(one.item), scope="row"),
        tag("td", f"{one.relevant} / {one.experts}", class_="pe-number"),
        tag("td", f"{one.i_cvi:.2f}", class_="pe-number"),
        tag("td", f"{one.modified_kappa:.2f}", class_="pe-number"),
        tag("td", GRADES[one.grade].text(lang)),
        tag("td", sign + words.text(lang), class_=class_),
    )
