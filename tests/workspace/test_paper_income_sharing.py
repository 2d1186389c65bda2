"""The working paper of a division: the rule divides, people get their parts and their tax."""

from __future__ import annotations

from uuid import uuid4

import pytest

from poc_eval.errors import LockedError
from poc_eval.i18n import Text
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.paper_kinds import find_paper_kind
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.working_papers import PaperIncompleteError
from poc_eval.workspace.workspace import Workspace

CHAOYANG = {
    "way": "transfer",
    "received": "30万元",
    "rule": "chaoyang@2021",
    "rows/costs/a/item": "评估费",
    "rows/costs/a/amount": "3000",
    "rows/chosen/a/party": "team",
    "rows/chosen/a/share": "95%",
}
PEOPLE = {
    "way": "licence",
    "received": "1000000",
    "rule": "puh3@2021",
    "registered": "yes",
    "received_on": "2026-01-05",
    "award_date": "2026-06-30",
    "rows/people/a/name": "张三",
    "rows/people/a/weight": "50",
    "rows/people/a/main": "yes",
    "rows/people/a/salary": "240000",
    "rows/people/b/name": "李四",
    "rows/people/b/weight": "50",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Make one workspace for the file: every test opens a paper of its own in it."""
    workspace = Workspace.create(tmp_path_factory.mktemp("papers") / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def fill(workspace):
    """Return a function that opens a division with these texts and returns its page."""

    def filled(texts):
        paper = workspace.papers.open("income_sharing", project="P1", title=uuid4().hex)
        workspace.papers.save(paper.id, [Change(name, text, 0) for name, text in texts.items()])
        return workspace.papers.page(workspace.papers.paper(paper.id))

    return filled


def test_chaoyang_as_printed(fill):
    found = fill(CHAOYANG).assessment
    assert found.faults == ()
    assert [(one["to"], one["amount"]) for one in found.outcome["parts"]] == [
        ("team", "282150.00"),
        ("hospital", "14850.00"),
    ]
    assert found.outcome["base"] == "297000.00"
    assert found.outcome["rule"].startswith("chaoyang@2021#")
    assert (found.figures[-1].standing, found.figures[0].value.zh) == ("good", "297,000.00 元")


def test_a_share_that_is_not_agreed_yet_is_told_beside_its_table(fill):
    (fault,) = fill({**CHAOYANG, "rows/chosen/a/share": "50%"}).assessment.faults
    assert fault.field == "rows/chosen"
    assert "70%" in fault.message.text("zh")


def test_shares_above_the_whole_are_told_beside_their_table(fill):
    page = fill({"way": "transfer", "received": "100", "rule": "imm-cams@2021",
                 "rows/chosen/a/party": "institution", "rows/chosen/a/share": "99.5%",
                 "rows/chosen/b/party": "project_money", "rows/chosen/b/share": "0"})  # fmt: skip
    assert [note.field for note in page.assessment.faults] == ["rows/chosen"]
    assert "100.5%" in page.assessment.faults[0].message.text("zh")
    assert page.assessment.result is None


def test_a_cost_that_cannot_be_read_is_not_a_cost_of_nothing(fill):
    found = fill({**CHAOYANG, "rows/costs/a/amount": "3O00"}).assessment
    assert [note.field for note in found.faults] == ["rows/costs/a/amount"]
    assert found.result is None


def test_each_person_has_award_tax_and_what_is_left(fill):
    found = fill(PEOPLE).assessment
    assert found.shown == {
        "rows/people/a/award": "350,000.00",
        "rows/people/a/tax": "37,750.00",
        "rows/people/a/left": "312,250.00",
        "rows/people/b/award": "350,000.00",
    }
    assert found.totals == {"people": {"award": "700,000.00"}}
    assert found.result.team.people[0].tax.eligible


def test_an_award_that_comes_too_late_has_no_relief(fill):
    found = fill({**PEOPLE, "award_date": "2029-01-06"}).assessment
    assert not found.result.team.people[0].tax.eligible
    assert found.shown["rows/people/a/tax"] == "87,000.00"  # 106,080 on 530,000 less 19,080 on 180,000


def test_main_contributors_that_get_too_little_are_a_warning(fill):
    found = fill({**PEOPLE, "rows/people/a/weight": "40", "rows/people/b/weight": "60"}).assessment
    assert [note.field for note in found.warnings] == ["rows/people"]
    assert found.complete


def test_below_the_law_nothing_is_concluded(fill, workspace):
    page = fill({"way": "transfer", "received": "100", "rule": "imm-cams@2021",
                 "rows/chosen/a/party": "institution", "rows/chosen/a/share": "60%",
                 "rows/chosen/b/party": "project_money", "rows/chosen/b/share": "0"})  # fmt: skip
    assert "第四十五条" in page.assessment.faults[0].message.text("zh")
    with pytest.raises(PaperIncompleteError):
        workspace.papers.conclude(page.paper.id, revision=page.paper.revision)


def test_a_concluded_division_keeps_the_rule_that_it_was_worked_by(fill, workspace):
    page = fill(CHAOYANG)
    workspace.papers.conclude(page.paper.id, revision=page.paper.revision)
    kept = workspace.store.definition("sharing", "chaoyang", "2021")
    assert "70%" in kept.text
    assert f"#{kept.ref.hash}" in page.assessment.outcome["rule"]
    again = workspace.papers.page(workspace.papers.paper(page.paper.id))
    assert again.assessment.outcome == page.assessment.outcome
    with pytest.raises(LockedError):
        workspace.papers.save(page.paper.id, [Change("received", "1", 1)])


def test_a_rule_of_the_workspaces_own_can_be_chosen(fill, workspace):
    folder = workspace.path / "definitions"
    folder.mkdir(exist_ok=True)
    (folder / "ours.yaml").write_text(
        "id: ours\nversion: '1'\ntitle: {zh: 本院办法, en: Ours}\nsource: {document: 本院办法}\n"
        "institution: {zh: 本院, en: We}\nbase: received\n"
        "cash: [{to: team, title: {zh: 团队, en: team}, share: 60%, reward: yes},"
        " {to: us, title: {zh: 院, en: us}, rest: 1}]\n",
        encoding="utf-8",
    )
    found = fill({"way": "transfer", "received": "0.03", "rule": "ours@1"}).assessment
    assert [one["amount"] for one in found.outcome["parts"]] == ["0.02", "0.01"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_is_drawn_in_both_languages(fill, lang):
    page = fill(
        {**PEOPLE, "rule": "tsinghua-fuel-cell@2021", "post": "head", "rows/people/a/name": "<b>张三"}
    )
    assert "147,000.00" in paper_view(page, "split", lang)
    assert "210,000.00" in paper_view(page, "split", lang)
    assert "<b>" not in paper_view(page, "people", lang)
    assert "→" in paper_view(page, "rule", lang)


SHARES = {
    "way": "contribution_in_kind",
    "received": "1250万",
    "holding": "25%",
    "rule": "bjtu@2021",
    "award_date": "2026-06-30",
    "rows/chosen/a/party": "team",
    "rows/chosen/a/share": "90%",
    "rows/people/a/name": "张三",
    "rows/people/a/weight": "6",
    "rows/people/a/salary": "30万",
    "rows/people/a/due": "100万",
    "rows/people/b/name": "李四",
    "rows/people/b/weight": "4",
    "rows/people/b/due": "0.07",
}


def test_shares_have_no_half_relief_and_their_tax_is_paid_over_five_years(fill):
    """Beijing Jiaotong University's brake: know-how of 12.5 million, 90% of the shares to the team."""
    page = fill(SHARES)
    found = page.assessment
    assert found.faults == ()
    assert found.shown["rows/people/a/award"] == "6,750,000.00"
    assert found.shown["rows/people/a/tax"] == "1,000,000.00"
    assert [one["amount"] for one in found.outcome["people"][1]["instalments"]] == [
        "0.02",
        "0.02",
        "0.01",
        "0.01",
        "0.01",
    ]
    assert [one["year"] for one in found.outcome["people"][0]["instalments"]] == [
        2026,
        2027,
        2028,
        2029,
        2030,
    ]
    for lang, words in (("zh", "2030 年缴纳"), ("en", "paid in 2030")):
        shown = paper_view(page, "people", lang)
        assert words in shown
        assert "200,000.00" in shown
    assert "股权价值" in paper_view(page, "people", "zh")
    assert "到账收入" not in paper_view(page, "split", "zh")
    sheet = find_paper_kind("income_sharing").workbook(found).sheets[-1]
    assert sheet.name == "股权个税分期 Instalments"


def test_a_plan_of_tax_over_more_than_five_years_is_refused_beside_its_field(fill):
    (fault,) = fill({**SHARES, "tax_years": "6"}).assessment.faults
    assert fault.field == "tax_years"
    assert "1" in fault.message.text("zh")


def test_steps_that_are_not_recorded_yet_are_told_once_recording_began(fill):
    assert not [one for one in fill(CHAOYANG).assessment.warnings if one.field == "rows/steps"]
    step = {
        "rows/steps/a/step": "备 案",
        "rows/steps/a/on": "2026-03-01",
        "rows/steps/a/number": "备字〔2026〕1号",
    }
    told = [
        one.message.text("zh")
        for one in fill({**CHAOYANG, **step}).assessment.warnings
        if one.field == "rows/steps"
    ]
    assert len(told) == 7
    assert told[0] == "尚未填写办理记录：协议定价"


def test_an_empty_paper_waits_and_says_so(fill):
    page = fill({"contract": "许可合同"})
    assert {note.field for note in page.assessment.missing} == {"way", "received", "rule"}
    for part in ("split", "people", "rule"):
        assert "pe-quiet" in paper_view(page, part, "en")


def test_its_workbook_holds_the_people_of_the_paper(fill):
    book = find_paper_kind("income_sharing").workbook(fill(PEOPLE).assessment)
    held = [cell.value for sheet in book.sheets for cell in sheet.cells.values()]
    assert {"张三", "李四"} <= {one for one in held if isinstance(one, str)}
