"""Working papers over the server's own addresses, with a kind that another package brings."""

import base64
import os

import pytest

from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.templates import load_template

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("paper_kind")]
API = "/poc-eval/api"


@pytest.fixture(scope="module")
def home(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("papers") / "工作区")


@pytest.fixture(scope="module")
def lab(home, start_lab, root):
    path = os.pathsep.join(filter(None, (str(root / "tests" / "paper_kind"), os.environ.get("PYTHONPATH"))))
    return start_lab(home.path, PYTHONPATH=path)


def test_a_paper_is_opened_filled_in_imported_into_drawn_and_concluded(lab, home):
    project = home.projects()[0].id
    opened = lab.ask("POST", f"{API}/papers", body={"kind": "cost_sheet", "project": project})
    paper = opened.json["paper"]
    change = {"field": "grant", "value": "1万元", "base": 0}
    saved = lab.ask("PATCH", f"{API}/papers/{paper}?lang=zh", body={"changes": [change]})
    assert (saved.status, saved.json["revision"]) == (200, 1)
    content = base64.b64encode("支出内容,金额\n试剂,2500\n".encode()).decode()
    file = {"grid": "costs", "name": "a.csv", "content": content}
    assert lab.ask("POST", f"{API}/papers/{paper}/import", body=file).json["rows"] == 1
    drawn = lab.ask("GET", f'{API}/views/working-paper/{paper}?lang=zh&options=%7B"part":"chart"%7D').json
    assert "合计 2500.00 元" in drawn["html"]
    assert "试剂" in lab.ask("GET", f"{API}/views/working-paper/{paper}?lang=zh").json["html"]
    unknown = lab.ask("GET", f'{API}/views/working-paper/{paper}?options=%7B"part":"x"%7D')
    assert unknown.status == 404
    done = lab.ask("POST", f"{API}/papers/{paper}/conclude", body={"revision": 2})
    assert done.json["paper"]["status"] == "concluded"
    assert home.store.verify_log().intact


def test_the_overview_lists_papers_with_their_notebooks(lab, home, root):
    template = load_template(root / "tests" / "paper_kind" / "cost_sheet.ipynb")
    path = new_paper_notebook(home, template=template, title="2026年度汇总", by="李经办")
    told = lab.ask("GET", f"{API}/overview?lang=zh").json
    (line,) = [paper for paper in told["papers"] if paper["title"] == "2026年度汇总"]
    assert (line["title"], line["author"], line["status"]) == ("2026年度汇总", "李经办", "draft")
    assert home.path / line["notebook"] == path
    of_projects = [paper for project in told["projects"] for paper in project["papers"]]
    assert all(paper["title"] != "2026年度汇总" for paper in of_projects)


def test_who_is_not_logged_in_sees_no_paper(lab):
    assert lab.ask("GET", f"{API}/papers", token=False).status in {302, 401, 403}
