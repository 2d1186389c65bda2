"""``poc-eval verify``: recomputes a report and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option, trust_options
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import InputError, PocEvalError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.i18n import Message
    from poc_eval.report.verify import Trust, Verification
    from poc_eval.workspace.workspace import Workspace

FAILED = 1


def arguments(parser: Parser) -> None:
    """Take the report, where keys, register and workspace are, ``--json`` and ``--lang``."""
    parser.option("report", metavar="REPORT.html", help=_("a report that poc-eval report wrote"))
    trust_options(parser)
    parser.option(
        "-w",
        "--workspace",
        metavar="DIR",
        help=_("the workspace to compare with; without it, the one that the report lies in"),
    )
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Say whether the report holds; 1 where anything in it is wrong."""
    from poc_eval.report.verify import LARGEST, verify  # noqa: PLC0415 the command line starts without it

    path = Path(call.report)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(system_fault(error)) from error
    said = verify(data, call.report, _trust(call, path))
    if call.json:
        terminal.document(_document(said))
    elif said.verified:
        terminal.say(_("{file}: verified, code {code}", file=call.report, code=said.data["code"]))
    terminal.faults(*(fault for _check, fault in said.findings))
    for note in said.notes:
        terminal.note(note)
    return 0 if said.verified else FAILED


def _trust(call: Namespace, path: Path) -> Trust:
    from poc_eval.commands.trusted import trusted_keys  # noqa: PLC0415 the command line starts without these
    from poc_eval.report.verify import Trust  # noqa: PLC0415

    keys, register = trusted_keys(call)
    return Trust(keys, register, _workspace(call.workspace, path))


def _workspace(chosen: str | None, report: Path) -> Workspace | None:
    """Return the workspace that was named, which must be one, or the one around the report, if any."""
    from poc_eval.workspace.settings import FILE  # noqa: PLC0415 the command line starts without it
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415 the same

    if chosen is not None:
        return Workspace.open(chosen)
    around = next((one for one in report.absolute().parents if (one / FILE).is_file()), None)
    try:
        return None if around is None else Workspace.open(around)
    except PocEvalError:
        return None


def _document(said: Verification) -> dict[str, object]:
    seal = said.data.get("seal", {})
    return {
        "report": said.name,
        "verified": said.verified,
        "code": said.data.get("code"),
        "key": seal.get("key"),
        "algorithm": seal.get("algorithm"),
        "made_by": said.data.get("made_by"),
        "renderer": said.data.get("renderer"),
        "log": seal.get("log"),
        "checks": dict(said.checks),
        "findings": [
            {"check": check, "what": _both(fault.what), "remedy": _both(fault.remedy), "place": fault.place}
            for check, fault in said.findings
        ],
        "notes": [_both(note) for note in said.notes],
    }


def _both(message: Message) -> dict[str, str]:
    return {"zh": message.text("zh"), "en": message.text("en")}
