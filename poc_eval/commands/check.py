"""``poc-eval check``: whether definition files are as their format says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.trouble import system_fault
from poc_eval.errors import DefinitionError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.errors import Fault
    from poc_eval.i18n import Language, Message

WRONG, UNREADABLE = 1, 2


def arguments(parser: Parser) -> None:
    """Take the files, ``--json`` and ``--lang``."""
    about = _("definition files, as YAML or JSON; versions of one policy are also compared")
    parser.option("files", metavar="FILE", nargs="+", help=about)
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Check every file and say every fault; 1 where a file has one, 2 where a file cannot be read at all."""
    worst = 0
    answers = []
    checked = [_checked(file) for file in call.files]
    between = _between([loaded for _answer, _faults, _code, loaded in checked if loaded is not None])
    for answer, own, code, loaded in checked:
        faults = (*own, *between.get(loaded.file if loaded is not None else "", ()))
        worst = max(worst, code, WRONG if faults else 0)
        answers.append(answer | {"faults": [_fault_json(fault, terminal.lang) for fault in faults]})
        terminal.faults(*faults)
        if not call.json and not faults:
            terminal.say(_right(answer))
    if call.json:
        terminal.document({"files": answers})
    return worst


def _checked(file: str) -> tuple[dict[str, object], tuple[Fault, ...], int, Loaded[Any] | None]:
    # The command line starts without this.
    from poc_eval.commands.definition_kinds import HOMES, load_any, model_of  # noqa: PLC0415

    try:
        Path(file).open("rb").close()
    except OSError as error:
        return {"file": file, "kind": None}, (system_fault(error),), UNREADABLE, None
    try:
        loaded = load_any(Path(file))
    except DefinitionError as error:
        return {"file": file, "kind": None}, error.faults, WRONG, None
    found = loaded.definition
    kind = next(kind for kind in HOMES if isinstance(found, model_of(kind)))
    answer = {"file": file, "kind": kind, "id": found.id, "version": found.version, "hash": loaded.hash}
    return answer, (), 0, loaded


def _between(loaded: list[Loaded[Any]]) -> dict[str, list[Fault]]:
    """Return what is wrong between the policies of this call, by file."""
    # The command line starts without these.
    from poc_eval.finance.policy import Policy  # noqa: PLC0415
    from poc_eval.finance.policy_family import family_faults  # noqa: PLC0415

    found: dict[str, list[Fault]] = {}
    for fault in family_faults([one for one in loaded if isinstance(one.definition, Policy)]):
        found.setdefault(fault.file or "", []).append(fault)
    return found


def _right(answer: Mapping[str, object]) -> Message:
    said = {
        "rubric": _("rubric"),
        "scale": _("scale"),
        "policy": _("policy"),
        "deal": _("deal"),
        "sharing": _("sharing rule"),
        "programme": _("programme"),
        "conflicts": _("conflict rules"),
        "sorting": _("sorting rule"),
        "checklist": _("list of a formal check"),
        "projects": _("list of projects"),
        "example-review": _("example review"),
    }
    return _(
        "{file}: {kind} {id}, version {version}: nothing wrong",
        file=answer["file"],
        kind=said[str(answer["kind"])],
        id=answer["id"],
        version=answer["version"],
    )


def _fault_json(fault: Fault, lang: Language) -> dict[str, object]:
    return {
        "line": fault.line,
        "place": fault.place,
        "what": fault.what.text(lang),
        "remedy": fault.remedy.text(lang),
    }
