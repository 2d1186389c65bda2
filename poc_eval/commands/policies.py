"""``poc-eval policies``: which policies there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, language_option
from poc_eval.commands.shipped import list_shipped
from poc_eval.i18n import Message, _

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
    from poc_eval.finance.policy import Policy  # noqa: PLC0415 the command line starts without it

    return list_shipped(call, terminal, Policy, entry=_entry, source=_source)


def _source(loaded: Loaded[Policy]) -> Message:
    from poc_eval.finance.subsidy_explain import SEEN  # noqa: PLC0415 the same

    source = loaded.definition.source
    return _("    source: {document} ({seen})", document=source.document, seen=SEEN[source.seen])


def _entry(loaded: Loaded[Policy]) -> dict[str, object]:
    from poc_eval.finance.subsidy_document import policy_entry  # noqa: PLC0415 the same

    policy = loaded.definition
    inputs = {
        name: {"kind": one.kind, "label": {"zh": one.label.zh, "en": one.label.en}, "required": one.required}
        for name, one in policy.inputs.items()
    }
    return policy_entry(policy) | {"payee": policy.payee, "inputs": inputs}
