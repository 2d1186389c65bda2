from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.spreadsheet.importing import read_projects, table_kind
from poc_eval.spreadsheet.reading import Table


def table(heading, *rows, name="projects.csv", first=1):
    lines = tuple(range(first + 1, first + 1 + len(rows)))
    return Table(name, tuple(heading.split(",")), tuple(tuple(row.split(",")) for row in rows), lines, first)


CHINESE = "项目编号,项目名称,承担单位,技术领域,申请金额（万元）,项目负责人,序号,联系电话"


def test_an_offices_table_is_read_by_its_chinese_headings():
    found = read_projects(table(CHINESE, "P1,颅内压平衡装置,某医院,医疗器械,120.5,王主任,1,13800000000"))
    (row,) = found.rows
    assert (row.id, row.line) == ("P1", 2)
    assert row.texts == {"title": "颅内压平衡装置", "applicant": "某医院", "field": "医疗器械"}
    assert row.amount == Decimal("1205000.00")
    assert row.facts == {"项目负责人": "王主任"}
    assert found.left_out == ("联系电话",)


def test_english_headings_and_both_languages_in_one_heading_are_known():
    found = read_projects(table("Project ID,Title 项目名称,English title,Amount", "P1,装置,Device,3000000"))
    assert found.rows[0].texts == {"title": "装置", "title_en": "Device"}
    assert found.rows[0].amount == Decimal(3000000)


@pytest.mark.parametrize(
    ("heading", "cell", "yuan"),
    [
        ("申请金额", "1200000", "1200000"),
        ("申请金额（万元）", "120万元", "1200000"),
        ("申请金额(元)", "1,200,000.50", "1200000.5"),
        ("申请经费（亿元）", "0.012", "1200000"),
        ("申请金额（万元）", "", None),
    ],
)
def test_an_amount_is_in_the_unit_of_its_cell_or_else_of_its_heading(heading, cell, yuan):
    one = Table("x.csv", ("id", "title", heading), (("P1", "装置", cell),), (2,))
    assert read_projects(one).rows[0].amount == (None if yuan is None else Decimal(yuan))


def test_every_fault_is_told_with_its_line_and_heading():
    with pytest.raises(InputError) as caught:
        read_projects(
            table(
                "项目编号,项目名称,申请金额（万元）,评价对象",
                "P1,,12x,平台",
                ",装置,-3,飞机",
                "P1,针,1e5,",
                first=3,
            )
        )
    lines = str(caught.value).splitlines()
    assert [line.split(";")[0] for line in lines] == [
        'projects.csv:4: 申请金额（万元）: "12x" is not an amount',
        "projects.csv:4: 项目名称: the cell is empty",
        "projects.csv:5: 项目编号: the cell is empty",
        'projects.csv:5: 评价对象: "飞机" does not fit here',
        "projects.csv:5: 申请金额（万元）: an amount that is applied for is not negative",
        "projects.csv:6: 项目编号: the project P1 stands in line 4 already",
        'projects.csv:6: 申请金额（万元）: "1e5" is not an amount',
    ]


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("项目名称,领域", 'there is no column "项目编号"'),
        ("编号,领域", 'there is no column "项目名称"'),
        ("编号,id,项目名称", '"编号" and "id" mean the same column'),
    ],
)
def test_a_heading_that_does_not_do_is_told(heading, message):
    with pytest.raises(InputError) as caught:
        read_projects(table(heading, ",".join("x" for _ in heading.split(","))))
    assert message in str(caught.value)


def test_a_table_without_rows_and_text_that_hides_something_are_told():
    with pytest.raises(InputError, match="a heading and no rows"):
        read_projects(table("id,title"))
    with pytest.raises(InputError) as caught:
        read_projects(Table("x.csv", ("id", "title"), (("P\n1", "a\u202eb"), ("P2", "x" * 20_001)), (2, 4)))
    said = str(caught.value)
    assert "x.csv:2: id: there is a line break" in said
    assert "x.csv:2: title: the hidden character U+202E" in said
    assert "x.csv:4: title: this cell has 20,001 characters" in said


def test_the_headings_tell_projects_from_scores():
    assert table_kind(table(CHINESE)) == "projects"
    assert table_kind(table("project,reviewer,criterion,score")) == "scores"
    assert table_kind(table("项目编号,专家姓名,技术可行性")) == "scores"
    with pytest.raises(InputError, match="neither a table of projects nor one of scores"):
        table_kind(table("a,b"))


@given(
    st.lists(
        st.sampled_from(["id", "项目名称", "申请金额（万元）", "其他", "电话"]), min_size=1, unique=True
    ),
    st.lists(st.text(max_size=12), min_size=5, max_size=5),
)
def test_whatever_stands_in_the_cells_there_are_rows_or_faults(heads, cells):
    one = Table("x.csv", tuple(heads), (tuple(cells[: len(heads)]),), (2,))
    try:
        found: tuple[object, ...] = read_projects(one).rows
    except InputError as error:
        found = error.faults
    assert found
