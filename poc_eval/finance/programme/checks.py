"""All rules of the programme format that go beyond the type of one key."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.refusal import Refusal
from poc_eval.finance.programme.check_money import money_refusals
from poc_eval.finance.programme.check_randomness import randomness_refusals
from poc_eval.finance.programme.timeline import LONGEST, YEAR, in_order, predecessors
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.programme.model import Programme
    from poc_eval.finance.programme.parts import Stage


LAST_START: Final = 9000
"""The last year in which a programme may start: days are counted up to the year 9999."""


def refusals_of(programme: Programme) -> tuple[Refusal, ...]:
    """Return everything that is wrong with ``programme``, each with its place."""
    found = (*_names(programme), *_parties(programme))
    if len({stage.id for stage in programme.stages}) == len(programme.stages):
        found += tuple(_chain(programme))
    if found:
        return found
    return (
        *_times(programme),
        *_too_far(programme),
        *_probabilities(programme),
        *money_refusals(programme),
        *randomness_refusals(programme),
    )


def _names(programme: Programme) -> Iterator[Refusal]:
    yield from _twice(((one.id, ("stages", place, "id")) for place, one in enumerate(programme.stages)))
    yield from _twice(((one.id, ("grants", place, "id")) for place, one in enumerate(programme.grants)))
    yield from _twice(
        (one.id, ("income", place, "id")) for place, one in enumerate(programme.income) if one.id is not None
    )
    yield from _twice((one.id, ("scenarios", place, "id")) for place, one in enumerate(programme.scenarios))
    yield from _twice((one, ("parties", place)) for place, one in enumerate(programme.parties))


def _twice(names: Iterable[tuple[str, Where]]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for name, at in names:
        if name in seen:
            yield Refusal(_('"{text}" stands here twice', text=name), _("take one of them away"), at)
        seen.add(name)


def _parties(programme: Programme) -> Iterator[Refusal]:
    named: list[tuple[str | None, Where]] = [
        (one.cost_by, ("stages", place, "cost_by")) for place, one in enumerate(programme.stages)
    ]
    named += [(one.to, ("income", place, "to")) for place, one in enumerate(programme.income)]
    for place, grant in enumerate(programme.grants):
        named += [(grant.by, ("grants", place, "by")), (grant.to, ("grants", place, "to"))]
        if grant.matching is not None:
            named.append((grant.matching.by, ("grants", place, "matching", "by")))
    for place, loan in enumerate(programme.loans):
        named += [(loan.to, ("loans", place, "to")), (loan.lender, ("loans", place, "lender"))]
        if loan.interest_subsidy is not None:
            named.append((loan.interest_subsidy.by, ("loans", place, "interest_subsidy", "by")))
    for name, at in named:
        if name is not None and name not in programme.parties:
            yield Refusal(
                _('"{id}" is not one of the parties', id=name),
                _(
                    "write one of these, or add it to parties: {choices}",
                    choices=", ".join(programme.parties),
                ),
                at,
            )


def _chain(programme: Programme) -> Iterator[Refusal]:
    """Yield stages that wait for what is not there, for one another, or beside one another."""
    ids = [stage.id for stage in programme.stages]
    before = predecessors(programme.stages)
    unknown = False
    for place, stage in enumerate(programme.stages):
        if stage.when is not None and stage.when.passed not in ids:
            unknown = True
            yield _unknown_stage(stage.when.passed, ids, ("stages", place, "when", "passed"))
    ordered = {stage.id for stage in in_order(programme.stages)}
    if unknown or len(ordered) == len(set(ids)):
        return
    told: set[str] = set()
    for place, stage in enumerate(programme.stages):
        circle = _circle(stage.id, before)
        at: Where = ("stages", place, "when") if stage.when is not None else ("stages", place)
        if circle and stage.when is not None and not told & set(circle):
            told |= set(circle)
            yield Refusal(
                _("these stages wait for one another: {circle}", circle=" → ".join([*circle, circle[0]])),
                _("let one of them follow a stage outside the circle, or nothing"),
                at,
            )
        beside = [name for name in ids[:place] if before[name] == before[stage.id]]
        if beside and stage.id not in told:
            yield Refusal(
                _('"{id}" and "{other}" follow the same stage', id=stage.id, other=beside[0]),
                _("let stages follow one after another; routes side by side are programmes of their own"),
                at,
            )


def _circle(name: str, before: dict[str, str | None]) -> list[str]:
    """Return the stages of the circle that ``name`` stands in, in order; none where it does not."""
    found = [name]
    behind = before[name]
    while behind is not None and behind != name and behind not in found:
        found.append(behind)
        behind = before[behind]
    return found[::-1] if behind == name else []


def _unknown_stage(name: str, ids: list[str], at: Where) -> Refusal:
    return Refusal(
        _('there is no stage with the id "{id}"', id=name),
        _("known are: {ids}", ids=", ".join(ids)),
        at,
    )


def _times(programme: Programme) -> Iterator[Refusal]:
    places = {stage.id: place for place, stage in enumerate(programme.stages)}
    before: Stage | None = None
    end = Fraction()
    for stage in in_order(programme.stages):
        at: Where = ("stages", places[stage.id])
        if stage.at is None and before is not None and before.months is None:
            yield Refusal(
                _('nothing says when the stage "{id}" begins', id=stage.id),
                _("write at, or the months of the stage before it"),
                at,
            )
        elif stage.at is not None and stage.at < end:
            yield Refusal(
                _(
                    'the stage "{id}" begins {years} years after the start, before the one before it is over',
                    id=stage.id,
                    years=f"{stage.at:f}",
                ),
                _("let stages follow one after another"),
                (*at, "at"),
            )
        start = end if stage.at is None else Fraction(stage.at)
        end = start + (Fraction() if stage.months is None else stage.months.mean / YEAR)
        before = stage
        if end > LONGEST:
            yield _far(at)
            return
    for place, one in enumerate(programme.income):
        if (one.at is None) == (one.months is None):
            yield Refusal(
                _("an income has at or months, one of them"),
                _("write at in years after the start, or months after the last stage was passed"),
                ("income", place),
            )


def _too_far(programme: Programme) -> Iterator[Refusal]:
    """Yield what lies further off than any programme lasts: a calendar year written as years, mostly."""
    if programme.start.year > LAST_START:
        yield Refusal(
            _(
                "no calendar reaches to the end of a programme that starts in {year}",
                year=programme.start.year,
            ),
            _("check the year"),
            ("start",),
        )
    times: list[tuple[Fraction | Decimal | None, Where]] = []
    for place, one in enumerate(programme.income):
        times.append((one.at, ("income", place, "at")))
        later = None if one.months is None else Fraction(one.months) / YEAR
        times.append((later, ("income", place, "months")))
    for place, loan in enumerate(programme.loans):
        times.append((loan.when.at, ("loans", place, "when", "at")))
    for place, grant in enumerate(programme.grants):
        for index, part in enumerate(grant.instalments):
            times.append((part.when.at, ("grants", place, "instalments", index, "when", "at")))
    for years, at in times:
        if years is not None and years > LONGEST:
            yield _far(at)


def _far(at: Where) -> Refusal:
    return Refusal(
        _("this lies more than {limit} years after the start", limit=LONGEST),
        _("count years or months from the start; a calendar year such as 2027 is not meant"),
        at,
    )


def _probabilities(programme: Programme) -> Iterator[Refusal]:
    known = [stage.success is not None for stage in programme.stages]
    if not any(known):
        return
    for place, stage in enumerate(programme.stages):
        if stage.success is None:
            yield Refusal(
                _('the stage "{id}" does not say how likely it is to be passed, and others do', id=stage.id),
                _("write success, 1 where it cannot fail; or write it for no stage, for a calendar only"),
                ("stages", place),
            )
    if programme.discount is None:
        yield Refusal(
            _('the key "{key}" is missing', key="discount"),
            _("write the yearly rate, such as {example}", example="discount: {rate: 0.10, timing: start}"),
        )
