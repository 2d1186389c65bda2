from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from poc_eval.views.html import join, printable, tag, typed


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def read(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


@given(st.text(), st.text())
def test_whatever_is_typed_stays_text_and_attributes_stay_attributes(words: str, title: str) -> None:
    reader = read(tag("p", words, title=title))
    assert reader.elements == ["p"]
    assert reader.attributes == [("title", printable(title))]
    assert reader.words == printable(words)


@given(st.text(alphabet=st.characters(codec=None, categories=["Cs", "Cc", "Cn", "L"])))
def test_what_no_file_can_carry_becomes_the_replacement_character(words: str) -> None:
    shown = printable(words)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert len(shown) == len(words)
    assert "\x00" not in shown


def test_nothing_turns_round_how_a_figure_after_it_is_read() -> None:
    words = "甲\u202e\u2066 1,000.00 元\u2069\u202c"
    assert printable(words) == "甲\ufffd\ufffd 1,000.00 元\ufffd\ufffd"
    assert tag("td", words, title=words).count("\ufffd") == 8


def test_markup_is_kept_and_its_neighbours_are_escaped() -> None:
    assert tag("p", Markup("<b>x</b>"), "<i>", None) == "<p><b>x</b>&lt;i&gt;</p>"
    assert join(["<", Markup("<br>")], by="&") == "&lt;&amp;<br>"


def test_attributes_take_their_html_names() -> None:
    assert tag("td", class_="a", aria_label="b", hidden=True, id=None) == (
        '<td class="a" aria-label="b" hidden></td>'
    )


@pytest.mark.parametrize("name", ["script", "style", "iframe", "form", "object", "p onclick"])
def test_no_view_writes_an_element_that_acts(name: str) -> None:
    with pytest.raises(ValueError, match="a view writes no"):
        tag(name)


@pytest.mark.parametrize("attribute", ["onclick", "onload", "style", "on_error"])
def test_no_view_writes_a_handler_or_a_style(attribute: str) -> None:
    with pytest.raises(ValueError, match="a view writes no attribute"):
        tag("p", **{attribute: "x"})


@pytest.mark.parametrize(
    "address", ["javascript:x", " javascript:x", "data:text/html,x", "//evil.example", "x"]
)
def test_no_view_links_anywhere_but_to_its_page_and_the_web(address: str) -> None:
    with pytest.raises(ValueError, match="a view links to"):
        tag("a", "x", href=address)


@pytest.mark.parametrize("address", ["https://evil.example/x.png", "x.png", "data:text/html;base64,AA=="])
def test_no_view_shows_a_picture_that_is_not_embedded(address: str) -> None:
    with pytest.raises(ValueError, match="a view shows embedded"):
        tag("img", src=address)


def test_typed_words_keep_their_lines_and_nothing_stays_nothing() -> None:
    assert typed("a\r\nb\rc ") == '<span class="pe-typed" dir="auto">a\nb\nc</span>'
    assert typed("a", block=True) == '<p class="pe-typed" dir="auto">a</p>'
    assert typed(" \n") == typed(None) == ""
