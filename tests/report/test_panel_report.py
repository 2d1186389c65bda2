"""The report on a panel: conclusion, advice marked as such, places to sign, names only by leave."""

from __future__ import annotations

import json
import re

import pytest

from poc_eval.report.frame import DATA_ID
from poc_eval.report.write import write_report
from poc_eval.workspace.panel_notebooks import new_panel_notebook


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("panel-report") / "demo")


def report(demo, template, *, with_names=False, lang="zh"):
    path = new_panel_notebook(demo, template=template, rubric="medical-poc", with_names=with_names)
    written = write_report(path, lang=lang)
    return written, written.path.read_text(encoding="utf-8")


def data(page):
    found = re.search(rf'id="{DATA_ID}">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def test_it_says_the_conclusion_first_and_has_places_to_sign(demo):
    written, page = report(demo, "panel_summary")
    assert page.index("建议立项 1 项") < page.index("一、正式结果") < page.index("专家（签字）")
    assert "仅供会商参考，不作为排序依据" in page
    assert "十五、来源、版本与时间" in page
    assert written.code in page
    assert not written.notes


def test_without_names_neither_page_nor_data_hold_one(demo):
    _written, page = report(demo, "panel_summary")
    assert "示例专家" not in page
    assert "reviewer-1" not in page
    assert not data(page)["panel"]["named"]


def test_with_names_it_says_that_it_is_confidential(demo):
    _written, page = report(demo, "panel_summary", with_names=True)
    assert "示例专家甲" in page
    assert "请注意保密" in page


def test_the_same_records_give_the_same_bytes(demo):
    assert report(demo, "panel_summary")[1] == report(demo, "panel_summary")[1]


def test_it_carries_ballots_result_rubric_and_texts(demo):
    _written, page = report(demo, "panel_summary")
    carried = data(page)
    assert len(carried["panel"]["ballots"]) == carried["panel"]["reviews"] == 20
    assert carried["panel"]["result"]["projects"][0]["total"] == "72.3000"
    assert carried["rubric"]["id"] == "medical-poc"
    assert carried["panel"]["texts"] == ["minutes", "opinion", "notice", "sign_in", "experts"]
    for paper in ("评审会纪要", "专家组意见", "公示", "评审会签到表", "评审专家名单"):
        assert re.search(rf"<h2[^>]*>[^<]*{paper}</h2>", page)


def test_a_selection_is_reported_by_the_parameters_of_its_notebook(demo, panel_templates):
    """Of a notebook made before a selection had a form of its own."""
    amounts = {"icp-balancing-device": "90万", "nerve-block-needle": "80万", "smell-disorder-device": "60万"}
    money = {"budget": "150万", "step": "100万", "amounts": amounts}
    earlier = panel_templates["portfolio_selection"]
    path = new_panel_notebook(demo, template=earlier, rubric="medical-poc", money=money)
    page = write_report(path).path.read_text(encoding="utf-8")
    assert "1,500,000.00" in page
    assert "700,000.00" in page
    assert data(page)["terms"]["budget"] == "1500000.00"


def test_both_languages_stand_on_one_page(demo):
    _written, page = report(demo, "panel_summary", lang="both")
    assert "专家组评价报告" in page
    assert "Panel evaluation report" in page
