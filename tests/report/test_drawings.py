from __future__ import annotations

from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

from poc_eval.report.pictures import RefusedPictureError, svg

SVG = "{http://www.w3.org/2000/svg}"
PLOT = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 9 9" aria-label="a \\ b@c">
<metadata><author>Zhang</author></metadata>
<defs><style type="text/css">*{stroke-linejoin: round}</style>
<clipPath id="c"><rect width="9" height="9"/></clipPath>
<path id="m" d="M 0 0 L 1 1"
 style="fill: #1f77b4"/></defs>
<g clip-path="url(#c)"><use xlink:href="#m" x="1"/><use href="#m" x="2"/>
<text x="3">a &amp; b &lt; c 图</text></g>
<image xlink:href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>
</svg>"""
ACTING = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 onload="pwned()" OnClick="pwned()">
<script>pwned()</script><script href="https://evil.example/x.js"/>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="pwned()">
<iframe src="https://evil.example"/></body></foreignObject>
<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x" onerror="pwned()"/>
<a xlink:href="javascript:pwned()" href="javascript:pwned()"><rect id="r" width="9" height="9"/></a>
<rect id="s"><animate attributeName="fill" values="red;blue" dur="1s"/><set attributeName="x" to="1"/></rect>
<animateTransform/><animateMotion/><discard/><handler>pwned()</handler><listener/>
<image href="https://evil.example/x.png"/>
<image xlink:href="data:image/svg+xml;base64,PHN2Zz4="/><image href="file:///etc/passwd"/>
<use href="https://evil.example/x.svg#a"/><use xlink:href="data:image/svg+xml,x#a"/>
<style>@import 'https://evil.example/x.css';</style><style>@media print{*{display:none}}</style>
<style>*{background:url(https://evil.example/y)}</style><style>*{background:u\\72l(https://evil.example/z)}</style>
<rect style="fill:url( 'https://evil.example/f' )" fill="url(https://evil.example/g#x)" filter="url(#own)"/>
<rect style="background:image-set('https://evil.example/h' 1x)" xlink:actuate="onLoad"/>
</svg>"""


def embedded(text):
    return b64decode(svg(text).uri.partition(",")[2]).decode("utf-8")


def test_a_plot_is_drawn_as_it_was():
    made = ET.fromstring(embedded(PLOT))  # noqa: S314 what we wrote
    assert [one.tag for one in made.iter()] == [
        SVG + name
        for name in ("svg", "defs", "style", "clipPath", "rect", "path", "g", "use", "use", "text", "image")
    ]
    assert made.find(f".//{SVG}text").text == "a & b < c 图"
    assert made.find(f".//{SVG}style").text == "*{stroke-linejoin: round}"
    assert made.find(f".//{SVG}path").attrib == {"id": "m", "d": "M 0 0 L 1 1", "style": "fill: #1f77b4"}
    assert made.find(f"{SVG}g").get("clip-path") == "url(#c)"
    assert made.get("aria-label") == "a \\ b@c"
    assert "Zhang" not in embedded(PLOT)
    assert embedded(embedded(PLOT)) == embedded(PLOT)


def test_nothing_in_a_drawing_acts_moves_fetches_or_leads_anywhere():
    said = embedded(ACTING)
    made = ET.fromstring(said)  # noqa: S314 what we wrote
    names = {one.tag.removeprefix(SVG) for one in made.iter()}
    assert names == {"svg", "g", "rect", "image", "use", "style"}
    assert {name for one in made.iter() for name in one.attrib} <= {
        "id",
        "width",
        "height",
        "filter",
        "style",
    }
    assert {one.get("id") for one in made.iter() if one.get("id")} == {"r", "s"}
    assert {one.get("filter") for one in made.iter() if one.get("filter")} == {"url(#own)"}
    for word in ("pwned", "javascript", "passwd", "evil", "@", "animate", "data:", "\\"):
        assert word not in said


@pytest.mark.parametrize("used", ["again", "itself", "nested"])
def test_a_drawing_that_would_never_end_is_refused(used):
    body = {
        "again": "".join(
            f'<g id="g{number + 1}">' + f'<use href="#g{number}"/>' * 9 + "</g>" for number in range(9)
        ),
        "itself": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        "nested": "<g>" * 5000 + "</g>" * 5000,
    }[used]
    with pytest.raises(RefusedPictureError):
        svg(f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="g0"/>{body}</svg>')
