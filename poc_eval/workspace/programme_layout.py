"""What the working papers of a programme ask for: stages, grant, own funds, deposits, loan."""

from __future__ import annotations

from typing import Final

from poc_eval.i18n import Text
from poc_eval.workspace.paper_records import Field, Grid, Option, Part

_YUAN: Final = Text("元", "yuan")

START: Final = Field("start", Text("开始日期", "First day"), "date", required=True)
STAGE: Final = Field("title", Text("阶段", "Stage"), required=True)
MONTHS: Final = Field("months", Text("期限（月）", "Months"), "number", required=True)
COST: Final = Field("cost", Text("费用", "Cost"), "amount", required=True, unit=_YUAN)
SHOWS: Final = Field("shows", Text("考核指标", "What must be shown"), "long_text")
LOW: Final = Field("low", Text("最低", "Lowest"), "amount", unit=_YUAN)
HIGH: Final = Field("high", Text("最高", "Highest"), "amount", unit=_YUAN)
SUCCESS: Final = Field("success", Text("通过概率", "Probability"), "share", required=True)
GRANTS: Final = Part(
    "grants",
    Text("补助拨付", "Grant"),
    (
        Field("grant", Text("补助总额", "Grant in all"), "amount", unit=_YUAN),
        Field(
            "clawback",
            Text("未通过时追回已拨款的比例", "Share of what was paid that goes back on failure"),
            "share",
        ),
        Grid(
            "instalments",
            Text("分期拨付", "Instalments"),
            (
                Field("share", Text("比例", "Share"), "share", required=True),
                Field(
                    "after",
                    Text("第几阶段通过后拨付", "Paid after stage number"),
                    "count",
                    required=True,
                    help=Text("0 为开始时", "0: at the start"),
                ),
            ),
            help=Text(
                "各期比例之和应为 100%；不填则开始时一次拨付",
                "The shares add up to 100%; without any, all at the start",
            ),
            at_most=24,
        ),
        Field(
            "own_funds",
            Text("配套资金", "Own funds"),
            "amount",
            unit=_YUAN,
            help=Text(
                "补助以配套资金为条件的填写；不填则不核对",
                "Where the grant asks for them; without them nothing is compared",
            ),
        ),
        Field(
            "own_ratio",
            Text("规定配套比例（配套资金：补助）", "Own funds asked for, times the grant"),
            "number",
            help=Text("不填按 1（一比一）", "1 where nothing stands"),
        ),
        Field(
            "own_short",
            Text("配套不足时", "Where they fall short"),
            "choice",
            options=(
                Option("prorate", Text("按比例核减补助", "the grant is reduced in proportion")),
                Option("nothing", Text("不予补助", "there is no grant")),
            ),
        ),
        Field(
            "own_by",
            Text("配套资金来源", "Own funds come from"),
            "choice",
            options=(
                Option("project", Text("承担单位自筹", "the project side")),
                Option("host", Text("依托单位另行拨付", "the host institution, beside the grant")),
            ),
        ),
        Grid(
            "deposits",
            Text("保证金", "Deposits"),
            (
                Field(
                    "stage",
                    Text("第几阶段开始时缴纳", "Paid when stage number begins"),
                    "count",
                    required=True,
                ),
                Field("rate", Text("占下一期拨款的比例", "Share of the next instalment"), "share"),
                Field("amount", Text("或金额", "Or an amount"), "amount", unit=_YUAN),
            ),
            help=Text(
                "比例与金额填一项；该阶段通过后退还，未通过不退",
                "A share or an amount; returned when the stage is passed, kept when it fails",
            ),
            at_most=24,
        ),
    ),
)
LOAN: Final = Part(
    "loan",
    Text("贷款与贴息", "Loan"),
    (
        Field("loan", Text("贷款金额", "Loan"), "amount", unit=_YUAN),
        Field("loan_rate", Text("年利率", "Yearly rate"), "share"),
        Field("loan_months", Text("期限（月）", "Months"), "count"),
        Field("subsidy", Text("贴息比例", "Interest subsidised"), "share"),
    ),
)
TIMING: Final = Field(
    "timing",
    Text("折现时点", "Payments count"),
    "choice",
    options=(
        Option("start", Text("年初", "at the start of their year")),
        Option("middle", Text("年中", "at the middle of their year")),
        Option("end", Text("年末", "at the end of their year")),
        Option("exact", Text("实际日期", "by their date")),
    ),
)


def stages_grid(*columns: Field) -> Grid:
    """Return the table of stages with these columns."""
    return Grid(
        "stages",
        Text("阶段目标", "Stages"),
        columns,
        help=Text("按先后顺序填写，一行一个阶段", "In order, a row a stage"),
        at_least=1,
        at_most=24,
    )
