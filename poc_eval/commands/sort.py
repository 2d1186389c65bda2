"""``poc-eval sort``: thousands of measured results into promote, abandon or transfer, and unclear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Language
    from poc_eval.scoring.sorted_results import SortedResults

_SHOWN: Final = 20
_WRITTEN: Final = (".xlsx", ".html")


def arguments(parser: Parser) -> None:
    """Take the results, the rule, the files to write, ``--json`` and ``--lang``."""
    parser.option(
        "results",
        metavar="RESULTS.csv",
        help=_("one row a result, one column a figure of the rule; or XLSX"),
    )
    parser.option(
        "--by",
        metavar="ID|FILE",
        required=True,
        help=_("the sorting rule, by id or by file; those that come with the program: {ids}", ids=_ids()),
    )
    parser.option(
        "-o", "--output", metavar="FILE", help=_("write all results to FILE.xlsx, or to FILE.html to print")
    )
    parser.option(
        "--panel",
        metavar="FILE.xlsx",
        help=_("write the unclear results as a table of projects, to be imported for a panel"),
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Sort, write what was asked for, and print how many are where and which are unclear."""
    # The command line starts without these.
    from poc_eval.scoring.sorted_results import sort_by_rule  # noqa: PLC0415
    from poc_eval.scoring.sorting_rule import SortingRule  # noqa: PLC0415
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415

    target = _target(call.output)
    rule = SortingRule.load(call.by)
    try:
        table = read_table(Path(call.results))
    except OSError as error:
        raise InputError(system_fault(error)) from error
    found = sort_by_rule(rule, table.frame(), name=call.results, lines=table.lines)
    try:
        _write(found, target, call.panel, terminal.lang)
    except OSError as error:
        raise InputError(system_fault(error)) from error
    if call.json:
        terminal.document(found.to_dict())
    else:
        _print(found, terminal)
    return 0


def _ids() -> str:
    return "human-machine-valuation, patent-five-dimensions, ip-project-grades"


def _target(output: str | None) -> Path | None:
    if output is None:
        return None
    target = Path(output)
    if target.suffix.lower() not in _WRITTEN:
        raise InputError(
            Fault(
                _("{file} is neither a workbook nor a page", file=output),
                _("end its name with {suffixes}", suffixes=" / ".join(_WRITTEN)),
                place="-o",
            )
        )
    return target


def _write(found: SortedResults, target: Path | None, panel: str | None, lang: Language) -> None:
    if target is not None and target.suffix.lower() == ".xlsx":
        from poc_eval.spreadsheet.sorting_book import sorting_book  # noqa: PLC0415

        sorting_book(found, lang).save(target)
    elif target is not None:
        from poc_eval.views.sorting import sorting_page  # noqa: PLC0415

        target.write_text(sorting_page(found, lang), encoding="utf-8")
    if panel is not None:
        from poc_eval.spreadsheet.sorting_book import unclear_projects  # noqa: PLC0415

        unclear_projects(found).save(Path(panel))


def _print(found: SortedResults, terminal: Terminal) -> None:
    from poc_eval.scoring.sorted_results import HEAP_TITLES  # noqa: PLC0415

    lang = terminal.lang
    rows = [(_("heap").text(lang), _("results").text(lang))]
    rows += [(HEAP_TITLES[heap].text(lang), str(count)) for heap, count in found.counts.items()]
    rows += [(one.title.text(lang), str(found.grade_counts[one.id])) for one in found.rule.grades]
    for line in aligned(rows):
        terminal.say(line)
    unclear = found.heap("unclear")
    if len(unclear):
        terminal.say("")
        terminal.say(_("unclear, the highest value first:"))
    shown = [
        (str(row.result), str(row.title), f"{row.low:.2f}–{row.high:.2f}", f"{row.measured:.0%}")
        for row in unclear.head(_SHOWN).itertuples()
    ]
    heading = (_("result"), _("title"), _("value from – to"), _("measured"))
    for line in aligned([tuple(cell.text(lang) for cell in heading), *shown] if shown else []):
        terminal.say(line)
    if len(unclear) > _SHOWN:
        terminal.note(_("{count} more are unclear; -o writes all of them", count=len(unclear) - _SHOWN))
    terminal.note(_("A first valuation by figures alone: people check it, and the unclear go to a panel."))
