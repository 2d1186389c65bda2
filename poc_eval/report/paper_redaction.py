"""The report on a working paper without names: only what is listed here, worked out anew."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from poc_eval.i18n import _
from poc_eval.report.made import definition_without_names
from poc_eval.report.redaction import day_of, parts_without_names, project_without_names
from poc_eval.workspace.looking_up import DEFINITION, LookedUp
from poc_eval.workspace.paper_records import PaperRecord, cell_name, rows_of
from poc_eval.workspace.project_rows import project_content
from poc_eval.workspace.records import Answer
from poc_eval.workspace.sealing import COMMITMENT, keyed_hash
from poc_eval.workspace.working_papers import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from poc_eval.i18n import Language
    from poc_eval.report.scrubbing import Scrubber
    from poc_eval.report.working_paper import PaperReport
    from poc_eval.workspace.paper_records import Field, PaperPage
    from poc_eval.workspace.workspace import Workspace

_WORDS = frozenset({"text", "long_text"})


def personal_values(page: PaperPage) -> tuple[str, ...]:
    """Return what stands in the paper's fields for names, in the order of the form, each once."""
    values = page.paper.values()
    said = (values.get(name, "").strip() for name, field in _fields(page) if field.personal)
    return tuple(dict.fromkeys(one for one in said if one))


def paper_without_names(report: PaperReport, workspace: Workspace, scrubber: Scrubber) -> PaperReport:
    """Return the report as it may leave the house; who stands in it has a number local to the paper."""
    page = report.page
    paper = _record(page, scrubber, report.words_lang)
    context = workspace.papers.context(page.paper)
    project = None if page.project is None else project_without_names(page.project, scrubber)
    looked_up = LookedUp(every=False, clean=partial(_noted, scrubber))
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


def _record(page: PaperPage, scrubber: Scrubber, lang: Language) -> PaperRecord:
    paper = page.paper
    labels = {
        value: _("[left out {number}]", number=number).text(lang)
        for number, value in enumerate(personal_values(page), start=1)
    }
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


def _noted(scrubber: Scrubber, found: Any) -> Any:  # noqa: ANN401 JSON
    """Return what was looked up without names; a definition says what was published."""
    if isinstance(found, str):
        return scrubber.text(found)
    if isinstance(found, list):
        return [_noted(scrubber, one) for one in found]
    if not isinstance(found, dict):
        return found
    if found.keys() == DEFINITION:
        return found | {"text": definition_without_names(found["text"], scrubber)}
    return {scrubber.text(name): _noted(scrubber, one) for name, one in found.items()}


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
