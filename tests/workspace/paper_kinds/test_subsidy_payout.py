from __future__ import annotations

import json
from functools import partial

import pytest

from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.working_papers import PaperIncompleteError

OPERATION = "hefei-pilot-operation@2023.1"
CODES = ("91350100M000100Y43", "91110000600037341L", "914403001922038216")


@pytest.fixture
def paper(workspace):
    """Return an open paper of claims."""
    return workspace.papers.open("subsidy_payout", by="经办甲", title="2023年度运营补贴")


@pytest.fixture
def fill(write, paper):
    """Return what writes fields of the paper and returns its page."""
    return partial(write, paper)


def claim(number, payee, declared, verified):
    row = f"claims__a{number}__"
    return {
        f"{row}claim_id": f"C{number}",
        f"{row}payee": payee,
        f"{row}credit_code": CODES[number - 1],
        f"{row}period": "2023",
        f"{row}service_revenue_declared": declared,
        f"{row}service_revenue": verified,
        f"{row}filing_valid": "yes",
    }


THREE = {
    **claim(1, "示例单位甲", "420万元", "4,000,000.00"),
    **claim(2, "示例单位乙", "2806667.67", "2806667.67"),
    **claim(3, "示例单位丙", "90万", "3万元"),
    "reductions__r1__claim_id": "C1",
    "reductions__r1__amount": "20万元",
    "reductions__r1__reason": "纯检测收入",
    "reductions__r1__voucher": "合同 HT-1",
    "reductions__r2__claim_id": "C3",
    "reductions__r2__amount": "870000",
    "reductions__r2__reason": "无回单",
    "reductions__r2__voucher": "发票 0441",
}


def test_the_columns_follow_from_the_policies(fill, workspace, paper):
    (claims,) = [grid for grid in workspace.papers.layout(paper).grids if grid.name == "claims"]
    assert "service_revenue" not in {column.name for column in claims.columns}
    page = fill(policies__p1__policy=OPERATION)
    claims = next(grid for grid in page.layout.grids if grid.name == "claims")
    names = [column.name for column in claims.columns]
    assert names[names.index("project") + 1 :] == [
        "service_revenue_declared", "service_revenue", "filing_valid", "audit_report", "payout",
    ]  # fmt: skip
    assert page.assessment.shown["rows/policies/p1/clause"] == "中试平台（基地）运营"


def test_three_claims_are_paid_capped_and_refused_as_typed(fill):
    page = fill(policies__p1__policy=OPERATION, budget="300万元", **THREE)
    assert page.assessment.missing == page.assessment.faults == ()
    assert page.assessment.totals == {"claims": {"payout": "1,842,000.30"}}
    shown = page.assessment.shown
    assert [shown[f"rows/claims/a{at}/payout"] for at in (1, 2, 3)] == ["1,000,000.00", "842,000.30", "0.00"]
    assert [figure.value for figure in page.assessment.figures] == ["1,842,000.30", "3,000,000.00", "1", "1"]
    assert page.assessment.outcome["total"] == "1842000.30"


def test_every_part_is_drawn(fill):
    page = fill(policies__p1__policy=OPERATION, try_rate="25%", **THREE)
    for part in ("form", "summary", "table", "why", "waterfall", "money", "checks", "what_if"):
        assert 'class="pe-view"' in paper_view(page, part, "zh")
    assert "壹佰捌拾肆万贰仟元零叁角" in paper_view(page, "summary", "zh")


def test_sums_that_do_not_meet_and_items_of_nobody_stand_beside_their_fields(fill, notes):
    page = fill(
        policies__p1__policy=OPERATION,
        **THREE | {"reductions__r1__amount": "10万元", "reductions__r2__claim_id": "C9"},
        accounts__k1__payee="别家单位", accounts__k1__holder="别家单位", accounts__k1__bank="示例银行",
        accounts__k1__number="1",
    )  # fmt: skip
    found = notes(page.assessment.faults)
    assert "100,000.00 more than the verified" in found["rows/claims/a1/service_revenue"]
    assert found["rows/reductions/r2/claim_id"] == "no claim has the number C9"
    assert found["rows/accounts/k1/payee"] == "no claim is made by 别家单位"
    assert "rows/claims/a3/service_revenue" in found
    assert page.assessment.result.reckoning.settlement is None


def test_what_a_rule_cannot_read_stands_beside_its_cell(fill, notes):
    page = fill(
        policies__p1__policy=OPERATION, **THREE | {"claims__a2__period": "去年", "claims__a3__claim_id": "C1"}
    )
    found = notes(page.assessment.faults)
    assert "no period" in found["rows/claims/a2/period"]
    assert "rows/claims/a3/claim_id" in found


def test_claims_that_lack_something_wait_and_the_others_are_worked_out(fill):
    page = fill(policies__p1__policy=OPERATION, **THREE | {"claims__a2__service_revenue": ""})
    assert [note.field for note in page.assessment.missing] == ["rows/claims/a2/service_revenue"]
    assert page.assessment.totals == {"claims": {"payout": "1,000,000.00"}}
    assert page.assessment.figures[-1].standing == "bad"


def test_what_is_claimed_twice_and_doubtful_is_told_and_hinders_nothing(fill, notes):
    page = fill(
        policies__p1__policy=OPERATION,
        **THREE | {"claims__a3__credit_code": ""},
        vouchers__v1__claim_id="C1", vouchers__v1__invoice="04415678",
        vouchers__v2__claim_id="C2", vouchers__v2__invoice="0441-5678",
    )  # fmt: skip
    assert page.assessment.complete
    found = notes(page.assessment.warnings)
    assert "claimed twice: the invoice 04415678 stands in C1, C2" in found["rows/claims/a2/claim_id"]
    assert "not stated" in found["rows/claims/a3/credit_code"]


def test_two_policies_ask_which_one_a_claim_is_under(fill, notes):
    page = fill(
        policies__p1__policy=OPERATION,
        policies__p2__policy="hefei-pilot-construction@2023.1",
        **THREE,
        **{f"claims__a{at}__policy": "hefei-pilot-operation" for at in (1, 2)},
        claims__a3__policy="hefei-pilot-construction",
        claims__a3__actual_investment="1,000,000",
    )
    missing = notes(page.assessment.missing)
    assert [name for name in missing if name.endswith("/figure")] == [
        "rows/reductions/r1/figure", "rows/reductions/r2/figure",
    ]  # fmt: skip


def test_a_policy_with_a_budget_by_date_asks_for_the_date(fill):
    page = fill(policies__p1__policy="example-one-time@1")
    claims = next(grid for grid in page.layout.grids if grid.name == "claims")
    assert "date" in {column.name for column in claims.columns}


def test_concluding_pins_the_policy_and_seals_payouts_with_their_rule(fill, workspace, paper):
    with pytest.raises(PaperIncompleteError):
        workspace.papers.conclude(paper.id, revision=0)
    page = fill(policies__p1__policy=OPERATION, **THREE)
    workspace.papers.conclude(paper.id, revision=page.paper.revision, by="复核乙")
    pinned = workspace.store.definition("policy", "hefei-pilot-operation", "2023.1")
    outcome = json.loads(workspace.papers.seal(paper.id).snapshot)["outcome"]
    assert outcome["rules"] == {"hefei-pilot-operation": f"{OPERATION}#{pinned.ref.hash}"}
    assert [(one["claim_id"], one["amount"], one["credit_code"]) for one in outcome["claims"]] == [
        ("C1", "1000000.00", CODES[0]), ("C2", "842000.30", CODES[1]), ("C3", "0.00", CODES[2]),
    ]  # fmt: skip
    assert workspace.store.verify_log().intact


def test_a_concluded_paper_is_drawn_by_the_rule_as_it_was_then(fill, workspace, paper):
    page = fill(policies__p1__policy=OPERATION, **THREE)
    before = workspace.papers.conclude(paper.id, revision=page.paper.revision)
    pinned = workspace.store.definition("policy", "hefei-pilot-operation", "2023.1")
    changed = workspace.path / "definitions" / "hefei-pilot-operation.yaml"
    changed.write_text(pinned.text.replace("rate: 0.30", "rate: 0.10"), encoding="utf-8")
    assert workspace.papers.page(before).assessment.outcome["total"] == "1842000.30"


BAD = {
    "NaN": "is not an amount",
    "Infinity": "is not an amount",
    "-inf": "is not an amount",
    "-5": "below 0 does not fit here; write it without the minus",
    "": "nothing stands here yet",
    "1000.005": "two decimals",
    "约三百万": "is not an amount",
    "TRUE": "is not an amount",
    "1e5": "is not an amount",
}


def test_every_bad_cell_is_told_beside_it_and_nothing_can_be_concluded(fill, notes, workspace, paper):
    """All at once: bad amounts, a number twice, a negative reduction."""
    rows = {}
    for at, amount in enumerate(BAD):
        row = f"claims__b{at}__"
        said = {"claim_id": f"C{at}", "payee": "示例单位", "period": "2023", "filing_valid": "yes"}
        rows |= {f"{row}{column}": text for column, text in said.items()} | {f"{row}service_revenue": amount}
    rows |= {"claims__b1__claim_id": "C0", "reductions__r1__claim_id": "C0", "reductions__r1__amount": "-1"}
    page = fill(policies__p1__policy=OPERATION, **rows)
    told = notes((*page.assessment.faults, *page.assessment.missing))
    for at, said in enumerate(BAD.values()):
        assert said in told[f"rows/claims/b{at}/service_revenue"]
    assert "stands here twice" in told["rows/claims/b1/claim_id"]
    assert "below 0" in told["rows/reductions/r1/amount"]
    with pytest.raises(PaperIncompleteError):
        workspace.papers.conclude(paper.id, revision=page.paper.revision)


def test_a_period_outside_the_rules_dates_is_told_beside_it_and_paid_nothing(fill, notes):
    said = {
        "claim_id": "C1",
        "payee": "示例单位",
        "period": "2019",
        "contract_amount": "100万",
        "listed_vat": "0",
    }
    claim = {f"claims__a__{column}": text for column, text in said.items()}
    assessment = fill(policies__p1__policy="stamp@2022.1", **claim).assessment
    assert "outside the dates" in notes(assessment.warnings)["rows/claims/a/period"]
    assert assessment.shown["rows/claims/a/payout"] == "0.00"


def test_what_hinders_all_payouts_is_named_in_the_policys_words(fill):
    empty = paper_view(fill(policies__p1__policy=OPERATION), "table", "zh")
    assert "尚无申报" in empty
    assert "claims: " not in empty
    page = fill(**THREE | {"claims__a1__service_revenue_declared": "1元"})
    shown = paper_view(page, "table", "zh")
    assert "service_revenue" not in shown
    assert "C1: 年度服务性收入" in shown
