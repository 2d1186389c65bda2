"""``poc-eval subsidy``: what each claim is paid, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.finance.subsidy import Settlement
    from poc_eval.i18n import Language, Message


def arguments(parser: Parser) -> None:
    """Take the policies, the claims, the known units, and what is to be written or printed."""
    parser.option("policies", metavar="POLICY", nargs="+", help=_("policies by id, or files"))
    parser.option("--claims", metavar="FILE", required=True, help=_("the claims, as CSV or XLSX"))
    parser.option(
        "--payees", metavar="FILE", help=_("the units that are known, as CSV or XLSX with a column payee")
    )
    parser.option(
        "-o",
        "--output",
        metavar="FILE.xlsx",
        help=_("write a workbook whose formulas can be followed and recomputed"),
    )
    parser.option("--explain", action="store_true", help=_("explain every claim step by step"))
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Work the claims out; say every fault of policies and claims, and then pay nothing."""
    # The command line starts without these.
    from poc_eval.finance.policy import Policy  # noqa: PLC0415
    from poc_eval.finance.subsidy import settle_claims  # noqa: PLC0415
    from poc_eval.finance.subsidy_document import document  # noqa: PLC0415
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415

    policies = [Policy.load(one) for one in call.policies]
    table = read_table(Path(call.claims))
    known = None if call.payees is None else _payees(Path(call.payees))
    settlement = settle_claims(policies, table.frame(), payees=known, file=table.name)
    for message in _outside(settlement):
        terminal.note(message)
    if call.output is not None:
        _write(Path(call.output), settlement, terminal)
    if call.json:
        terminal.document(document(settlement))
        return 0
    for line in aligned(list(_rows(settlement, terminal.lang))):
        terminal.say(line)
    terminal.say(_total(settlement))
    if call.explain:
        for row, one in enumerate(settlement.explanations()):
            working, inner = settlement.at(row)
            terminal.say(f"\n{settlement.claims.ids[working.part.rows[inner]]} · {working.policy.id}")
            for line in one.lines(terminal.lang):
                terminal.say(line)
    return 0


def _write(path: Path, settlement: Settlement, terminal: Terminal) -> None:
    """Write the workbook and say where."""
    from poc_eval.spreadsheet.payouts.book import payout_book  # noqa: PLC0415 few ask for it

    if path.suffix.lower() != ".xlsx":
        raise InputError(
            Fault(
                _('"{name}" is not the name of a workbook', name=path.name),
                _("let it end in .xlsx"),
                file=str(path),
            )
        )
    payout_book(settlement).save(path)
    terminal.note(_("The workbook is {path}.", path=path))


def _payees(path: Path) -> set[str]:
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415 the same

    table = read_table(path)
    if "payee" not in table.columns:
        raise InputError(
            Fault(_('the column "{column}" is missing', column="payee"), _("add it"), file=table.name)
        )
    column = table.columns.index("payee")
    return {row[column].strip() for row in table.rows}


def _outside(settlement: Settlement) -> Iterator[Message]:
    """Yield the claims that lie outside a rule's dates, with their lines."""
    from poc_eval.finance.subsidy_working import CODE  # noqa: PLC0415 the same

    for row in range(len(settlement.order)):
        working, inner = settlement.at(row)
        if int(working.reason[inner]) == CODE["not_in_force"]:
            place = int(working.part.rows[inner])
            yield _(
                "line {line}, period: the claim {id} is outside the dates of {policy} and is paid nothing",
                line=int(settlement.claims.lines[place]),
                id=settlement.claims.ids[place],
                policy=working.policy.id,
            )


def _rows(settlement: Settlement, lang: Language) -> Iterator[tuple[str, ...]]:
    from poc_eval.finance.subsidy_words import REASON_WORDS, yuan  # noqa: PLC0415 the same
    from poc_eval.finance.subsidy_working import NONE, REASONS  # noqa: PLC0415 the same

    head = (_("claim"), _("unit"), _("policy"), _("base"), _("uncapped"), _("payout"), _("reason"))
    yield tuple(word.text(lang) for word in head)
    for row in range(len(settlement.order)):
        working, inner = settlement.at(row)
        place = working.part.rows[inner]
        base = int(working.base[inner])
        yield (
            str(settlement.claims.ids[place]),
            str(settlement.claims.payees[place]),
            working.policy.id,
            "–" if base == NONE else yuan(base),
            yuan(int(working.uncapped[inner])),
            yuan(int(working.amount[inner])),
            REASON_WORDS[REASONS[working.reason[inner]]].text(lang),
        )


def _total(settlement: Settlement) -> Message:
    from poc_eval.finance.subsidy_words import yuan  # noqa: PLC0415 the same
    from poc_eval.money import format_money, from_fen  # noqa: PLC0415 the same

    return _(
        "Total: {amount} yuan ({capitals})",
        amount=yuan(settlement.total),
        capitals=format_money(from_fen(settlement.total), "capitals"),
    )
