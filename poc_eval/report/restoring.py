"""From the data that a report carries back to the paper that it was rendered from.

What a file holds is a stranger's until its seal holds: data that others wrote may raise anything here.
Whoever restores compares what the paper carries now with what the file carries.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from poc_eval.catalog.definitions import parse_definition
from poc_eval.report.paper import Enclosed, Paper, Passage, Plate
from poc_eval.report.pictures import Picture, RefusedPictureError, png, sealed_svg
from poc_eval.scoring.review import evaluate
from poc_eval.scoring.rubric import Rubric
from poc_eval.views.dossier import Dossier
from poc_eval.workspace.documents import TemplateRef
from poc_eval.workspace.project_rows import project_from
from poc_eval.workspace.records import Answer, DefinitionRef, ReviewRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.report.paper import Part

_PICTURE: Final = re.compile(r"data:image/(png|svg\+xml);base64,([A-Za-z0-9+/=]*)")


def pictures_in(html: str) -> dict[str, Picture]:
    """Return the pictures that a page shows, by the SHA-256 of their bytes; each is as it was sealed."""
    found: dict[str, Picture] = {}
    for kind, text in dict.fromkeys(_PICTURE.findall(html)):
        try:
            data = b64decode(text, validate=True)
            picture = png(data) if kind == "png" else sealed_svg(data)
        except (ValueError, RefusedPictureError):
            continue
        found[hashlib.sha256(data).hexdigest()] = picture
    return found


def paper_from(data: Mapping[str, Any], pictures: Mapping[str, Picture]) -> Paper:
    """Return the paper on a review."""
    narrative = data["narrative"]
    return Paper(
        dossier=_dossier(data),
        rubric_text=data["rubric"]["text"],
        parts=parts_from(narrative, pictures),
        words_lang=narrative["lang"],
        template=template_from(data["template"]),
        as_shipped=data["template"] is None or data["template"]["as_shipped"],
        chart=data["chart"],
        commitment=commitment_from(data["commitment"]),
    )


def commitment_from(content: Mapping[str, Any] | None) -> str | None:
    """Return the keyed hash of the full record."""
    return None if content is None else content["value"]


def parts_from(narrative: Mapping[str, Any], pictures: Mapping[str, Picture]) -> tuple[Part, ...]:
    """Return the narrative; a picture that the page does not show is a ``KeyError``."""
    return tuple(_part(one, pictures) for one in narrative["parts"])


def template_from(content: Mapping[str, Any] | None) -> TemplateRef | None:
    """Return the template that the notebook was made from."""
    return None if content is None else TemplateRef(content["id"], content["version"], content["hash"])


@lru_cache(maxsize=32)
def rubric_from(text: str) -> tuple[Rubric, str]:
    """Return the rubric written in ``text`` and the hash of its content; raises ``DefinitionError``."""
    loaded = parse_definition(Rubric, text, "rubric")
    return loaded.definition, loaded.hash


def reference_from(content: Mapping[str, Any]) -> DefinitionRef:
    """Return a rubric's reference with the hash that its own text has."""
    return DefinitionRef(content["id"], content["version"], rubric_from(content["text"])[1])


def moment(text: str) -> datetime:
    """Return the moment written in ``text``; raises ``ValueError``, ``TypeError``."""
    return datetime.fromisoformat(text)


def _dossier(data: Mapping[str, Any]) -> Dossier:
    rubric = rubric_from(data["rubric"]["text"])[0]
    review = _review(data["review"], reference_from(data["rubric"]))
    return Dossier(
        project=project_from(data["project"]),
        review=review,
        rubric=rubric,
        evaluation=evaluate(rubric, review.values()),
        zone=data["zone"],
        sealed=data["sealed"],
        amended_by=data["amended_by"],
        named=data["named"],
    )


def _review(said: Mapping[str, Any], rubric: DefinitionRef) -> ReviewRecord:
    return ReviewRecord(
        id=said["id"],
        project_id=said["project"],
        reviewer=said["reviewer"],
        rubric=rubric,
        version=said["version"],
        status=said["status"],
        revision=said["revision"],
        created_at=moment(said["created_at"]),
        updated_at=moment(said["updated_at"]),
        submitted_at=None if said["submitted_at"] is None else moment(said["submitted_at"]),
        amends=said["amends"],
        amendment_reason=said["amendment_reason"],
        example=said["example"],
        answers={
            name: Answer(one["value"], one["revision"], moment(one["at"]))
            for name, one in said["answers"].items()
        },
    )


def _part(said: Mapping[str, Any], pictures: Mapping[str, Picture]) -> Part:
    if said["kind"] == "words":
        return Passage(said["text"], {one["address"]: pictures[one["sha256"]] for one in said["pictures"]})
    if said["kind"] == "review":
        return Enclosed(_dossier(said), said["rubric"]["text"])
    return Plate(pictures[said["sha256"]])
