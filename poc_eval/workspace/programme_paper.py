"""A programme as it is filled in on a working paper: its fields, and the programme that they make."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import ValidationError

from poc_eval.catalog.refusal import REFUSED
from poc_eval.finance.programme.appraisal import appraise
from poc_eval.finance.programme.document import document
from poc_eval.finance.programme.model import Programme
from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.programme_book import programme_book
from poc_eval.workspace.paper_records import Assessment, Field, Figure, Grid, Option, PaperNote, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.finance.programme.appraisal import Appraisal
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.spreadsheet.writing import Book
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext

PATHS: Final = 10_000
SEED: Final = 0
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


def assess_programme(entries: Entries, context: PaperContext, *, risky: bool) -> Assessment:
    """Return the plan's figures; ``risky`` with probabilities and income."""
    wrong = tuple(_wrong(entries, risky=risky))
    if entries.missing or entries.faults or wrong:
        return Assessment(faults=wrong)
    try:
        programme = Programme.model_validate(_keys(entries, context, risky=risky))
    except ValidationError as error:
        return Assessment(faults=tuple(_notes(error)))
    found = appraise(programme, PATHS, SEED)
    return Assessment(figures=tuple(_figures(found.value)), outcome=_outcome(found.value), result=found)


def _wrong(entries: Entries, *, risky: bool) -> Iterator[PaperNote]:
    """Yield what does not go together, beside the field it belongs to."""
    stages, parts = entries.rows("stages"), entries.rows("instalments")
    for row in parts:
        after = row.count("after")
        if after is not None and after > len(stages):
            yield PaperNote(row.place("after"), _("there are {count} stages", count=len(stages)))
    shares = [row.share("share") for row in parts]
    if parts and None not in shares and sum(one or 0 for one in shares) != 1:
        total = f"{(sum((one or Decimal(0) for one in shares), Decimal(0)) * 100).normalize():f}%"
        yield PaperNote("rows/instalments", _("the shares add up to {total}", total=total))
    if parts and entries.amount("grant") is None:
        yield PaperNote("grant", _("write the grant that these instalments are parts of"))
    if risky and entries.amount("loan") is not None:
        if entries.share("loan_rate") is None:
            yield PaperNote("loan_rate", _("a loan needs its rate and its months"))
        if entries.count("loan_months") is None:
            yield PaperNote("loan_months", _("a loan needs its rate and its months"))
    rows = [*stages, *(entries.rows("income") if risky else ())]
    for row in rows if risky else ():
        yield from _spread_wrong(row, "cost" if row.grid == "stages" else "amount")


def _spread_wrong(row: Row, middle: str) -> Iterator[PaperNote]:
    low, mode, high = row.amount("low"), row.amount(middle), row.amount("high")
    if (low is None) != (high is None):
        yield PaperNote(row.place("low" if low is None else "high"), _("write both ends, or neither"))
    elif low is not None and high is not None and mode is not None and not low <= mode <= high:
        yield PaperNote(row.place(middle), _("it does not lie between the lowest and the highest"))


def _keys(entries: Entries, context: PaperContext, *, risky: bool) -> dict[str, Any]:
    title = context.project.title if context.project is not None else context.paper.title
    stages = [_stage(number, row, risky=risky) for number, row in enumerate(entries.rows("stages"), start=1)]
    keys: dict[str, Any] = {
        "id": "plan",
        "title": {"zh": str(title), "en": str(title)},
        "source": {"document": context.paper.title},
        "start": entries.day("start"),
        "stages": stages,
    }
    if risky:
        keys["discount"] = {"rate": entries.share("rate"), "timing": entries.text("timing") or "start"}
        keys["income"] = [
            {
                "months": row.number("months") or Decimal(0),
                "amount": _spread(row, "amount"),
                "title": _both(row.text("title")),
            }
            for row in entries.rows("income")
        ]
    grant = entries.amount("grant")
    if grant:
        keys["grants"] = [_grant(entries, grant)]
    loan = entries.amount("loan") if risky else None
    if loan:
        subsidy = entries.share("subsidy")
        keys["loans"] = [
            {
                "amount": loan,
                "rate": entries.share("loan_rate"),
                "months": entries.count("loan_months"),
                "interest_subsidy": None if not subsidy else {"share": subsidy},
            }
        ]
    return keys


def _stage(number: int, row: Row, *, risky: bool) -> dict[str, Any]:
    stage: dict[str, Any] = {
        "id": f"s{number}",
        "title": _both(row.text("title")),
        "months": row.number("months"),
        "cost": _spread(row, "cost") if risky else row.amount("cost"),
    }
    if risky:
        stage["success"] = row.share("success")
    elif row.text("shows"):
        stage["shows"] = _both(row.text("shows"))
    return stage


def _grant(entries: Entries, grant: Decimal) -> dict[str, Any]:
    parts = [
        {
            "share": row.share("share"),
            "when": {"passed": f"s{after}"} if (after := row.count("after")) else "start",
        }
        for row in entries.rows("instalments")
    ]
    back = entries.share("clawback")
    return {
        "id": "grant",
        "title": Text("补助", "grant"),
        "amount": grant,
        "instalments": parts,
        "clawback": None if not back else {"share": back, "when": "failed"},
    }


def _spread(row: Row, middle: str) -> object:
    low, mode, high = row.amount("low"), row.amount(middle), row.amount("high")
    if low is None or high is None or low == high:
        return mode
    return {"triangular": [low, mode, high]}


def _both(text: str) -> Text:
    return Text(text, text)


def _notes(error: ValidationError) -> Iterator[PaperNote]:
    """Yield what the programme's own rules find, beside the table it is nearest to."""
    homes = {
        "stages": "rows/stages",
        "grants": "grant",
        "loans": "loan",
        "income": "rows/income",
        "discount": "rate",
    }
    for detail in error.errors():
        for one in detail["ctx"]["refusals"] if detail["type"] == REFUSED else ():
            where = [*detail["loc"], *one.at]
            yield PaperNote(homes.get(str(where[0]) if where else "", "rows/stages"), one.what)


def _figures(value: Valuation) -> Iterator[Figure]:
    need = value.need_with_grant or value.need
    if value.valued:
        yield Figure(_("Probability of success"), f"{value.p_success or 0:.1%}")
        rnpv = value.rnpv or 0.0
        yield Figure(_("Risk-adjusted value (rNPV)"), _yuan(rnpv), standing="good" if rnpv >= 0 else "bad")
        if value.rnpv_with_grant is not None:
            yield Figure(_("The same with grants, deposits and loans"), _yuan(value.rnpv_with_grant))
        report = value.rate
        rate = f"{report.rate:.1%}" if report.rate is not None else report.reason or "–"
        yield Figure(_("Yearly rate of return if every stage is passed"), rate)
    yield Figure(
        _("Peak funding need"), _("{amount} yuan on {day}", amount=f"{need.amount:,.2f}", day=need.day)
    )


def _outcome(value: Valuation) -> dict[str, object]:
    """Return what is sealed: figures and calendar as text."""
    every = document(value)
    plain: dict[str, object] = {
        key: one if one is None or isinstance(one, (str, int)) else str(one)
        for key, one in every.items()
        if not isinstance(one, (list, dict))
    }
    paid = [{key: one[key] for key in ("date", "kind", "from", "to", "amount")} for one in every["calendar"]]
    return plain | {"calendar": paid}


def _yuan(amount: float) -> Text:
    return Text(f"{amount:,.2f} 元", f"{amount:,.2f} yuan")


def programme_workbook(assessment: Assessment) -> Book:
    """Return the programme as a workbook."""
    found = cast("Appraisal", assessment.result)
    return programme_book(found.value)
