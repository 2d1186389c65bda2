"""A report before it is written, and what the makers of every kind of report share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from poc_eval.catalog.reader import read_yaml
from poc_eval.errors import DefinitionError, Fault
from poc_eval.i18n import _

if TYPE_CHECKING:
    from poc_eval.report.frame import Page
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.report.seal import Sealing
    from poc_eval.workspace.documents import NotebookDocument
    from poc_eval.workspace.workspace import Workspace

ReportLanguage: TypeAlias = Literal["zh", "en", "both"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is written: the page, and what of the notebook was left out and why."""

    page: Page
    left_out: tuple[Fault, ...]
    workspace: Workspace
    subject: str
    """The review's id, for a panel the rubric's, for a working paper the paper's."""
    sealing: Sealing
    name: str | None = None
    """What the file is called where the notebook's name must not be."""


def template_id(document: NotebookDocument) -> str | None:
    """Return which template a notebook was made from; None for one that is not ours."""
    return None if document.template is None else document.template.id


def definition_without_names(text: str, scrubber: Scrubber) -> str:
    """Return a definition's text without names in its comments; what it says stays as it was published."""
    clean = scrubber.text(text)
    try:
        same = clean == text or read_yaml(clean, name="").data == read_yaml(text, name="").data
    except DefinitionError:
        same = False
    return clean if same else text


def told(document: NotebookDocument, scrubber: Scrubber) -> tuple[Fault, ...]:
    """Return how much was taken out of the texts."""
    if not scrubber.replaced:
        return ()
    what = _("{count} names, places or pictures were left out of the texts", count=scrubber.replaced)
    remedy = _("read the report before it leaves the house: nicknames and hints are for a person to find")
    return (Fault(what, remedy, file=str(document.path)),)
