"""The shipped templates are fit to be used, and a template that is not says why."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import nbformat
import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.errors import NotebookError, UnknownIdError
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.templates import all_templates, find_template, load_template, template_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = shipped_folder("templates/notebooks")
REVIEWS = ["clinical_review", "project_review", "platform_review", "achievement_review"]
PANELS = ["panel_summary"]
"""The cards of a panel stand in the order of its work."""
SECRETARY = [
    "formal_check",
    "panel_members",
    "paper_score",
    "delphi",
    *PANELS,
    "portfolio_selection",
    "panel_decisions",
]
PAPERS = [
    *(one for one in SECRETARY if one not in PANELS),
    "subsidy_payout",
    "payment_ledger",
    "milestone_plan",
    "milestone_cashflow",
    "licence_deal",
    "income_sharing",
]
IDS = [*REVIEWS, *SECRETARY, *(one for one in PAPERS if one not in SECRETARY)]


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of copies of the clinical template with something changed."""

    def make(change: Callable[[dict], object]) -> Path:
        path = tmp_path / "clinical_review.ipynb"
        shutil.copy(SHIPPED / path.name, path)
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return make


def cell(document: dict, cell_id: str) -> dict:
    return next(cell for cell in document["cells"] if cell["id"] == cell_id)


def test_every_shipped_template_is_fit_and_stands_in_its_place():
    assert [template.id for template in all_templates()] == IDS


@pytest.mark.parametrize("template_id", IDS)
def test_a_shipped_template_is_a_valid_notebook_without_outputs(template_id):
    notebook = nbformat.read(SHIPPED / f"{template_id}.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert all(not cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("template_id", IDS)
def test_a_shipped_template_says_everything_in_both_languages(template_id):
    template = find_template(template_id)
    for lang in ("zh", "en"):
        assert template.title.text(lang)
        assert template.description.text(lang)
    in_chinese, in_english = template.cells_in("zh"), template.cells_in("en")
    assert [one.kind for one in in_chinese] == [one.kind for one in in_english]
    assert any("一" <= sign <= "鿿" for one in in_chinese for sign in one.source)
    assert not any("一" <= sign <= "鿿" for one in in_english for sign in one.source)


@pytest.mark.parametrize("template_id", IDS)
def test_every_rubric_that_a_template_names_is_shipped(template_id):
    for rubric in find_template(template_id).rubrics:
        assert Rubric.load(rubric).id == rubric


@pytest.mark.parametrize("template_id", IDS)
def test_the_first_cell_warns_of_classified_information(template_id):
    template = find_template(template_id)
    assert "本系统不得录入涉密信息" in template.cells_in("zh")[0].source
    assert "Classified information must not be entered" in template.cells_in("en")[0].source


@pytest.mark.parametrize("template_id", REVIEWS)
def test_form_and_words_and_summary_stand_on_one_page_in_this_order(template_id):
    cells = find_template(template_id).cells_in("zh")
    flow = [
        str(one.ours.get("narrative", one.id))
        for one in cells
        if one.id in {"form", "summary"} or "narrative" in one.ours
    ]
    assert flow[0] == "form"
    assert flow[-1] == "summary"
    assert len(flow) == 5


def test_an_unknown_template_is_answered_with_the_known_ones():
    with pytest.raises(UnknownIdError) as caught:
        find_template("clinical_revew")
    assert all(template_id in caught.value.lines("zh")[0] for template_id in IDS)


def test_the_hash_changes_with_a_locked_cell(altered):
    path = altered(lambda document: cell(document, "form")["source"].append("\nprint(1)"))
    assert load_template(path).hash != find_template("clinical_review").hash


def test_the_hash_changes_when_code_moves_from_one_locked_cell_to_the_next(altered):
    def move(document):
        moved = cell(document, "form")["source"].pop()
        cell(document, "summary")["source"].insert(0, moved)

    assert load_template(altered(move)).hash != find_template("clinical_review").hash


def test_the_hash_stays_when_words_change(altered):
    path = altered(lambda document: cell(document, "overall-zh")["source"].append("\n很好。"))
    assert load_template(path).hash == find_template("clinical_review").hash


def test_the_hash_is_the_same_for_a_source_kept_as_one_text_or_as_lines(altered):
    def join(document):
        for one in document["cells"]:
            one["source"] = "".join(one["source"])

    assert template_hash(read_ipynb(altered(join)).cells) == find_template("clinical_review").hash


def _add_output(document):
    cell(document, "form")["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]


def _set_cell(cell_id, **ours):
    return lambda document: cell(document, cell_id)["metadata"]["poc_eval"].update(ours)


def _set_metadata(cell_id, **entries):
    return lambda document: cell(document, cell_id)["metadata"].update(entries)


def _set_source(cell_id, source):
    return lambda document: cell(document, cell_id).update(source=source)


def _set_head(**entries):
    return lambda document: document["metadata"]["poc_eval"]["template"].update(entries)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_add_output, "cells[3]: a template holds no outputs"),
        (
            _set_metadata("parameters", tags=[]),
            "one cell tagged parameters",
        ),
        (
            lambda document: cell(document, "parameters").update(source="review = f()"),
            "may only name the review",
        ),
        (_set_cell("form", locked=False), "a code cell is not locked"),
        (_set_metadata("form", jupyter={}), "the code is not folded away"),
        (_set_cell("form", lang="zh"), "lock only cells that every language shares"),
        (
            _set_cell("form", view={"kind": "nonsense"}),
            "panel-summary, panel-text, portfolio, review-form, review-summary, working-paper",
        ),
        (
            _set_cell("overall-zh", prompt=["something else"]),
            "does not stand in the cell",
        ),
        (_set_cell("overall-en", lang="zh"), "the same in both languages"),
        (lambda document: cell(document, "form").update(id="summary"), "no id of its own"),
        (lambda document: document["metadata"].pop("poc_eval"), "does not say which template it is"),
        (_set_head(id="other"), "metadata.poc_eval.template.id"),
        (_set_head(version="first"), "metadata.poc_eval.template.version"),
        (_set_head(title={"zh": "评审"}), "metadata.poc_eval.template.title"),
        (_set_head(description={"zh": "评审", "en": " "}), "metadata.poc_eval.template.description"),
        (_set_head(kind="person"), "metadata.poc_eval.template.kind"),
        (_set_head(order="first"), "metadata.poc_eval.template.order"),
        (_set_head(audience="everybody"), "metadata.poc_eval.template.audience"),
        (_set_head(about="everything"), "metadata.poc_eval.template.about"),
        (_set_head(sheet="ballot"), "metadata.poc_eval.template.sheet"),
        (_set_head(sheet="panel"), "may only hold plain values"),
        (_set_head(rubrics=[]), "metadata.poc_eval.template.rubrics"),
    ],
)
def test_a_template_that_is_not_fit_says_what_is_wrong_and_where(altered, change, said):
    with pytest.raises(NotebookError) as caught:
        load_template(altered(change))
    assert any(said in line for line in caught.value.lines("en"))
    assert all("clinical_review.ipynb" in line for line in caught.value.lines("zh"))


def test_all_faults_of_all_templates_are_told_at_once(tmp_path, altered):
    altered(_set_head(kind="person", version="x"))
    shutil.copy(SHIPPED / "platform_review.ipynb", tmp_path / "renamed.ipynb")
    with pytest.raises(NotebookError) as caught:
        all_templates(tmp_path)
    assert len(caught.value.faults) == 3
