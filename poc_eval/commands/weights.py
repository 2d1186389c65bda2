"""``poc-eval weights``: weights of criteria from judgements in pairs, or from how figures spread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Message
    from poc_eval.scoring.weighting import AnalyticHierarchy
    from poc_eval.spreadsheet.reading import Table

_METHODS: Final = ("ahp", "entropy", "critic")
_DECIMALS: Final = 4


def arguments(parser: Parser) -> None:
    """Take the tables, ``--method``, ``--json`` and ``--lang``."""
    parser.option(
        "tables",
        metavar="FILE",
        nargs="+",
        help=_("ahp: a square table of judgements for each person; else one table of projects by criteria"),
    )
    parser.option(
        "--method",
        choices=_METHODS,
        default="ahp",
        help=_("ahp: from judgements in pairs; entropy or critic: from how the figures spread"),
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Print the weights and, for judgements, how consistent everybody is and what to judge again first."""
    # The command line starts without these.
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415

    try:
        tables = [read_table(Path(file)) for file in call.tables]
    except OSError as error:
        raise InputError(system_fault(error)) from error
    if call.method == "ahp":
        _judged(tables, call, terminal)
    else:
        _spread(tables, call, terminal)
    terminal.note(_("Advice: weights come into force only with a new version of the score sheet."))
    return 0


def _judged(tables: Sequence[Table], call: Namespace, terminal: Terminal) -> None:
    from poc_eval.scoring.weighting import aggregate_judgements, ahp  # noqa: PLC0415

    names = _criteria(tables)
    people = [_of_file(table) for table in tables]
    group = people[0] if len(people) == 1 else ahp(aggregate_judgements([_cells(one) for one in tables]))
    if call.json:
        found = {"method": "ahp", **_document(names, group)}
        found["people"] = [
            {"file": table.name, **_document(names, one)} for table, one in zip(tables, people, strict=True)
        ]
        terminal.document(found)
        return
    _print(names, group.weights.tolist(), terminal)
    for table, one in zip(tables, people, strict=True):
        terminal.say(f"{table.name}: {_consistency(names, one).text(terminal.lang)}")
    if len(people) > 1:
        terminal.say(_("all together: {said}", said=_consistency(names, group)))


def _consistency(names: Sequence[str], found: AnalyticHierarchy) -> Message:
    if found.consistent or found.mend is None:
        return _("consistent, CR {cr}", cr=f"{found.cr:.3f}")
    mend = found.mend
    return _(
        "not consistent, CR {cr} is above 0.10; judge {first} against {second} again first: {given} stands "
        "there, the other judgements come to {implied}",
        cr=f"{found.cr:.3f}",
        first=names[mend.row],
        second=names[mend.column],
        given=f"{mend.given:.3g}",
        implied=f"{mend.implied:.2g}",
    )


def _document(names: Sequence[str], found: AnalyticHierarchy) -> dict[str, Any]:
    mend = found.mend
    return {
        "weights": {name: round(float(weight), 6) for name, weight in zip(names, found.weights, strict=True)},
        "lambda_max": round(found.lambda_max, 6),
        "ci": round(found.ci, 6),
        "cr": round(found.cr, 6),
        "consistent": bool(found.consistent),
        "mend_first": None
        if found.consistent or mend is None
        else {
            "row": names[mend.row],
            "column": names[mend.column],
            "given": mend.given,
            "implied": round(mend.implied, 6),
        },
    }


def _criteria(tables: Sequence[Table]) -> list[str]:
    """Return the criteria; raises InputError where a table's rows and columns name others."""
    names = list(tables[0].columns[1:])
    faults = [
        Fault(
            _("rows and columns do not name the same criteria in the same order"),
            _("write the same criteria in the first row and in the first column, in every file"),
            file=table.name,
            line=table.heading_line,
        )
        for table in tables
        if list(table.columns[1:]) != names or [row[0] for row in table.rows] != names
    ]
    if faults:
        raise InputError(*faults)
    return names


def _cells(table: Table) -> list[tuple[str, ...]]:
    return [row[1:] for row in table.rows]


def _of_file(table: Table) -> AnalyticHierarchy:
    from poc_eval.scoring.weighting import ahp  # noqa: PLC0415

    try:
        return ahp(_cells(table))
    except PocEvalError as error:
        raise _in_file(table, error) from None


def _in_file(table: Table, error: PocEvalError) -> InputError:
    return InputError(*(Fault(one.what, one.remedy, file=table.name) for one in error.faults))


def _spread(tables: Sequence[Table], call: Namespace, terminal: Terminal) -> None:
    from poc_eval.scoring.weighting import critic_weights, entropy_weights  # noqa: PLC0415

    if len(tables) > 1:
        raise InputError(
            Fault(
                _("{count} tables are given", count=len(tables)),
                _("give one table of projects by criteria"),
            )
        )
    names = list(tables[0].columns[1:])
    work_out = entropy_weights if call.method == "entropy" else critic_weights
    try:
        weights = work_out(_cells(tables[0]))
    except PocEvalError as error:
        raise _in_file(tables[0], error) from None
    if call.json:
        found = {name: round(float(one), 6) for name, one in zip(names, weights, strict=True)}
        terminal.document({"method": call.method, "weights": found})
        return
    _print(names, weights.tolist(), terminal)


def _print(names: Sequence[str], weights: Sequence[float], terminal: Terminal) -> None:
    rows = [(_("criterion").text(terminal.lang), _("weight").text(terminal.lang))]
    rows += [(name, f"{weight:.{_DECIMALS}f}") for name, weight in zip(names, weights, strict=True)]
    for line in aligned(rows):
        terminal.say(line)
