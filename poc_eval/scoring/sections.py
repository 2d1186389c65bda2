"""Read the sections of a form around the criteria: undertaking, screening, inputs, bonuses, conclusion."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from poc_eval.catalog.plain_text import shown
from poc_eval.i18n import _
from poc_eval.scoring import undertaking
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.evaluation import Adjustment, Outcome
from poc_eval.scoring.form_fields import OPINION, RECOMMENDATION, of_extra, of_input, of_screening
from poc_eval.scoring.inputs import read_input, wanted
from poc_eval.scoring.typed import characters, is_blank, number, yes_no

if TYPE_CHECKING:
    from decimal import Decimal

    from poc_eval.scoring.notes import Answers, Notes
    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Extra


def read_undertaking(answers: Answers, notes: Notes) -> bool:
    """Return True for a reviewer who steps aside; of such a one only the reason is asked."""
    conflict = answers.text(undertaking.CONFLICT)
    if conflict == undertaking.STEP_ASIDE:
        if is_blank(answers.text(undertaking.CONFLICT_REASON)):
            notes.lacks(undertaking.CONFLICT_REASON, _("Undertaking: say why you step aside"))
        return True
    if is_blank(conflict):
        notes.lacks(undertaking.CONFLICT, _("Undertaking: say whether you must step aside"))
    elif conflict != undertaking.NO_CONFLICT:
        notes.refuses(undertaking.CONFLICT, _("Choose one of the two answers."))
    for name, message in (
        (undertaking.CONFIDENTIALITY, _("Undertaking: confirm confidentiality")),
        (undertaking.INTEGRITY, _("Undertaking: confirm integrity")),
    ):
        if answers.text(name) != undertaking.GIVEN:
            notes.lacks(name, message)
    return False


def read_screening(rubric: Rubric, answers: Answers, notes: Notes) -> dict[str, bool | None]:
    """Return the answer to every screening item by its id, None while there is none."""
    read: dict[str, bool | None] = {}
    for item in rubric.screening:
        name = of_screening(item.id)
        text = answers.text(name)
        read[item.id] = yes_no(text)
        if is_blank(text):
            notes.lacks(name, _("{question}: answer yes or no", question=item.ask))
        elif read[item.id] is None:
            notes.refuses(
                name, _('"{text}" does not fit; {wanted}.', text=shown(text), wanted=wanted("yes_no"))
            )
    return read


def read_inputs(rubric: Rubric, answers: Answers, notes: Notes) -> dict[str, Decimal | bool]:
    """Return the figures and facts that are there, by name; amounts in yuan, shares as parts of one."""
    read: dict[str, Decimal | bool] = {}
    for key, asked in rubric.asked_inputs.items():
        name = of_input(key)
        text = answers.text(name)
        if is_blank(text):
            notes.lacks(name, _("{input}: fill it in", input=asked.label))
            continue
        value = read_input(text, asked.kind)
        if value is None:
            notes.refuses(
                name, _('"{text}" does not fit; {wanted}.', text=shown(text), wanted=wanted(asked.kind))
            )
        else:
            read[key] = value
    return read


def read_extras(
    rubric: Rubric, answers: Answers, notes: Notes
) -> tuple[tuple[Adjustment, ...], Fraction | None]:
    """Return bonuses and deductions, and what they come to; None while one of them does not fit."""
    adjustments: list[Adjustment] = []
    total: Fraction | None = Fraction(0)
    for kind, sign, extras in (("bonuses", 1, rubric.bonuses), ("deductions", -1, rubric.deductions)):
        for extra in extras:
            blank = is_blank(answers.text(of_extra(kind, extra.id, "points")))
            points = None if blank else _points(kind, extra, answers, notes)
            reason = of_extra(kind, extra.id, "reason")
            if points:
                message = _("{title}: give the reason", title=extra.title)
                answers.reason(reason, rubric.writing.reason_at_least, notes, message)
            if points is not None and total is not None:
                total += sign * Fraction(points)
            elif not blank:
                total = None
            signed = None if points is None else points * sign + 0
            adjustments.append(Adjustment(extra.id, extra.title, extra.up_to, signed, answers.text(reason)))
    return tuple(adjustments), total


def _points(kind: str, extra: Extra, answers: Answers, notes: Notes) -> Decimal | None:
    name = of_extra(kind, extra.id, "points")
    text = answers.text(name)
    points = number(text)
    if points is not None and kind == "deductions":
        points = abs(points)
    if points is not None and 0 <= points <= extra.up_to:
        return points
    notes.refuses(
        name,
        _(
            '"{text}" does not fit; write points from 0 to {most}.',
            text=shown(text),
            most=printed(extra.up_to),
        ),
    )
    return None


def read_recommendation(rubric: Rubric, answers: Answers, notes: Notes) -> Outcome | None:
    """Return what the reviewer recommends, None while nothing or nothing known is chosen."""
    if not rubric.recommendation:
        return None
    text = answers.text(RECOMMENDATION)
    if is_blank(text):
        notes.lacks(RECOMMENDATION, _("Choose a recommendation"))
        return None
    chosen = next((option for option in rubric.recommendation if option.id == text), None)
    if chosen is None:
        notes.refuses(RECOMMENDATION, _("Choose one of the recommendations of this form."))
        return None
    return Outcome(chosen.id, chosen.title)


def read_opinion(rubric: Rubric, answers: Answers, notes: Notes) -> str:
    """Return the opinion, and note where it is missing, too short or too long."""
    text = answers.text(OPINION)
    found, rule = characters(text), rubric.writing
    if found == 0 < rule.opinion_at_least:
        notes.lacks(OPINION, _("Write the opinion"))
    elif found < rule.opinion_at_least:
        notes.refuses(
            OPINION,
            _(
                "Write a little more: the opinion has at least {least} characters, here are {found}.",
                least=rule.opinion_at_least,
                found=found,
            ),
        )
    elif found > rule.opinion_at_most:
        notes.refuses(
            OPINION,
            _(
                "Shorten it a little: the opinion has at most {most} characters, here are {found}.",
                most=rule.opinion_at_most,
                found=found,
            ),
        )
    return text
