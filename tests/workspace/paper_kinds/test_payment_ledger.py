from __future__ import annotations

import json
from decimal import Decimal
from functools import partial

import pytest

from poc_eval.finance.ledger.entries import Payment
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.payment_ledger import PaymentLedger, Posting
from poc_eval.workspace.payouts.postings import payout_entry
from poc_eval.workspace.payouts.sources import sealed_payouts
from poc_eval.workspace.working_papers import PaperIncompleteError

SHARED = "example-city-district@1"


@pytest.fixture
def payouts(workspace, write):
    """Return the sealed payouts of two units, 400,000 and 800,000 yuan by city and district."""
    paper = workspace.papers.open("subsidy_payout", by="经办甲", title="2025年度投入补助")
    page = write(
        paper,
        policies__p1__policy=SHARED,
        **{f"claims__a{at}__claim_id": f"C{at}" for at in (1, 2)},
        **{f"claims__a{at}__payee": f"示例单位{at}" for at in (1, 2)},
        **{f"claims__a{at}__period": "2025-01-01/2025-12-31" for at in (1, 2)},
        **{f"claims__a{at}__investment": f"{at}00万" for at in (1, 2)},
        **{f"claims__a{at}__total_investment": "1000万" for at in (1, 2)},
    )
    workspace.papers.conclude(paper.id, revision=page.paper.revision)
    return sealed_payouts(workspace)


@pytest.fixture
def paper(workspace, payouts):
    """Return an open paper of the ledger."""
    return workspace.papers.open("payment_ledger", by="经办甲", title=f"拨付台账 {len(payouts)}")


@pytest.fixture
def fill(write, paper):
    """Return what writes fields of the paper and returns its page."""
    return partial(write, paper)


def released(payouts):
    """Return the rows that bring both payouts to where they can be paid."""
    rows = {f"payouts__p{at}__payout": one.key for at, one in enumerate(payouts)}
    rows |= {f"payouts__p{at}__day": "2026-05-06" for at in range(len(payouts))}
    steps = ("handled", "checked", "division", "leader", "meeting")
    for at, step in enumerate(steps):
        rows |= {
            f"signatures__s{at}__payout": "all",
            f"signatures__s{at}__step": step,
            f"signatures__s{at}__person": f"签字人{at}",
            f"signatures__s{at}__day": f"2026-05-0{at + 6 if at < 3 else 8}",
        }
    return rows | {
        "signatures__s4__meeting_number": "2026年第7次",
        "notices__n1__payout": "all", "notices__n1__day": "2026-05-11", "notices__n1__last": "2026-05-15",
        "notices__n1__place": "门户网站",
        "documents__d1__payout": "all", "documents__d1__day": "2026-05-18",
        "documents__d1__number": "合财教〔2026〕18号",
    }  # fmt: skip


def payment(payout, **others):
    said = {
        "payout": payout.key,
        "instalment": "1",
        "level": "市级",
        "amount": "144000",
        "day": "2026-05-20",
        "order": "ZF-1",
    }
    return {f"payments__z1__{name}": value for name, value in {**said, **others}.items()}


def second(rows):
    """Return the rows of a payment as a second one."""
    return {name.replace("z1", "z2"): value for name, value in rows.items()}


def test_payouts_come_from_concluded_papers_with_their_rule(payouts):
    assert [(one.payee, str(one.amount), one.notice_days) for one in payouts] == [
        ("示例单位1", "400000.00", 5), ("示例单位2", "800000.00", 5),
    ]  # fmt: skip
    assert payouts[0].policy.startswith("example-city-district@1#")
    assert [one.level for one in payouts[0].funding] == ["市级", "区级"]


def test_rows_for_all_payouts_bring_each_to_its_payment(fill, payouts, workspace, paper):
    page = fill(**released(payouts), **payment(payouts[0]))
    assert page.assessment.faults == page.assessment.missing == ()
    assert [figure.value for figure in page.assessment.figures][:2] == ["1,200,000.00", "144,000.00"]
    assert PaymentLedger(workspace).lines() == ()
    workspace.papers.conclude(paper.id, revision=page.paper.revision)
    first, second = PaymentLedger(workspace).lines()
    assert (first.line.standing().paid, second.line.standing().paid) == (
        Decimal("144000.00"),
        Decimal("0.00"),
    )
    assert {stamp.by for stamp in first.stamps} == {"经办甲"}
    assert workspace.store.verify_log().intact


def test_what_stands_in_the_way_is_told_beside_its_cell(fill, payouts, notes):
    page = fill(
        **released(payouts) | {"notices__n1__last": "2026-05-14"}, **payment(payouts[0], amount="144000.01")
    )
    found = notes(page.assessment.faults)
    assert "asks for 5 natural days, this notice has 4" in found["rows/notices/n1/last"]
    assert "144,000.00 yuan are left" in found["rows/payments/z1/amount"]
    assert "not put on public notice" in found["rows/payments/z1/payout"]


def test_a_draft_that_counts_shows_what_is_not_recorded_yet(fill, payouts, workspace, paper):
    page = fill(**released(payouts), **payment(payouts[0]))
    assert "尚未登记入账" in paper_view(page, "ledger", "zh")
    done = workspace.papers.conclude(paper.id, revision=page.paper.revision)
    shown = workspace.papers.page(done)
    assert "尚未登记入账" not in paper_view(shown, "ledger", "zh")
    for part, said in {
        "ledger": "1,200,000.00",
        "lines": "合财教〔2026〕18号",
        "budget": "144,000.00",
        "form": "ZF-1",
    }.items():
        assert said in paper_view(shown, part, "zh")


def test_a_concluded_ledger_keeps_its_outcome_whatever_comes_later(fill, payouts, workspace, paper):
    page = fill(**released(payouts), **payment(payouts[0]))
    done = workspace.papers.conclude(paper.id, revision=page.paper.revision)
    sealed = json.loads(workspace.papers.seal(paper.id).snapshot)["outcome"]
    assert len(sealed["recorded"]) > len(payouts) * 8
    (claims,) = workspace.papers.papers(kind="subsidy_payout")
    again = workspace.papers.amend(claims.id, reason="更正")
    workspace.papers.conclude(again.id, revision=again.revision)
    workspace.store.forget_person("签字人0")
    assert {one.key for one in sealed_payouts(workspace)}.isdisjoint(one.key for one in payouts)
    # The clock of these tests stands still, the day of a draft is the real one.
    assert workspace.papers.assessment(done).outcome | {"day": sealed["day"]} == sealed


def test_an_amendment_goes_on_and_records_nothing_twice(fill, payouts, workspace, paper, write):
    page = fill(**released(payouts), **payment(payouts[0]))
    workspace.papers.conclude(paper.id, revision=page.paper.revision)
    again = workspace.papers.amend(paper.id, reason="登记区级拨付")
    more = second(payment(payouts[0], level="区级", amount="96000", order="ZF-2"))
    page = write(again, **more)
    assert page.assessment.faults == ()
    assert len(page.assessment.result.postings) == 1
    workspace.papers.conclude(again.id, revision=page.paper.revision)
    assert PaymentLedger(workspace).lines()[0].line.standing().paid == Decimal("240000.00")


def test_a_recorded_row_cannot_be_rewritten_only_reversed(fill, payouts, workspace, paper, write):
    page = fill(**released(payouts), **payment(payouts[0]))
    workspace.papers.conclude(paper.id, revision=page.paper.revision)
    again = workspace.papers.amend(paper.id, reason="更正")
    page = write(again, payments__z1__amount="100000")
    (note,) = page.assessment.faults
    assert (note.field, "recorded already and was changed" in note.message.text("en")) == (
        "rows/payments/z1/payout",
        True,
    )
    number = str(len(PaymentLedger(workspace).lines()[0].line.entries))
    page = write(
        again,
        payments__z1__amount="144000",
        reversals__x1__payout=payouts[0].key, reversals__x1__entry=number, reversals__x1__day="2026-05-21",
        reversals__x1__reason="金额有误",
        **second(payment(payouts[0], amount="100000", day="2026-05-21")),
    )  # fmt: skip
    assert page.assessment.faults == ()
    workspace.papers.conclude(again.id, revision=page.paper.revision)
    assert PaymentLedger(workspace).lines()[0].line.standing().paid == Decimal("100000.00")


def test_objections_are_settled_in_their_row(fill, payouts):
    page = fill(
        **released(payouts), **payment(payouts[0]),
        objections__o1__payout=payouts[0].key, objections__o1__day="2026-05-13",
        objections__o1__text="口径有异议",
    )  # fmt: skip
    (note,) = page.assessment.faults
    assert "objections are not settled" in note.message.text("en")
    page = fill(objections__o1__answer_day="2026-05-14", objections__o1__answer="经核查无误")
    assert page.assessment.faults == ()


def test_what_somebody_else_recorded_meanwhile_keeps_the_paper_open(fill, payouts, workspace, paper):
    page = fill(**released(payouts))
    assert page.assessment.complete
    elsewhere = payout_entry(
        payouts[1], workspace.local_time(page.paper.created_at).date(), None, working=False
    )
    PaymentLedger(workspace).record(Posting(None, elsewhere, "elsewhere"), by="经办乙")
    with pytest.raises(PaperIncompleteError, match="is in the ledger already"):
        workspace.papers.conclude(paper.id, revision=page.paper.revision)
    assert workspace.papers.paper(paper.id).status == "draft"
    assert len(PaymentLedger(workspace).lines()) == 1


def test_a_paper_without_rows_shows_the_ledger_as_it_is(workspace, paper):
    page = workspace.papers.page(paper)
    assert "台账尚无登记" in paper_view(page, "ledger", "zh")
    assert page.assessment.complete


def test_an_order_of_another_payout_is_refused(fill, payouts, notes):
    other = second(payment(payouts[1], amount="1000", order="ZF 1"))
    page = fill(**released(payouts), **payment(payouts[0]), **other)
    assert "for another payout" in notes(page.assessment.faults)["rows/payments/z2/order"]
    assert [type(one.entry) for one in page.assessment.result.postings].count(Payment) == 1


OPEN = """
id: city-and-district
version: "1"
title: {zh: 市区联动补助, en: City and district}
source: {document: 试验文件, clause: 第一条, quote: null, seen: null}
in_force: {from: null, to: null, open_ended: true}
payee: pilot_base
period: project
inputs: {investment: {kind: amount, label: {zh: 投入, en: investment}}}
payout: {base: investment, rate: 40%}
funding: [{level: 市级, share: null, budget_code: null}, {level: 区级, share: null, budget_code: null}]
rounding: {to: 0.01, mode: half_up, order: sum_then_round}
"""


@pytest.fixture
def open_shares(workspace, write):
    """Return the key of a payout of 400,000 yuan whose policy leaves the shares of its levels open."""
    folder = workspace.path / "definitions"
    folder.mkdir(exist_ok=True)
    (folder / "city-and-district.yaml").write_text(OPEN, encoding="utf-8")
    paper = workspace.papers.open("subsidy_payout", by="经办甲", title="市区联动")
    claim = {"claim_id": "C9", "payee": "示例单位9", "period": "2025-01-01/2025-12-31", "investment": "100万"}
    claims = {f"claims__a1__{column}": value for column, value in claim.items()}
    page = write(paper, policies__p1__policy="city-and-district@1", **claims)
    workspace.papers.conclude(paper.id, revision=page.paper.revision)
    return next(one.key for one in sealed_payouts(workspace) if one.payee == "示例单位9")


def shares(payout, *stated):
    rows = {}
    for at, (level, share) in enumerate(stated):
        row = f"shares__s{at}__"
        rows |= {f"{row}payout": payout, f"{row}kind": "level", f"{row}name": level, f"{row}share": share}
    return rows


def test_shares_that_the_policy_leaves_open_are_stated_by_the_officer_and_said_so(
    open_shares, fill, notes, workspace, paper
):
    first = {"payouts__p1__payout": open_shares, "payouts__p1__day": "2026-05-06"}
    (fault,) = notes(fill(**first).assessment.faults).values()
    assert "state the shares" in fault
    short = fill(**shares(open_shares, ("市级", "60%"), ("区级", "30%"))).assessment
    assert "add up to 90%" in notes(short.faults)["rows/shares/s1/share"]
    page = fill(**shares(open_shares, ("市级", "70%"), ("区级", "30%")))
    assert page.assessment.faults == ()
    assert "the policy leaves these shares open" in notes(page.assessment.warnings)["rows/shares/s0/share"]
    assert page.assessment.outcome["shares_stated"] == [open_shares]
    workspace.papers.conclude(paper.id, revision=page.paper.revision)
    (line,) = PaymentLedger(workspace).lines()
    plan = [(one.level, str(one.amount)) for one in line.line.standing().plan]
    assert plan == [("市级", "280000.00"), ("区级", "120000.00")]


def test_shares_of_a_policy_that_states_them_are_not_stated_again(fill, payouts, notes):
    said = {"payouts__p1__payout": payouts[0].key, "payouts__p1__day": "2026-05-06"}
    page = fill(**said, **shares(payouts[0].key, ("市级", "100%")))
    assert "take this row out" in notes(page.assessment.faults)["rows/shares/s0/kind"]


def test_a_ledger_with_nothing_to_record_says_what_comes_first(workspace):
    papers = workspace.papers
    (payouts, *_others) = papers.page(papers.open("payment_ledger")).layout.parts
    assert "核定测算定稿后才可选择" in payouts.help.text("zh")
