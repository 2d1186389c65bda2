"""``poc-eval content-validity``: whether experts find each criterion relevant, before a sheet opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, page_option, write_page
from poc_eval.commands.table import aligned
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.scoring.rubric_validity import RubricValidity


def arguments(parser: Parser) -> None:
    """Take the ratings, the rubric, the page to write, ``--json`` and ``--lang``."""
    parser.option(
        "ratings",
        metavar="RATINGS.csv",
        help=_("a row for each criterion, a column for each expert, ratings from 1 to 4; or XLSX"),
    )
    parser.option(
        "--rubric", metavar="ID|FILE", help=_("the score sheet: every one of its criteria must be rated")
    )
    page_option(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Print each item's I-CVI and modified kappa; and what to mend first."""
    # The command line starts without these.
    from poc_eval.scoring.rubric import Rubric  # noqa: PLC0415
    from poc_eval.scoring.rubric_validity import RatedItems, rubric_validity  # noqa: PLC0415
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415
    from poc_eval.views.rubric_validity import validity_page  # noqa: PLC0415

    rubric = None if call.rubric is None else Rubric.load(call.rubric)
    try:
        table = read_table(Path(call.ratings))
    except OSError as error:
        raise InputError(system_fault(error)) from error
    items, cells = tuple(row[0] for row in table.rows), tuple(row[1:] for row in table.rows)
    rated = RatedItems(items, table.columns[1:], cells, table.name, table.lines)
    found = rubric_validity(rated, rubric)
    write_page(call.output, lambda: validity_page(found, terminal.lang))
    if call.json:
        terminal.document(found.to_dict())
    else:
        _print(found, terminal)
    return 0


def _print(found: RubricValidity, terminal: Terminal) -> None:
    from poc_eval.scoring.rubric_validity import GRADES  # noqa: PLC0415

    lang = terminal.lang
    follows = {True: _("keep"), False: _("reword or drop"), None: _("ask more experts")}
    heading = (
        _("criterion"),
        _("call it relevant"),
        _("I-CVI"),
        _("modified kappa"),
        _("kappa in words"),
        _("what follows"),
    )
    rows = [
        (
            one.item,
            f"{one.relevant} / {one.experts}",
            f"{one.i_cvi:.2f}",
            f"{one.modified_kappa:.2f}",
            GRADES[one.grade].text(lang),
            follows[one.keeps].text(lang),
        )
        for one in found.items
    ]
    for line in aligned([tuple(cell.text(lang) for cell in heading), *rows]):
        terminal.say(line)
    terminal.say(f"S-CVI/Ave {found.average:.2f}  S-CVI/UA {found.universal:.2f}")
    terminal.say(found.verdict.text(lang))
