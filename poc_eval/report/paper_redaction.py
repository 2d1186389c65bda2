"""The report on a working paper without names: only what is listed here, worked out anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import _
from poc_eval.report.made import definition_without_names
from poc_eval.report.redaction import day_of, parts_without_names, project_without_names
from poc_eval.workspace.looking_up import DEFINITION, LookedUp
from poc_eval.workspace.paper_records import PaperRecord, cell_name, rows_of
from poc_eval.workspace.project_rows import project_content
from poc_eval.workspace.records import Answer
from poc_eval.workspace.sealing import COMMITMENT, keyed_hash
from poc_eval.workspace.tables import instant_text
from poc_eval.workspace.working_papers import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from poc_eval.i18n import Language
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.report.working_paper import PaperReport
    from poc_eval.workspace.paper_records import Field, PaperPage
    from poc_eval.workspace.workspace import Workspace

_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
_WORDS: Final = frozenset({"text", "long_text"})


def personal_values(page: PaperPage) -> tuple[str, ...]:
    """Return what stands in the paper's fields for names, in the order of the form, each once."""
    values = page.paper.values()
    said = (values.get(name, "").strip() for name, field in _fields(page) if field.personal)
    return tuple(dict.fromkeys(one for one in said if one))


def paper_without_names(report: PaperReport, workspace: Workspace, scrubber: Scrubber) -> PaperReport:
    """Return the report as it may leave the house; who stands in it has a number local to the paper."""
    page = report.page
    labels = _labels(page, report.words_lang)
    paper = _record(page, scrubber, labels)
    context = workspace.papers.context(page.paper)
    project = None if page.project is None else project_without_names(page.project, scrubber)
    clean = _Notes(scrubber, labels, page.zone).clean
    looked_up = _AsNoted(report.looked_up or {}, clean)
    bare = replace(context, paper=paper, project=project, looked_up=looked_up)
    return replace(
        report,
        page=page_of(bare, sealed=None),
        definitions=tuple(definition_without_names(one, scrubber) for one in report.definitions),
        parts=parts_without_names(report.parts, "", scrubber),
        named=False,
        commitment=keyed_hash(workspace.store, COMMITMENT, bound_paper(page)),
        looked_up=looked_up.found,
    )


def bound_paper(page: PaperPage) -> dict[str, object]:
    """Return the full record that a report without names is bound to; nothing that changes afterwards."""
    paper = page.paper
    return {
        "paper": {"id": paper.id, "kind": paper.kind, "title": paper.title, "version": paper.version},
        "status": paper.status,
        "fields": paper.values(),
        "definitions": [[one.kind, str(one.ref)] for one in paper.definitions],
        "project": None if page.project is None else project_content(page.project),
        "sealed": page.sealed,
    }


def _fields(page: PaperPage) -> Iterator[tuple[str, Field]]:
    """Yield every field and cell of the form that a person fills in, by its full name."""
    for field in page.layout.fields:
        yield field.name, field
    for grid in page.layout.grids:
        for row in rows_of(grid, page.paper.values()):
            for column in grid.columns:
                yield cell_name(grid.name, row, column.name), column


def _labels(page: PaperPage, lang: Language) -> dict[str, str]:
    """Return what stands for each name in the paper's fields for names."""
    return {
        value: _("[left out {number}]", number=number).text(lang)
        for number, value in enumerate(personal_values(page), start=1)
    }


def _record(page: PaperPage, scrubber: Scrubber, labels: Mapping[str, str]) -> PaperRecord:
    paper = page.paper
    day = day_of(paper.concluded_at or paper.updated_at, page.zone)
    fields = {
        name: Answer(_said(paper.fields[name].value, field, labels, scrubber), 1, day)
        for name, field in _fields(page)
        if name in paper.fields
    }
    return replace(
        paper,
        id="",
        title=scrubber.text(paper.title),
        author=None,
        revision=1,
        created_at=day,
        updated_at=day,
        concluded_at=None if paper.concluded_at is None else day,
        amends=None,
        amendment_reason=None,
        fields=fields,
    )


class _AsNoted(LookedUp):
    """What the report with names looked up, cleaned: who looks for it by what is redacted finds nothing."""

    def __init__(self, noted: Mapping[str, Any], clean: Callable[[Any], Any]) -> None:
        super().__init__(every=False, clean=clean)
        self._noted = noted

    def get(
        self,
        key: str,
        read: Callable[[Workspace], object],
        restore: Callable[[Any], Any],
        workspace: Workspace,
    ) -> Any:  # noqa: ANN401 what ``restore`` makes
        """Return what ``restore`` makes of the cleaned JSON; what was not noted is read anew."""
        if key not in self._noted:
            return super().get(key, read, restore, workspace)
        return super().get(key, lambda _home: self._noted[key], restore, workspace)


@dataclass(frozen=True, slots=True)
class _Notes:
    """Takes names and the minutes of instants out of what was looked up."""

    scrubber: Scrubber
    labels: Mapping[str, str]
    zone: str

    def clean(self, found: Any) -> Any:  # noqa: ANN401 JSON
        """Return what was looked up without names; a definition says what was published."""
        if isinstance(found, str):
            return self._words(found)
        if isinstance(found, list):
            return [self.clean(one) for one in found]
        if not isinstance(found, dict):
            return found
        if found.keys() == DEFINITION:
            return found | {"text": definition_without_names(found["text"], self.scrubber)}
        return {self.scrubber.text(name): self.clean(one) for name, one in found.items()}

    def _words(self, words: str) -> str:
        """Return a text without names; who stands in the paper bears the same number here as there."""
        if words.strip() in self.labels:
            self.scrubber.replaced += 1
            return self.labels[words.strip()]
        if _INSTANT.fullmatch(words):
            return instant_text(day_of(datetime.fromisoformat(words), self.zone))
        return self.scrubber.text(words)


def _said(value: str, field: Field, labels: Mapping[str, str], scrubber: Scrubber) -> str:
    clean = value.strip()
    if field.personal and clean:
        scrubber.replaced += 1
        return labels[clean]
    if field.type in _WORDS:
        return scrubber.text(value)
    # In a draft anything may stand anywhere; what fits its field is no name.
    known = clean in {one.value for one in field.options}
    return value if known else scrubber.answer("", value, frozenset())
