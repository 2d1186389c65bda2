"""The records that a report carries, in one spelling, and the short code that ties a print to its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from poc_eval.report.paper import Enclosed, Passage
from poc_eval.workspace.canonical import canonical_json, sha256
from poc_eval.workspace.outcome import sealed_outcome
from poc_eval.workspace.project_rows import project_content
from poc_eval.workspace.tables import instant_text

if TYPE_CHECKING:
    from datetime import datetime

    from poc_eval.report.paper import Paper, Part
    from poc_eval.views.dossier import Dossier
    from poc_eval.workspace.documents import TemplateRef
    from poc_eval.workspace.records import ReviewRecord

SCHEMA: Final = 2
"""Of what the data block holds; 2 came with the seal and the figures."""
CODE_GROUPS: Final = 4
"""Groups of four hex digits in the code: 64 bits, so that nobody finds a second report to the same code."""
_HALVES: Final = re.compile("[\ud800-\udfff]")


def content(paper: Paper) -> dict[str, object]:
    """Return everything that the report says as JSON knows it: records, rubric text, narrative."""
    return {
        "schema": SCHEMA,
        "kind": "review",
        **_dossier(paper.dossier, paper.rubric_text),
        "narrative": {"lang": paper.words_lang, "parts": [part_content(part) for part in paper.parts]},
        "template": template_content(paper.template, as_shipped=paper.as_shipped),
        "chart": paper.chart,
        "commitment": commitment_content(paper.commitment),
    }


def bound_content(dossier: Dossier) -> dict[str, object]:
    """Return the full record that a report without names is bound to; nothing that changes afterwards."""
    ref = dossier.review.rubric
    return {
        "review": _review(dossier.review),
        "figures": sealed_outcome(dossier.evaluation),
        "sealed": dossier.sealed,
        "project": project_content(dossier.project),
        "rubric": {"id": ref.id, "version": ref.version, "hash": ref.hash},
    }


def commitment_content(value: str | None) -> dict[str, object] | None:
    """Return the keyed hash of the full record as JSON knows it."""
    return None if value is None else {"algorithm": "HMAC-SHA256", "value": value}


def code_of(text: str) -> str:
    """Return the code of canonical content: ``7F3C-91A2-04BE-55D0``."""
    digits = sha256(text)[: 4 * CODE_GROUPS].upper()
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def in_script(text: str) -> str:
    """Return JSON so that no byte of it can end or open a script element or a comment."""
    escaped = text
    for character in "<>&\u2028\u2029":
        escaped = escaped.replace(character, f"\\u{ord(character):04x}")
    return escaped


def spelled(value: object) -> str:
    """Return ``value`` as canonical JSON in which halves of surrogate pairs are escaped."""
    return _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", canonical_json(value))


def _dossier(dossier: Dossier, rubric_text: str) -> dict[str, object]:
    ref = dossier.review.rubric
    return {
        "review": _review(dossier.review),
        "figures": sealed_outcome(dossier.evaluation),
        "named": dossier.named,
        "sealed": dossier.sealed,
        "amended_by": dossier.amended_by,
        "project": project_content(dossier.project),
        "rubric": {"id": ref.id, "version": ref.version, "hash": ref.hash, "text": rubric_text},
        "zone": dossier.zone,
    }


def _review(review: ReviewRecord) -> dict[str, object]:
    return {
        "id": review.id,
        "project": review.project_id,
        "reviewer": review.reviewer,
        "version": review.version,
        "status": review.status,
        "revision": review.revision,
        "created_at": instant_text(review.created_at),
        "updated_at": instant_text(review.updated_at),
        "submitted_at": _instant(review.submitted_at),
        "amends": review.amends,
        "amendment_reason": review.amendment_reason,
        "example": review.example,
        "answers": {
            name: {"value": answer.value, "revision": answer.revision, "at": instant_text(answer.at)}
            for name, answer in review.answers.items()
        },
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def template_content(ref: TemplateRef | None, *, as_shipped: bool) -> dict[str, object] | None:
    """Return the template that a notebook was made from as JSON knows it."""
    if ref is None:
        return None
    return {"id": ref.id, "version": ref.version, "hash": ref.hash, "as_shipped": as_shipped}


def part_content(part: Part) -> dict[str, object]:
    """Return one part of the narrative as JSON knows it."""
    if isinstance(part, Passage):
        pictures = [
            {"address": address, "sha256": picture.sha256} for address, picture in part.pictures.items()
        ]
        return {"kind": "words", "text": part.text, "pictures": pictures}
    if isinstance(part, Enclosed):
        return {"kind": "review", **_dossier(part.dossier, part.rubric_text)}
    return {"kind": "picture", "sha256": part.picture.sha256}
