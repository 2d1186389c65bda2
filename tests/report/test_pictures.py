from __future__ import annotations

import base64
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.report.pictures import RefusedPictureError, png, png_from_text, svg
from poc_eval.report.restoring import pictures_in

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HOSTILE = (
    "<svg xmlns='http://www.w3.org/2000/svg' onload='window.__pwned=1'>"
    "<script>window.__pwned=1</script></svg>"
)

BARE = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"></svg>'


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def drawing(width=2, height=1, *extra):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\x00" + b"\x80" * 2) * 1)
    return SIGNATURE + head + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def embedded(picture):
    return base64.b64decode(picture.uri.partition(",")[2])


def test_a_png_keeps_what_draws_and_loses_the_rest():
    text = chunk(b"tEXt", b"Author\x00Zhang")
    late = drawing(2, 1, text, chunk(b"tIME", b"\x07\xea\x0b\x14\x00\x00\x00")) + b"trailing bytes"
    picture = png(late)
    assert embedded(picture) == drawing()
    assert (picture.width, picture.height) == (2, 1)
    assert picture.uri.startswith("data:image/png;base64,")


def test_base64_with_line_ends_is_read():
    text = base64.encodebytes(drawing()).decode()
    assert png_from_text(text) == png(drawing())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        SIGNATURE,
        drawing()[:-5],
        drawing().replace(b"IDAT", b"IDAX"),
        SIGNATURE + chunk(b"IEND", b""),
        drawing(width=0),
        drawing(width=20_000),
        drawing(width=9_000, height=9_000),
        SIGNATURE + b"\xff\xff\xff\xffIHDR",
        b"\x00" * (5 * 1024 * 1024),
    ],
    ids=["nothing", "gif", "head", "cut", "sum", "end", "flat", "wide", "large", "length", "bytes"],
)
def test_what_is_no_sound_png_is_refused(data):
    with pytest.raises(RefusedPictureError):
        png(data)


@pytest.mark.parametrize("text", ["?", "\ud800", "aGk=", "A" * (9 * 1024 * 1024)])
def test_what_is_no_base64_of_a_png_is_refused(text):
    with pytest.raises(RefusedPictureError):
        png_from_text(text)


@given(st.integers(min_value=8, max_value=len(drawing()) - 1), st.integers(min_value=1, max_value=255))
def test_no_damaged_byte_gets_through(at, change):
    data = bytearray(drawing())
    data[at] ^= change
    with pytest.raises(RefusedPictureError):
        png(bytes(data))


def test_an_svg_stays_a_picture_and_is_never_part_of_the_page():
    """H15; a browser shows it in test_hostile."""
    picture = svg(HOSTILE)
    assert picture.uri.startswith("data:image/svg+xml;base64,")
    assert embedded(picture).decode() == BARE


def test_the_head_that_plotting_programs_write_is_left_out():
    head = (
        '<?xml version="1.0" encoding="utf-16"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        '  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    assert embedded(svg(head + HOSTILE)).decode() == BARE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<svg",
        "<p>no drawing</p>",
        "<svg></svg>",
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg">' + "x" * 600_000 + "</svg>",
    ],
)
def test_what_is_no_plain_svg_is_refused(text):
    with pytest.raises(RefusedPictureError):
        svg(text)


def test_a_drawing_that_was_sealed_is_compared_as_it_was_sealed():
    """A report of an earlier version holds drawings that this one would clean."""
    uri = f"data:image/svg+xml;base64,{base64.b64encode(HOSTILE.encode()).decode()}"
    [picture] = pictures_in(f'<img src="{uri}" alt="">').values()
    assert picture.uri == uri
