"""From the data that a working paper's report carries back to the report before it was rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

from poc_eval.catalog.definitions import content_hash
from poc_eval.catalog.reader import read_yaml
from poc_eval.report.restoring import commitment_from, moment, parts_from, template_from
from poc_eval.report.working_paper import PaperReport
from poc_eval.workspace.looking_up import Carried, NotCarriedError
from poc_eval.workspace.paper_kinds import PaperContext
from poc_eval.workspace.paper_records import PaperRecord, WorkedBy
from poc_eval.workspace.plain_records import restored
from poc_eval.workspace.project_rows import project_from
from poc_eval.workspace.records import Answer, DefinitionRef, PinnedDefinition
from poc_eval.workspace.working_papers import page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.report.pictures import Picture
    from poc_eval.workspace.workspace import Workspace


class NotInTheFileError(Exception):
    """What follows from the paper rests on more than its report carries."""


class _Elsewhere:
    """Stands where a kind may look at the workspace, and tells that it did."""

    def __getattr__(self, name: str) -> NoReturn:
        raise NotInTheFileError(name)


def paper_report_from(data: Mapping[str, Any], pictures: Mapping[str, Picture]) -> PaperReport:
    """Return the report on a working paper, worked out anew from what the file carries; may raise anything.

    Raises ``NotInTheFileError`` for a report from before what was looked up was carried, and for a kind that
    reads the workspace by itself; ``NotCarriedError`` and ``DamagedError`` name what was changed.
    """
    paper = _paper(data)
    texts = tuple(one["text"] for one in data["definitions"])
    pinned = tuple(
        PinnedDefinition(one.kind, one.ref, "definition", text, paper.created_at)
        for one, text in zip(paper.definitions, texts, strict=True)
    )
    project = None if data["project"] is None else project_from(data["project"])
    looked_up, carries = Carried(data.get("looked_up")), "looked_up" in data
    nowhere = cast("Workspace", _Elsewhere())
    context = PaperContext(paper, project, pinned, nowhere, data["zone"], looked_up)
    try:
        page = page_of(context, sealed=data["sealed"])
    except NotCarriedError as error:
        if carries:
            raise
        raise NotInTheFileError(error.key) from error
    return PaperReport(
        page=page,
        definitions=texts,
        results=tuple(data["results"]),
        parts=parts_from(data["narrative"], pictures),
        words_lang=data["narrative"]["lang"],
        template=template_from(data["template"]),
        as_shipped=data["template"] is None or data["template"]["as_shipped"],
        named=data["named"],
        commitment=commitment_from(data["commitment"]),
        looked_up=looked_up.found if carries else None,
    )


def _hash(definition: Mapping[str, Any]) -> str:
    """Return the hash that a definition's own text has."""
    return content_hash(read_yaml(definition["text"], name=definition["id"]).data)


def _paper(data: Mapping[str, Any]) -> PaperRecord:
    said = data["paper"]
    definitions = tuple(
        WorkedBy(
            one["kind"],
            restored(DefinitionRef, {**{name: one[name] for name in ("id", "version")}, "hash": _hash(one)}),
        )
        for one in data["definitions"]
    )
    return PaperRecord(
        id=said["id"],
        kind=said["kind"],
        title=said["title"],
        project_id=None if data["project"] is None else data["project"]["id"],
        author=said["author"],
        definitions=definitions,
        version=said["version"],
        status=said["status"],
        revision=said["revision"],
        created_at=moment(said["created_at"]),
        updated_at=moment(said["updated_at"]),
        concluded_at=None if said["concluded_at"] is None else moment(said["concluded_at"]),
        amends=said["amends"],
        amendment_reason=said["amendment_reason"],
        example=said["example"],
        fields={
            name: Answer(one["value"], one["revision"], moment(one["at"]))
            for name, one in said["fields"].items()
        },
    )
