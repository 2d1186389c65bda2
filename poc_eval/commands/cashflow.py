"""``poc-eval cashflow``: a milestone programme's value, risk and payment calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.finance.programme.value import Valuation
    from poc_eval.i18n import Language, Translatable


def arguments(parser: Parser) -> None:
    """Take the programme and the options."""
    parser.option("programme", metavar="PROGRAMME", help=_("a programme by id, or a file"))
    parser.option("--simulate", metavar="N", help=_("simulate N paths, or give the exact distribution"))
    parser.option("--seed", metavar="S", default="0", help=_("the seed of the simulation; 0 without it"))
    parser.option("--sensitivity", action="store_true", help=_("say what the value hangs on"))
    parser.option(
        "-o", dest="workbook", metavar="FILE.xlsx", help=_("write a workbook with live formulas too")
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Value the programme and print its figures, outcomes, parties and calendar."""
    # The command line starts without these.
    from poc_eval.commands.cashflow_risk import risk_of, say_risk  # noqa: PLC0415
    from poc_eval.finance.programme.document import document  # noqa: PLC0415
    from poc_eval.finance.programme.model import Programme  # noqa: PLC0415

    value = Programme.load(call.programme).value()
    risk = risk_of(value, call.simulate, call.seed, sensitivity=call.sensitivity)
    for message in _notes(value):
        terminal.note(message)
    if call.workbook is not None:
        _write(value, call.workbook, terminal)
    if call.json:
        terminal.document(document(value) | risk.document())
        return 0
    _show(value, terminal)
    say_risk(risk, terminal)
    return 0


def _write(value: Valuation, file: str, terminal: Terminal) -> None:
    from poc_eval.spreadsheet.programme_book import programme_book  # noqa: PLC0415 the same

    if not file.lower().endswith(".xlsx"):
        raise InputError(Fault(_("{file} is not the name of a workbook", file=file), _("end it with .xlsx")))
    programme_book(value).save(Path(file))
    terminal.note(_("written: {file}", file=file))


def _notes(value: Valuation) -> Iterator[Message]:
    from poc_eval.finance.programme.granted import granted  # noqa: PLC0415 the same
    from poc_eval.finance.subsidy_words import REASON_WORDS  # noqa: PLC0415 the same

    for grant in value.programme.grants:
        found = granted(value.programme, grant)
        if found.payout is not None and not found.payout.amount:
            yield _(
                'the grant "{id}" comes to nothing by its policy {policy}: {reason}',
                id=grant.id,
                policy=found.payout.policy,
                reason=REASON_WORDS[found.payout.reason],
            )
        elif found.amount < found.entitled:
            yield _('the grant "{id}" is less than it could be: own funds fall short', id=grant.id)


def _show(value: Valuation, terminal: Terminal) -> None:
    from poc_eval.finance.programme.words import TIMINGS  # noqa: PLC0415 the same

    programme, discount = value.programme, value.programme.discount
    terminal.say(f"{programme.title.text(terminal.lang)} ({programme.id}@{programme.version})")
    if discount is not None:
        rate = f"{(discount.rate * 100).normalize():f}%"
        terminal.say(_("Discounted at {rate} a year; {timing}.", rate=rate, timing=TIMINGS[discount.timing]))
    for line in aligned([tuple(_text(one, terminal.lang) for one in row) for row in _figures(value)]):
        terminal.say(line)
    for title, rows in (
        (_("Where it ends"), _outcomes(value)),
        (_("Each party's view"), _parties(value)),
        (_("Payments"), _calendar(value)),
    ):
        listed = [tuple(_text(one, terminal.lang) for one in row) for row in rows]
        if len(listed) > 1:
            terminal.say("")
            terminal.say(title)
            for line in aligned(listed):
                terminal.say(line)


def _text(cell: Translatable | str, lang: Language) -> str:
    return cell if isinstance(cell, str) else cell.text(lang)


def _figures(value: Valuation) -> Iterator[tuple[Translatable | str, ...]]:
    from poc_eval.finance.programme.words import stage_name  # noqa: PLC0415 the same

    need = value.need
    if value.valued:
        yield _("Probability of success"), _percent(value.p_success)
        yield _("Risk-adjusted value (rNPV)"), _yuan(value.rnpv)
        if value.supported:
            yield _("The same with grants, deposits and loans"), _yuan(value.rnpv_with_grant)
        if value.option is not None:
            worth, stop = value.option
            yield _("Value with the option to stop"), _yuan(worth)
            if stop is not None:
                yield _("Going on is worth less than stopping before"), stage_name(value.programme, stop)
        yield _("Value if every stage is passed"), _yuan(value.npv_if_success)
        report = value.rate
        yield (
            _("Yearly rate of return if every stage is passed"),
            _percent(report.rate) if report.reason is None else report.reason,
        )
    else:
        yield _("Value of the programme"), _("not defined, because the stages have no probabilities")
    if value.programme.income:
        months = value.payback_months
        yield (
            _("Paid back after"),
            _("it is not paid back") if months is None else _("{months} months", months=months),
        )
    yield _("Peak funding need"), _("{amount} yuan on {day}", amount=f"{need.amount:,.2f}", day=need.day)
    with_grant = value.need_with_grant
    if with_grant is not None:
        yield (
            _("Peak funding need with grants, deposits and loans"),
            _("{amount} yuan on {day}", amount=f"{with_grant.amount:,.2f}", day=with_grant.day),
        )


def _outcomes(value: Valuation) -> Iterator[tuple[Translatable | str, ...]]:
    from poc_eval.finance.programme.words import ending_words  # noqa: PLC0415 the same

    yield _("outcome"), _("probability"), _("net present value")
    for one in value.outcomes:
        yield ending_words(value.programme, one.ends_at), _percent(one.probability), _yuan(one.npv)


def _parties(value: Valuation) -> Iterator[tuple[Translatable | str, ...]]:
    from poc_eval.finance.programme.words import party_name  # noqa: PLC0415 the same

    yield _("party"), _("expected value"), _("value if every stage is passed"), _("peak funding need")
    for name, one in value.parties.items():
        yield party_name(name), _yuan(one.npv), _yuan(one.npv_if_success), f"{one.need.amount:,.2f}"


def _calendar(value: Valuation) -> Iterator[tuple[Translatable | str, ...]]:
    """Yield the payments; those of a loan year by year."""
    from poc_eval.finance.programme.calendar import calendar_rows  # noqa: PLC0415 the same
    from poc_eval.finance.programme.words import KINDS, condition_words, party_name  # noqa: PLC0415 the same

    yield _("date"), _("payment"), _("paid by"), _("paid to"), _("amount"), _("probability"), _("condition")
    for row in calendar_rows(value):
        yield (
            row.when,
            KINDS[row.kind],
            party_name(row.payer),
            party_name(row.payee),
            f"{row.amount:,.2f}",
            _percent(row.probability),
            condition_words(value.programme, row.condition),
        )


def _yuan(amount: float | None) -> str:
    return "–" if amount is None else f"{amount:,.2f}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
