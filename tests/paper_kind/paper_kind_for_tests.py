"""A kind of working paper as another package brings it: costs checked against a grant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from poc_eval.i18n import Text
from poc_eval.views.html import tag
from poc_eval.workspace.paper_kinds import PaperKind
from poc_eval.workspace.paper_records import (
    Assessment,
    Field,
    Figure,
    GivenRow,
    Grid,
    Layout,
    Option,
    PaperNote,
    Part,
    cell_name,
)

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.paper_records import PaperPage

LAYOUT = Layout(
    (
        Part(
            "head",
            Text("基本情况", "About"),
            (
                Field("grant", Text("资助金额", "Grant"), "amount", required=True, unit=Text("元", "yuan")),
                Field("signed_on", Text("签订日期", "Signed on"), "date"),
                Field("share", Text("资助比例", "Share of the grant"), "share"),
                Field(
                    "remark", Text("备注", "Remark"), "long_text", help=Text("可以不填", "May be left out")
                ),
            ),
        ),
        Part(
            "costs",
            Text("支出明细", "Costs"),
            (
                Grid(
                    "costs",
                    Text("支出明细表", "Table of costs"),
                    (
                        Field("item", Text("支出内容", "Item"), required=True),
                        Field(
                            "kind",
                            Text("科目", "Account"),
                            "choice",
                            options=(
                                Option("material", Text("材料费", "Material")),
                                Option("testing", Text("测试费", "Testing")),
                            ),
                        ),
                        Field("amount", Text("金额", "Amount"), "amount", required=True),
                        Field("paid_on", Text("支付日期", "Paid on"), "date"),
                        Field("checked", Text("已核对", "Checked"), "yes_no"),
                        Field("of_grant", Text("占资助额", "Of the grant"), "shown"),
                    ),
                    at_least=1,
                    at_most=20,
                ),
            ),
        ),
        Part(
            "formal",
            Text("形式审查", "Formal check"),
            (
                Grid(
                    "items",
                    Text("审查事项", "What is checked"),
                    (
                        Field("there", Text("是否齐全", "Is there"), "yes_no"),
                        Field("pages", Text("页码", "Pages"), "text"),
                    ),
                    given=(
                        GivenRow("contract", Text("合同", "Contract")),
                        GivenRow("invoice", Text("发票", "Invoice")),
                    ),
                    given_title=Text("事项", "Item"),
                ),
            ),
        ),
    )
)


def layout(_context: PaperContext) -> Layout:
    return LAYOUT


def assess(entries: Entries, _context: PaperContext) -> Assessment:
    """Add the costs up; a sum above the grant is a fault, a cost without a date a warning."""
    grant = entries.amount("grant")
    rows = entries.rows("costs")
    total = sum((row.amount("amount") or Decimal(0) for row in rows), Decimal(0))
    faults = []
    if grant is not None and total > grant:
        faults.append(PaperNote("grant", Text("支出合计超过资助金额", "The costs are more than the grant")))
    warnings = [
        PaperNote(row.place("paid_on"), Text("尚未支付", "Not paid yet"))
        for row in rows
        if row.amount("amount") is not None and row.day("paid_on") is None
    ]
    shown = {
        cell_name("costs", row.id, "of_grant"): f"{(row.amount('amount') or 0) * 100 / grant:.1f}%"
        for row in rows
        if grant and row.amount("amount") is not None
    }
    printed = f"{total:,.2f}"
    return Assessment(
        faults=tuple(faults),
        warnings=tuple(warnings),
        figures=(Figure(Text("支出合计", "Sum of costs"), Text(f"{printed} 元", f"{printed} yuan")),),
        totals={"costs": {"amount": printed}},
        shown=shown,
        outcome={"total": printed},
        result=total,
    )


KIND = PaperKind("cost_sheet", Text("支出核对表", "Cost sheet"), layout, assess)


def chart(page: PaperPage, lang: Language) -> Markup:
    return tag(
        "p", Text(f"合计 {page.assessment.result} 元", f"Sum {page.assessment.result} yuan").text(lang)
    )


PARTS = {"chart": chart}
