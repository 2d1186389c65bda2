"""How long each kind of thing in an audit pack is kept: a centre's own file before the shipped proposal."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.reader import read_yaml
from poc_eval.errors import DefinitionError
from poc_eval.i18n import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from poc_eval.catalog.reader import Document

FILE: Final = "retention.yaml"
KINDS: Final = ("decision", "report", "rule", "scan", "log", "seal")


@dataclass(frozen=True, slots=True)
class Retention:
    """The periods by kind, where they come from, and whether they are only our proposal."""

    periods: Mapping[str, Text]
    source: str
    proposal: bool


def retention_of(workspace: Path) -> Retention:
    """Return the workspace's own periods, else the proposal; raises ``DefinitionError``."""
    own = workspace / FILE
    if own.is_file():
        return _read(read_yaml(own), proposal=False)
    text = files("poc_eval.report").joinpath(FILE).read_text(encoding="utf-8")
    return _read(read_yaml(text, name=FILE), proposal=True)


def _read(document: Document, *, proposal: bool) -> Retention:
    data = document.data if isinstance(document.data, dict) else {}
    periods, source = data.get("periods"), data.get("source")
    said = periods if isinstance(periods, dict) else {}
    wrong = [kind for kind in KINDS if _text(said.get(kind)) is None]
    document_name = source.get("document") if isinstance(source, dict) else None
    if wrong or not isinstance(document_name, str):
        raise DefinitionError(
            document.fault(
                _("periods are missing for: {kinds}, or the source is", kinds=", ".join(wrong) or "-"),
                _("give each kind as {{zh: …, en: …}} under periods, and source with its document"),
            )
        )
    return Retention({kind: _text(said[kind]) or Text("", "") for kind in KINDS}, document_name, proposal)


def _text(value: object) -> Text | None:
    if not isinstance(value, dict):
        return None
    zh, en = value.get("zh"), value.get("en")
    return Text(zh, en) if isinstance(zh, str) and isinstance(en, str) else None
