"""Why a claim is paid what it is, in words: each step, the clause, and how sure the source is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from poc_eval.finance.policy_values import printed
from poc_eval.finance.subsidy_amount import raw_of
from poc_eval.finance.subsidy_cells import MISSING
from poc_eval.finance.subsidy_limits_explained import limits
from poc_eval.finance.subsidy_single import ALREADY_CLAIMED, TERM_OVER
from poc_eval.finance.subsidy_words import exact_yuan, percent, yuan
from poc_eval.finance.subsidy_working import CODE, fen
from poc_eval.i18n import Message, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from poc_eval.finance.policy import Policy
    from poc_eval.finance.policy_parts import Way
    from poc_eval.finance.subsidy_claims import Claims
    from poc_eval.finance.subsidy_working import Branch, Working
    from poc_eval.i18n import Language

SEEN: Final = {
    "official": _("the text itself was read"),
    "secondary": _("a page that quotes it"),
    "seed": _("this project's material, the text itself not seen"),
    "named": _("known by name only"),
    None: _("not stated"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps from what was declared to what is paid, and where the rule is written."""

    steps: tuple[Message, ...]
    basis: Message

    def lines(self, lang: Language) -> list[str]:
        """Return numbered steps and the basis, a line each."""
        steps = [f"{number}. {step.text(lang)}" for number, step in enumerate(self.steps, start=1)]
        return [*steps, self.basis.text(lang)]

    def both(self) -> dict[str, str]:
        """Return the whole text in Chinese and in English."""
        return {"zh": "\n".join(self.lines("zh")), "en": "\n".join(self.lines("en"))}


def explanation(working: Working, row: int, claims: Claims) -> Explanation:
    """Return why the claim at ``row`` of ``working`` is paid what it is."""
    return Explanation((*_steps(working, row, claims), *_doubts(working, row)), basis_of(working.policy))


def basis_of(policy: Policy) -> Message:
    """Return where the rule is written and how sure that is."""
    source = policy.source
    if source.clause is None:
        return _(
            "Basis: {document} ({policy}); source: {seen}.",
            document=source.document,
            policy=f"{policy.id}@{policy.version}",
            seen=SEEN[source.seen],
        )
    return _(
        "Basis: {document}, {clause} ({policy}); source: {seen}.",
        document=source.document,
        clause=source.clause,
        policy=f"{policy.id}@{policy.version}",
        seen=SEEN[source.seen],
    )


def _steps(working: Working, row: int, claims: Claims) -> Iterator[Message]:
    reason = int(working.reason[row])
    branch = working.branch_of(row)
    if branch is None:
        unknown = ", ".join(working.policy.unknown) or "payout"
        yield _("The rule's figure {places} is not known; nothing is paid until it is.", places=unknown)
        return
    if reason == CODE["not_in_force"]:
        yield _outside(working, row)
        return
    if reason == CODE["ineligible"]:
        yield _not_met(working, row)
        return
    if "fixed" not in branch.way.model_fields_set or branch.way.fixed is None:
        yield from _base(working, row)
    else:
        yield _("The rule pays the fixed amount of {amount} yuan.", amount=yuan(fen(branch.way.fixed)))
    yield from _reckoned(working, branch, row)
    yield from limits(working, branch, row, claims)


def raw_at(working: Working, branch: Branch, row: int) -> Fraction:
    """Return what the way gives a claim before every limit, exactly, in fen."""
    rows = np.array([row], dtype=np.int64)
    values = {name: column[rows] for name, column in working.part.stated.items()}
    return raw_of(working, branch.way, rows, values).at(0)


def _base(working: Working, row: int) -> Iterator[Message]:
    base = working.policy.payout.base
    if base is None:
        return
    for name in (*base.sum, *base.less):
        yield _figure(working, name, row)
    if len(base.sum) + len(base.less) > 1:
        signed = [yuan(int(working.part.stated[name][row])) for name in base.sum]
        text = " + ".join(signed)
        text += "".join(f" - {yuan(int(working.part.stated[name][row]))}" for name in base.less)
        yield _("Base: {sum} = {base} yuan.", sum=text, base=yuan(int(working.base[row])))


def _figure(working: Working, name: str, row: int) -> Message:
    part = working.part
    label, verified = working.policy.inputs[name].label, int(part.stated[name][row])
    declared = int(part.declared[name][row]) if name in part.declared else MISSING
    if declared in {MISSING, verified}:
        return _("{label}, verified: {amount} yuan.", label=label, amount=yuan(verified))
    reason = str(part.reasons[name][row]) if name in part.reasons else ""
    return _(
        "{label}, verified: {amount} yuan (declared {declared}, reduced by {reduced}: {reason}).",
        label=label,
        amount=yuan(verified),
        declared=yuan(declared),
        reduced=yuan(declared - verified),
        reason=reason or _("no reason is given"),
    )


def _reckoned(working: Working, branch: Branch, row: int) -> Iterator[Message]:
    """Say how the base becomes an amount."""
    prorate = working.policy.payout.prorate.base
    raw = exact_yuan(raw_at(working, branch, row))
    base = yuan(int(working.base[row]))
    if prorate:
        spans = working.part.spans
        yield _(
            "The claim is for {days} of the period's {all} days, and counts for that part.",
            days=int(spans.days[row]),
            all=int(spans.period_days[row]),
        )
    way = branch.way
    if way.rate is not None:
        if working.policy.rounding.order == "round_each":
            yield _(
                "Each figure × {rate}, rounded, then added up: {amount} yuan.",
                rate=percent(way.rate),
                amount=raw,
            )
        elif prorate:
            yield _("{base} × {rate} × days = {amount} yuan.", base=base, rate=percent(way.rate), amount=raw)
        else:
            yield _("{base} × {rate} = {amount} yuan.", base=base, rate=percent(way.rate), amount=raw)
    elif way.brackets is not None:
        yield from _brackets(way, raw)
    elif prorate:
        yield _("For its days: {amount} yuan.", amount=raw)


def _brackets(way: Way, raw: str) -> Iterator[Message]:
    marginal = way.brackets_mode == "marginal"
    yield (
        _(
            "By brackets, each part by its own rate: {brackets}: {amount} yuan.",
            brackets=_table(way),
            amount=raw,
        )
        if marginal
        else _(
            "By the bracket reached, for the whole: {brackets}: {amount} yuan.",
            brackets=_table(way),
            amount=raw,
        )
    )


def _table(way: Way) -> str:
    cells = []
    for bracket in way.brackets or ():
        end = "…" if bracket.up_to is None else f"≤ {yuan(fen(bracket.up_to))}"
        gives = percent(bracket.rate) if bracket.rate is not None else yuan(fen(bracket.fixed))
        cells.append(f"{end} {gives}")
    return "; ".join(cells)


def _outside(working: Working, row: int) -> Message:
    spans, span = working.part.spans, working.policy.in_force
    return _(
        "The claim is for {start} to {end}, but the rule holds from {first} to {last}; nothing is paid. "
        "Claim the days inside, or use the version that holds.",
        start=date.fromordinal(int(spans.start[row])),
        end=date.fromordinal(int(spans.end[row])),
        first=span.from_ or "…",
        last=span.to or "…",
    )


def _not_met(working: Working, row: int) -> Message:
    policy, failed = working.policy, int(working.failed[row])
    if failed == TERM_OVER and policy.term is not None:
        return _(
            "It can be claimed for {count} periods, and this is beyond them; nothing is paid.",
            count=policy.term.periods,
        )
    if failed == ALREADY_CLAIMED:
        return _("It has been claimed for this period before; nothing is paid.")
    condition = policy.eligible[failed]
    kind = policy.inputs[condition.input]
    return _(
        "Condition not met: {label} (stated: {value}); nothing is paid.",
        label=condition.label or kind.label,
        value=printed(kind, int(working.part.stated[condition.input][row])),
    )


def _doubts(working: Working, row: int) -> Iterator[Message]:
    """Say what is not known of the rule or the claim and could change the result."""
    policy = working.policy
    if int(working.reason[row]) == CODE["rule_incomplete"]:
        return
    for condition in policy.eligible:
        if int(working.part.stated[condition.input][row]) == MISSING:
            label = condition.label or policy.inputs[condition.input].label
            yield _("Not checked, because the claim does not state it: {label}.", label=label)
    if not policy.dates_known:
        span = policy.in_force
        if span.from_ is None and span.to is None:
            yield _("From when to when the rule holds is not known.")
        elif span.from_ is None:
            yield _("From when the rule holds is not known; it ends on {last}.", last=span.to)
        else:
            yield _("The rule holds from {first}; when it ends is not known.", first=span.from_)
    for one in policy.ambiguities:
        yield _(
            "The text leaves open: {question} Taken here: {taken}.", question=one.question, taken=one.taken
        )
