"""``poc-eval new``: a notebook for one review, a whole panel or a working paper, from a template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import account, json_option, workspace_option
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.workspace.workspace import Workspace


def arguments(parser: Parser) -> None:
    """Take the template, the project or the panel, the rubric, the language and the workspace."""
    parser.option(
        "template", metavar="TEMPLATE", help=_("the template's id, as `poc-eval templates` lists it")
    )
    parser.option("--project", metavar="ID", help=_("the project under review"))
    parser.option(
        "--projects",
        metavar="ID,ID",
        help=_("for a panel: the projects, separated by commas; without it, all of them"),
    )
    parser.option(
        "--with-names", action="store_true", help=_("for a panel: with the experts' names; confidential")
    )
    parser.option(
        "--draw-seed",
        metavar="TEXT",
        help=_("for a panel's summary: the seed of a draw, made public beforehand"),
    )
    parser.option(
        "--methods", action="store_true", help=_("for a panel's summary: with other methods of ranking")
    )
    parser.option(
        "--reviewer",
        metavar="NAME",
        help=_("who reviews, or opens the working paper; without it, the name of this computer's account"),
    )
    parser.option(
        "--title",
        metavar="TEXT",
        help=_("for a working paper: what it is called, such as the year; without it, as its template"),
    )
    parser.option("--rubric", metavar="ID", help=_("the score sheet; without it, the template's first"))
    parser.option(
        "--lang",
        choices=("zh", "en"),
        help=_("the language of the notebook; without it, the workspace's"),
    )
    workspace_option(parser)
    json_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Make the notebook, or find the one that is there already; print its path."""
    # The command line starts without these.
    from poc_eval.workspace.templates import find_template  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.find(Path.cwd(), chosen=call.workspace)
    sheet = find_template(call.template).sheet
    _refuse_what_does_not_belong(call, sheet)
    makers = {"review": _review, "paper": _paper}
    return makers.get(sheet, _panel)(call, workspace, terminal)


def _refuse_what_does_not_belong(call: Namespace, sheet: str) -> None:
    """Raise InputError where options for one review, for a panel and for a working paper are mixed."""
    of_review = {"--rubric": call.rubric}
    of_summary = {"--draw-seed": call.draw_seed, "--methods": call.methods}
    of_panel = {"--projects": call.projects, "--with-names": call.with_names, **of_summary}
    of_paper = {"--title": call.title}
    if sheet == "paper":
        wrong = {**of_review, **of_panel}
    elif sheet == "review":
        wrong = {**of_panel, **of_paper}
    else:
        wrong = {"--project": call.project, "--reviewer": call.reviewer, **of_paper}
        wrong |= {} if sheet == "panel" else of_summary
    faults = [
        Fault(
            _("{option} does not go with the template {template}", option=name, template=call.template),
            _("leave it out; `poc-eval new --help` tells which goes with what"),
            place=name,
        )
        for name, said in wrong.items()
        if said
    ]
    if sheet == "review" and not call.project:
        faults.append(Fault(_("no project is named"), _("name it with --project ID"), place="--project"))
    if faults:
        raise InputError(*faults)


def _paper(call: Namespace, workspace: Workspace, terminal: Terminal) -> int:
    from poc_eval.workspace.paper_notebooks import new_paper_notebook  # noqa: PLC0415 as above

    nobody = Fault(_("nobody can tell who opens the working paper"), _("say so with --reviewer NAME"))
    path = new_paper_notebook(
        workspace,
        template=call.template,
        project=call.project,
        title=call.title,
        by=call.reviewer or account(nobody),
        lang=call.lang or workspace.settings.language,
    )
    if call.json:
        terminal.document({"notebook": {"path": str(path), "project": call.project}})
    else:
        terminal.say(str(path))
    return 0


def _panel(call: Namespace, workspace: Workspace, terminal: Terminal) -> int:
    from poc_eval.workspace.panel_notebooks import new_panel_notebook  # noqa: PLC0415 as above

    path = new_panel_notebook(
        workspace,
        template=call.template,
        rubric=call.rubric,
        projects=None if call.projects is None else [one.strip() for one in call.projects.split(",")],
        with_names=call.with_names,
        draw_seed=call.draw_seed,
        methods=call.methods,
        lang=call.lang or workspace.settings.language,
    )
    if call.json:
        terminal.document({"notebook": {"path": str(path)}})
    else:
        terminal.say(str(path))
    return 0


def _review(call: Namespace, workspace: Workspace, terminal: Terminal) -> int:
    from poc_eval.workspace.notebooks import new_notebook  # noqa: PLC0415 as above

    nobody = Fault(_("nobody can tell who reviews"), _("say so with --reviewer NAME"))
    reviewer = call.reviewer or account(nobody)
    path = new_notebook(
        workspace,
        template=call.template,
        project=call.project,
        reviewer=reviewer,
        rubric=call.rubric,
        lang=call.lang or workspace.settings.language,
    )
    if call.json:
        terminal.document({"notebook": {"path": str(path), "project": call.project, "reviewer": reviewer}})
        return 0
    if call.reviewer is None:
        terminal.note(
            _("Reviewer: {name}, this computer's account; --reviewer names another.", name=reviewer)
        )
    terminal.say(str(path))
    return 0
