"""The conclusion before the detail: what is recommended, the total, the requirements, the readiness level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from poc_eval.i18n import _
from poc_eval.views.figures import decimals_of, number
from poc_eval.views.html import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.evaluation import FieldNote
    from poc_eval.views.dossier import Dossier

Mark = Literal["good", "bad", "open"]
"""How a result stands; it is always said in words as well."""


@dataclass(frozen=True, slots=True)
class _Cell:
    label: str
    value: str
    mark: Mark | None = None


def notices(dossier: Dossier, lang: Language) -> Markup:
    """Return what must be known before anything is read: a draft, an example, a later version."""
    said: list[Message] = []
    if dossier.draft:
        said.append(_("Draft, not submitted: the content may still change and is not a conclusion."))
    if dossier.amended_by is not None:
        said.append(_("Amended: a later version of this review exists, and this one no longer counts."))
    if dossier.example:
        said.append(
            _("Example scores: made up to show how the sheet works, not an evaluation of the project.")
        )
    if dossier.rubric.historical:
        said.append(_("Historical rubric: the procedure it belongs to is no longer in force."))
    return join(tag("p", notice.text(lang), class_="pe-notice") for notice in said)


def summary(dossier: Dossier, lang: Language) -> Markup:
    """Return the block of the page's four most asked figures."""
    cells = _stepped_aside(dossier, lang) if dossier.evaluation.stepped_aside else _scored(dossier, lang)
    return tag("dl", *(_shown(cell) for cell in cells), class_="pe-summary")


def missing(dossier: Dossier, lang: Language) -> Markup:
    """Return what a draft still needs, in the order of the form; empty for a complete review."""
    notes = [*dossier.evaluation.missing, *dossier.evaluation.faults]
    if not notes or not dossier.draft:
        return join([])
    heading = _("Still open: {count}", count=len(notes)).text(lang)
    items = [tag("li", _note(note, dossier).text(lang)) for note in notes]
    return tag("div", tag("p", heading, class_="pe-lead"), tag("ul", *items), class_="pe-missing")


def _note(note: FieldNote, dossier: Dossier) -> Message:
    """Return a note with its criterion's title where it does not name it itself."""
    part, _dot, rest = note.field.partition(".")
    results = {result.id: result for result in dossier.evaluation.criteria}
    result = results.get(rest.rpartition(".")[0]) if part == "criteria" else None
    if result is None or result.title in note.message.params.values():
        return note.message
    return _("{title}: {note}", title=result.title, note=note.message)


def _shown(cell: _Cell) -> Markup:
    return tag(
        "div",
        tag("dt", cell.label),
        tag("dd", cell.value, class_=f"pe-{cell.mark}" if cell.mark else None),
    )


def _stepped_aside(dossier: Dossier, lang: Language) -> list[_Cell]:
    aside = _("Stepped aside, no scores given").text(lang)
    return [
        _Cell(_("Conclusion").text(lang), aside),
        _Cell(_("Reason").text(lang), dossier.evaluation.step_aside_reason),
    ]


def _scored(dossier: Dossier, lang: Language) -> list[_Cell]:
    cells = [*_conclusions(dossier, lang), *_total(dossier, lang), *_requirements(dossier, lang)]
    cells += [
        _Cell(result.title.text(lang), result.beside[0])
        for result in dossier.evaluation.criteria
        if result.beside is not None
    ]
    return cells


def _conclusions(dossier: Dossier, lang: Language) -> list[_Cell]:
    recommended, decided = dossier.evaluation.recommendation, dossier.evaluation.decision
    if recommended is not None and decided is not None:
        words = recommended.title.text(lang)
        if words == decided.title.text(lang):
            return [_Cell(_("Conclusion (as the rubric's rule has it)").text(lang), words)]
    cells = []
    if recommended is not None or decided is None:
        said = recommended.title if recommended is not None else _("Not stated yet")
        cells.append(_Cell(_("Conclusion").text(lang), said.text(lang)))
    if decided is not None:
        label = _("Conclusion") if recommended is None else _("By the rubric's rule")
        cells.append(_Cell(label.text(lang), decided.title.text(lang)))
    return cells


def _total(dossier: Dossier, lang: Language) -> list[_Cell]:
    evaluation = dossier.evaluation
    if evaluation.full_mark is None:
        return []
    full = number(evaluation.full_mark)
    if evaluation.total is not None:
        label = _("Total (full mark {full})", full=full)
        return [_Cell(label.text(lang), number(evaluation.total, _decimals(dossier)))]
    label = _("Total so far (full mark {full})", full=full)
    return [_Cell(label.text(lang), number(evaluation.running_total, _decimals(dossier)))]


def _decimals(dossier: Dossier) -> int:
    evaluation = dossier.evaluation
    scores = [result.score for result in evaluation.criteria]
    return decimals_of([*scores, evaluation.total, evaluation.running_total])


def _requirements(dossier: Dossier, lang: Language) -> list[_Cell]:
    gates = dossier.evaluation.gates
    if not gates:
        return []
    failed = sum(gate.passed is False for gate in gates)
    unknown = sum(gate.passed is None for gate in gates)
    on_scores = any(gate.kind in {"criterion", "total"} for gate in gates)
    label = (_("Minimum requirements") if on_scores else _("Requirements")).text(lang)
    if failed:
        return [_Cell(label, "✗ " + _("{count} not met", count=failed).text(lang), "bad")]
    if unknown:
        return [_Cell(label, _("{count} not known yet", count=unknown).text(lang), "open")]
    return [_Cell(label, "✓ " + _("All met").text(lang), "good")]
