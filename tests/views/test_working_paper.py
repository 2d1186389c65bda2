from dataclasses import replace

import pytest

from poc_eval.errors import UnknownIdError
from poc_eval.i18n import Text
from poc_eval.views.paper_parts import paper_view
from poc_eval.views.working_paper import grid_table
from poc_eval.workspace.paper_records import Field, Grid
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def page(tmp_path):
    """Return a function that gives the page of a cost sheet with some fields."""
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))

    def page(**fields):
        paper = workspace.papers.open("cost_sheet", project="P1")
        changes = [Change(name.replace("__", "/"), value, 0) for name, value in fields.items()]
        return workspace.papers.page(workspace.papers.save(paper.id, changes).paper)

    return page


def test_the_static_form_shows_all_fields_rows_and_totals(page):
    html = paper_view(
        page(
            grant="10,000.00",
            rows__costs__a__item="试剂",
            rows__costs__a__kind="material",
            rows__costs__a__amount="2500",
            rows__costs__a__checked="yes",
            rows__items__contract__there="no",
        ),
        None,
        "zh",
    )
    for words in (
        "资助金额（元）",
        "10,000.00",
        "试剂",
        "材料费",
        "25.0%",
        "2,500.00",
        "是",
        "否",
        "合同",
        "草稿",
    ):
        assert words in html
    assert "material" not in html


def test_it_speaks_english_too(page):
    html = paper_view(page(rows__costs__a__kind="testing"), "form", "en")
    assert "Table of costs" in html
    assert "Testing" in html
    assert "Still open: 3" in html


def test_what_is_typed_stays_text(page):
    html = paper_view(
        page(remark="<script>alert(1)</script>", rows__costs__a__item='"><img src=x>'), "form", "zh"
    )
    assert "<script" not in html
    assert "<img" not in html


def test_a_part_of_the_kind_is_drawn_from_the_assessment(page):
    filled = page(rows__costs__a__amount="2500")
    assert "合计 2500.00 元" in paper_view(filled, "chart", "zh")
    assert "2,500.00 元" in paper_view(filled, "summary", "zh")
    with pytest.raises(UnknownIdError, match="form, summary, chart"):
        paper_view(filled, "nothing", "zh")


@pytest.mark.parametrize(("columns", "wide"), [(7, False), (8, True)])
def test_a_wide_table_lies_on_its_side_in_print(page, columns, wide):
    name = Text("名称", "Name")
    grid = Grid("wide", name, tuple(Field(f"c{number}", name) for number in range(columns)))
    assert ("pe-landscape" in grid_table(grid, page(), "zh")) is wide


def test_what_is_worked_out_stands_to_the_right_only_where_it_is_a_figure(page):
    name = Text("名称", "Name")
    grid = Grid("costs", name, (Field("words", name, "shown"), Field("sum", name, "shown")))
    filled = page(rows__costs__a__item="1")
    shown = {"rows/costs/a/words": "建议立项", "rows/costs/a/sum": "1,000.00"}
    assessed = replace(filled, assessment=replace(filled.assessment, shown=shown))
    html = grid_table(grid, assessed, "zh")
    assert '<td><span class="pe-typed" dir="auto">建议立项' in html
    assert '<td class="pe-number"><span class="pe-typed" dir="auto">1,000.00' in html
