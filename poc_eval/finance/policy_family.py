"""Several policies side by side: versions of one rule in time, and groups that meet."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from poc_eval.catalog.reader import read_yaml
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from poc_eval.catalog.definitions import Loaded
    from poc_eval.catalog.reader import Where
    from poc_eval.errors import Fault
    from poc_eval.finance.policy import Policy
    from poc_eval.i18n import Message


def family_faults(policies: Sequence[Loaded[Policy]]) -> tuple[Fault, ...]:
    """Return what is wrong between ``policies``: gaps and overlaps in time, groups that disagree, circles.

    Versions of one id must follow one another without a day between them and without a day in both.  Two
    versions for the same days are one rule known at two times where each says ``known_from``.
    """
    return (*_times(policies), *_groups(policies), *_circles(policies))


def order_of_groups(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """Return ``policies`` so that each comes after those that it names under ``combine.after``.

    The given order is kept where nothing is said.  Those that stand in a circle come last, as given.
    """
    left = list(policies)
    done: list[Policy] = []
    while left:
        waiting = {name for one in left for name in _names(one)}
        ready = [one for one in left if not (set(_before(one)) & waiting)]
        nearest = ready[0] if ready else left[0]
        done.append(nearest)
        left.remove(nearest)
    return tuple(done)


def _names(policy: Policy) -> tuple[str, ...]:
    return (policy.id,) if policy.combine is None else (policy.id, policy.combine.group)


def _before(policy: Policy) -> tuple[str, ...]:
    return () if policy.combine is None else policy.combine.after


def _fault(loaded: Loaded[Policy], what: Message, remedy: Message, where: Where) -> Fault:
    return read_yaml(loaded.text, name=loaded.file).fault(what, remedy, where)


def _times(policies: Sequence[Loaded[Policy]]) -> Iterator[Fault]:
    by_id: dict[str, list[Loaded[Policy]]] = defaultdict(list)
    for one in policies:
        by_id[one.definition.id].append(one)
    for versions in by_id.values():
        ordered = sorted(versions, key=_starts)
        for earlier, later in pairwise(ordered):
            if _known_at_two_times(earlier.definition, later.definition):
                continue
            yield from _between(earlier, later)


def _known_at_two_times(one: Policy, other: Policy) -> bool:
    known = (one.known_from, other.known_from)
    return (one.in_force.from_, one.in_force.to) == (other.in_force.from_, other.in_force.to) and (
        None not in known and known[0] != known[1]
    )


def _starts(loaded: Loaded[Policy]) -> tuple[date, date]:
    span = loaded.definition.in_force
    return span.from_ or date.min, span.to or date.max


def _between(earlier: Loaded[Policy], later: Loaded[Policy]) -> Iterator[Fault]:
    ends = _starts(earlier)[1]
    begins = _starts(later)[0]
    names = {
        "later": later.definition.version,
        "earlier": earlier.definition.version,
        "id": later.definition.id,
    }
    if begins <= ends:
        yield _fault(
            later,
            _("{id}: the versions {earlier} and {later} overlap in time", **names),
            _("let the earlier one end the day before the later one begins"),
            ("in_force", "from"),
        )
    elif begins > ends + timedelta(days=1):
        yield _fault(
            later,
            _(
                "{id}: no version holds from {start} to {end}, between {earlier} and {later}",
                start=ends + timedelta(days=1),
                end=begins - timedelta(days=1),
                **names,
            ),
            _("let the earlier one end the day before the later one begins, or add the version between"),
            ("in_force", "from"),
        )


def _groups(policies: Sequence[Loaded[Policy]]) -> Iterator[Fault]:
    first: dict[str, Loaded[Policy]] = {}
    for one in policies:
        combine = one.definition.combine
        if combine is None:
            continue
        other = first.setdefault(combine.group, one).definition
        if other.combine is not None and other.combine.rule != combine.rule:
            yield _fault(
                one,
                _(
                    "the group {group} is combined by {rule} here and by {other} in {id}",
                    group=combine.group,
                    rule=combine.rule,
                    other=other.combine.rule,
                    id=other.id,
                ),
                _("write the same rule in every policy of the group"),
                ("combine", "rule"),
            )


def _circles(policies: Sequence[Loaded[Policy]]) -> Iterator[Fault]:
    """Yield each policy that would have to come after itself, over others or over its group."""
    after: dict[str, set[str]] = defaultdict(set)
    for one in policies:
        for name in _names(one.definition):
            after[name] |= set(_before(one.definition))
        if one.definition.combine is not None:
            after[one.definition.combine.group].discard(one.definition.id)
    for one in policies:
        combine = one.definition.combine
        if (
            combine is not None
            and combine.after
            and _reaches(after, combine.after, set(_names(one.definition)))
        ):
            yield _fault(
                one,
                _(
                    "{id} comes after itself by way of {others}",
                    id=one.definition.id,
                    others=", ".join(combine.after),
                ),
                _("take one of the names out of after, so that one rule is first"),
                ("combine", "after"),
            )


def _reaches(after: Mapping[str, set[str]], start: Sequence[str], goal: set[str]) -> bool:
    seen, waiting = set[str](), list(start)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        waiting += after.get(name, set())
    return bool(seen & goal)
