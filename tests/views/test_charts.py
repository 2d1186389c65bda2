from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from poc_eval.i18n import _
from poc_eval.views.charts import Bar, bar_chart, position_bar, wrapped

SCORES = st.decimals(min_value=-50, max_value=150, places=2)


def bar(value: str | None = "22", required: str | None = "15", title: str = "临床需求度") -> Bar:
    return Bar(
        title,
        Decimal(0),
        Decimal(25),
        Decimal(value) if value else None,
        Decimal(required) if required else None,
    )


def test_a_bar_says_its_figures_in_words() -> None:
    assert bar().said("zh") == "临床需求度：22 分，分值 25，最低 15 分"
    assert bar(required=None).said("en") == "临床需求度: 22 of 25"
    assert bar(value=None).said("en") == "临床需求度: no score, full mark 25"


def test_a_position_bar_is_as_long_as_the_score_is_high_and_marks_the_minimum() -> None:
    svg = position_bar(bar(), "zh")
    assert 'role="img"' in svg
    assert "<title>临床需求度：22 分，分值 25，最低 15 分</title>" in svg
    assert '<rect class="pe-fill" x="0.00" y="2" width="88.00" height="6">' in svg
    assert 'class="pe-need" x="59.17"' in svg


def test_without_score_or_minimum_neither_is_drawn() -> None:
    assert "pe-fill" not in position_bar(bar(value=None), "zh")
    assert "pe-need" not in position_bar(bar(required=None), "zh")


def test_a_scale_without_span_breaks_nothing() -> None:
    assert Bar("x", Decimal(5), Decimal(5), Decimal(5)).share(Decimal(5)) == 0


@given(SCORES, SCORES)
def test_no_score_leaves_its_track(value: Decimal, required: Decimal) -> None:
    drawn = position_bar(Bar("x", Decimal(0), Decimal(100), value, required), "en")
    widths = [float(found) for found in re.findall(r'pe-fill"[^>]* width="([^"]*)"', drawn)]
    assert all(0 <= width <= 100 for width in widths)


def test_a_chart_describes_every_bar_it_draws() -> None:
    svg = bar_chart(_("Scores"), [bar(), bar("12.5", None, "技术成熟度")], "zh")
    root = ET.fromstring(svg)  # noqa: S314 our own drawing
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[1].text == "临床需求度：22 分，分值 25，最低 15 分; 技术成熟度：12.5 分，分值 25"
    assert [text.text for text in root.iter("text") if text.get("class") == "pe-figure"] == [
        "22 / 25",
        "12.5 / 25",
    ]


def test_labels_are_wrapped_by_columns_and_cut_after_two_lines() -> None:
    assert wrapped("临床需求度") == ["临床需求度"]
    assert wrapped("对推动科技进步和提高市场竞争能力的作用") == ["对推动科技进步和提高市场", "竞争能力的作用"]
    assert wrapped("Technical feasibility of the whole solution") == [
        "Technical feasibility of",
        "the whole solution",
    ]
    assert wrapped("很" * 60) == ["很" * 12, "很" * 11 + "…"]
    assert wrapped("  ") == [""]


@given(st.text())
def test_hostile_titles_stay_text_in_a_chart(title: str) -> None:
    svg = bar_chart(_("Scores"), [bar(title=title)], "en")
    assert {element.tag for element in ET.fromstring(svg).iter()} <= {  # noqa: S314 our own drawing
        *("svg", "title", "desc", "g", "rect", "line", "text")
    }
