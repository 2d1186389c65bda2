"""A panel's cells refer to what they show, hold nothing of it, and tell what is wrong in the cell."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from poc_eval.notebook import PanelSummary, Portfolio, panel_summary, portfolio
from poc_eval.notebook.counter import Counter
from poc_eval.notebook.notice import Notice
from poc_eval.rendering import rendered
from poc_eval.workspace.desk import Desk


@pytest.fixture(scope="module")
def demo(copy_demo, tmp_path_factory):
    return copy_demo(tmp_path_factory.mktemp("panel-cells") / "demo")


def test_a_cell_holds_what_was_asked_and_nothing_that_came_of_it(demo):
    shown = panel_summary("medical-poc@1.0", with_names=True, workspace=demo, lang="zh")
    assert isinstance(shown, PanelSummary)
    assert (shown.view["kind"], shown.view["id"]) == ("panel-summary", "medical-poc@1.0")
    assert not any(word in json.dumps(shown.view, ensure_ascii=False) for word in ("75.63", "示例专家"))


def test_a_selection_carries_the_amounts_that_were_typed(demo):
    shown = portfolio("medical-poc", budget="150万", amounts={"nerve-block-needle": "80万"}, workspace=demo)
    assert isinstance(shown, Portfolio)
    assert shown.view["options"]["budget"] == "150万"


def test_what_is_wrong_is_told_in_the_cell(demo):
    assert isinstance(panel_summary("nobody", workspace=demo), Notice)
    assert isinstance(panel_summary(None, workspace=demo), Notice)
    assert isinstance(portfolio("medical-poc", budget="much", workspace=demo), Notice)


@pytest.mark.parametrize("kind", ["panel-summary", "portfolio"])
def test_the_kernel_draws_what_the_server_draws(demo, kind):
    options = json.dumps({"with_names": True, "projects": ["nerve-block-needle"]})
    path = f"views/{kind}/medical-poc?lang=zh&options={quote(options)}"
    answer = Counter(Desk(demo)).answer({"ask": "1", "method": "GET", "path": path}, "zh")
    assert answer["status"] == 200
    assert answer["body"]["html"] == rendered(demo, kind, "medical-poc", "zh", options)
    assert "神经阻滞穿刺针" in answer["body"]["html"]
    assert "颅内压平衡装置" not in answer["body"]["html"]


def test_options_that_do_not_fit_are_refused_with_a_reason(demo):
    path = "views/panel-summary/medical-poc?lang=zh&options=%5B%5D"
    answer = Counter(Desk(demo)).answer({"ask": "1", "method": "GET", "path": path}, "zh")
    assert answer["status"] == 422
    assert answer["body"]["error"]["what"]
