import pytest

from poc_eval.report.office_tables import grid_of, lines_of, wide, widths_of
from poc_eval.report.office_tree import tree_of

TABLE = """<table><thead><tr><th rowspan="2">甲</th><th colspan="2">乙</th></tr>
<tr><th>丙</th><th>丁</th></tr></thead>
<tbody><tr><td>一段很长的说明文字一段很长的说明文字一段很长的说明文字一段很长的说明文字一段很长的说明文字</td>
<td class="pe-number">1,000,000.00</td><td class="pe-number">3</td></tr></tbody></table>"""


@pytest.fixture
def grid():
    return grid_of(tree_of(TABLE).first("table"))


def test_cells_that_span_stand_in_their_places(grid):
    places = [(one.node.text[:1], one.row, one.column, one.rows, one.columns) for one in grid.cells]
    assert places[:5] == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("丙", 1, 1, 1, 1),
        ("丁", 1, 2, 1, 1),
        ("一", 2, 0, 1, 1),
    ]
    assert (grid.rows, grid.columns, grid.headings) == (3, 3, 2)


def test_figures_stay_on_one_line_and_long_texts_take_the_rest(grid):
    widths = widths_of(grid, 300)
    assert sum(widths) == pytest.approx(300)
    assert widths[1] > wide("1,000,000.00") * 4.5
    assert widths[0] > widths[1] > widths[2]


def test_anchors_and_items_have_lines_of_their_own():
    cell = tree_of('<td>20.8<span class="pe-anchor">± 0.6</span><ul><li>甲</li><li>乙</li></ul></td>').first(
        "td"
    )
    lines = ["".join(one if isinstance(one, str) else one.text for one in line) for line in lines_of(cell)]
    assert lines == ["20.8", "± 0.6", "• 甲", "• 乙"]


def test_tables_of_labels_look_the_same_whatever_their_words():
    short = tree_of("<table><tr><th>甲</th><td>1</td></tr></table>").first("table")
    long = tree_of("<table><tr><th>一个很长的标签</th><td>内容内容内容</td></tr></table>").first("table")
    assert widths_of(grid_of(short), 100) == widths_of(grid_of(long), 100) == [30, 70]


def test_headings_break_before_figures_do():
    names = "".join(f"<th>一个相当长的栏目名称{number}</th>" for number in range(5))
    figures = '<td class="pe-number">13,986,000.00</td>' * 5
    table = f"<table><thead><tr>{names}</tr></thead><tbody><tr>{figures}</tr></tbody></table>"
    widths = widths_of(grid_of(tree_of(table).first("table")), 400)
    assert sum(widths) == pytest.approx(400)
    assert min(widths) > wide("13,986,000.00") * 4.5
