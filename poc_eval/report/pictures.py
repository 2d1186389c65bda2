"""Pictures that a report may hold: taken apart, checked, and put into the file itself.

Nothing of a picture's surroundings is believed: not its name, not its stated type, not its stated size.
"""

from __future__ import annotations

import binascii
import hashlib
import re
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from poc_eval.i18n import _
from poc_eval.report.drawings import NoDrawingError, drawn
from poc_eval.views.html import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.i18n import Message

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of one picture."""
LARGEST_SVG: Final = 512 * 1024
WIDEST: Final = 10_000
"""Pixels of one side."""
MOST_PIXELS: Final = 40_000_000
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
"""The chunks that draw; texts, times, profiles and animations are left out."""
_CHUNK: Final = 12
"""Bytes of a chunk around its content: length, name, checksum."""


class RefusedPictureError(Exception):
    """A picture that no report holds; ``reason`` says why in words."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture as the file holds it; width and height in pixels as its own data state them."""

    uri: str
    sha256: str
    """Of the bytes in ``uri``, hex."""
    width: int | None = None
    height: int | None = None


def png_from_text(text: str) -> Picture:
    """Return the PNG whose bytes stand as base64 in ``text``; raises RefusedPictureError."""
    if len(text) > LARGEST * 2:
        raise RefusedPictureError(_TOO_LARGE)
    try:
        data = b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise RefusedPictureError(_DAMAGED) from None
    return png(data)


def png(data: bytes) -> Picture:
    """Return a PNG with nothing in it but what draws; raises RefusedPictureError."""
    if len(data) > LARGEST:
        raise RefusedPictureError(_TOO_LARGE)
    if not data.startswith(_SIGNATURE):
        raise RefusedPictureError(_("only PNG pictures can be taken into a report"))
    chunks = list(_chunks(data))
    names = [name for name, _content in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names or len(chunks[0][1]) != 13:  # noqa: PLR2004 bytes of a PNG's head
        raise RefusedPictureError(_DAMAGED)
    width, height = (int.from_bytes(chunks[0][1][at : at + 4]) for at in (0, 4))
    if not (0 < width <= WIDEST and 0 < height <= WIDEST and width * height <= MOST_PIXELS):
        raise RefusedPictureError(_TOO_LARGE)
    kept = b"".join(_written(name, content) for name, content in chunks if name in _KEPT)
    return _embedded("png", _SIGNATURE + kept, width, height)


def svg(text: str) -> Picture:
    """Return an SVG drawing as a picture: as far as it draws, and nothing that acts, moves or fetches.

    Raises RefusedPictureError for what is no well-formed SVG, or declares entities.
    """
    bare = _DECLARED.sub("", printable(text), count=1)
    if len(bare.encode("utf-8")) > LARGEST_SVG:
        raise RefusedPictureError(_TOO_LARGE)
    if _DECLARES.search(bare):
        raise RefusedPictureError(_DAMAGED)
    try:
        root = ET.fromstring(bare)  # noqa: S314 without a DOCTYPE there are no entities to expand
    except ET.ParseError:
        raise RefusedPictureError(_DAMAGED) from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise RefusedPictureError(_DAMAGED)
    try:
        return _embedded("svg+xml", drawn(root).encode("utf-8"))
    except NoDrawingError:
        raise RefusedPictureError(_TOO_LARGE) from None


def sealed_svg(data: bytes) -> Picture:
    """Return a drawing that a report holds already, as it was sealed, by whatever rules it was cleaned."""
    return _embedded("svg+xml", data)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(data):
        if at + _CHUNK > len(data):
            raise RefusedPictureError(_DAMAGED)
        length = int.from_bytes(data[at : at + 4])
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        checksum = data[at + 8 + length : at + _CHUNK + length]
        if checksum != zlib.crc32(name + content).to_bytes(4):
            raise RefusedPictureError(_DAMAGED)
        yield name, content
        if name == b"IEND":
            return
        at += _CHUNK + length


def _written(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


def _embedded(kind: str, data: bytes, width: int | None = None, height: int | None = None) -> Picture:
    uri = f"data:image/{kind};base64,{b64encode(data).decode('ascii')}"
    return Picture(uri, hashlib.sha256(data).hexdigest(), width, height)


_DECLARED: Final = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE\s+svg\s+PUBLIC\s+\"[^\"<>]*\"\s+\"[^\"<>]*\"\s*>)?\s*"
)
"""The head that plotting programs write; it declares nothing, and a stated encoding would be a lie here."""
_DECLARES: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED: Final = _("the picture is damaged, or is not what it says it is")
_TOO_LARGE: Final = _("the picture is too large for a report")
