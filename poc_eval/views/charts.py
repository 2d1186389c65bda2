"""Charts as SVG: no font is measured, every coordinate has two decimals, nothing is said by colour alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from poc_eval.i18n import _
from poc_eval.views.figures import number
from poc_eval.views.html import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.i18n import Language, Message

_HUNDRED: Final = Decimal(100)
_WIDTH: Final = 640
_BARS_FROM: Final = 190
_BARS_WIDTH: Final = Decimal(330)
_LINE: Final = 17
_LABEL_COLUMNS: Final = 24
"""Of half-width characters in a label's line; a Chinese character takes two."""
_LABEL_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure on its own scale: what it is, where it stands, the least that is asked for."""

    title: str
    minimum: Decimal
    full_mark: Decimal
    value: Decimal | None
    required: Decimal | None = None
    """The least that is asked for; on a scale whose lowest is the best, the most that is allowed."""
    best_low: bool = False

    def share(self, value: Decimal) -> Decimal:
        """Return where ``value`` stands between the ends of the scale, 0 to 1."""
        span = self.full_mark - self.minimum
        if span <= 0:
            return Decimal(0)
        return min(max((value - self.minimum) / span, Decimal(0)), Decimal(1))

    def said(self, lang: Language) -> str:
        """Return the figure in words."""
        known: dict[str, str] = {"title": self.title, "full": number(self.full_mark)}
        if self.value is None:
            return _("{title}: no score, full mark {full}", **known).text(lang)
        known["value"] = number(self.value)
        if self.required is None:
            return _("{title}: {value} of {full}", **known).text(lang)
        known["required"] = number(self.required)
        if self.best_low:
            return _("{title}: {value} of {full}, at most {required} allowed", **known).text(lang)
        return _("{title}: {value} of {full}, at least {required} required", **known).text(lang)


def position_bar(bar: Bar, lang: Language) -> Markup:
    """Return a small bar for a table row, 0 to 100 wide, with a mark at the required minimum."""
    return tag(
        "svg",
        tag("title", bar.said(lang)),
        tag("rect", class_="pe-track", x=0, y=2, width=100, height=6),
        _fill(bar, Decimal(0), _HUNDRED, y=2, height=6),
        _need(bar, Decimal(0), _HUNDRED, y=0, height=10),
        class_="pe-bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        role="img",
    )


def bar_chart(title: Message, bars: Sequence[Bar], lang: Language) -> Markup:
    """Return horizontal bars, each as a share of its own scale, labelled with its figure."""
    rows: list[Markup] = []
    top = 6
    for bar in bars:
        lines = wrapped(bar.title)
        rows.append(_row(bar, lines, top))
        top += _LINE * len(lines) + 9
    return tag(
        "svg",
        tag("title", title.text(lang)),
        tag("desc", "; ".join(bar.said(lang) for bar in bars)),
        *_grid(top),
        *rows,
        class_="pe-chart",
        viewBox=f"0 0 {_WIDTH} {top + 22}",
        role="img",
    )


def wrapped(label: str, columns: int = _LABEL_COLUMNS) -> list[str]:
    """Return ``label`` in at most two lines of ``columns`` half-width characters, cut with an ellipsis."""
    lines: list[str] = []
    rest = " ".join(label.split())
    while rest and len(lines) < _LABEL_LINES:
        end = _fits(rest, columns)
        if end < len(rest):
            space = rest.rfind(" ", 0, end + 1)
            end = space if space > 0 else end
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    if rest:
        lines[-1] = lines[-1][: _fits(lines[-1], columns - 2)] + "…"
    return lines or [""]


def _fits(label: str, columns: int) -> int:
    taken = 0
    for index, character in enumerate(label):
        taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if taken > columns:
            return index
    return len(label)


def _row(bar: Bar, lines: list[str], top: int) -> Markup:
    height = _LINE * len(lines)
    labels = [
        tag("text", line, class_="pe-label", x=_BARS_FROM - 12, y=top + 13 + _LINE * index, text_anchor="end")
        for index, line in enumerate(lines)
    ]
    middle = top + height // 2 - 5
    figure = number(bar.value) + " / " + number(bar.full_mark)
    start = Decimal(_BARS_FROM)
    return tag(
        "g",
        *labels,
        tag("rect", class_="pe-track", x=_BARS_FROM, y=middle, width=_two(_BARS_WIDTH), height=10),
        _fill(bar, start, _BARS_WIDTH, y=middle, height=10),
        _need(bar, start, _BARS_WIDTH, y=middle - 4, height=18),
        tag("text", figure, class_="pe-figure", x=_WIDTH - 4, y=top + height // 2 + 5, text_anchor="end"),
    )


def _grid(bottom: int) -> list[Markup]:
    lines = []
    for percent in (0, 25, 50, 75, 100):
        x = _two(_BARS_FROM + _BARS_WIDTH * percent / 100)
        lines.append(tag("line", class_="pe-grid", x1=x, y1=2, x2=x, y2=bottom))
        lines.append(tag("text", f"{percent}%", class_="pe-tick", x=x, y=bottom + 16, text_anchor="middle"))
    return lines


def _fill(bar: Bar, start: Decimal, width: Decimal, *, y: int, height: int) -> Markup:
    if bar.value is None:
        return Markup()
    filled = _two(width * bar.share(bar.value))
    return tag("rect", class_="pe-fill", x=_two(start), y=y, width=filled, height=height)


def _need(bar: Bar, start: Decimal, width: Decimal, *, y: int, height: int) -> Markup:
    if bar.required is None:
        return Markup()
    thick = width / 60
    x = start + width * bar.share(bar.required) - thick / 2
    return tag("rect", class_="pe-need", x=_two(x), y=y, width=_two(thick), height=height)


def _two(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.01")), "f")


def figure(chart: Markup, caption: str, table: Markup) -> Markup:
    """Return a chart with its caption and the table that says the same in figures."""
    return tag("figure", tag("figcaption", caption), chart, table, class_="pe-figure-block")
