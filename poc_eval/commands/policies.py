"""``poc-eval policies``: which policies there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.table import aligned
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.finance.policy import Policy


def arguments(parser: Parser) -> None:
    """Take ``--json`` and ``--lang``."""
    json_option(parser)
    language_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """List the shipped policies by id, with version, title, source, and how sure the source is."""
    from poc_eval.finance.subsidy_explain import SEEN  # noqa: PLC0415 the command line starts without it

    found = _shipped()
    if call.json:
        terminal.document({"policies": [_entry(one) for one in found]})
        return 0
    rows = [
        (one.definition.id, one.definition.version, one.definition.title.text(terminal.lang)) for one in found
    ]
    for line, one in zip(aligned(rows), found, strict=True):
        source = one.definition.source
        terminal.say(line)
        terminal.say(_("    source: {document} ({seen})", document=source.document, seen=SEEN[source.seen]))
    return 0


def _shipped() -> list[Loaded[Policy]]:
    # The command line starts without these.
    from poc_eval.catalog.definitions import entries, load_definition  # noqa: PLC0415
    from poc_eval.catalog.shipped import shipped_folder  # noqa: PLC0415
    from poc_eval.finance.policy import Policy  # noqa: PLC0415

    files = [entry.file for entry in entries(shipped_folder("policies"))]
    return [load_definition(Policy, file, folders=()) for file in files]


def _entry(loaded: Loaded[Policy]) -> dict[str, object]:
    from poc_eval.finance.subsidy_document import policy_entry  # noqa: PLC0415 the same

    policy = loaded.definition
    inputs = {
        name: {"kind": one.kind, "label": {"zh": one.label.zh, "en": one.label.en}, "required": one.required}
        for name, one in policy.inputs.items()
    }
    more = {"payee": policy.payee, "inputs": inputs, "hash": loaded.hash, "file": loaded.file}
    return policy_entry(policy) | more
