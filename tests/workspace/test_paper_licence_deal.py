"""The working paper of a deal: what is filled in becomes the comparison of its file."""

from __future__ import annotations

from uuid import uuid4

import pytest

from poc_eval.finance import Deal
from poc_eval.i18n import Text
from poc_eval.spreadsheet.writing import Formula
from poc_eval.views.paper_parts import paper_view
from poc_eval.workspace.paper_kinds import find_paper_kind
from poc_eval.workspace.records import Project
from poc_eval.workspace.store import Change
from poc_eval.workspace.workspace import Workspace

HEAD = {
    "rate": "10%",
    "years": "8",
    "sales_probability": "60%",
    "trial_months": "12",
    "trial_success": "0.6",
    "margin": "35%",
    "licence": "ordinary",
    "pricing": "agreement",
    "notice_from": "2026-03-02",
    "notice_to": "2026-03-16",
    "notice_days": "15",
}
ROWS = {
    **{f"rows/sales/s{year}/year": str(year) for year in range(2, 7)},
    **{f"rows/sales/s{year}/amount": "2000万元" for year in range(2, 7)},
    "rows/costs/a/year": "0",
    "rows/costs/a/amount": "500000",
    "rows/costs/b/year": "1",
    "rows/costs/b/amount": "150万元",
    "rows/payments/a/structure": "一次性买断",
    "rows/payments/a/kind": "fixed",
    "rows/payments/a/amount": "300万元",
    "rows/payments/b/structure": "先使用后付费",
    "rows/payments/b/kind": "milestone",
    "rows/payments/b/year": "1",
    "rows/payments/b/amount": "50万元",
    "rows/payments/b/probability": "60%",
    "rows/royalties/a/structure": "先使用后付费",
    "rows/royalties/a/of": "net_sales",
    "rows/royalties/a/rate": "5%",
    "rows/payments/c/structure": "延期支付",
    "rows/payments/c/kind": "deferred",
    "rows/payments/c/year": "1",
    "rows/payments/c/first_revenue": "yes",
    "rows/payments/c/amount": "300万元",
    "rows/payments/c/paid": "90%",
    "rows/guarantees/a/structure": "延期支付",
    "rows/guarantees/a/covers": "50%",
    "rows/guarantees/a/fee": "2%",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Make one workspace for the file: every test opens a paper of its own in it."""
    workspace = Workspace.create(tmp_path_factory.mktemp("papers") / "w")
    workspace.store.add_project(Project("P1", Text("颅内压平衡装置", "Balancing device")))
    return workspace


@pytest.fixture
def fill(workspace):
    """Return a function that opens a deal's paper with these texts and returns its page."""

    def filled(texts):
        paper = workspace.papers.open("licence_deal", project="P1", title=uuid4().hex)
        workspace.papers.save(paper.id, [Change(name, text, 0) for name, text in texts.items()])
        return workspace.papers.page(workspace.papers.paper(paper.id))

    return filled


def test_the_paper_comes_to_what_the_shipped_file_comes_to(fill):
    found = fill({**HEAD, **ROWS}).assessment
    wanted = Deal.load("use-first-pay-later").compare()
    assert (found.missing, found.faults, found.warnings) == ((), (), ())
    structures = found.result.comparison.structures
    assert [one.title.zh for one in structures] == ["一次性买断", "先使用后付费", "延期支付"]
    for mine, theirs in zip(structures, wanted.structures, strict=True):
        assert mine.licensor_npv == pytest.approx(theirs.licensor_npv, rel=1e-12)
        assert mine.licensee_npv == pytest.approx(theirs.licensee_npv, rel=1e-12)
    assert found.outcome["structures"][1]["breakeven_royalty"] == "0.109916"
    assert found.result.map.structure == "s2"


def test_rows_of_one_royalty_are_its_tiers(fill):
    tiers = {
        "rows/royalties/a/up_to": "1000万元",
        "rows/royalties/a/minimum": "10万元",
        "rows/royalties/b/structure": "先使用后付费",
        "rows/royalties/b/of": "net_sales",
        "rows/royalties/b/rate": "8%",
    }
    deal = fill({**HEAD, **ROWS, **tiers}).assessment.result.comparison.deal
    (royalty,) = [one for one in deal.structures["s2"] if one.kind == "royalty"]
    assert [(tier.up_to, str(tier.rate)) for tier in royalty.tiers] == [(10000000, "0.05"), (None, "0.08")]
    assert royalty.minimum == 100000


def test_what_does_not_fit_is_told_beside_its_field(fill):
    wrong = {"rows/sales/s3/year": "2", "rows/payments/b/year": "9"}
    found = fill({**HEAD, **ROWS, **wrong}).assessment
    assert [note.field for note in found.faults] == ["rows/sales/s3/year", "rows/payments/b/structure"]
    assert all(note.message.text("zh") for note in found.faults)
    assert found.result is None


def test_an_empty_and_a_half_filled_paper_wait_and_say_so(fill):
    page = fill({"rate": "10%"})
    assert {note.field for note in page.assessment.missing} == {"years", "rows/payments"}
    for part in ("comparison", "map", "payments", "warnings"):
        assert "pe-quiet" in paper_view(page, part, "zh")


def test_guard_rails_are_warnings_and_hinder_nothing(fill, workspace):
    page = fill({**HEAD, **ROWS, "pricing": "agreement", "notice_to": "2026-03-10"})
    (warning,) = page.assessment.warnings
    assert "公示 9 日" in warning.message.text("zh")
    assert page.assessment.complete
    concluded = workspace.papers.conclude(page.paper.id, revision=page.paper.revision)
    assert concluded.status == "concluded"
    assert '"licensor_npv":"1513348.40"' in workspace.papers.seal(concluded.id).snapshot


BIDS = {
    "pricing": "auction",
    "venue": "中国技术交易所",
    "reserve": "280万元",
    "rows/bids/a/bidder": "甲公司",
    "rows/bids/a/amount": "300万元",
    "rows/bids/b/bidder": "乙公司<b>",
    "rows/bids/b/amount": "310万元",
}


def test_the_price_follows_from_the_bids_of_an_auction(fill):
    page = fill({**HEAD, **ROWS, **BIDS})
    assert page.assessment.outcome["pricing"]["price"] == "3100000.00"
    shown = paper_view(page, "warnings", "zh")
    for words in (
        "3,100,000.00 元，为 2 个报价中的最高价",
        "乙公司&lt;b&gt;",
        "底价（保留价）",
        "中国技术交易所",
    ):
        assert words in shown
    cells = find_paper_kind("licence_deal").workbook(page.assessment).sheets[-1].cells.values()
    formulas = [cell.value for cell in cells if isinstance(cell.value, Formula)]
    assert [one.value for one in formulas] == [3100000, 1, 3100000]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pricing": "agreement"}, "rows/bids"),
        ({"rows/bids/b/bidder": "甲公司"}, "rows/bids/b/bidder"),
        ({"price": "310万"}, "price"),
        ({"rows/sales/s3/amount": "-5万"}, "rows/sales/s3/amount"),
        ({"rows/sales/s3/year": "2"}, "rows/sales/s3/year"),
        ({"rows/royalties/a/rate": "105%"}, "rows/royalties/a/rate"),
        ({"sales_probability": "1.2"}, "sales_probability"),
        ({"rate": "-100%"}, "rate"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_worked_out(fill, changes, field):
    found = fill({**HEAD, **ROWS, **BIDS, **changes}).assessment
    assert field in [note.field for note in found.faults]
    assert found.result is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_is_drawn_in_both_languages(fill, lang):
    page = fill({**HEAD, **ROWS, "rows/payments/a/structure": "<script>买断"})
    for part in ("comparison", "map", "payments", "warnings", "form", "summary"):
        shown = paper_view(page, part, lang)
        assert "<script" not in shown
        assert "nan" not in shown.lower().replace("finance", "")
    assert "1,513,348" in paper_view(page, "comparison", lang)


def test_its_workbook_compares_the_structures_of_the_paper(fill):
    book = find_paper_kind("licence_deal").workbook(fill({**HEAD, **ROWS}).assessment)
    names = [sheet.name for sheet in book.sheets]
    assert {"一次性买断", "先使用后付费", "延期支付"} < set(names)
