"""``poc-eval panel``: a panel's scores to an official result, with advice beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import InputError, PocEvalError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.lottery import Lots
    from poc_eval.scoring.panel import Panel
    from poc_eval.scoring.panel_result import Figure, PanelResult, ProjectResult
    from poc_eval.scoring.rubric import Rubric

_SHARED = 3


def arguments(parser: Parser) -> None:
    """Take the scores, the rubric, the seeds, ``--json`` and ``--lang``."""
    parser.option(
        "scores",
        metavar="SCORES.csv",
        help=_("project, reviewer, criterion, score: one row a score; or XLSX"),
    )
    parser.option("--rubric", metavar="ID|FILE", required=True, help=_("the score sheet, by id or by file"))
    parser.option(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help=_("the seed of what is drawn at random; 0 without it"),
    )
    parser.option(
        "--draw-seed",
        metavar="TEXT",
        help=_("the seed of the draw, made public beforehand; only where the sheet's rule calls for a draw"),
    )
    parser.option(
        "--methods",
        action="store_true",
        help=_("show the projects under other methods of ranking as well; takes some seconds"),
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Print the result: a table for people, or the document for programs."""
    # The command line starts without these.
    from poc_eval.scoring.panel import Panel  # noqa: PLC0415
    from poc_eval.scoring.rubric import Rubric  # noqa: PLC0415
    from poc_eval.spreadsheet.reading import read_table  # noqa: PLC0415

    rubric = Rubric.load(call.rubric)
    try:
        table = read_table(Path(call.scores))
    except OSError as error:
        raise InputError(system_fault(error)) from error
    panel = Panel(rubric, table.frame(), name=call.scores, lines=table.lines, draw_seed=call.draw_seed)
    result = panel.result(seed=call.seed)
    compared = _compared(panel, result) if call.methods else {}
    if call.json:
        terminal.document({**result.to_dict(), **_severity(panel, result), **compared})
        return 0
    _print(result, terminal)
    if call.methods:
        for line in _methods(compared, terminal.lang):
            terminal.say(line)
    return 0


def _severity(panel: Panel, result: PanelResult) -> dict[str, Any]:
    """Return the views of severity side by side, or why there are none."""
    from poc_eval.scoring.panel_severity import both, severity_of  # noqa: PLC0415 the table needs none of them

    found, why = severity_of(panel, result, result.seed)
    return {
        "severity_views": None if found is None else found.to_dict(),
        "severity_reason": None if why is None else both(why),
    }


def _compared(panel: Panel, result: PanelResult) -> dict[str, Any]:
    """Return what the document says of other methods: their ranks, or why there are none."""
    from poc_eval.scoring.comparison import comparison_of  # noqa: PLC0415 it loads several packages

    try:
        return {"methods": comparison_of(result, panel.rule, seed=result.seed).to_dict()}
    except PocEvalError as error:
        why = error.faults[0].what
        return {"methods": None, "methods_reason": {"zh": why.text("zh"), "en": why.text("en")}}


def _methods(compared: dict[str, Any], lang: Language) -> list[str]:
    found = compared["methods"]
    if found is None:
        reasons = compared["methods_reason"]
        return [reasons["zh" if lang == "zh" else "en"]]
    from poc_eval.views.panel_methods import TITLES  # noqa: PLC0415 only with --methods

    rows = [(_("project").text(lang), *(TITLES[name].text(lang) for name in found["ranks"]))]
    rows += [
        (project, *(str(ranks[project]) for ranks in found["ranks"].values()))
        for project in found["first_under_uncertain_weights"]
    ]
    return ["", *aligned(rows)]


def _print(result: PanelResult, terminal: Terminal) -> None:
    lang = terminal.lang
    heading = (
        _("rank"),
        _("project"),
        _("total"),
        _("reviewers"),
        _("conclusion"),
        _("expected rank"),
        _("to look at"),
    )
    rows = [tuple(cell.text(lang) for cell in heading)]
    ordered = sorted(result.projects, key=lambda one: (one.official.rank is None, one.official.rank or 0))
    rows += [_row(one, result.rubric, lang) for one in ordered]
    for line in aligned(rows):
        terminal.say(line)
    for one in ordered:
        if one.official.reason is not None:
            terminal.say(f"{one.project}: {one.official.reason.text(lang)}")
    titles = {
        "krippendorff_alpha": _("Krippendorff's alpha"),
        "icc_2k": _("ICC(2,k)"),
        "kendall_w": _("Kendall's W"),
    }
    for name, figure in result.agreement.items():
        said = _("{figure}: {value}", figure=titles[name], value=_agreed(figure))
        terminal.say(said)
    if result.needed is not None:
        needed = _(
            "reviewers a project for a reliability of 0.8: {needed}; there are {present}",
            needed=result.needed,
            present=result.present,
        )
        terminal.say(needed.text(lang))
    if result.lottery is not None:
        for said in _draw(result.lottery):
            terminal.say(said.text(lang))
    terminal.note(result.advice)
    terminal.note(_("Expected ranks, agreement and severity: seed {seed}.", seed=result.seed))


def _draw(lots: Lots) -> list[Message]:
    comma = ", "
    if lots.reason is not None and not lots.in_draw:
        return [lots.reason]
    said = [
        _("draw for {places} places among: {projects}", places=lots.places, projects=comma.join(lots.in_draw))
    ]
    if lots.reason is not None:
        return [*said, lots.reason]
    drawn = _(
        "drawn with the seed {seed}: {projects} (in this order: {order})",
        seed=lots.seed,
        projects=comma.join(lots.drawn),
        order=comma.join(lots.order),
    )
    return [*said, drawn]


def _agreed(figure: Figure) -> Message:
    if figure.reason is not None:
        return figure.reason
    value = f"{figure.value:.{_SHARED}f}"
    if figure.interval is None:
        return _("{value} (no interval: too few projects)", value=value)
    low, high = (f"{end:.{_SHARED}f}" for end in figure.interval)
    return _("{value} (95% interval {low} to {high})", value=value, low=low, high=high)


def _row(one: ProjectResult, rubric: Rubric, lang: Language) -> tuple[str, ...]:
    from poc_eval.scoring.panel_flags import flag_in_words  # noqa: PLC0415 the command line starts without it

    comma = "；" if lang == "zh" else "; "
    return (
        "—" if one.official.rank is None else str(one.official.rank),
        one.project,
        "—" if one.official.total is None else str(one.official.total),
        f"{one.official.counted}/{one.official.given}",
        "—" if one.decision is None else one.decision.title.text(lang),
        "—" if one.expected_rank is None else f"{one.expected_rank:.1f}",
        comma.join(flag_in_words(rubric, flag).text(lang) for flag in one.flags),
    )
