"""A panel's notebook is made once, opens again, follows its parameters, and is nobody else's."""

from __future__ import annotations

import json

import pytest

from poc_eval.errors import InputError, NotDefinedError, NotebookError, UnknownIdError
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.notebook_requests import made_notebook
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.panel_scores import panel_of


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("panels") / "demo")


def changed(path, change):
    """Save the notebook beside itself with its parameters changed."""
    document = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [one for one in document["cells"] if "parameters" in one["metadata"].get("tags", [])]
    cell["source"] = change("".join(cell["source"]))
    other = path.with_name(f"changed-{path.name}")
    other.write_text(json.dumps(document), encoding="utf-8")
    return other


def test_the_same_panel_opens_the_same_notebook_again(demo):
    first = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    content = first.read_bytes()
    assert new_panel_notebook(demo, template="panel_summary", rubric="medical-poc@1.0") == first
    assert first.read_bytes() == content


def test_another_part_of_it_or_its_names_are_another_notebook(demo):
    first = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    named = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc", with_names=True)
    some = new_panel_notebook(
        demo, template="panel_summary", rubric="medical-poc", projects=["nerve-block-needle"]
    )
    assert len({first, named, some}) == 3
    assert read_notebook(some).panel.options["projects"] == ["nerve-block-needle"]


def test_it_says_of_itself_what_it_is_about(demo):
    path = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    document = read_notebook(path)
    assert (document.review, document.parameters) == (None, None)
    assert (document.panel.sheet, document.panel.rubric) == ("panel", "medical-poc@1.0")
    assert {view.id for view in document.views} == {"medical-poc@1.0"}
    assert [(view.kind, view.options.get("part")) for view in document.views] == [
        ("panel-summary", None),
        ("panel-text", "minutes"),
        ("panel-text", "opinion"),
        ("panel-text", "notice"),
        ("panel-text", "sign_in"),
        ("panel-text", "experts"),
    ]
    assert document.locked_cells_unchanged


@pytest.mark.parametrize("template", ["panel_summary", "portfolio_selection"])
def test_its_file_holds_no_total_no_name_and_no_reason(demo, panel_templates, template):
    path = new_panel_notebook(demo, template=panel_templates[template], rubric="medical-poc", with_names=True)
    saved = path.read_text(encoding="utf-8")
    panel, basis = panel_of(demo, "medical-poc", with_names=True)
    for project in panel.result().projects:
        assert str(project.official.total) not in saved
    for seat in basis.roster.seats:
        assert seat.who not in saved
    assert not any(one.reason in saved for one in basis.aside)


def test_without_a_rubric_it_is_the_one_that_people_scored_by(demo):
    path = new_panel_notebook(demo, template="panel_summary")
    assert read_notebook(path).panel.rubric == "poc-selection@1.0"


def test_the_views_follow_the_parameters_as_they_stand_now(demo, panel_templates):
    earlier = panel_templates["portfolio_selection"]
    path = new_panel_notebook(demo, template=earlier, rubric="medical-poc", lang="en")
    other = changed(path, lambda source: source.replace("budget = ''", "budget = '200万'"))
    (view,) = read_notebook(other).views
    assert view.options["budget"] == "200万"


def test_parameters_that_name_another_rubric_are_refused(demo):
    path = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    other = changed(path, lambda source: source.replace("medical-poc", "poc-selection"))
    with pytest.raises(NotebookError, match="another rubric"):
        read_notebook(other)
    other.unlink()


def test_parameters_that_run_something_are_refused(demo):
    path = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    other = changed(path, lambda source: source + "\nimport os")
    with pytest.raises(NotebookError, match="plain values"):
        read_notebook(other)
    other.unlink()


def test_a_template_for_one_review_is_told_from_one_for_a_panel(demo):
    with pytest.raises(InputError, match="choose one of: panel_summary"):
        new_panel_notebook(demo, template="clinical_review")


def test_what_is_not_there_is_told(demo, workspace):
    with pytest.raises(UnknownIdError):
        new_panel_notebook(demo, template="panel_summary", rubric="nobody")
    with pytest.raises(UnknownIdError):
        new_panel_notebook(demo, template="panel_summary", rubric="medical-poc", projects=["P9"])
    with pytest.raises((UnknownIdError, NotDefinedError)):
        new_panel_notebook(workspace, template="panel_summary")


def test_a_page_makes_one_by_template_and_rubric(demo):
    made = made_notebook(demo, {"template": "panel_summary", "rubric": "medical-poc", "lang": "zh"}, "zh")
    assert read_notebook(demo.path / made["path"]).panel.rubric == "medical-poc@1.0"


@pytest.mark.parametrize(
    "said", [{"rubric": "../x"}, {"rubric": 3}, {"with_names": "yes"}, {"projects": "P1"}]
)
def test_a_page_that_asks_for_nonsense_is_refused(demo, said):
    with pytest.raises(InputError):
        made_notebook(demo, {"template": "panel_summary", "rubric": "medical-poc", **said}, "zh")


def test_a_seed_and_other_methods_are_parameters_and_another_notebook(demo):
    first = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc")
    drawn = new_panel_notebook(
        demo, template="panel_summary", rubric="medical-poc", draw_seed="2026-12-01 05 11", methods=True
    )
    assert drawn != first
    (shown,) = (view for view in read_notebook(drawn).views if view.kind == "panel-summary")
    assert (shown.options["draw_seed"], shown.options["methods"]) == ("2026-12-01 05 11", True)
    again = new_panel_notebook(
        demo, template="panel_summary", rubric="medical-poc", draw_seed="2026-12-01 05 11", methods=True
    )
    assert again == drawn


def test_a_notebook_of_the_version_before_is_still_the_one_without_a_seed(demo):
    path = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc", with_names=True)
    older = "\n".join(
        line
        for line in read_notebook(path).panel.source().splitlines()
        if not line.startswith(("draw_seed", "methods"))
    )
    other = changed(path, lambda _source: older)
    path.unlink()
    again = new_panel_notebook(demo, template="panel_summary", rubric="medical-poc", with_names=True)
    assert again == other
