"""A rubric as the form shows it: every field by its name, every word in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from poc_eval.i18n import Message, Translatable, _
from poc_eval.scoring import undertaking
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.form_fields import (
    OPINION,
    RECOMMENDATION,
    of_criterion,
    of_extra,
    of_input,
    of_screening,
    parts_of,
)
from poc_eval.scoring.gating import with_unit
from poc_eval.scoring.readiness import readiness_scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from poc_eval.catalog.fields import Source
    from poc_eval.i18n import Language
    from poc_eval.scoring.criterion import Criterion
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Extra
    from poc_eval.scoring.structure import Node
    from poc_eval.workspace.records import DefinitionRef

STAGES: Final[Mapping[str, Message]] = {
    "selection": _("Selection"),
    "plan": _("Plan review"),
    "acceptance": _("Acceptance"),
    "review": _("Periodic review"),
    "performance": _("Performance"),
}
_SEEN: Final[Mapping[str, Message]] = {
    "official": _("the text itself was read"),
    "secondary": _("from a page that quotes it"),
    "seed": _("from this project's source documents"),
    "named": _("known by name only"),
}
_PARTS: Final = ("band", "score", "reason", "evidence", "beside")


def sheet_document(
    rubric: Rubric, ref: DefinitionRef, required: Mapping[str, str | None], lang: Language
) -> dict[str, Any]:
    """Return the sheet of a form document; ``required`` is the least score of each criterion, as printed."""
    writing = rubric.writing
    return {
        "id": ref.id,
        "version": ref.version,
        "hash": ref.hash,
        "title": rubric.title.text(lang),
        "stage": stage_text(rubric, lang),
        "source": source_text(rubric.source, lang),
        "historical": rubric.historical,
        "note": _words(rubric.note, lang),
        "undertaking": list(_undertaking(lang)),
        "screening": [
            {
                "field": of_screening(item.id),
                "ask": item.ask.text(lang),
                "fails_on": "yes" if item.fails_on else "no",
                "reason": of_screening(item.id, "reason"),
            }
            for item in rubric.screening
        ],
        "inputs": [
            {
                "field": of_input(name),
                "label": asked.label.text(lang),
                "unit": _words(asked.unit, lang),
                "kind": asked.kind,
            }
            for name, asked in rubric.asked_inputs.items()
        ],
        "criteria": [
            _criterion(node, rubric, required[node.criterion.id], lang) for node in rubric.every_node
        ],
        "bonuses": [_extra("bonuses", extra, lang) for extra in rubric.bonuses],
        "deductions": [_extra("deductions", extra, lang) for extra in rubric.deductions],
        "recommendation": _recommendation(rubric, lang),
        "opinion": {
            "field": OPINION,
            "at_least": writing.opinion_at_least,
            "at_most": writing.opinion_at_most,
        },
        "reason_at_least": writing.reason_at_least,
    }


def _recommendation(rubric: Rubric, lang: Language) -> dict[str, Any] | None:
    options = [{"value": one.id, "label": one.title.text(lang)} for one in rubric.recommendation]
    return {"field": RECOMMENDATION, "options": options} if options else None


def stage_text(rubric: Rubric, lang: Language) -> str | None:
    """Return the stage that a rubric is for, in words."""
    return None if rubric.stage is None else STAGES[rubric.stage].text(lang)


def source_text(source: Source, lang: Language) -> str:
    """Return where a rubric comes from and how sure that is, on one line."""
    named = " ".join(part for part in (source.document, source.clause) if part)
    if source.seen is None:
        return named
    return _("{source} ({seen})", source=named, seen=_SEEN[source.seen]).text(lang)


def _undertaking(lang: Language) -> Iterable[dict[str, Any]]:
    for item in undertaking.UNDERTAKING:
        yield {
            "field": item.field,
            "kind": item.kind,
            "label": item.label.text(lang),
            "help": item.help.text(lang),
            "options": [{"value": one.value, "label": one.label.text(lang)} for one in item.options],
        }
        if item.field == undertaking.CONFLICT:
            yield {
                "field": undertaking.CONFLICT_REASON,
                "kind": "text",
                "label": undertaking.CONFLICT_REASON_LABEL.text(lang),
                "help": undertaking.CONFLICT_REASON_HELP.text(lang),
                "options": [],
                "asked_if": {"field": undertaking.CONFLICT, "value": undertaking.STEP_ASIDE},
            }


def _criterion(node: Node, rubric: Rubric, required: str | None, lang: Language) -> dict[str, Any]:
    criterion, marks = node.criterion, node.marks
    written = parts_of(criterion)
    return {
        "id": criterion.id,
        "title": criterion.title.text(lang),
        "definition": _words(criterion.definition, lang),
        "depth": node.depth,
        "group": criterion.is_group,
        "minimum": printed(marks.minimum),
        "full_mark": printed(marks.full_mark),
        "step": None if marks.step is None else printed(marks.step),
        "best_low": marks.best_low,
        "required": required,
        "weight": None if criterion.weight is None else printed(criterion.weight),
        "counts": criterion.counts,
        "optional": criterion.optional,
        "way": None if criterion.is_group else criterion.way,
        "levels": [
            {
                "score": printed(level.score),
                "text": level.text.text(lang),
                "evidence": [one.text(lang) for one in level.evidence],
            }
            for level in criterion.levels
        ],
        "bands": [
            {
                "value": band.value,
                "from": printed(band.from_),
                "to": printed(band.to),
                "text": _words(band.text, lang) or "",
            }
            for band in criterion.bands
        ],
        "measured": _measured(criterion, rubric, lang),
        "beside": _beside(criterion, lang),
        "fields": {part: of_criterion(criterion.id, part) if part in written else None for part in _PARTS},
    }


def _measured(criterion: Criterion, rubric: Rubric, lang: Language) -> dict[str, Any] | None:
    measured = criterion.measured
    if measured is None:
        return None
    asked = rubric.asked_inputs[measured.input]
    return {
        "input": of_input(measured.input),
        "unit": _words(measured.unit or asked.unit, lang),
        "table": [
            {
                "from": printed(row.from_),
                "shown": with_unit(row.from_, asked).text(lang),
                "score": printed(row.score),
            }
            for row in measured.table
        ],
        "between": measured.between,
    }


def _beside(criterion: Criterion, lang: Language) -> dict[str, Any] | None:
    if criterion.beside is None:
        return None
    scale = readiness_scale(criterion.beside)
    return {
        "scale": scale.id,
        "title": scale.title.text(lang),
        "short": scale.short,
        "levels": [{"value": str(one.level), "text": one.text.text(lang)} for one in scale.levels],
    }


def _extra(kind: str, extra: Extra, lang: Language) -> dict[str, Any]:
    return {
        "id": extra.id,
        "title": extra.title.text(lang),
        "up_to": printed(extra.up_to),
        "fields": {part: of_extra(kind, extra.id, part) for part in ("points", "reason")},
    }


def _words(words: Translatable | None, lang: Language) -> str | None:
    return None if words is None else words.text(lang)
