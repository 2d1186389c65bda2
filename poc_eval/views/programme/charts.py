"""The charts of a programme; every figure that they draw stands in a table beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.programme.words import stage_name
from poc_eval.i18n import _
from poc_eval.views.charts import wrapped
from poc_eval.views.html import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from poc_eval.finance.programme.cumulative import Standing
    from poc_eval.finance.programme.sensitivity import Bar
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.i18n import Language

_WIDTH: Final = 640
_LEFT: Final = 92
_RIGHT: Final = 16
_WAN: Final = 10_000
_BARS_FROM: Final = 210
_BARS_TO: Final = 560
_ROW: Final = 34
_MOST_STAGES: Final = 8
_BEYOND: Final = 1.06
"""How much longer the chart of cash is than its last payment, so that one sees where it ends."""


def in_wan(amount: float) -> str:
    """Return an amount in 万元 as an axis has it."""
    return f"{amount / _WAN:,.0f}" if abs(amount) >= 100 * _WAN or not amount else f"{amount / _WAN:,.1f}"


def decision_tree(value: Valuation, lang: Language) -> Markup:
    """Return the stages from left to right, where each can end and what that is worth, in 万元."""
    stages, outcomes = value.plan.line.stages[:_MOST_STAGES], value.outcomes
    count = len(stages)
    step = (_WIDTH - 40) // (count + 1)
    parts: list[Markup] = []
    for place, stage in enumerate(stages):
        x, ahead = 20 + place * step, 20 + (place + 1) * step
        chance = float(value.plan.successes[place])
        name = stage_name(value.programme, stage.id)
        label = name if isinstance(name, str) else name.text(lang)
        parts += [
            tag("line", class_="pe-grid", x1=x + 14, y1=60, x2=ahead - 14, y2=60),
            tag("line", class_="pe-grid", x1=x, y1=74, x2=x, y2=112),
            tag("circle", class_="pe-fill", cx=x, cy=60, r=9),
            *(
                tag("text", line, class_="pe-tick", x=x - 8, y=16 + 14 * index)
                for index, line in enumerate(wrapped(label, max(step // 7, 8)))
            ),
            tag("text", f"{chance:.0%}", class_="pe-tick", x=(x + ahead) // 2, y=54, text_anchor="middle"),
            tag("text", f"{1 - chance:.0%}", class_="pe-tick", x=x + 5, y=98),
            *_ending(x, 112, outcomes[place].probability, outcomes[place].npv),
        ]
    last = 20 + count * step
    parts.append(tag("rect", class_="pe-fill", x=last - 9, y=51, width=18, height=18))
    parts += _ending(last - 30, 112, outcomes[-1].probability, outcomes[-1].npv)
    said = "; ".join(f"{one.ends_at} {one.probability:.1%} {in_wan(one.npv)}" for one in outcomes)
    return _chart(_("Where the programme can end (10,000 yuan)").text(lang), said, parts, 156)


def cash_chart(standings: Sequence[Standing], lang: Language, *, valued: bool = True) -> Markup:
    """Return the running total over the months: a band of 90%, the expected total, and that of success.

    Without probabilities (``valued`` False) there is only that of success.
    """
    height, top, bottom = 260, 14, 222
    last = max((one.months for one in standings), default=0.0)
    months = last * _BEYOND or 1.0
    values = [0.0, *(float(part) for one in standings for part in (one.low, one.high, one.success))]
    low, high = min(values), max(values)
    span = (high - low) or 1.0

    def across(month: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * month / months

    def down(amount: float) -> float:
        return bottom - (bottom - top) * (amount - low) / span

    parts = [
        tag("text", in_wan(one), class_="pe-tick", x=_LEFT - 6, y=f"{down(one) + 4:.2f}", text_anchor="end")
        for one in sorted({low, 0.0, high})
    ]
    parts.append(_line(_LEFT, down(0.0), _WIDTH - _RIGHT, down(0.0)))
    band = (
        []
        if not valued
        else [
            *_steps([(one.months, float(one.high)) for one in standings], across, down),
            *reversed(_steps([(one.months, float(one.low)) for one in standings], across, down)),
        ]
    )
    if band:
        parts.append(tag("polygon", class_="pe-track", points=" ".join(band)))
    lines = {"pe-expected": [(one.months, float(one.expected)) for one in standings]}
    if valued:
        lines["pe-success"] = [(one.months, float(one.success)) for one in standings]
    for name, points in lines.items():
        parts.append(tag("polyline", class_=name, points=" ".join(_steps(points, across, down))))
    every = max(12, 12 * round(months / 12 / 6))
    for month in range(0, int(last) + 1, every):
        x = f"{across(month):.2f}"
        parts.append(tag("text", str(month), class_="pe-tick", x=x, y=bottom + 18, text_anchor="middle"))
    parts.append(
        tag("text", _("months after the start").text(lang), class_="pe-tick", x=_LEFT, y=bottom + 34)
    )
    said = _("every stage passed").text(lang)
    if valued:
        said = _("band: 90% of outcomes; solid line: expected; dashed line: every stage passed").text(lang)
    return _chart(_("Running total of cash (10,000 yuan)").text(lang), said, parts, height)


def tornado_chart(bars: Sequence[Bar], base: float, names: Callable[[str], str], lang: Language) -> Markup:
    """Return how far the value moves with each figure, around the value as it is."""
    ends = [base, *(end for bar in bars for end in (bar.at_low, bar.at_high))]
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0

    def across(amount: float) -> float:
        return _BARS_FROM + (_BARS_TO - _BARS_FROM) * (amount - low) / span

    parts = []
    for place, bar in enumerate(bars):
        y = 8 + _ROW * place
        first, last = sorted((bar.at_low, bar.at_high))
        parts += [
            *(
                tag(
                    "text",
                    line,
                    class_="pe-label",
                    x=_BARS_FROM - 10,
                    y=y + 14 + 15 * index,
                    text_anchor="end",
                )
                for index, line in enumerate(wrapped(names(bar.name), 24)[:1])
            ),
            tag(
                "rect",
                class_="pe-fill",
                x=f"{across(first):.2f}",
                y=y + 3,
                width=f"{max(across(last) - across(first), 1.0):.2f}",
                height=16,
            ),
            tag("text", in_wan(bar.swing), class_="pe-figure", x=_WIDTH - 4, y=y + 16, text_anchor="end"),
        ]
    bottom = 8 + _ROW * len(bars)
    parts.append(
        tag("line", class_="pe-base", x1=f"{across(base):.2f}", y1=2, x2=f"{across(base):.2f}", y2=bottom)
    )
    for amount in dict.fromkeys((low, base, high)):
        x = f"{across(amount):.2f}"
        parts.append(tag("text", in_wan(amount), class_="pe-tick", x=x, y=bottom + 16, text_anchor="middle"))
    said = "; ".join(f"{names(bar.name)} {in_wan(bar.at_low)} – {in_wan(bar.at_high)}" for bar in bars)
    return _chart(_("What the value hangs on (10,000 yuan)").text(lang), said, parts, bottom + 24)


def _ending(x: int, y: int, chance: float, npv: float) -> list[Markup]:
    return [
        tag("rect", class_="pe-track", x=x - 8, y=y, width=70, height=38),
        tag("text", f"{chance:.1%}", class_="pe-tick", x=x - 4, y=y + 15),
        tag("text", in_wan(npv), class_="pe-tick", x=x - 4, y=y + 31),
    ]


def _steps(
    points: Sequence[tuple[float, float]], across: Callable[[float], float], down: Callable[[float], float]
) -> list[str]:
    """Return the corners of a line that stays where it is until the next payment."""
    corners, before = [], 0.0
    for month, amount in points:
        corners.append(f"{across(month):.2f},{down(before):.2f}")
        corners.append(f"{across(month):.2f},{down(amount):.2f}")
        before = amount
    end = (points[-1][0] * _BEYOND or 1.0) if points else 0.0
    return [*corners, f"{across(end):.2f},{down(before):.2f}"]


def _line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return tag("line", class_="pe-grid", x1=f"{x1:.2f}", y1=f"{y1:.2f}", x2=f"{x2:.2f}", y2=f"{y2:.2f}")


def _chart(title: str, said: str, parts: Sequence[Markup], height: int) -> Markup:
    return tag(
        "svg",
        tag("title", title),
        tag("desc", said),
        *parts,
        class_="pe-chart",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
    )
