"""What the paper of the ledger (拨付台账) asks for: a grid for each kind of entry, rows of payouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.finance.ledger.entries import STEPS
from poc_eval.i18n import Text
from poc_eval.workspace.paper_records import Field, Grid, Layout, Option, Part
from poc_eval.workspace.payouts.at_hand import payouts_in_ledger, payouts_to_record
from poc_eval.workspace.payouts.claim_layout import YUAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.workspace.paper_kinds import PaperContext

ALL: Final = "all"
"""Stands for every payout that this paper records."""
LEVEL: Final = "level"
INSTALMENT: Final = "instalment"
DEMAND: Final = "demand"
RECOVERED: Final = "recovered"


def ledger_layout(context: PaperContext) -> Layout:
    """Return what the paper asks for."""
    new, old = payouts_to_record(context), payouts_in_ledger(context)
    everything = Option(ALL, Text("本底稿全部核定补助", "every payout of this paper"))
    one = Field("payout", Text("核定补助", "Payout"), "choice", required=True, options=(*new, *old))
    some = Field(
        "payout", Text("核定补助", "Payout"), "choice", required=True, options=(everything, *new, *old)
    )
    return Layout((*_deciding(new, some, one), *_paying(some, one), *_correcting(one)))


def _day(zh: str, en: str, name: str = "day") -> Field:
    return Field(name, Text(zh, en), "date", required=True)


def _amount(zh: str, en: str, *, required: bool = True, help_: Text | None = None) -> Field:
    return Field("amount", Text(zh, en), "amount", required=required, unit=YUAN, help=help_)


def _said(name: str, zh: str, en: str, *, required: bool = False, help_: Text | None = None) -> Field:
    return Field(name, Text(zh, en), required=required, help=help_)


def _section(name: str, title: Text, *grids: Grid, help_: Text | None = None) -> Part:
    return Part(name, title, grids, help=help_)


_SHARES: Final = (
    Option(LEVEL, Text("层级分担", "level that pays")),
    Option(INSTALMENT, Text("分期", "instalment")),
)
_COUNTING: Final = (
    Option("natural", Text("自然日", "natural days")),
    Option("working", Text("工作日", "working days")),
)
_STEPS: Final = tuple(Option(step, title) for step, title in STEPS.items())
_RECOVERIES: Final = (
    Option(DEMAND, Text("追回决定", "to be recovered")),
    Option(RECOVERED, Text("追回到账", "recovered")),
)
_INSTALMENT: Final = Field("instalment", Text("期次", "Instalment"), "count", required=True)
_LEVEL: Final = _said(
    "level",
    "层级",
    "Level",
    help_=Text("如市级、区级；不分担的不填", "such as city or district; empty where one pays all"),
)
_CHOOSE: Final = Text("从已定稿的核定测算中选择。", "Chosen from concluded papers of claims.")
_NOTHING_TO_RECORD: Final = Text(
    "没有可登记的核定补助：核定测算定稿后才可选择；已登记的不再列出。",
    "No payout to record: a paper of claims has to be concluded first. What is recorded is not listed.",
)


def _deciding(new: Sequence[Option], some: Field, one: Field) -> tuple[Part, ...]:
    payouts = (
        Field("payout", Text("核定补助", "Payout"), "choice", required=True, options=tuple(new)),
        _day("核定日期", "Day of verification"),
        Field(
            "notice_days",
            Text("公示天数", "Days of notice"),
            "count",
            help=Text("不填则按政策规定", "left empty: as the rule says"),
        ),
        Field(
            "counting",
            Text("公示天数按", "Days counted as"),
            "choice",
            options=_COUNTING,
            help=Text("不填按自然日，首尾两日均计", "left empty: natural days, first and last included"),
        ),
    )
    signatures = (
        some,
        Field("step", Text("环节", "Step"), "choice", required=True, options=_STEPS),
        Field("person", Text("签字人", "Signed by"), required=True, personal=True),
        _day("日期", "Day"),
        _said("meeting_number", "会议文号", "Number of the meeting"),
        _said("opinion", "意见", "Opinion"),
    )
    return (
        _section(
            "payouts",
            Text("核定补助额", "Payouts"),
            Grid("payouts", Text("核定登记", "Payouts to record"), payouts),
            _shares(some),
            help_=_CHOOSE if new else _NOTHING_TO_RECORD,
        ),
        _section(
            "signatures",
            Text("会签", "Signatures"),
            Grid("signatures", Text("会签记录", "Signatures"), signatures),
        ),
        _noticing(some, one),
    )


def _shares(some: Field) -> Grid:
    """Return the table of shares that a policy leaves open."""
    return Grid(
        "shares",
        Text("政策未明确的比例", "Shares that a policy leaves open"),
        (
            some,
            Field("kind", Text("类别", "Kind"), "choice", required=True, options=_SHARES),
            Field(
                "name",
                Text("层级或拨付条件", "Level or condition"),
                required=True,
                help=Text(
                    "如市级、区级；分期如批准后、验收后", "such as city; of instalments: when approved"
                ),
            ),
            Field("share", Text("比例", "Share"), "share", required=True),
            _said("budget_code", "预算科目", "Budget code"),
        ),
        help=Text(
            "政策已明确比例的不填；同一笔同一类别的比例合计应为 100%。",
            "Nothing where the policy states its shares; those of one payout and kind make 100%.",
        ),
    )


def _noticing(some: Field, one: Field) -> Part:
    notices = (
        some,
        _day("公示开始", "First day"),
        _day("公示结束", "Last day", "last"),
        _said("place", "公示地点", "Where", required=True),
    )
    objections = (
        one,
        _day("收到日期", "Day"),
        _said("text", "异议内容", "Objection", required=True),
        Field("answer_day", Text("处理日期", "Settled on"), "date"),
        _said("answer", "处理结果", "How it was settled"),
    )
    return _section(
        "notice",
        Text("公示", "Public notice"),
        Grid("notices", Text("公示记录", "Notices"), notices),
        Grid("objections", Text("异议及处理", "Objections"), objections),
    )


def _paying(some: Field, one: Field) -> tuple[Part, ...]:
    whole = Text("不填则为该笔核定补助额", "left empty: the whole payout")
    documents = (
        some,
        _day("下达日期", "Day"),
        _said("number", "资金下达文号", "Number of the document", required=True),
        _LEVEL,
        _amount("下达金额", "Amount", required=False, help_=whole),
    )
    met = (
        some,
        _INSTALMENT,
        _day("达成日期", "Day"),
        _said("evidence", "依据（如验收意见）", "Evidence", required=True),
    )
    payments = (
        one,
        _INSTALMENT,
        _LEVEL,
        _amount("拨付金额", "Amount"),
        _day("拨付日期", "Day"),
        _said("order", "拨付凭证号", "Payment order", required=True),
        _said("budget_code", "预算科目", "Budget code"),
        _said("receipt", "银行回单号", "Bank receipt"),
    )
    returned = (
        one,
        _said("order", "被退回的凭证号", "Order that came back", required=True),
        _amount("退回金额", "Amount"),
        _day("退回日期", "Day"),
        _said("reason", "退回原因", "Reason", required=True),
    )
    return (
        _section(
            "funds",
            Text("资金下达与拨付条件", "Funds and conditions"),
            Grid("documents", Text("资金下达", "Fund documents"), documents),
            Grid("met", Text("拨付条件达成", "Conditions met"), met),
        ),
        _section(
            "payments",
            Text("拨付", "Payments"),
            Grid("payments", Text("拨付记录", "Payments"), payments),
            Grid("returned", Text("退回记录", "Payments returned"), returned),
        ),
    )


def _correcting(one: Field) -> tuple[Part, ...]:
    recoveries = (
        one,
        Field("kind", Text("类别", "Kind"), "choice", required=True, options=_RECOVERIES),
        _amount("金额", "Amount"),
        _day("日期", "Day"),
        _said("document", "文号或回单号", "Document or receipt", required=True),
        _said("reason", "追回原因", "Reason"),
    )
    reversals = (
        one,
        Field("entry", Text("冲销第几笔", "Entry to reverse"), "count", required=True),
        _day("日期", "Day"),
        _said("reason", "冲销原因", "Reason", required=True),
    )
    return (
        _section(
            "recoveries",
            Text("追回", "Recovery"),
            Grid("recoveries", Text("追回记录", "Recoveries"), recoveries),
        ),
        _section(
            "reversals",
            Text("冲销", "Corrections"),
            Grid("reversals", Text("冲销记录", "Reversals"), reversals),
            help_=Text(
                "登记后不可改动；有误的冲销后重新登记。",
                "What is recorded is never changed: reverse what is wrong and record it anew.",
            ),
        ),
    )
