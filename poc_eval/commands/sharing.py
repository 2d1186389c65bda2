"""``poc-eval sharing``: who gets what of a transfer's income, by a sharing rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.finance.sharing import Part, Sharing
    from poc_eval.i18n import Language


def arguments(parser: Parser) -> None:
    """Take the rule, the amount, what the case states, ``-o``, ``--json`` and ``--lang``."""
    parser.option("rule", metavar="RULE", help=_("a sharing rule by id, or its file"))
    parser.option(
        "received", metavar="AMOUNT", help=_("the income received, the value of shares, or operating profit")
    )
    ways = ("transfer", "licence", "contribution_in_kind", "own_use")
    parser.option(
        "--way",
        choices=ways,
        default="transfer",
        metavar="WAY",
        help=_("the way of transfer: {ways}", ways=", ".join(ways)),
    )
    parser.option(
        "--cost",
        metavar="ID=AMOUNT",
        action="append",
        default=[],
        help=_("a cost that the rule takes away; may be given again"),
    )
    parser.option(
        "--choose",
        metavar="PARTY=SHARE",
        action="append",
        default=[],
        help=_("the share agreed for a party where the rule leaves a range; may be given again"),
    )
    parser.option("--post", metavar="POST", help=_("the highest post among those rewarded"))
    parser.option("-o", "--output", metavar="FILE", help=_("also write a workbook (XLSX) with live formulas"))
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Divide the amount; say every fault and then nothing else."""
    # The command line starts without these.
    from poc_eval.finance.sharing import share_income  # noqa: PLC0415
    from poc_eval.finance.sharing_document import document  # noqa: PLC0415

    shared = share_income(
        call.rule,
        call.received,
        way=call.way,
        costs=_named(call.cost, "--cost") or None,
        chosen=_named(call.choose, "--choose") or None,
        post=call.post,
    )
    if call.output is not None:
        _save(shared, Path(call.output))
    if call.json:
        terminal.document(document(shared))
        return 0
    terminal.say(shared.rule.title)
    for line in aligned(list(_rows(shared, terminal.lang))):
        terminal.say(line)
    for ambiguity, other in shared.others:
        terminal.say(
            _("Read otherwise: {question} {taken}", question=ambiguity.question, taken=ambiguity.other_taken)
        )
        for line in aligned(list(_parts(other.parts, 0, terminal.lang))):
            terminal.say(line)
    terminal.say(shared.least.says)
    if shared.approvals:
        terminal.say(
            _("Approval: {steps}", steps=" → ".join(one.text(terminal.lang) for one in shared.approvals))
        )
    for note in shared.notes:
        terminal.note(note)
    return 0


def _named(given: Sequence[str], option: str) -> dict[str, str]:
    """Return ``name=value`` pairs; raises InputError with each that is none or given twice."""
    found: dict[str, str] = {}
    faults = []
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or name in found:
            what = _('"{text}" does not fit here', text=text[:60])
            faults.append(Fault(what, _("write each name once, as team=95%"), place=option))
        found[name] = value
    if faults:
        raise InputError(*faults)
    return found


def _save(shared: Sharing, path: Path) -> None:
    # The command line starts without these.
    from poc_eval.finance.sharing_people import Division  # noqa: PLC0415
    from poc_eval.spreadsheet.sharing_workbook import sharing_workbook  # noqa: PLC0415

    sharing_workbook(Division(shared)).save(path)


def _rows(shared: Sharing, lang: Language) -> Iterator[tuple[str, ...]]:
    yield _("Income received").text(lang), "", f"{shared.received:,.2f}"
    for one in shared.deductions:
        yield _("less: {title}", title=one.title).text(lang), "", f"{-one.amount:,.2f}"
    yield _("Base of the division").text(lang), "", f"{shared.base:,.2f}"
    yield from _parts(shared.parts, 1, lang)


def _parts(parts: Sequence[Part], depth: int, lang: Language) -> Iterator[tuple[str, ...]]:
    for part in parts:
        percent = f"{float(part.share * 100):.4f}".rstrip("0").rstrip(".")
        yield "  " * depth + part.title.text(lang), f"{percent}%", f"{part.amount:,.2f}"
        yield from _parts(part.inside, depth + 1, lang)
