"""Rounds of a Delphi questionnaire: what goes back to the experts, who moved, and whether to go on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.views.figures import DASH, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.sheet_page import whole_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.delphi_rounds import DelphiResult, ItemRound


def delphi_page(found: DelphiResult, lang: Language, *, with_names: bool = False) -> str:
    """Return a whole page: the verdict, the feedback, the course of the rounds, who moved."""
    parts = [
        standing(found, lang),
        tag("h2", _("Feedback of round {number}", number=len(found.rounds)).text(lang)),
        delphi_feedback(found, lang),
        tag("h2", _("From round to round").text(lang)),
        course(found, lang),
        tag("h2", _("Who changed what").text(lang)),
        changed(found, lang, with_names=with_names),
    ]
    return whole_page(_("Rounds of anonymous scoring (Delphi)").text(lang), parts, lang)


def standing(found: DelphiResult, lang: Language) -> Markup:
    """Return whether to go on, and by which rule."""
    verdict, rule = found.verdict, found.rule
    if verdict is None:
        said = "" if found.why_none is None else found.why_none.text(lang)
        return tag("p", said, class_="pe-lead")
    end = _("Stop here: {reason}.", reason=verdict.reason)
    on = _("Go on: {reason}.", reason=verdict.reason)
    blocks = [
        (_("Rounds held"), str(len(found.rounds))),
        (_("Widest quartile range"), _plain(verdict.largest_iqr)),
        (_("Largest change of CV"), _plain(verdict.cv_change)),
        (_("Change of Kendall's W"), _plain(verdict.w_change)),
    ]
    shown = [tag("div", tag("dt", label.text(lang)), tag("dd", value)) for label, value in blocks]
    how = _(
        "Rounds end when the quartiles of every item lie within {iqr}; or when no item's coefficient of "
        "variation changes by more than {cv} and Kendall's W by no more than {w}; or after {most} rounds.",
        iqr=f"{rule.iqr:g}",
        cv=f"{rule.cv:g}",
        w=f"{rule.w:g}",
        most=rule.most_rounds,
    )
    return join(
        [
            tag("dl", *shown, class_="pe-summary"),
            tag("p", (end if verdict.stop else on).text(lang), class_="pe-lead"),
            tag("p", how.text(lang), class_="pe-quiet"),
        ]
    )


def delphi_feedback(found: DelphiResult, lang: Language) -> Markup:
    """Return what everybody is shown of the last round: no names, and a place to write the next score."""
    goes_on = found.verdict is None or not found.verdict.stop
    about = _("Without names. Whoever scores far from the middle is asked for reasons.")
    columns = [
        (_("item"), None),
        (_("median"), "pe-number"),
        (_("middle half"), "pe-number"),
        (_("experts"), "pe-number"),
        (_("all scores"), None),
    ]
    if goes_on:
        columns.append((_("your score in the next round"), None))
    rows = [
        [
            tag("th", typed(one.item), scope="row"),
            _cell(_plain(one.feedback.median)),
            _cell(f"{_plain(one.feedback.low)}–{_plain(one.feedback.high)}"),
            _cell(str(one.feedback.n)),
            tag("td", _all_scores(one, lang)),
            *([tag("td", " ")] if goes_on else []),
        ]
        for one in found.rounds[-1]
    ]
    return join(
        [tag("p", about.text(lang), class_="pe-quiet"), _table(columns, rows, lang), _reasons(found, lang)]
    )


def course(found: DelphiResult, lang: Language) -> Markup:
    """Return the median and the middle half of each item in every round."""
    columns: list[tuple[Message, str | None]] = [(_("item"), None)]
    columns += [
        (_("round {number}: median (middle half)", number=number), "pe-number")
        for number in range(1, len(found.rounds) + 1)
    ]
    rows = [
        [tag("th", typed(item), scope="row"), *(_cell(_in_round(items, item)) for items in found.rounds)]
        for item in found.items
    ]
    return _table(columns, rows, lang)


def changed(found: DelphiResult, lang: Language, *, with_names: bool = False) -> Markup:
    """Return who moved on what, by letter or by name; with names it must not leave the office."""
    if len(found.rounds) == 1:
        return tag("p", _("There is one round so far; nobody could change anything.").text(lang))
    if not found.moved:
        return tag("p", _("Nobody changed a score.").text(lang))
    letters = found.letters()
    columns = [
        (_("round"), "pe-number"),
        (_("item"), None),
        (_("expert"), None),
        (_("before"), "pe-number"),
        (_("after"), "pe-number"),
        (_("reason"), None),
    ]
    rows = [
        [
            _cell(str(one.round)),
            tag("th", typed(one.item), scope="row"),
            tag("td", typed(one.reviewer) if with_names else letters[one.reviewer]),
            _cell(_plain(one.before)),
            _cell(_plain(one.after)),
            tag("td", typed(one.reason) or DASH),
        ]
        for one in found.moved
    ]
    parts = [_table(columns, rows, lang)]
    if with_names:
        secret = _("With names: confidential, not for the experts.")
        parts.insert(0, tag("p", secret.text(lang), class_="pe-advice"))
    return join(parts)


def _reasons(found: DelphiResult, lang: Language) -> Markup:
    said = [one for one in found.rounds[-1] if one.reasons]
    if not said:
        return join([])
    parts = [tag("h3", _("Reasons, without names").text(lang))]
    for one in said:
        voices = [
            tag("li", tag("span", _plain(score), class_="pe-score"), typed(words))
            for score, words in one.reasons
        ]
        parts.append(
            tag(
                "section", tag("p", typed(one.item), class_="pe-lead"), tag("ul", *voices, class_="pe-voices")
            )
        )
    return join(parts)


def _all_scores(one: ItemRound, lang: Language) -> str:
    return ("、" if lang == "zh" else ", ").join(_plain(score) for score in one.scores)


def _in_round(items: Sequence[ItemRound], item: str) -> str:
    one = next((one for one in items if one.item == item), None)
    if one is None:
        return DASH
    seen = one.feedback
    return f"{_plain(seen.median)} ({_plain(seen.low)}–{_plain(seen.high)})"


def _plain(value: float | None) -> str:
    return DASH if value is None else number(Decimal(f"{value:.3f}"))


def _cell(text: str) -> Markup:
    return tag("td", text, class_="pe-number")


def _table(
    columns: Sequence[tuple[Message, str | None]], rows: Sequence[Sequence[Markup]], lang: Language
) -> Markup:
    head = [tag("th", title.text(lang), scope="col", class_=class_) for title, class_ in columns]
    body = [tag("tr", *cells) for cells in rows]
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body), class_="pe-table pe-panel")
    return tag("div", table, class_="pe-scroll", tabindex=0)
