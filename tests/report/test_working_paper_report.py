import json
import re
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe

from poc_eval.i18n import Text
from poc_eval.report.write import make_report, write_report
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.templates import load_template
from poc_eval.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("paper_kind")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def notebook(root, workspace):
    """Return the notebook of a cost sheet with one row."""
    template = load_template(root / "tests" / "paper_kind" / "cost_sheet.ipynb")
    path = new_paper_notebook(workspace, template=template, project="P1", by="李经办")
    (paper,) = workspace.papers.papers()
    texts = {"grant": "1万元", "rows/costs/a/item": "试剂</script>", "rows/costs/a/amount": "2500"}
    workspace.papers.save(paper.id, [Change(name, text, 0) for name, text in texts.items()])
    document = json.loads(path.read_text(encoding="utf-8"))
    document["cells"][-1]["source"] = "## 说明\n\n发票已核对。"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_report_shows_results_fields_notes_and_origin(notebook, workspace):
    report = make_report(read_ipynb(notebook))
    html = report.page.html
    for words in ("合计 2500.00 元", "2,500.00", "发票已核对", "支出明细表", "李经办", "草稿"):
        assert words in html
    assert '@top-right{content:"草稿，未定稿"' in html
    assert report.left_out == ()
    assert report.subject == workspace.papers.papers()[0].id
    assert "试剂</script>" not in html


def test_the_same_records_give_the_same_bytes_and_a_change_another_code(notebook, workspace):
    first = make_report(read_ipynb(notebook), lang="both").page
    assert make_report(read_ipynb(notebook), lang="both").page == first
    assert "Table of costs" in first.html
    (paper,) = workspace.papers.papers()
    workspace.papers.save(paper.id, [Change("remark", "补充", 0)])
    assert make_report(read_ipynb(notebook), lang="both").page.code != first.code


def test_a_concluded_paper_has_its_seal_and_places_to_sign(notebook, workspace):
    (paper,) = workspace.papers.papers()
    workspace.papers.conclude(paper.id, revision=paper.revision)
    written = write_report(notebook)
    html = written.path.read_text(encoding="utf-8")
    assert workspace.papers.seal(paper.id).sha256 in html
    assert "签字" in html
    assert "尚未定稿" not in html
    data = json.loads(re.search(r'id="poc-eval-data">(.*?)</script>', html)[1])
    assert data["outcome"] == {"total": "2,500.00"}


@pytest.mark.browser
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_axe_finds_nothing(notebook, page, lang, media):
    page.goto(write_report(notebook, lang=lang).path.as_uri())
    page.emulate_media(media=media)
    response = Axe().run(page).response
    assert len(response["passes"]) > 15
    assert response["violations"] == []


def test_every_sentence_around_the_words_is_translated(notebook, workspace, pseudo_words):
    (paper,) = workspace.papers.papers()
    workspace.papers.conclude(paper.id, revision=paper.revision)
    html = make_report(read_ipynb(notebook), lang="pseudo").page.html
    text = unescape(re.sub(r"<(script|style).*?</\1>|<[^>]*>", "\n", html, flags=re.DOTALL))
    (code,) = set(re.findall(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}", text))
    typed = {"支出核对表", "李经办", "试剂</script>", "发票已核对", "说明", "cost_sheet", code}
    assert pseudo_words.forgotten(text, typed) == []
