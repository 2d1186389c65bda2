"""The same matter claimed twice (重复申报): what is the same is told as a fact, what is alike as a suspicion.

Nothing is decided here: a contract may be performed over two years, and two units may share a name.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from poc_eval.errors import InputError
from poc_eval.finance.claims.credit_code import parse_credit_code
from poc_eval.finance.policy_parts import PeriodRule
from poc_eval.finance.subsidy_periods import Span, span_of
from poc_eval.i18n import _
from poc_eval.money import format_money

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from poc_eval.finance.claims.form import ClaimForm, Voucher
    from poc_eval.i18n import Message

Kind: TypeAlias = Literal[
    "same_matter", "overlap", "same_invoice", "same_receipt", "same_contract",
    "near_number", "same_amount", "same_account", "two_names", "two_codes",
]  # fmt: skip
_SHORTEST: Final = 6
"""Numbers with fewer characters are alike by chance."""
_ROUND: Final = 10_000
"""Amounts in whole 万元 are the same by chance."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What several claims share; ``certain``: it is the same, else it is only alike."""

    kind: Kind
    claims: tuple[str, ...]
    certain: bool
    what: Message


def double_claims(
    forms: Sequence[ClaimForm], periods: Mapping[str, PeriodRule] | None = None
) -> tuple[Finding, ...]:
    """Return what the claims share, facts first, each in the order of the claims.

    ``periods``: how each policy (by id) reads its periods; a year is a calendar year where none is given.
    """
    found = [
        *_same_matter(forms, periods or {}),
        *_same_number(forms, "same_invoice", lambda voucher: voucher.invoice),
        *_same_number(forms, "same_receipt", lambda voucher: voucher.receipt),
        *_same_number(forms, "same_contract", lambda voucher: voucher.contract),
        *_overlaps(forms, periods or {}),
        *_near_numbers(forms),
        *_same_amount(forms),
        *_same_account(forms),
        *_two_names(forms),
        *_two_codes(forms),
    ]
    return tuple(sorted(found, key=lambda one: not one.certain))


def unit_of(form: ClaimForm) -> str:
    """Return what tells one unit from another: its credit code, or its name where no code holds."""
    try:
        return parse_credit_code(form.credit_code)
    except InputError:
        return _plain(form.payee)


def matter_of(form: ClaimForm, rule: PeriodRule | None = None) -> tuple[str, ...]:
    """Return what a claim is for, the same however it is written: unit, policy, days, project."""
    days = _days(form, rule)
    period = days if isinstance(days, str) else f"{days[0]}-{days[1]}"
    return (unit_of(form), form.policy.partition("@")[0], period, _plain(form.project))


def plain_number(number: str) -> str:
    """Return a number without what people write differently: width, case, blanks and signs."""
    return "".join(char for char in _plain(number) if char.isalnum())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _grouped(forms: Iterable[ClaimForm], key: Callable[[ClaimForm], Hashable]) -> Iterator[list[ClaimForm]]:
    groups: dict[Hashable, list[ClaimForm]] = defaultdict(list)
    for form in forms:
        groups[key(form)].append(form)
    yield from (group for group in groups.values() if len(group) > 1)


def _ids(forms: Iterable[ClaimForm]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.claim_id for form in forms))


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids)


def _same_matter(forms: Sequence[ClaimForm], periods: Mapping[str, PeriodRule]) -> Iterator[Finding]:
    for group in _grouped(forms, lambda one: matter_of(one, periods.get(one.policy))):
        first = group[0]
        yield Finding(
            "same_matter",
            tuple(form.claim_id for form in group),
            certain=True,
            what=_(
                "{payee} claims {policy} for {period} in {claims}: the same unit, policy and period",
                payee=first.payee,
                policy=first.policy,
                period=first.period,
                claims=_listed(form.claim_id for form in group),
            ),
        )


def _same_number(
    forms: Sequence[ClaimForm], kind: Kind, number_of: Callable[[Voucher], str]
) -> Iterator[Finding]:
    seen: dict[str, list[tuple[ClaimForm, str]]] = defaultdict(list)
    for form in forms:
        for voucher in form.vouchers:
            plain = plain_number(number_of(voucher))
            if plain:
                seen[plain].append((form, number_of(voucher).strip()))
    for uses in seen.values():
        ids = _ids(form for form, _number in uses)
        # One contract has many invoices, and one transfer pays several: inside a claim that is ordinary.
        if len(uses) > 1 and (kind == "same_invoice" or len(ids) > 1):
            yield Finding(kind, ids, certain=True, what=_number_words(kind, uses[0][1], ids))


def _number_words(kind: Kind, number: str, ids: tuple[str, ...]) -> Message:
    said = {"number": number, "claims": _listed(ids)}
    if kind == "same_invoice":
        if len(ids) == 1:
            return _("the invoice {number} stands twice in {claims}", **said)
        return _("the invoice {number} stands in {claims}", **said)
    if kind == "same_receipt":
        return _("the bank receipt {number} stands in {claims}", **said)
    return _("the contract {number} stands in {claims}; see that none of its invoices counts twice", **said)


def _overlaps(forms: Sequence[ClaimForm], periods: Mapping[str, PeriodRule]) -> Iterator[Finding]:
    for group in _grouped(forms, lambda one: (unit_of(one), one.policy, _plain(one.project))):
        for one, other in combinations(group, 2):
            mine, theirs = (_days(form, periods.get(form.policy)) for form in (one, other))
            if mine == theirs or isinstance(mine, str) or isinstance(theirs, str):
                continue
            if mine[0] <= theirs[1] and theirs[0] <= mine[1]:
                yield Finding(
                    "overlap",
                    _ids((one, other)),
                    certain=False,
                    what=_(
                        "the periods {first} and {second} of {payee} overlap in {claims}",
                        first=one.period,
                        second=other.period,
                        payee=one.payee,
                        claims=_listed(_ids((one, other))),
                    ),
                )


def _days(form: ClaimForm, rule: PeriodRule | None) -> tuple[int, int] | str:
    """Return the first and last day that a claim is for; its own words where they are no period."""
    found = span_of(form.period.strip(), rule or PeriodRule())
    return (found.start, found.end) if isinstance(found, Span) else _plain(form.period)


def _near_numbers(forms: Sequence[ClaimForm]) -> Iterator[Finding]:
    """Numbers one slip apart on the same amount; by itself the next number is only the next invoice."""
    by_amount: dict[Decimal, list[tuple[ClaimForm, str]]] = defaultdict(list)
    for form in forms:
        for voucher in form.vouchers:
            if voucher.amount:
                by_amount[voucher.amount] += [
                    (form, number.strip())
                    for number in (voucher.invoice, voucher.contract)
                    if len(plain_number(number)) >= _SHORTEST
                ]
    for amount, uses in by_amount.items():
        for (one, number), (other, near) in combinations(uses, 2):
            if one.claim_id != other.claim_id and _one_slip(plain_number(number), plain_number(near)):
                yield Finding(
                    "near_number",
                    _ids((one, other)),
                    certain=False,
                    what=_(
                        "{number} in {first} and {near} in {second} differ in one place and are both for "
                        "{amount} yuan",
                        number=number,
                        first=one.claim_id,
                        near=near,
                        second=other.claim_id,
                        amount=format_money(amount),
                    ),
                )


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one character is wrong, missing or too many, or two neighbours have changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, left = one[start:], other[start:]
    if len(rest) == len(left):
        swapped = len(rest) > 1 and rest[:2] == left[1::-1] and rest[2:] == left[2:]
        return rest[1:] == left[1:] or swapped
    return rest[1:] == left if len(rest) > len(left) else rest == left[1:]


def _same_amount(forms: Sequence[ClaimForm]) -> Iterator[Finding]:
    uses: dict[tuple[str, Decimal], list[ClaimForm]] = defaultdict(list)
    for form in forms:
        for figure in form.figures:
            if figure.verified and figure.verified % _ROUND:
                uses[unit_of(form), figure.verified].append(form)
    for (_unit, amount), group in uses.items():
        ids = _ids(group)
        if len(ids) > 1:
            yield Finding(
                "same_amount",
                ids,
                certain=False,
                what=_(
                    "{payee} states exactly {amount} yuan in {claims}",
                    payee=group[0].payee,
                    amount=format_money(amount),
                    claims=_listed(ids),
                ),
            )


def _same_account(forms: Sequence[ClaimForm]) -> Iterator[Finding]:
    stated = [form for form in forms if plain_number(form.account.number)]
    for group in _grouped(stated, lambda one: plain_number(one.account.number)):
        if len({unit_of(form) for form in group}) > 1:
            yield Finding(
                "same_account",
                _ids(group),
                certain=False,
                what=_("different units name one account in {claims}", claims=_listed(_ids(group))),
            )


def _two_names(forms: Sequence[ClaimForm]) -> Iterator[Finding]:
    stated = [form for form in forms if form.credit_code.strip()]
    for group in _grouped(stated, unit_of):
        names = dict.fromkeys(form.payee.strip() for form in group)
        if len({_plain(name) for name in names}) > 1:
            yield Finding(
                "two_names",
                _ids(group),
                certain=False,
                what=_(
                    "one credit code stands beside different names in {claims}: {names}",
                    claims=_listed(_ids(group)),
                    names=_listed(names),
                ),
            )


def _two_codes(forms: Sequence[ClaimForm]) -> Iterator[Finding]:
    stated = [form for form in forms if form.credit_code.strip()]
    for group in _grouped(stated, lambda one: _plain(one.payee)):
        if len({unit_of(form) for form in group}) > 1:
            yield Finding(
                "two_codes",
                _ids(group),
                certain=False,
                what=_(
                    "{payee} stands beside different credit codes in {claims}",
                    payee=group[0].payee,
                    claims=_listed(_ids(group)),
                ),
            )
