"""Bars in yuan from a common zero, and waterfalls; every bar is labelled, so colour alone says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.views.charts import wrapped
from poc_eval.views.html import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message

_WIDTH: Final = 640
_FROM: Final = 190
_SPAN: Final = Decimal(300)
_ROW: Final = 30
_LINE: Final = 15


@dataclass(frozen=True, slots=True)
class Beam:
    """One bar from ``start`` to ``end``, with what is printed beside it."""

    title: str
    start: Decimal
    end: Decimal
    figure: str
    style: str = "pe-fill"
    """``pe-fill`` for what is there, ``pe-need`` for what is taken away, ``pe-part`` for parts."""


def beams(title: Message, shown: Sequence[Beam], lang: Language) -> Markup:
    """Return bars on one scale that holds zero, with a line there; each labelled left and right."""
    low = min([Decimal(0), *(min(one.start, one.end) for one in shown)])
    high = max([Decimal(0), *(max(one.start, one.end) for one in shown)])
    span = (high - low) or Decimal(1)

    def place(value: Decimal) -> Decimal:
        return _FROM + _SPAN * (value - low) / span

    bottom = _ROW * len(shown) + 6
    zero = _two(place(Decimal(0)))
    rows = [_row(one, index, place(min(one.start, one.end)), place(max(one.start, one.end)))
            for index, one in enumerate(shown)]  # fmt: skip
    return tag(
        "svg",
        tag("title", title.text(lang)),
        tag("desc", "; ".join(f"{one.title}: {one.figure}" for one in shown)),
        tag("line", class_="pe-grid", x1=zero, y1=2, x2=zero, y2=bottom),
        *rows,
        class_="pe-chart",
        viewBox=f"0 0 {_WIDTH} {bottom + 4}",
        role="img",
    )


def _row(one: Beam, index: int, left: Decimal, right: Decimal) -> Markup:
    top = _ROW * index + 4
    lines = wrapped(one.title)
    first = top + 15 - (_LINE // 2 if len(lines) > 1 else 0)
    labels = [
        tag("text", line, class_="pe-label", x=_FROM - 12, y=first + _LINE * place, text_anchor="end")
        for place, line in enumerate(lines)
    ]
    return tag(
        "g",
        *labels,
        tag(
            "rect",
            class_=one.style,
            x=_two(left),
            y=top + 4,
            width=_two(max(right - left, Decimal(1))),
            height=14,
        ),
        tag("text", one.figure, class_="pe-figure", x=_WIDTH - 4, y=top + 16, text_anchor="end"),
    )


def _two(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.01")), "f")
