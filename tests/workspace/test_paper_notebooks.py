import json

import pytest

from poc_eval.errors import InputError, NotebookError, UnknownIdError
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.notebooks import new_notebook
from poc_eval.workspace.paper_notebooks import new_paper_notebook, paper_notebook
from poc_eval.workspace.templates import load_template

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def template(root):
    return load_template(root / "tests" / "paper_kind" / "cost_sheet.ipynb")


def test_the_notebook_and_its_paper_are_made_together_and_found_again(workspace, template):
    path = new_paper_notebook(workspace, template=template, project="P1", by="李经办")
    assert path.name == "颅内压平衡装置-支出核对表.ipynb"
    document = read_notebook(path)
    paper = workspace.papers.paper(document.paper)
    assert (paper.kind, paper.project_id, paper.author) == ("cost_sheet", "P1", "李经办")
    assert (document.project, document.review, document.panel) == ("P1", None, None)
    assert [(view.id, view.options["part"]) for view in document.views] == [
        (paper.id, "form"),
        (paper.id, "chart"),
    ]
    assert new_paper_notebook(workspace, template=template, project="P1") == path
    assert paper_notebook(workspace, paper.id) == path
    assert paper_notebook(workspace, "nobody") is None


def test_another_title_another_language_or_no_project_is_another_notebook(workspace, template):
    first = new_paper_notebook(workspace, template=template, project="P1")
    titled = new_paper_notebook(workspace, template=template, project="P1", title="2026年支出")
    english = new_paper_notebook(workspace, template=template, project="P1", lang="en")
    nobodys = new_paper_notebook(workspace, template=template)
    assert len({first, titled, english, nobodys}) == 4
    assert titled.name == "颅内压平衡装置-2026年支出.ipynb"
    assert english.name == "Intracranial-pressure-balancing-device-Cost-sheet.ipynb"
    assert nobodys.name == "支出核对表.ipynb"
    assert read_notebook(first).paper == read_notebook(english).paper


def test_nothing_that_was_filled_in_stands_in_the_file(workspace, template):
    path = new_paper_notebook(workspace, template=template, project="P1", by="李经办")
    assert "李经办" not in path.read_text(encoding="utf-8")


def test_parameters_that_name_another_paper_are_refused(workspace, template):
    path = new_paper_notebook(workspace, template=template, project="P1")
    text = path.read_text(encoding="utf-8")
    paper = read_notebook(path).paper
    path.write_text(text.replace(f"paper = '{paper}'", "paper = 'another'"), encoding="utf-8")
    with pytest.raises(NotebookError, match="another working paper"):
        read_notebook(path)


def test_what_does_not_go_together_is_told(workspace, template):
    with pytest.raises(InputError, match="for no working paper"):
        new_paper_notebook(workspace, template="clinical_review", project="P1")
    with pytest.raises(UnknownIdError):
        new_paper_notebook(workspace, template=template, project="P9")
    assert workspace.papers.papers() == ()
    with pytest.raises(InputError, match="not for a review"):
        new_notebook(workspace, template="cost_sheet", project="P1", reviewer="a")


def test_a_template_of_a_working_paper_names_its_kind(root, tmp_path):
    document = json.loads((root / "tests" / "paper_kind" / "cost_sheet.ipynb").read_text(encoding="utf-8"))
    del document["metadata"]["poc_eval"]["template"]["paper_kind"]
    path = tmp_path / "cost_sheet.ipynb"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(NotebookError, match="paper_kind"):
        load_template(path)
