"""From declared to paid as a waterfall: what each step and each limit took, with the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.finance.claims.settled import LOSSES, waterfall
from poc_eval.i18n import _
from poc_eval.views.charts import figure, wrapped
from poc_eval.views.html import tag
from poc_eval.views.payout.cells import figure_cell, head_row, signed, yuan
from poc_eval.views.payout.summary import not_paid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from poc_eval.finance.claims.payout import Payouts
    from poc_eval.finance.claims.settled import Loss, Waterfall
    from poc_eval.i18n import Language, Message

_WIDTH: Final = 640
_FROM: Final = 190
_BAR_WIDTH: Final = Decimal(310)
_HEIGHT: Final = 34
LOSS_WORDS: Final[Mapping[Loss, Message]] = {
    "cap": _("Above the caps"),
    "matching": _("Own funds fall short"),
    "minimum": _("Below the minimum"),
    "left_out": _("Not eligible, or not in force"),
    "excluded_by": _("Paid by another rule"),
    "budget": _("The budget does not suffice"),
    "rounding": _("Rounding"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A bar: a sum that stands, or what was taken off it (``change`` below 0); in fen."""

    title: Message
    level: int
    """What stands after the step."""
    change: int | None = None


def steps_of(found: Waterfall) -> tuple[Step, ...]:
    """Return the bars of a waterfall; what took nothing is left out."""
    steps: list[Step] = []
    if found.declared or found.base:
        steps.append(Step(_("Declared"), found.declared))
        if found.declared != found.base:
            steps += [
                Step(_("Reductions"), found.base, found.base - found.declared),
                Step(_("Verified"), found.base),
            ]
        own = found.uncapped_of_base - found.base
        if own:
            steps.append(Step(_("Not covered by the rate"), found.uncapped_of_base, own))
        fixed = found.uncapped - found.uncapped_of_base
        if fixed:
            steps.append(Step(_("Claims without a base"), found.uncapped, fixed))
    steps.append(Step(_("By the rule, before limits"), found.uncapped))
    level = found.uncapped
    for name in LOSSES:
        taken = found.losses[name]
        if taken:
            level -= taken
            steps.append(Step(LOSS_WORDS[name], level, -taken))
    steps.append(Step(_("Payouts"), found.amount))
    return tuple(steps)


def payout_waterfall(payouts: Payouts, lang: Language) -> Markup:
    """Return the waterfall of all claims with its table."""
    settlement = payouts.reckoning.settlement
    if settlement is None:
        return not_paid(payouts, lang)
    steps = steps_of(waterfall(settlement))
    return figure(
        _chart(steps, lang), _("From declared to paid, all claims together").text(lang), _table(steps, lang)
    )


def _chart(steps: Sequence[Step], lang: Language) -> Markup:
    most = max((max(one.level, one.level - (one.change or 0)) for one in steps), default=0)
    bars = [_bar(one, place, most, lang) for place, one in enumerate(steps)]
    said = "; ".join(f"{one.title.text(lang)} {_shown(one)}" for one in steps)
    height = _HEIGHT * len(steps) + 6
    return tag(
        "svg",
        tag("title", _("From declared to paid").text(lang)),
        tag("desc", said),
        tag("line", class_="pe-grid", x1=_FROM, y1=0, x2=_FROM, y2=height),
        *bars,
        class_="pe-chart pe-waterfall",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
    )


def _bar(step: Step, place: int, most: int, lang: Language) -> Markup:
    top = _HEIGHT * place + 4
    low, high = (0, step.level) if step.change is None else sorted((step.level, step.level - step.change))
    start, width = _FROM + _across(low, most), _across(high - low, most)
    lines = wrapped(step.title.text(lang))
    first = top + _HEIGHT // 2 + 1 - 8 * (len(lines) - 1)
    labels = [
        tag("text", line, x=_FROM - 10, y=first + 15 * at, text_anchor="end") for at, line in enumerate(lines)
    ]
    taken = step.change is not None
    return tag(
        "g",
        *labels,
        tag(
            "rect",
            class_="pe-taken" if taken else "pe-fill",
            x=f"{start:.2f}",
            y=top + 4,
            width=f"{max(width, Decimal(1)):.2f}",
            height=_HEIGHT - 14,
        ),
        tag(
            "text",
            _shown(step),
            class_="pe-figure",
            x=_WIDTH - 2,
            y=top + _HEIGHT // 2 + 3,
            text_anchor="end",
        ),
    )


def _across(fen: int, most: int) -> Decimal:
    return _BAR_WIDTH * fen / most if most else Decimal(0)


def _shown(step: Step) -> str:
    return yuan(step.level) if step.change is None else signed(step.change)


def _table(steps: Sequence[Step], lang: Language) -> Markup:
    columns = [(_("Step"), False), (_("Change (yuan)"), True), (_("Then (yuan)"), True)]
    rows = [
        tag(
            "tr",
            tag("th", one.title.text(lang), scope="row"),
            figure_cell("" if one.change is None else signed(one.change)),
            figure_cell(yuan(one.level)),
            class_="pe-total" if one.change is None else None,
        )
        for one in steps
    ]
    caption = tag("caption", _("The chart in figures").text(lang))
    return tag("table", caption, head_row(columns, lang), tag("tbody", *rows), class_="pe-table pe-narrow")
