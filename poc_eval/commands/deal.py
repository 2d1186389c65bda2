"""``poc-eval deal``: structures of a licence or transfer side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.finance.licence_comparison import Comparison
    from poc_eval.i18n import Language, Message


def arguments(parser: Parser) -> None:
    """Take the deal, ``-o``, ``--json`` and ``--lang``."""
    parser.option("deal", metavar="DEAL", help=_("a deal by id, or its file"))
    parser.option(
        "-o",
        "--output",
        metavar="FILE",
        help=_("also write a workbook (XLSX) with live formulas"),
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Work the deal out; say every fault of the file and then nothing else."""
    # The command line starts without these.
    from poc_eval.finance.licence import Deal  # noqa: PLC0415
    from poc_eval.finance.licence_words import WAYS  # noqa: PLC0415

    comparison = Deal.load(call.deal).compare()
    if call.output is not None:
        _save(comparison, Path(call.output))
    if call.json:
        terminal.document(comparison.to_dict())
        return 0
    deal = comparison.deal
    terminal.say(deal.title)
    terminal.say(_("Present values in yuan at {rate}% a year", rate=f"{float(deal.discount.rate * 100):g}"))
    for line in aligned(list(_rows(comparison, terminal.lang))):
        terminal.say(line)
    if comparison.price is not None:
        found = comparison.price
        terminal.say(_("Price {way}: {price}", way=WAYS[found.by], price=found.says))
    for message in _reasons(comparison):
        terminal.note(message)
    for one in comparison.warnings:
        where = (
            "" if one.structure is None else f"{deal.structure_title(one.structure).text(terminal.lang)}: "
        )
        terminal.note(
            _(
                "to consider: {where}{text} ({document})",
                where=where,
                text=one.text,
                document=one.source.document,
            )
        )
    return 0


def _save(comparison: Comparison, path: Path) -> None:
    from poc_eval.spreadsheet.deal_workbook import deal_workbook  # noqa: PLC0415 the same

    deal_workbook(comparison).save(path)


def _rows(comparison: Comparison, lang: Language) -> Iterator[tuple[str, ...]]:
    head = (_("structure"), _("licensor"), _("licensee"), _("royalty that equals the first"))
    yield tuple(word.text(lang) for word in head)
    for one in comparison.structures:
        yield (
            one.title.text(lang),
            f"{one.licensor_npv:,.2f}",
            "–" if one.licensee_npv is None else f"{one.licensee_npv:,.2f}",
            "–" if one.breakeven_royalty is None else f"{one.breakeven_royalty * 100:.4f}%",
        )


def _reasons(comparison: Comparison) -> Iterator[Message]:
    """Yield why a figure is not there, once for all structures where it is the same."""
    if comparison.structures[0].no_licensee is not None:
        yield _("licensee: not defined, because {reason}", reason=comparison.structures[0].no_licensee)
    for one in comparison.structures[1:]:
        if one.no_breakeven is not None:
            yield _(
                "{title}, royalty: not defined, because {reason}", title=one.title, reason=one.no_breakeven
            )
