"""The parameters of a panel's notebook hold plain values and nothing that runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import NotebookError
from poc_eval.workspace.sheet_parameters import SheetParameters, sheet_of, sheet_parameters_of

NAMES = st.text(min_size=1, max_size=20)


@given(
    st.none() | st.lists(NAMES, max_size=3),
    st.booleans(),
    st.dictionaries(NAMES, NAMES, max_size=3),
    st.sampled_from(["zh", "en"]),
)
def test_what_is_written_is_read_back(projects, with_names, amounts, lang):
    options = {"projects": projects, "with_names": with_names, "budget": "150万", "amounts": amounts}
    stated = SheetParameters("portfolio", "medical-poc@1.0", lang, options)
    assert sheet_parameters_of(stated.source(), "portfolio") == stated


def test_a_mapping_stands_one_entry_a_line_for_people_to_fill_in():
    stated = SheetParameters("portfolio", None, "zh", {"amounts": {"P1": "", "P2": "80万"}})
    assert "amounts = {\n    'P1': '',\n    'P2': '80万',\n}" in stated.source()


@given(st.text(max_size=30))
def test_a_projects_name_beside_its_amount_is_a_remark_whatever_it_holds(title):
    stated = SheetParameters("portfolio", None, "zh", {"budget": "", "amounts": {"P1": "80万"}})
    written = stated.source({"P1": title})
    assert sheet_parameters_of(written, "portfolio") == stated
    assert "# 预算总额" in written


@pytest.mark.parametrize(
    "source",
    [
        'rubric = __import__("os").name\nlang = "zh"',
        'rubric = "a"\nlang = "zh"\nprint(1)',
        'rubric = "a"\nlang = "zh"\nbudget = "1"',
        'rubric = "a"\nrubric = "b"\nlang = "zh"',
        'rubric = 1\nlang = "zh"',
        'rubric = "a"\nlang = "fr"',
        'rubric = "a"\nlang = "zh"\nprojects = [x for x in "ab"]',
        'rubric = "a"\nlang = "zh"\nprojects = {[]: 1}',
        "rubric = (",
        '"' + "a" * 300_000 + '"',
    ],
)
def test_anything_but_one_literal_each_for_known_names_is_refused(source):
    with pytest.raises(NotebookError) as caught:
        sheet_parameters_of(source, "panel", file="a.ipynb")
    assert "with_names" in caught.value.lines("zh")[0]


def test_only_the_sheets_of_panels_are_such():
    assert [sheet_of(one) for one in ("panel", "portfolio", "review", None, 3)] == [
        "panel",
        "portfolio",
        None,
        None,
        None,
    ]
