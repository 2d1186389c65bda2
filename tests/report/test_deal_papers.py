"""Reports of a deal and of a division: made from their notebooks, drawn from the records."""

from __future__ import annotations

import pytest

from poc_eval.i18n import Text
from poc_eval.report.write import make_report
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

DEAL = {
    "rate": "12%",
    "years": "6",
    "sales_probability": "36%",
    **{f"rows/sales/s{year}/year": str(year) for year in range(2, 7)},
    **{f"rows/sales/s{year}/amount": "2000万元" for year in range(2, 7)},
    "rows/payments/a/structure": "买断",
    "rows/payments/a/kind": "fixed",
    "rows/payments/a/amount": "300万元",
    "rows/payments/b/structure": "提成</script>",
    "rows/payments/b/kind": "milestone",
    "rows/payments/b/year": "1",
    "rows/payments/b/amount": "50万元",
    "rows/payments/b/probability": "60%",
    "rows/royalties/a/structure": "提成</script>",
    "rows/royalties/a/of": "net_sales",
    "rows/royalties/a/rate": "5%",
}
SHARING = {
    "way": "licence",
    "received": "100万元",
    "rule": "tsinghua-fuel-cell@2021",
    "post": "head",
    "rows/people/a/name": "张三",
    "rows/people/a/weight": "1",
    "rows/people/a/salary": "24万元",
}


@pytest.fixture
def report(tmp_path):
    """Return a function that fills in the paper of a template and makes the report of its notebook."""
    workspace = Workspace.create(tmp_path / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))

    def made(template, texts, lang="zh"):
        path = new_paper_notebook(workspace, template=template, project="P1", by="李经办")
        (paper,) = workspace.papers.papers(kind=template)
        workspace.papers.save(paper.id, [Change(name, text, 0) for name, text in texts.items()])
        return make_report(read_ipynb(path), lang=lang)

    return made


def test_a_deals_report_compares_maps_and_warns(report):
    found = report("licence_deal", DEAL)
    html = found.page.html
    for words in (
        "1,426,535",
        "11.7899%",
        "加框处高于首个方案",
        "第十八条",
        "里程碑付款",
        "提成&lt;/script&gt;",
    ):
        assert words in html
    assert found.left_out == ()


def test_a_divisions_report_shows_both_readings_and_the_tax(report):
    html = report("income_sharing", SHARING, lang="both").page.html
    for words in ("147,000.00", "210,000.00", "占全部许可费", "of the whole fee", "张三", "视同满足"):
        assert words in html


def test_the_same_records_give_the_same_bytes(report):
    assert report("licence_deal", DEAL).page == report("licence_deal", {}).page
