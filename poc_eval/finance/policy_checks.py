"""All rules of the policy format that go beyond the type of one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.catalog.refusal import Refusal
from poc_eval.errors import PocEvalError
from poc_eval.finance.policy_check_payout import payout
from poc_eval.finance.policy_values import encoded, input_of_kind, wanted
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Condition

RESERVED: Final = frozenset(
    {
        "claim_id", "payee", "period", "policy", "matter", "project", "rank", "date",
        "already_paid", "paid_before", "amount", "explain", "reason", "clause",
    }
)  # fmt: skip
"""Columns of claims and results that no input may be called."""
_ENDINGS: Final = ("_declared", "_reason", "_fen", "_voucher")


def refusals_of(policy: Policy) -> tuple[Refusal, ...]:
    """Return everything that is wrong with ``policy``, each with its place."""
    found = tuple(_alone(policy))
    return found or tuple(_readings(policy))


def _alone(policy: Policy) -> Iterator[Refusal]:
    yield from _dates(policy)
    yield from _inputs(policy)
    yield from _conditions(policy)
    yield from payout(policy)
    yield from _around(policy)
    yield from _after(policy)
    yield from _shares(policy)


def _dates(policy: Policy) -> Iterator[Refusal]:
    span = policy.in_force
    if (span.from_ is None or span.to is None) and not span.open_ended:
        yield Refusal(
            _("a date of the rule is missing"),
            _("write from and to; where a date is not known, write null and open_ended: true"),
            ("in_force",),
        )
    if span.from_ is not None and span.to is not None and span.to < span.from_:
        yield Refusal(
            _("these dates go from {start} to {end}", start=span.from_, end=span.to),
            _("let the second date be the later one"),
            ("in_force", "to"),
        )
    if not policy.period.years:
        yield Refusal(_("a period has 0 years"), _("write 1 or more"), ("period", "years"))


def _inputs(policy: Policy) -> Iterator[Refusal]:
    for name, one in policy.inputs.items():
        at: Where = ("inputs", name)
        if name in RESERVED or name.endswith(_ENDINGS):
            yield Refusal(
                _('an input cannot be called "{id}": a column of claims has this name', id=name),
                _("give it another name"),
                at,
            )
        if (one.kind == "choice") != bool(one.of):
            yield Refusal(
                _("kind: choice and its values after of belong together, and one of them is missing"),
                _("add the other one, or take this one away"),
                (*at, "of" if one.of else "kind"),
            )
        yield from _twice(one.of, (*at, "of"))
        for word in one.labels:
            if word not in one.of:
                yield Refusal(
                    _('"{text}" is not one of the values', text=word),
                    _("write one of these: {choices}", choices=", ".join(one.of) or "–"),
                    (*at, "labels", word),
                )


def _twice(names: Iterable[str], at: Where) -> Iterator[Refusal]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Refusal(
                _('"{text}" stands here twice', text=name), _("take one of them away"), (*at, index)
            )
        seen.add(name)


def _conditions(policy: Policy) -> Iterator[Refusal]:
    for index, condition in enumerate(policy.eligible):
        at: Where = ("eligible", index)
        tests = [
            name for name in ("is_", "one_of", "at_least", "at_most") if getattr(condition, name) is not None
        ]
        if not tests or (("is_" in tests or "one_of" in tests) and len(tests) > 1):
            yield Refusal(
                _("a condition has one test, and here are {count}", count=len(tests)),
                _("write is, or one_of, or at_least and at_most"),
                at,
            )
        elif condition.input not in policy.inputs:
            yield from input_of_kind(policy, condition.input, (), (*at, "input"))
        else:
            yield from _condition_values(policy, condition, tests, at)


def _condition_values(
    policy: Policy, condition: Condition, tests: Sequence[str], at: Where
) -> Iterator[Refusal]:
    kind = policy.inputs[condition.input]
    ordered = not {"at_least", "at_most"} & set(tests)
    if not ordered and kind.kind in {"yes_no", "choice"}:
        yield Refusal(
            _('the input "{id}" is of the kind {kind}', id=condition.input, kind=kind.kind),
            _("compare it with is or one_of"),
            at,
        )
        return
    for test in tests:
        words = getattr(condition, test)
        for word in words if isinstance(words, tuple) else (words,):
            try:
                fits = encoded(kind, word) is not None
            except PocEvalError:
                fits = False
            if not fits:
                yield Refusal(
                    _('"{text}" does not fit here', text=word), wanted(kind), (*at, test.rstrip("_"))
                )


def _around(policy: Policy) -> Iterator[Refusal]:
    if policy.term is not None:
        if not policy.term.periods:
            yield Refusal(_("it can be claimed for 0 periods"), _("write 1 or more"), ("term", "periods"))
        if policy.term.from_ is not None:
            yield from input_of_kind(policy, policy.term.from_, ("date",), ("term", "from"))
    if policy.matching is not None:
        yield from input_of_kind(policy, policy.matching.input, ("amount",), ("matching", "input"))
        if policy.matching.ratio == 0:
            yield Refusal(
                _("own funds of 0 times the payout are no condition"),
                _("write a ratio above 0, or take matching away"),
                ("matching", "ratio"),
            )
    if policy.budget is not None and (policy.budget.amount or 0) < 0:
        yield _negative(("budget", "amount"))
    if policy.rounding.to <= 0:
        yield Refusal(
            _("nothing can be rounded to a multiple of {amount}", amount=policy.rounding.to),
            _("write 0.01 for fen, 1 for yuan, 10000 for 10,000 yuan"),
            ("rounding", "to"),
        )


def _after(policy: Policy) -> Iterator[Refusal]:
    for index, name in enumerate(policy.combine.after if policy.combine is not None else ()):
        if policy.combine is not None and name in {policy.id, policy.combine.group}:
            yield Refusal(
                _('"{id}" comes after itself', id=name),
                _("name another rule or group"),
                ("combine", "after", index),
            )


def _negative(at: Where) -> Refusal:
    return Refusal(_("the amount is below 0"), _("write an amount of 0 or more"), at)


def _shares(policy: Policy) -> Iterator[Refusal]:
    for key, shares in (
        ("instalments", [one.share for one in policy.instalments]),
        ("funding", [one.share for one in policy.funding]),
    ):
        known: list[Decimal] = [share for share in shares if share is not None]
        total = sum(known)
        if shares and (total > 1 or (len(known) == len(shares) and total != 1)):
            yield Refusal(
                _("the shares add up to {total}", total=f"{total * 100:f}%"),
                _("let them add up to the whole; a share that is not known is null"),
                (key,),
            )


def _readings(policy: Policy) -> Iterator[Refusal]:
    from poc_eval.finance.policy import read_otherwise  # noqa: PLC0415 a reading is a policy again

    yield from _twice((one.id for one in policy.ambiguities), ("ambiguities",))
    for index, one in enumerate(policy.ambiguities):
        at: Where = ("ambiguities", index, "other")
        if not one.other.model_fields_set:
            yield Refusal(
                _("the other reading changes nothing"),
                _("write the keys that it would change, for instance caps"),
                at,
            )
            continue
        other = read_otherwise(policy, one)
        yield from (Refusal(found.what, found.remedy, at) for found in _alone(other))
