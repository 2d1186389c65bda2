"""``poc-eval delphi``: rounds of anonymous scoring, fed back, compared, and stopped by a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, page_option, write_page
from poc_eval.commands.table import aligned
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Language
    from poc_eval.scoring.delphi_rounds import DelphiResult, ItemRound


def arguments(parser: Parser) -> None:
    """Take the rounds, the stop rule, the page to write, ``--json`` and ``--lang``."""
    parser.option(
        "rounds",
        metavar="ROUNDS.csv",
        help=_("round, item, reviewer, score and, where there, reason: one row a score; or XLSX"),
    )
    parser.option(
        "--scale", type=float, nargs=2, metavar=("LOW", "HIGH"), help=_("refuse scores outside of these two")
    )
    parser.option(
        "--iqr", type=float, default=1.0, metavar="N", help=_("stop when no quartile range is wider; 1")
    )
    parser.option(
        "--cv", type=float, default=0.05, metavar="N", help=_("stop when no variation changes by more; 0.05")
    )
    parser.option(
        "--w", type=float, default=0.05, metavar="N", help=_("and Kendall's W by no more than this; 0.05")
    )
    parser.option("--most-rounds", type=int, default=4, metavar="N", help=_("stop after so many rounds; 4"))
    parser.option(
        "--with-names", action="store_true", help=_("show who changed what by name instead of by letter")
    )
    page_option(parser)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Print the feedback of the last round, who moved, and whether to go on."""
    # The command line starts without these.
    from poc_eval.scoring.delphi_rounds import stop_rule, work_out  # noqa: PLC0415
    from poc_eval.spreadsheet.delphi_rows import delphi_rows  # noqa: PLC0415
    from poc_eval.spreadsheet.headings import is_heading  # noqa: PLC0415
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415
    from poc_eval.views.delphi import delphi_page  # noqa: PLC0415

    rule = stop_rule(call.most_rounds, call.iqr, call.cv, call.w)
    try:
        table = read_table(Path(call.rounds), is_heading=is_heading)
    except OSError as error:
        raise InputError(system_fault(error)) from error
    found = work_out(delphi_rows(table, _scale(call)), rule)
    write_page(call.output, lambda: delphi_page(found, terminal.lang, with_names=call.with_names))
    if call.json:
        terminal.document(found.to_dict(with_names=call.with_names))
    else:
        _print(found, call, terminal)
    return 0


def _scale(call: Namespace) -> tuple[float, float] | None:
    if call.scale is None:
        return None
    low, high = call.scale
    if not low < high:
        raise InputError(
            Fault(_("the scale does not rise"), _("give the lowest score, then the highest"), place="--scale")
        )
    return low, high


def _print(found: DelphiResult, call: Namespace, terminal: Terminal) -> None:
    lang = terminal.lang
    heading = (_("item"), _("median"), _("middle half"), _("experts"))
    for line in aligned(
        [tuple(cell.text(lang) for cell in heading), *(_row(one) for one in found.rounds[-1])]
    ):
        terminal.say(line)
    for line in _moves(found, lang, with_names=call.with_names):
        terminal.say(line)
    verdict = found.verdict
    if verdict is not None:
        end = _("Stop here: {reason}.", reason=verdict.reason)
        on = _("Go on: {reason}.", reason=verdict.reason)
        terminal.say((end if verdict.stop else on).text(lang))
    elif found.why_none is not None:
        terminal.say(found.why_none.text(lang))


def _row(one: ItemRound) -> tuple[str, ...]:
    seen = one.feedback
    return one.item, f"{seen.median:g}", f"{seen.low:g}–{seen.high:g}", str(seen.n)


def _moves(found: DelphiResult, lang: Language, *, with_names: bool) -> list[str]:
    letters = found.letters()
    return [
        _(
            "round {number}: {who} changed {item} from {before} to {after}",
            number=one.round,
            who=one.reviewer if with_names else letters[one.reviewer],
            item=one.item,
            before=f"{one.before:g}",
            after=f"{one.after:g}",
        ).text(lang)
        for one in found.moved
    ]
