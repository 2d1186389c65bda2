"""How cells look: quiet and official, one accent colour, figures to the right with thousands separators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Style: TypeAlias = Literal[
    "title", "subtitle", "heading", "text", "words", "note",
    "number", "yuan", "fen", "rate", "factor", "date",
    "total", "total_yuan", "input", "input_number", "input_yuan", "input_rate", "input_date",
    "written", "written_fen", "written_yuan", "written_date", "warning", "sign",
]  # fmt: skip
"""``words``: a text that may be long. ``yuan`` has two decimals, ``fen`` and ``number`` none, ``rate`` is in
per cent, ``factor`` a number of years or a discount factor.  ``input…``: for a person to change.
``written…``: a value where a formula cannot stand."""

ACCENT: Final = "#1F4E79"
_LINE: Final = "#A6A6A6"
_INPUT: Final = "#FFF9E5"
_WRITTEN: Final = "#EDEDED"
_FONT: Final = "宋体"

YUAN_FORMAT: Final = "#,##0.00;-#,##0.00"
_WHOLE_FORMAT: Final = "#,##0;-#,##0"
_RATE_FORMAT: Final = "0.00######%"
_FACTOR_FORMAT: Final = "0.00####"
_DATE_FORMAT: Final = "yyyy-mm-dd"

_BASE: Final[Mapping[str, Any]] = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
_CELL: Final[Mapping[str, Any]] = {**_BASE, "border": 1, "border_color": _LINE}
_FORMATS: Final = {"yuan": YUAN_FORMAT, "fen": _WHOLE_FORMAT, "number": _WHOLE_FORMAT,
                   "rate": _RATE_FORMAT, "factor": _FACTOR_FORMAT, "date": _DATE_FORMAT}  # fmt: skip
_KINDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "input": {"bg_color": _INPUT, "font_color": "#0000C0"},
    "written": {"bg_color": _WRITTEN, "italic": True},
    "total": {"bold": True, "top": 2},
}
_APART: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {**_BASE, "font_size": 16, "bold": True, "align": "center", "text_wrap": True},
    "subtitle": {**_BASE, "font_size": 11, "bold": True, "font_color": ACCENT, "text_wrap": True},
    "heading": {
        **_CELL, "bold": True, "align": "center", "text_wrap": True,
        "font_color": "#FFFFFF", "bg_color": ACCENT,
    },
    "words": {**_CELL, "text_wrap": True, "valign": "top"},
    "note": {**_BASE, "text_wrap": True, "font_color": "#404040", "valign": "top"},
    "warning": {**_BASE, "text_wrap": True, "bold": True, "font_color": "#9C0006", "valign": "top"},
    "sign": {**_BASE, "font_size": 11, "text_wrap": True},
}  # fmt: skip


def look(style: Style) -> dict[str, Any]:
    """Return the properties of a style as XlsxWriter names them."""
    if style in _APART:
        return dict(_APART[style])
    kind, _line, what = style.partition("_")
    if kind in _FORMATS:
        kind, what = "", kind
    numeric = what in _FORMATS
    look: dict[str, Any] = {**_CELL, **_KINDS.get(kind, {})}
    look |= (
        {"align": "right", "num_format": _FORMATS[what], "indent": 1}
        if numeric
        else {"text_wrap": True, "indent": 1}
    )
    if what == "date":
        look |= {"align": "center", "indent": 0}
    return look
