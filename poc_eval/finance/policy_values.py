"""What a value of an input is as a whole number, so that conditions compare numbers alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _
from poc_eval.money import from_fen, parse_money, to_fen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from poc_eval.catalog.reader import Where
    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Input, InputKind
    from poc_eval.i18n import Message, Translatable

SHARE_SCALE: Final = 14
_SHARE: Final = re.compile(r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,12})?%?")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,14}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YES: Final = frozenset({"yes", "true", "是"})
NO: Final = frozenset({"no", "false", "否"})


def encoded(kind: Input, text: str) -> int | None:
    """Return the whole number that stands for ``text`` in an input of this kind; None where it fits not.

    Amounts are fen, shares 10^-14, dates days since the year 1, choices their place in the list.  Raises
    InputError for what is no amount.
    """
    if kind.kind == "amount":
        return to_fen(parse_money(text))
    if kind.kind == "choice":
        return kind.of.index(text) if text in kind.of else None
    return {"yes_no": _truth, "count": _count, "share": _share, "date": _day}[kind.kind](text)


def _truth(text: str) -> int | None:
    low = text.lower()
    return 1 if low in YES else 0 if low in NO else None


def _count(text: str) -> int | None:
    return int(text) if _COUNT.fullmatch(text) else None


def _share(text: str) -> int | None:
    if not _SHARE.fullmatch(text):
        return None
    number = Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)
    return int(number.scaleb(SHARE_SCALE))


def _day(text: str) -> int | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def wanted(kind: Input) -> Message:
    """Return what can be written in an input of this kind."""
    if kind.kind == "yes_no":
        return _("write yes or no")
    if kind.kind == "choice":
        return _("write one of these: {choices}", choices=", ".join(kind.of))
    if kind.kind == "count":
        return _("write a whole number such as 5")
    if kind.kind == "share":
        return _("write a share such as 0.30 or 30%")
    if kind.kind == "date":
        return _("write a date as 2026-11-20")
    return _("write an amount such as 1000000, 1000000.00 or 100万")


def printed(kind: Input, value: int) -> str | Translatable:
    """Return an encoded value as people read it."""
    if kind.kind == "amount":
        return _("{amount} yuan", amount=f"{from_fen(value):,f}")
    if kind.kind == "yes_no":
        return _("yes") if value else _("no")
    if kind.kind == "choice":
        word = kind.of[value]
        return kind.labels.get(word, word)
    if kind.kind == "share":
        return f"{Decimal(value).scaleb(2 - SHARE_SCALE).normalize():f}%"
    return date.fromordinal(value).isoformat() if kind.kind == "date" else str(value)


def input_of_kind(policy: Policy, name: str, kinds: Sequence[InputKind], at: Where) -> Iterator[Refusal]:
    """Yield what is wrong with a reference to an input that must be of one of ``kinds``."""
    found = policy.inputs.get(name)
    if found is None:
        yield Refusal(
            _('there is no input with the name "{id}"', id=name),
            _("known are: {ids}", ids=", ".join(policy.inputs) or "–"),
            at,
        )
    elif found.kind not in kinds:
        yield Refusal(
            _('the input "{id}" is of the kind {kind}', id=name, kind=found.kind),
            _("name one of the kind {kinds}", kinds=", ".join(kinds)),
            at,
        )
    elif not found.required:
        yield Refusal(
            _('the input "{id}" may be left out, but what is paid depends on it', id=name),
            _("take required: no away there"),
            at,
        )
