"""A programme as a workbook: stages, calendar, outcomes and months with live formulas for NPV and IRR.

What a person may change (rate, costs, probabilities, income, payments) is marked as such; everything else
follows by formulas that any spreadsheet program computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from poc_eval.finance.programme.value import discount_shift, factor
from poc_eval.finance.programme.words import KINDS, TIMINGS, condition_words, party_name, stage_name
from poc_eval.i18n import Message, Text, _
from poc_eval.money import round_money
from poc_eval.spreadsheet.programme_months import Cash, months_sheet
from poc_eval.spreadsheet.writing import Book, Formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.finance.programme.flows import Flow, Outcomes
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.spreadsheet.writing import Sheet
    from poc_eval.spreadsheet.writing_styles import Style

_STAGE_HEAD: Final = 7
_CALENDAR_HEAD: Final = 2
_FIXED: Final = 14
"""Columns of the calendar before those of the outcomes."""
_WIDTHS: Final = (13, 11, 22, 14, 14, 18, 22, 12, 14, 10, 10, 18, 9, 18)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the figures stand that a person may change."""

    rate: str
    shift: str
    amounts: Mapping[str, str]
    """By the figure's name: ``trial.cost``."""
    reached: tuple[str, ...]
    """How likely each stage is to be reached, and success, in order."""
    success: tuple[str, ...]


def programme_book(value: Valuation) -> Book:
    """Return the workbook of a programme; ``Book.save`` writes it.

    Without probabilities it holds the calendar, the months and the peak need only.
    """
    programme = value.programme
    book = Book(programme.title.zh)
    footer = f"{programme.id}@{programme.version}"
    results = book.sheet("结果 Results", [46, 24, 60], landscape=False, footer=footer)
    inputs = _plan_sheet(book, value, footer)
    calendar, rows = _calendar_sheet(book, value, inputs, footer)
    outcomes = _outcome_cells(book, value, inputs, calendar, rows, footer) if value.valued else None
    months = months_sheet(book, value, calendar, rows, footer)
    _results(results, value, calendar, rows, outcomes, months)
    return book


def outcome_column(value: Valuation, outcome: int = -1) -> int:
    """Return the calendar's column that says whether a payment is made in an outcome, by default success."""
    return _FIXED + (len(value.plan.line.stages) if outcome < 0 else outcome)


def _plan_sheet(book: Book, value: Valuation, footer: str) -> Inputs:
    programme, line = value.programme, value.plan.line
    sheet = book.sheet("计划 Plan", [26, 12, 12, 20, 14, 14, 44], heading=_STAGE_HEAD, footer=footer)
    sheet.across(0, programme.title, "title")
    sheet.across(1, _source(value), "note")
    discount = programme.discount
    sheet.put(3, 0, _("Yearly rate of discount"))
    rate = sheet.put(3, 1, 0 if discount is None else discount.rate, "input_rate")
    sheet.put(4, 0, _("Payments count later by (years)"))
    shift = sheet.put(4, 1, float(discount_shift(programme)), "input")
    if discount is not None:
        sheet.across(4, TIMINGS[discount.timing], "note", first=2)
    heads = (
        _("stage"), _("begins (year)"), _("ends (year)"), _("cost"), _("probability of passing"),
        _("probability of being reached"), _("what must be shown"),
    )  # fmt: skip
    sheet.row(_STAGE_HEAD, heads, "heading")
    amounts: dict[str, str] = {}
    reached: list[str] = []
    success: list[str] = []
    chance = 1.0
    for place, stage in enumerate(line.stages):
        row = _STAGE_HEAD + 1 + place
        sheet.put(row, 0, stage_name(programme, stage.id), "words")
        sheet.put(row, 1, round(float(line.starts[place]), 6), "factor")
        sheet.put(row, 2, round(float(line.ends[place]), 6), "factor")
        amounts[f"{stage.id}.cost"] = sheet.put(row, 3, round_money(stage.cost.mean), "input_yuan")
        passing = float(value.plan.successes[place])
        success.append(sheet.put(row, 4, passing if value.valued else None, "input_rate"))
        before = 1 if place == 0 else Formula(f"{reached[-1]}*{success[-2]}", chance)
        reached.append(sheet.put(row, 5, before if value.valued else None, "rate"))
        chance *= passing
        sheet.put(row, 6, stage.shows, "words")
    last = _STAGE_HEAD + 1 + len(line.stages)
    sheet.put(last, 0, _("every stage passed"), "total")
    through = Formula(f"{reached[-1]}*{success[-1]}", chance) if value.valued else None
    reached.append(sheet.put(last, 5, through, "rate"))
    row = last + 2
    if programme.income:
        sheet.row(row, (_("income"), _("year"), None, _("amount")), "heading")
    for index, one in enumerate(programme.income, start=1):
        sheet.put(row + index, 0, one.title or one.id or str(index), "words")
        name = f"income.{one.id or index}"
        when = next(flow.when.years for flow in value.plan.flows if flow.figure == name)
        sheet.put(row + index, 1, round(float(when), 6), "factor")
        amounts[name] = sheet.put(row + index, 3, round_money(one.amount.mean), "input_yuan")
    sheet.across(row + len(programme.income) + 2, _spread_note(), "note")
    return Inputs(rate, shift, amounts, tuple(reached), tuple(success))


def _calendar_sheet(book: Book, value: Valuation, inputs: Inputs, footer: str) -> tuple[Sheet, range]:
    outcomes = len(value.plan.line.stages) + 1
    widths = [*_WIDTHS, *([8] * outcomes)]
    sheet = book.sheet("日历 Calendar", widths, heading=_CALENDAR_HEAD, footer=footer, repeated=3)
    sheet.across(0, _("Calendar of payments"), "title")
    heads: list[Message | Text | str] = [
        _("date"), _("year"), _("payment"), _("paid by"), _("paid to"), _("amount"), _("condition"),
        _("probability"), _("discount factor"), _("sign, costs and income"), _("sign, everything"),
        _("expected present value"), _("month"), _("flow in success"),
    ]  # fmt: skip
    heads += [str(place + 1) for place in range(outcomes - 1)] + [_("passed")]
    sheet.row(_CALENDAR_HEAD, heads, "heading")
    start = _CALENDAR_HEAD + 1
    for row, flow in enumerate(value.plan.flows, start=start):
        _payment(sheet, row, value, inputs, flow)
    return sheet, range(start, start + len(value.plan.flows))


def _payment(sheet: Sheet, row: int, value: Valuation, inputs: Inputs, flow: Flow) -> None:
    years = value.years(flow)
    sheet.put(row, 0, value.day(flow), "date")
    year = sheet.put(row, 1, float(years), "factor")
    sheet.put(row, 2, KINDS[flow.kind], "words")
    sheet.put(row, 3, party_name(flow.payer), "words")
    sheet.put(row, 4, party_name(flow.payee), "words")
    paid = round_money(flow.amount)
    linked = inputs.amounts.get(flow.figure or "")
    style: Style = "yuan" if linked else "input_yuan" if flow.kind == "grant" else "written_yuan"
    amount = sheet.put(row, 5, Formula(linked, paid) if linked else paid, style)
    sheet.put(row, 6, condition_words(value.programme, flow.when.condition), "words")
    chance = value.plan.probability(flow.when.outcomes)
    likely = sheet.put(
        row,
        7,
        None if chance is None or not value.valued else _chance(inputs, flow.when.outcomes, float(chance)),
        "rate",
    )
    discounting = factor(value.programme, years)
    by = sheet.put(row, 8, Formula(f"(1+{inputs.rate})^-({year}+{inputs.shift})", discounting), "factor")
    plain = 0 if flow.supports else value.sign(flow)
    costs_and_income = sheet.put(row, 9, plain, "number")
    sign = sheet.put(row, 10, value.sign(flow), "number")
    if value.valued and chance is not None:
        worth = float(paid) * float(chance) * discounting * value.sign(flow)
        sheet.put(row, 11, Formula(f"{amount}*{likely}*{by}*{sign}", worth), "yuan")
    sheet.put(row, 12, Formula(f"ROUND({year}*12,6)", round(float(years) * 12, 6)), "number")
    for outcome, there in enumerate(flow.when.outcomes):
        made = sheet.put(row, _FIXED + outcome, int(there), "number")
    in_success = float(paid) * plain * flow.when.outcomes[-1]
    sheet.put(row, 13, Formula(f"{amount}*{costs_and_income}*{made}", in_success), "yuan")


def _chance(inputs: Inputs, outcomes: Outcomes, chance: float) -> Formula | int:
    """Return how likely a payment is: made from a stage on, or where one stage fails."""
    if all(outcomes):
        return 1
    first = outcomes.index(True)
    if all(outcomes[first:]):
        return Formula(inputs.reached[first], chance)
    return Formula(f"{inputs.reached[first]}*(1-{inputs.success[first]})", chance)


def _outcome_cells(  # noqa: PLR0917 one sheet after the other, each builds on those before
    book: Book, value: Valuation, inputs: Inputs, calendar: Sheet, rows: range, footer: str
) -> tuple[str, str]:
    """Write the outcomes; return the addresses of their probabilities and values as ranges."""
    sheet = book.sheet("结局 Outcomes", [40, 16, 24, 24], heading=2, landscape=False, footer=footer)
    sheet.across(0, _("Where it ends"), "title")
    heads = (_("outcome"), _("probability"), _("net present value"), _("with grants, deposits and loans"))
    sheet.row(2, heads, "heading")
    for place, one in enumerate(value.outcomes):
        name = (
            _("every stage passed") if one.ends_at == "success" else stage_name(value.programme, one.ends_at)
        )
        sheet.put(3 + place, 0, name, "words")
        last = place == len(value.outcomes) - 1
        likely = inputs.reached[place] if last else f"{inputs.reached[place]}*(1-{inputs.success[place]})"
        sheet.put(3 + place, 1, Formula(likely, one.probability), "rate")
        for column, sign, support in ((2, 9, False), (3, 10, True)):
            if value.supported or not support:
                npv = sum(_worth(value, flow) for flow in made_in(value, place, support=support))
                spans = (5, 8, sign, outcome_column(value, place))
                product = ",".join(calendar.span(span, rows[0], rows[-1]) for span in spans)
                sheet.put(3 + place, column, Formula(f"SUMPRODUCT({product})", npv), "yuan")
    end = 2 + len(value.outcomes)
    return sheet.span(1, 3, end), sheet.span(2, 3, end)


def _results(  # noqa: PLR0917 the same
    sheet: Sheet,
    value: Valuation,
    calendar: Sheet,
    rows: range,
    outcomes: tuple[str, str] | None,
    months: Mapping[str, Cash],
) -> None:
    programme = value.programme
    sheet.across(0, programme.title, "title")
    sheet.across(1, _source(value), "note")
    sheet.row(3, (_("measure"), _("amount or figure"), _("how it is worked out")), "heading")
    lines: list[tuple[Message, Cash, str, Message]] = []
    if outcomes is not None and rows:
        spans = {place: calendar.span(place, rows[0], rows[-1]) for place in (5, 7, 8, 9, 11)}
        chances, npvs = outcomes
        plain = f"SUMPRODUCT({spans[5]},{spans[7]},{spans[8]},{spans[9]})"
        bare, whole = _expected(value, support=False), _expected(value, support=True)
        lines += [
            (_("Risk-adjusted value (rNPV)"), Formula(plain, bare), "yuan",
             _("costs and income, each times its probability and its discount factor")),
            (_("The same by outcomes"), Formula(f"SUMPRODUCT({chances},{npvs})", bare), "yuan",
             _("each outcome's value times its probability; equals the figure above")),
        ]  # fmt: skip
        if value.supported:
            lines.append(
                (_("The same with grants, deposits and loans"),
                 Formula(f"SUM({spans[11]})", whole), "yuan",
                 _("all payments, for all parties but those that give or lend"))
            )  # fmt: skip
        if value.option is not None:
            lines.append(
                (_("Value with the option to stop"), f"{value.option[0]:,.2f}", "written",
                 _("written as a value: it is decided stage by stage from the end"))
            )  # fmt: skip
    lines += [
        (_("Yearly rate of return if every stage is passed"), months["rate"], "rate",
         _("from the monthly rate of the flows: (1 + monthly rate) to the 12th, less 1")),
        (_("Months until paid back"), months["payback"], "number",
         _("the first month in which the running total is no longer below 0")),
        (_("Peak funding need"), months["need"], "yuan",
         _("the lowest running total of costs and income where every stage is passed")),
    ]  # fmt: skip
    for row, (label, found, style, how) in enumerate(lines, start=4):
        sheet.put(row, 0, label, "words")
        sheet.put(row, 1, found, "written" if isinstance(found, (Message, str)) else style)  # type: ignore[arg-type]  # names of styles
        sheet.put(row, 2, how, "words")


def made_in(value: Valuation, outcome: int, *, support: bool) -> Iterator[Flow]:
    """Yield the payments that are made in an outcome."""
    for flow in value.plan.flows:
        if flow.when.outcomes[outcome] and (support or not flow.supports):
            yield flow


def _worth(value: Valuation, flow: Flow) -> float:
    """Return what a payment is worth as the calendar states it: its amount in whole fen."""
    return value.sign(flow) * float(round_money(flow.amount)) * value.factors[value.years(flow)]


def _expected(value: Valuation, *, support: bool) -> float:
    return sum(
        one.probability * _worth(value, flow)
        for place, one in enumerate(value.outcomes)
        for flow in made_in(value, place, support=support)
    )


def _source(value: Valuation) -> Message:
    programme = value.programme
    return _(
        "Source: {document}; {id}, version {version}",
        document=programme.source.document,
        id=programme.id,
        version=programme.version,
    )


def _spread_note() -> Message:
    return _(
        "Yellow cells may be changed; what is spread stands at its mean. Grey cells are written values: "
        "clawbacks, deposits and the months of a loan do not follow changes here."
    )
