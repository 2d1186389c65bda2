"""``poc-eval import``: a table of projects or of scores into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import account, json_option, language_option, workspace_option
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import Fault, InputError
from poc_eval.i18n import Text, Translatable, _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Language, Message
    from poc_eval.workspace.importing import Imported
    from poc_eval.workspace.project_import import ChangedField
    from poc_eval.workspace.review_import import ReviewOutcome


def arguments(parser: Parser) -> None:
    """Take the file, the workspace, ``--dry-run``, the rubric, who imports, ``--json`` and ``--lang``."""
    parser.option(
        "file",
        metavar="FILE",
        help=_("projects, or scores of a panel, as XLSX or CSV; the headings say which"),
    )
    workspace_option(parser)
    parser.option("--dry-run", action="store_true", help=_("only say what would happen"))
    parser.option(
        "--rubric",
        metavar="ID|FILE",
        help=_("the score sheet of the scores; without it, the one that has all their criteria"),
    )
    parser.option(
        "--by", metavar="NAME", help=_("who imports; without it, the name of this computer's account")
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Take the whole table or nothing of it, and say what became of each row."""
    # The command line starts without these.
    from poc_eval.workspace.importing import import_file  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.find(Path.cwd(), chosen=call.workspace)
    nobody = Fault(_("nobody can tell who imports"), _("say so with --by NAME"))
    by = call.by or account(nobody)
    try:
        done = import_file(workspace, Path(call.file), by=by, rubric=call.rubric, dry_run=call.dry_run)
    except OSError as error:
        raise InputError(system_fault(error)) from error
    if call.json:
        terminal.document(_document(done, terminal.lang))
    else:
        for line in _lines(done):
            terminal.say(line)
    if done.left_out:
        terminal.note(_("Columns that were left out: {names}.", names=", ".join(done.left_out)))
    if not call.json:
        terminal.note(_summary(done))
    return 0


def _lines(done: Imported) -> list[Message]:
    said = {
        "new": _("new"),
        "changed": _("changed"),
        "same": _("as before"),
        "submitted": _("submitted"),
        "draft": _("kept as a draft, scores are missing"),
    }
    lines = []
    for one in done.projects:
        lines.append(
            _(
                "{line}: {project} {title}: {becomes}",
                line=one.line,
                project=one.project.id,
                title=one.project.title,
                becomes=said[one.becomes],
            )
        )
        lines += [_("    {field}: {before} -> {after}", **_shown_change(change)) for change in one.changes]
    lines += [
        _(
            "{line}: {project} {reviewer}: {becomes}",
            line=one.stated.line,
            project=one.stated.project,
            reviewer=one.stated.reviewer,
            becomes=said[one.becomes],
        )
        for one in done.reviews
    ]
    return lines


def _summary(done: Imported) -> Message:
    outcomes = [*(one.becomes for one in done.projects), *(one.becomes for one in done.reviews)]
    same = outcomes.count("same")
    if done.dry_run:
        return _(
            "Nothing was written: {changing} would be new or changed, {same} as before.",
            changing=len(outcomes) - same,
            same=same,
        )
    return _("{changing} new or changed, {same} as before.", changing=len(outcomes) - same, same=same)


def _shown_change(change: ChangedField) -> dict[str, object]:
    named = {
        "title": _("project's name"),
        "applicant": _("applicant"),
        "field": _("field of work"),
        "kind": _("project or platform"),
        "stage": _("stage of work"),
        "summary": _("summary"),
        "facts": _("other columns"),
        "source": _("source of the facts"),
        "amount": _("amount applied for"),
    }
    return {
        "field": named.get(change.field, change.field),
        "before": _shown(change.before),
        "after": _shown(change.after),
    }


def _shown(value: object) -> object:
    if value is None or value == ():
        return "—"
    if isinstance(value, tuple):
        facts = [(f"{fact.label.zh} {fact.value.zh}", f"{fact.label.en} {fact.value.en}") for fact in value]
        return Text("；".join(zh for zh, _en in facts), "; ".join(en for _zh, en in facts))
    return value


def _document(done: Imported, lang: Language) -> dict[str, object]:
    document: dict[str, object] = {
        "kind": done.kind,
        "dry_run": done.dry_run,
        "left_out": list(done.left_out),
    }
    if done.kind == "projects":
        return document | {
            "projects": [
                {
                    "id": one.project.id,
                    "line": one.line,
                    "becomes": one.becomes,
                    "changes": [_change(change, lang) for change in one.changes],
                }
                for one in done.projects
            ]
        }
    rubric = None if done.rubric is None else {"id": done.rubric.id, "version": done.rubric.version}
    return document | {"rubric": rubric, "reviews": [_review(one) for one in done.reviews]}


def _change(change: ChangedField, lang: Language) -> dict[str, str]:
    before, after = _shown(change.before), _shown(change.after)
    return {
        "field": change.field,
        "before": before.text(lang) if isinstance(before, Translatable) else str(before),
        "after": after.text(lang) if isinstance(after, Translatable) else str(after),
    }


def _review(one: ReviewOutcome) -> dict[str, object]:
    return {
        "project": one.stated.project,
        "reviewer": one.stated.reviewer,
        "line": one.stated.line,
        "becomes": one.becomes,
        "review": one.review,
        "unstated": list(one.stated.unstated),
    }
