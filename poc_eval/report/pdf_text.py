"""The text of a printed PDF as it can be selected and searched.

Chromium writes for a glyph that a font shares between a character and a radical (项目 with U+2F6C for 目) the
radical, so that a search for the word finds nothing. Here each font's table from glyphs to text is mended.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

_KANGXI: Final = {one: ord(unicodedata.normalize("NFKC", chr(one))) for one in range(0x2F00, 0x2FD6)}
_SIMPLIFIED: Final = dict(
    zip(
        map(ord, "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
        map(ord, "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"),
        strict=True,
    )
)
"""Of the block U+2E80, those that are characters of their own; Unicode gives no equivalent of most."""
CHARACTERS: Final = {**_KANGXI, **_SIMPLIFIED}
_SECTION: Final = re.compile(rb"\d+\s+beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]+)>")
_PER_SECTION: Final = 100
"""Lines of a section of such a table; its format allows no more."""


def mend_text(pdf: Path) -> None:
    """Have a PDF's text be the characters that were printed; raises what reading a damaged PDF does."""
    from pypdf import PdfWriter  # noqa: PLC0415 only for a PDF
    from pypdf.generic import StreamObject  # noqa: PLC0415 the same

    writer = PdfWriter(clone_from=pdf)
    seen: set[int] = set()
    for page in writer.pages:
        resources: Any = page["/Resources"].get_object()
        for font in resources.get("/Font", {}).values():
            table = font.get_object().get("/ToUnicode")
            stream = None if table is None else table.get_object()
            if isinstance(stream, StreamObject) and id(stream) not in seen:
                seen.add(id(stream))
                stream.set_data(mended(stream.get_data()))
    writer.write(pdf)


def mended(table: bytes) -> bytes:
    """Return a font's table from glyphs to text with characters in the places of radicals.

    A table of lists (``[<…> <…>]``), which Chromium does not write, stays as it is.
    """
    if b"[" in b"".join(found[2] for found in _SECTION.finditer(table)):
        return table
    pairs: dict[bytes, bytes] = {}
    for found in _SECTION.finditer(table):
        codes = _HEX.findall(found[2])
        if found[1] == b"char":
            pairs |= {
                source: _character(text, 0) for source, text in zip(codes[::2], codes[1::2], strict=True)
            }
            continue
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            for step in range(int(last, 16) - int(first, 16) + 1):
                pairs[b"%0*X" % (len(first), int(first, 16) + step)] = _character(text, step)
    lines = [b"<%s> <%s>\n" % pair for pair in pairs.items()]
    sections = b""
    for at in range(0, len(lines), _PER_SECTION):
        some = lines[at : at + _PER_SECTION]
        sections += b"%d beginbfchar\n%sendbfchar\n" % (len(some), b"".join(some))
    written = False

    def instead(_found: re.Match[bytes]) -> bytes:
        nonlocal written
        before, written = written, True
        return b"" if before else sections.removesuffix(b"endbfchar\n") + b"endbfchar"

    return _SECTION.sub(instead, table)


def _character(text: bytes, step: int) -> bytes:
    """Return the text of a glyph, in UTF-16 as hex, ``step`` after the one that is given."""
    code = int(text, 16) + step
    return b"%0*X" % (len(text), CHARACTERS.get(code, code) if len(text) == 4 else code)  # noqa: PLR2004 one unit
