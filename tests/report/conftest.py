"""A workspace with one complete review of one device by the medical rubric, and its notebook."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count
from pathlib import Path

import pytest

from poc_eval.catalog.shipped import shipped_folder
from poc_eval.scoring.form_fields import field_names
from poc_eval.workspace.example_files import load_projects
from poc_eval.workspace.notebooks import new_notebook
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

START = datetime(2026, 11, 20, 7, 41, 7, tzinfo=UTC)
REASON = "双向调节结构优于同类，但缺少头对头比较，动物实验尚未开始。"
EVIDENCE = "附件 2 第 4 页"
OPINION = "建议补充与现有分流装置的对比数据，明确动物实验方案与考核指标，完成后可进入概念验证。"
UNDERTAKING = {
    "undertaking.conflict": "none",
    "undertaking.confidentiality": "yes",
    "undertaking.integrity": "yes",
}

# Under these names the tests here import them.
for _name in ("resealing", "hostile_words", "leaving"):
    _spec = spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    sys.modules[_name] = module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_name])


def complete_answers(rubric):
    """Return answers that complete a review by ``rubric``; each reason names its criterion."""
    said = {**UNDERTAKING, "opinion": OPINION}
    said |= {f"screening.{item.id}": "no" if item.fails_on else "yes" for item in rubric.screening}
    for number, node in enumerate(node for node in rubric.every_node if not node.children):
        criterion, field = node.criterion, f"criteria.{node.criterion.id}"
        said[f"{field}.reason"] = f"{criterion.title.zh}：{REASON}"
        said[f"{field}.evidence"] = EVIDENCE
        if criterion.bands:
            band = criterion.bands[number % 2]
            said[f"{field}.band"], said[f"{field}.score"] = band.value, str(band.to)
        else:
            said[f"{field}.score"] = str(criterion.levels[-1].score)
        if criterion.beside:
            said[f"{field}.beside"] = "4"
    if rubric.recommendation:
        said["recommendation"] = rubric.recommendation[1].id
    assert set(said) <= set(field_names(rubric))
    return said


class Case:
    """A workspace and a review in it, which a test fills, submits and writes about."""

    def __init__(self, folder):
        seconds = count()
        self.folder = folder
        self.workspace = Workspace.create(folder, clock=lambda: START + timedelta(seconds=next(seconds)))
        projects = load_projects(shipped_folder("examples") / "demo" / "projects.yaml")
        self.project = next(one for one in projects if one.id == "icp-balancing-device")
        self.workspace.store.add_project(self.project)
        self.notebook = self.new()
        [self.review] = self.workspace.reviews()
        self.rubric = self.workspace.rubric(self.review.rubric)

    def new(self, *, reviewer="reviewer-1", lang="zh", rubric="medical-poc", template="clinical_review"):
        return new_notebook(
            self.workspace,
            template=template,
            project=self.project.id,
            reviewer=reviewer,
            rubric=rubric,
            lang=lang,
        )

    def answer(self, answers, review=None):
        changes = [Change(name, value, 0) for name, value in answers.items()]
        return self.workspace.store.save((review or self.review).id, changes).review

    def submit(self, answers=None):
        review = self.answer(complete_answers(self.rubric) if answers is None else answers)
        self.review = self.workspace.submit(review.id, revision=review.revision)
        return self.review

    def edit(self, change):
        """Let ``change`` have the notebook's JSON, and write it back."""
        document = json.loads(self.notebook.read_text(encoding="utf-8"))
        change(document)
        self.notebook.write_text(json.dumps(document), encoding="utf-8")

    def write(self, *cells):
        """Put cells at the end of the notebook: Markdown as text, others as JSON."""
        made = [
            {"cell_type": "markdown", "id": f"mine-{number}", "metadata": {}, "source": cell}
            if isinstance(cell, str)
            else cell
            for number, cell in enumerate(cells)
        ]
        self.edit(lambda document: document["cells"].extend(made))


@pytest.fixture(scope="session")
def review_case():
    """Return what makes a new workspace with an empty draft in a folder."""
    return Case


@pytest.fixture
def case(tmp_path):
    """Return a new workspace with an empty draft and its notebook."""
    return Case(tmp_path / "workspace")


@pytest.fixture
def submitted(case):
    """Return a workspace in which the review was completed and submitted."""
    case.submit()
    return case


@pytest.fixture
def code_cell():
    """Return a code cell with an output of the given forms."""

    def made(forms, *, metadata=None, kind="display_data", source="plot()"):
        output = {"output_type": kind, "data": forms, "metadata": metadata or {}}
        return {
            "cell_type": "code",
            "id": "drawn",
            "metadata": {},
            "source": source,
            "execution_count": None,
            "outputs": [output],
        }

    return made


sys.modules["resealing"].complete_answers = complete_answers
