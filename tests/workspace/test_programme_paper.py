"""Programmes filled in on working papers."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from poc_eval.i18n import Text
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.paper_kinds import find_paper_kind
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

PLAN = {
    "start": "2026-01-01",
    "rows/stages/a/title": "方案论证",
    "rows/stages/a/months": "12",
    "rows/stages/a/cost": "100万",
    "rows/stages/a/shows": "方案可行",
    "rows/stages/b/title": "试验验证",
    "rows/stages/b/months": "24",
    "rows/stages/b/cost": "400万",
    "grant": "200万",
    "clawback": "50%",
    "rows/instalments/a/share": "60%",
    "rows/instalments/a/after": "0",
    "rows/instalments/b/share": "40%",
    "rows/instalments/b/after": "2",
}
RISKY = {key: value for key, value in PLAN.items() if not key.endswith("/shows")} | {
    "rate": "10%",
    "rows/stages/a/success": "0.6",
    "rows/stages/b/success": "0.4",
    "rows/income/a/title": "转让收入",
    "rows/income/a/months": "0",
    "rows/income/a/amount": "3000万",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Make one workspace for the file: every test opens a paper of its own in it."""
    workspace = Workspace.create(tmp_path_factory.mktemp("programmes") / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def filled(workspace):
    """Return a function that opens a paper, writes fields and gives its page."""

    def fill(kind, fields):
        paper = workspace.papers.open(kind, project="P1", title=uuid4().hex)
        workspace.papers.save(paper.id, [Change(name, value, 0) for name, value in fields.items()])
        return workspace.papers.page(workspace.papers.paper(paper.id))

    return fill


def told(notes):
    return {(note.field, note.message.text("en")) for note in notes}


def test_a_plan_gives_the_calendar_of_payments(filled):
    page = filled("milestone_plan", PLAN)
    assert page.assessment.complete
    grants = [one for one in page.assessment.outcome["calendar"] if one["kind"] == "grant"]
    assert [(one["date"], one["amount"]) for one in grants] == [
        ("2026-01-01", "1200000.00"),
        ("2029-01-01", "800000.00"),
    ]
    back = [one["amount"] for one in page.assessment.outcome["calendar"] if one["kind"] == "clawback"]
    # half of the 1,200,000 paid so far, whichever stage fails
    assert back == ["600000.00", "600000.00"]
    shown = paper_view(page, "milestones", "zh")
    for words in ("方案可行", "800,000.00", "未通过时：方案论证", "2029-01-01"):
        assert words in shown


def test_probabilities_and_income_give_the_contracts_value(filled):
    page = filled("milestone_cashflow", RISKY)
    assert page.assessment.complete
    assert page.assessment.outcome["rnpv"] == "2227648.38"
    assert page.assessment.result.summary.method == "exact"
    tree = paper_view(page, "tree", "zh")
    for words in ("36.0%", "-4,636,363.64", "17,903,080.39", "精确分布：只有阶段成败是随机的"):
        assert words in tree
    for part in ("cash", "sensitivity", "calendar"):
        for lang in ("zh", "en"):
            assert "<table" in paper_view(page, part, lang)
    assert "方案论证" in paper_view(page, "sensitivity", "zh")


def test_three_figures_are_a_triangle(filled):
    page = filled("milestone_cashflow", RISKY | {"rows/stages/b/low": "300万", "rows/stages/b/high": "550万"})
    # the mean of the trial's cost is 12,500,000 / 3
    assert page.assessment.result.value.rnpv == pytest.approx(-1e6 - 0.6 * 12.5e6 / 3 / 1.1 + 7.2e6 / 1.331)
    assert page.assessment.result.summary.method == "simulated"


def test_a_loan_is_listed_and_its_subsidy_paid(filled):
    page = filled(
        "milestone_cashflow",
        RISKY | {"loan": "300万", "loan_rate": "4.5%", "loan_months": "36", "subsidy": "50%"},
    )
    kinds = [one["kind"] for one in page.assessment.outcome["calendar"]]
    assert kinds.count("interest") == kinds.count("interest_subsidy") == 36


def listed(page, *kinds):
    rows = page.assessment.outcome["calendar"]
    return [
        (one["date"], one["kind"], one["from"], one["to"], one["amount"])
        for one in rows
        if one["kind"] in kinds
    ]


def test_deposits_stand_against_the_next_instalment_and_come_back(filled):
    deposits = {
        "rows/deposits/a/stage": "1",
        "rows/deposits/a/amount": "5万",
        "rows/deposits/b/stage": "2",
        "rows/deposits/b/rate": "10%",
    }
    page = filled("milestone_plan", PLAN | deposits)
    assert page.assessment.complete
    assert listed(page, "deposit", "deposit_returned") == [
        ("2026-01-01", "deposit", "project", "funder", "50000.00"),
        ("2027-01-01", "deposit_returned", "funder", "project", "50000.00"),
        ("2027-01-01", "deposit", "project", "funder", "80000.00"),
        ("2029-01-01", "deposit_returned", "funder", "project", "80000.00"),
    ]
    assert "缴纳保证金" in paper_view(page, "milestones", "zh")


def test_own_funds_of_the_host_stand_beside_each_instalment(filled):
    page = filled("milestone_plan", PLAN | {"own_funds": "200万", "own_by": "host"})
    assert listed(page, "matching") == [
        ("2026-01-01", "matching", "host", "project", "1200000.00"),
        ("2029-01-01", "matching", "host", "project", "800000.00"),
    ]
    assert "依托单位" in paper_view(page, "milestones", "zh")
    assert page.assessment.warnings == ()


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"own_funds": "100万"}, ["600000.00", "400000.00"]),
        ({"own_funds": "100万", "own_ratio": "0.5"}, ["1200000.00", "800000.00"]),
        ({"own_funds": "199.99万", "own_short": "nothing"}, []),
    ],
)
def test_too_few_own_funds_leave_less_of_the_grant_and_it_is_told(filled, changes, left):
    page = filled("milestone_plan", PLAN | changes)
    assert [one[-1] for one in listed(page, "grant") if one[-1] != "0.00"] == left
    assert bool(page.assessment.warnings) == (left != ["1200000.00", "800000.00"])


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"rows/instalments/b/share": "30%"}, "rows/instalments", "the shares add up to 90%"),
        ({"rows/instalments/b/after": "3"}, "rows/instalments/b/after", "there are 2 stages"),
        ({"grant": ""}, "grant", "write the grant that these instalments are parts of"),
        ({"rows/stages/a/low": "50万"}, "rows/stages/a/high", "write both ends, or neither"),
        (
            {"rows/stages/a/low": "150万", "rows/stages/a/high": "200万"},
            "rows/stages/a/cost",
            "it does not lie between the lowest and the highest",
        ),
        ({"loan": "1万", "loan_months": "12"}, "loan_rate", "a loan needs its rate and its months"),
        (
            {"rows/deposits/a/stage": "3", "rows/deposits/a/amount": "1万"},
            "rows/deposits/a/stage",
            "there are 2 stages",
        ),
        (
            {"rows/deposits/a/stage": "1"},
            "rows/deposits/a/rate",
            "write a share or an amount, one of them",
        ),
        (
            {"rows/deposits/a/stage": "2", "rows/deposits/a/rate": "5%", "rows/instalments/b/after": "0"},
            "rows/deposits/a/rate",
            "no instalment follows when this stage begins; write an amount instead",
        ),
        (
            {"own_by": "host"},
            "own_funds",
            "write the own funds, or take away what is said of them",
        ),
        ({"own_funds": "1万", "own_ratio": "0"}, "grant", "own funds of 0 times the payout are no condition"),
        (
            {"rows/stages/a/success": "1.2"},
            "rows/stages/a/success",
            '"1.2" does not fit here; write a share from 0 to 100%, such as 30% or 0.3',
        ),
        (
            {"rate": "-100%"},
            "rate",
            '"-100%" does not fit here; write a share from 0 to 100%, such as 30% or 0.3',
        ),
        (
            {"loan": "1万", "loan_rate": "4%", "loan_months": "0"},
            "loan",
            "a loan for 0 months cannot be paid back",
        ),
    ],
)
def test_what_does_not_go_together_is_told_beside_its_field(filled, changes, field, said):
    page = filled("milestone_cashflow", RISKY | changes)
    assert (field, said) in told(page.assessment.faults)
    assert page.assessment.result is None
    assert "填写完整后显示" in paper_view(page, "tree", "zh")


def test_what_is_missing_is_told_and_nothing_is_drawn(filled):
    page = filled("milestone_cashflow", {"start": "2026-01-01"})
    assert {"rate", "rows/stages"} <= {note.field for note in page.assessment.missing}
    assert page.assessment.result is None


def test_a_hostile_title_is_shown_as_the_text_that_it_is(filled):
    page = filled("milestone_cashflow", RISKY | {"rows/stages/a/title": "<script>alert(1)</script>{stage}"})
    for part in ("tree", "cash", "sensitivity", "calendar"):
        shown = paper_view(page, part, "zh")
        assert "<script" not in shown
    assert "&lt;script&gt;" in paper_view(page, "tree", "zh")


@pytest.mark.parametrize(
    ("kind", "fields", "held"),
    [("milestone_plan", PLAN, "800000"), ("milestone_cashflow", RISKY, "2227648.38")],
)
def test_its_workbook_holds_the_figures_of_the_paper(filled, kind, fields, held):
    book = find_paper_kind(kind).workbook(filled(kind, fields).assessment)
    values = [
        getattr(cell.value, "value", cell.value) for sheet in book.sheets for cell in sheet.cells.values()
    ]
    assert Decimal(held) in [
        round(Decimal(str(one)), 2) for one in values if isinstance(one, (float, Decimal))
    ]
