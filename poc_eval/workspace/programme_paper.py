"""A programme as it is filled in on a working paper: the programme that its fields make."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import ValidationError

from poc_eval.catalog.refusal import REFUSED
from poc_eval.finance.programme.appraisal import appraise
from poc_eval.finance.programme.document import document
from poc_eval.finance.programme.granted import short_of_own_funds
from poc_eval.finance.programme.model import Programme
from poc_eval.i18n import Text, _
from poc_eval.spreadsheet.programme_book import programme_book
from poc_eval.workspace.paper_records import Assessment, Figure, PaperNote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.finance.programme.appraisal import Appraisal
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.spreadsheet.writing import Book
    from poc_eval.workspace.paper_entries import Entries, Row
    from poc_eval.workspace.paper_kinds import PaperContext

PATHS: Final = 10_000
SEED: Final = 0


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
    return Assessment(
        warnings=tuple(PaperNote("own_funds", one) for one in short_of_own_funds(programme)),
        figures=tuple(_figures(found.value)),
        outcome=_outcome(found.value),
        result=found,
    )


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
    yield from _support_wrong(entries)
    if risky and entries.amount("loan") is not None:
        if entries.share("loan_rate") is None:
            yield PaperNote("loan_rate", _("a loan needs its rate and its months"))
        if entries.count("loan_months") is None:
            yield PaperNote("loan_months", _("a loan needs its rate and its months"))
    rows = [*stages, *(entries.rows("income") if risky else ())]
    for row in rows if risky else ():
        yield from _spread_wrong(row, "cost" if row.grid == "stages" else "amount")


def _support_wrong(entries: Entries) -> Iterator[PaperNote]:
    """Yield what is wrong with own funds and deposits."""
    if entries.amount("own_funds") is None:
        for name in ("own_ratio", "own_short", "own_by"):
            if entries.text(name) if name != "own_ratio" else entries.number(name) is not None:
                yield PaperNote("own_funds", _("write the own funds, or take away what is said of them"))
                break
    elif entries.amount("grant") is None:
        yield PaperNote("grant", _("write the grant that the own funds stand beside"))
    stages = len(entries.rows("stages"))
    last = max((row.count("after") or 0 for row in entries.rows("instalments")), default=0)
    for row in entries.rows("deposits"):
        number, rate = row.count("stage"), row.share("rate")
        if number is not None and not 1 <= number <= stages:
            yield PaperNote(row.place("stage"), _("there are {count} stages", count=stages))
        if (rate is None) == (row.amount("amount") is None):
            yield PaperNote(row.place("rate"), _("write a share or an amount, one of them"))
        elif rate is not None and entries.amount("grant") is None:
            yield PaperNote("grant", _("write the grant whose instalments the deposit is a share of"))
        elif rate is not None and number is not None and number - 1 > last:
            said = _("no instalment follows when this stage begins; write an amount instead")
            yield PaperNote(row.place("rate"), said)


def _spread_wrong(row: Row, middle: str) -> Iterator[PaperNote]:
    low, mode, high = row.amount("low"), row.amount(middle), row.amount("high")
    if (low is None) != (high is None):
        yield PaperNote(row.place("low" if low is None else "high"), _("write both ends, or neither"))
    elif low is not None and high is not None and mode is not None and not low <= mode <= high:
        yield PaperNote(row.place(middle), _("it does not lie between the lowest and the highest"))


def _keys(entries: Entries, context: PaperContext, *, risky: bool) -> dict[str, Any]:
    title = _both(context.paper.title) if context.project is None else context.project.title
    stages = [_stage(number, row, risky=risky) for number, row in enumerate(entries.rows("stages"), start=1)]
    keys: dict[str, Any] = {
        "id": "plan",
        "title": title,
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
        if entries.text("own_by") == "host":
            keys["parties"] = ["funder", "project", "host"]
    keys["deposits"] = [
        {
            "rate": row.share("rate"),
            "amount": row.amount("amount"),
            "kept_if": {"failed": f"s{row.count('stage')}"},
        }
        for row in entries.rows("deposits")
    ]
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
        "matching": _matching(entries),
    }


def _matching(entries: Entries) -> dict[str, Any] | None:
    amount, ratio = entries.amount("own_funds"), entries.number("own_ratio")
    if amount is None:
        return None
    return {
        "amount": amount,
        "ratio": Decimal(1) if ratio is None else ratio,
        "if_short": entries.text("own_short") or "prorate",
        "by": "host" if entries.text("own_by") == "host" else None,
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
        "deposits": "rows/deposits",
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
    alone = value.need_with_grant is None
    yield Figure(
        _("Peak funding need") if alone else _("Peak funding need with grants, deposits and loans"),
        _("{amount} yuan on {day}", amount=f"{need.amount:,.2f}", day=need.day),
        note=_("the worst outcome, with what goes back when a stage fails"),
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
