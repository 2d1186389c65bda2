"""What a panel should discuss first, the reasons side by side and without names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.views.figures import number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_advice import advice_only

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.disagreement import AgendaItem
    from poc_eval.views.panel_board import PanelBoard

MOST: Final = 6
"""Items shown; more than that nobody discusses in one meeting."""
_WIDE: Final = 0.25
"""The spread, as a share of the scale, from which an item is worth the panel's time."""


def agenda(board: PanelBoard, lang: Language) -> Markup:
    """Return the items farthest apart first; what all agree on is left out."""
    worth = [one for one in board.agenda if one.disagrees or one.spread >= _WIDE]
    parts = [advice_only(board, lang)]
    if not worth:
        none = _("Nothing stands out: on every criterion the experts lie within 25% of the scale.")
        return join([*parts, tag("p", none.text(lang))])
    parts += [_item(board, place, one, lang) for place, one in enumerate(worth[:MOST], start=1)]
    if len(worth) > MOST:
        rest = _("{count} more items lie apart; they stand in the criteria table.", count=len(worth) - MOST)
        parts.append(tag("p", rest.text(lang), class_="pe-quiet"))
    return join(parts)


def _item(board: PanelBoard, place: int, item: AgendaItem, lang: Language) -> Markup:
    node = board.rubric.node(item.criterion)
    title = _(
        "{place}. {project}: {criterion}",
        place=place,
        project=board.project(item.project).title,
        criterion=node.criterion.title,
    )
    scores = [_points(score) for score, _words in item.reasons]
    said = _(
        "Scores from {low} to {high}, {share}% of the scale apart; {how}",
        low=scores[0],
        high=scores[-1],
        share=f"{100 * item.spread:.0f}",
        how=_how(item),
    )
    reasons = [
        tag("li", tag("span", _points(score), class_="pe-score"), _words_of(words, lang))
        for score, words in item.reasons
    ]
    return tag(
        "section",
        tag("p", title.text(lang), class_="pe-lead"),
        tag("p", said.text(lang), class_="pe-quiet"),
        tag("ul", *reasons, class_="pe-voices"),
        class_="pe-item",
    )


def _how(item: AgendaItem) -> Message:
    if item.disagrees:
        return _("the panel disagrees by the RAND/UCLA test.")
    if item.two_camps:
        return _("there seem to be two camps.")
    return _("opinions are spread evenly.")


def _points(score: float) -> str:
    return number(Decimal(f"{score:.2f}"))


def _words_of(words: str, lang: Language) -> Markup:
    return typed(words) or tag("span", _("no reason given").text(lang), class_="pe-quiet")
