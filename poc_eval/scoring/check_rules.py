"""What can be wrong around the criteria: ids, references, gates, the panel's rule, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.catalog.reader import place
from poc_eval.catalog.refusal import Refusal
from poc_eval.i18n import _
from poc_eval.scoring.arithmetic import printed
from poc_eval.scoring.check_criteria import placed
from poc_eval.scoring.readiness import readiness_scales
from poc_eval.scoring.rules import PanelRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from poc_eval.scoring.rubric import Rubric
    from poc_eval.scoring.rules import Gate
    from poc_eval.scoring.structure import Path

RESERVED_COLUMNS: Final = frozenset({"recommendation", "total"})
"""Words that stand where an id of a criterion may stand, in a table of scores."""
RESERVED_DECISIONS: Final = frozenset({"screened_out", "gate"})
_MOST_DECIMALS: Final = 6


def ids(rubric: Rubric) -> Iterator[Refusal]:
    """Yield ids that stand twice where one of them must be meant, and reserved ones."""
    columns: list[tuple[Path, str]] = [
        (("screening", index, "id"), item.id) for index, item in enumerate(rubric.screening)
    ]
    columns += [((*at, "id"), criterion.id) for at, criterion in placed(rubric.criteria)]
    for key, extras in (("bonuses", rubric.bonuses), ("deductions", rubric.deductions)):
        columns += [((key, index, "id"), extra.id) for index, extra in enumerate(extras)]
    yield from _unique(columns, RESERVED_COLUMNS)
    gates: list[tuple[Path, str]] = [(("gates", index), gate.name) for index, gate in enumerate(rubric.gates)]
    yield from _unique(gates, frozenset())
    options: list[tuple[Path, str]] = [
        (("recommendation", index, "id"), option.id) for index, option in enumerate(rubric.recommendation)
    ]
    yield from _unique(options, frozenset())
    decisions: list[tuple[Path, str]] = [
        (("decisions", index, "id"), decision.id) for index, decision in enumerate(rubric.decisions)
    ]
    yield from _unique(decisions, RESERVED_DECISIONS)


def _unique(entries: Iterable[tuple[Path, str]], reserved: frozenset[str]) -> Iterator[Refusal]:
    first: dict[str, Path] = {}
    for at, name in entries:
        if name in reserved:
            yield Refusal(_('the id "{id}" is reserved', id=name), _("choose another id"), at)
        elif name in first:
            yield Refusal(
                _('the id "{id}" stands twice, first at {place}', id=name, place=place(first[name])),
                _("give each one an id of its own"),
                at,
            )
        first.setdefault(name, at)


def asks_something(rubric: Rubric) -> Iterator[Refusal]:
    """Yield a fault where a rubric has neither criteria nor screening nor gates."""
    if not (rubric.criteria or rubric.screening or rubric.gates):
        yield Refusal(_("this rubric asks nothing"), _("add criteria, screening items or gates on inputs"))


def inputs(rubric: Rubric) -> Iterator[Refusal]:
    """Yield measured criteria whose figure is not declared or cannot be measured by their table."""
    for at, criterion in placed(rubric.criteria):
        measured = criterion.measured
        if measured is None:
            continue
        declared = rubric.inputs.get(measured.input)
        if declared is None:
            if rubric.inputs:
                yield _undeclared(measured.input, rubric, (*at, "measured", "input"))
            continue
        if declared.kind == "yes_no":
            yield Refusal(
                _('the input "{name}" is a yes or no and cannot be measured', name=measured.input),
                _("use a screening item or a gate for it, or change its kind"),
                (*at, "measured", "input"),
            )
        elif declared.kind != "number" and measured.table[0].from_ > 0:
            yield Refusal(
                _("the table says nothing for values below {value}", value=measured.table[0].from_),
                _("begin it with a row from 0"),
                (*at, "measured", "table", 0, "from"),
            )


def _undeclared(name: str, rubric: Rubric, at: Path) -> Refusal:
    return Refusal(
        _('the input "{name}" is not declared', name=name),
        _("declare it under inputs, or use one of these: {known}", known=", ".join(rubric.inputs)),
        at,
    )


def gates(rubric: Rubric) -> Iterator[Refusal]:
    """Yield gates that look at nothing or ask for nothing that can be told."""
    known = {criterion.id for _at, criterion in placed(rubric.criteria)}
    for index, gate in enumerate(rubric.gates):
        at: Path = ("gates", index)
        targets = [gate.criterion is not None, gate.input is not None, gate.total].count(True)
        lines = (gate.at_least is not None or gate.at_most is not None) + (gate.is_ is not None)
        if targets != 1:
            yield Refusal(
                _("a gate looks at one thing, this one at {count}", count=targets),
                _("write one of: criterion, input, total: true"),
                at,
            )
        elif lines != 1:
            yield Refusal(
                _("this gate does not say what it asks for"),
                _("write at_least or at_most with a number, or for a yes or no input is: yes"),
                at,
            )
        elif gate.criterion is not None and gate.criterion not in known:
            yield _unknown(gate.criterion, known, (*at, "criterion"))
        else:
            yield from _gate_kind(gate, rubric, at)


def _gate_kind(gate: Gate, rubric: Rubric, at: Path) -> Iterator[Refusal]:
    declared = rubric.inputs.get(gate.input or "")
    if gate.input is not None and rubric.inputs and declared is None:
        yield _undeclared(gate.input, rubric, (*at, "input"))
    elif gate.is_ is not None and (gate.input is None or (declared and declared.kind != "yes_no")):
        yield Refusal(
            _("only a yes or no input can be asked with is"), _("write at_least or at_most"), (*at, "is")
        )
    elif gate.is_ is None and declared is not None and declared.kind == "yes_no":
        yield Refusal(
            _('the input "{name}" is a yes or no', name=gate.input),
            _("write is: yes or is: no"),
            (*at, "at_least" if gate.at_least is not None else "at_most"),
        )


def panel(rubric: Rubric) -> Iterator[Refusal]:
    """Yield what is wrong with the panel's rule."""
    rule = rubric.panel
    if rule is None:
        return
    yield from _named(rubric)
    if rule.minimum < 1:
        yield Refusal(
            _("a panel of {count} reviewers", count=rule.minimum),
            _("write at least 1"),
            ("panel", "minimum"),
        )
    if rule.decimals > _MOST_DECIMALS:
        yield Refusal(
            _("{count} decimals are more than anybody prints", count=rule.decimals),
            _("write at most {limit}", limit=_MOST_DECIMALS),
            ("panel", "decimals"),
        )
    if rule.lottery is not None and rule.lottery.fundable < 1:
        yield Refusal(
            _("a draw for {count} places", count=rule.lottery.fundable),
            _("write at least 1"),
            ("panel", "lottery", "fundable"),
        )
    if rule.lottery is not None and not rubric.criteria:
        yield Refusal(
            _("a draw needs a ranking, and this sheet gives no scores"),
            _("add criteria, or take the draw away"),
            ("panel", "lottery"),
        )
    yield from _trim(rubric)


def _named(rubric: Rubric) -> Iterator[Refusal]:
    rule = rubric.panel or PanelRule()
    known = {criterion.id for _at, criterion in placed(rubric.criteria)}
    named: list[tuple[Path, str]] = [(("panel", "ties", index), name) for index, name in enumerate(rule.ties)]
    named += [(("panel", "rank_weights", name), name) for name in rule.rank_weights]
    for at, name in named:
        if name not in known:
            yield _unknown(name, known, at)
    for name, weight in rule.rank_weights.items():
        if weight <= 0:
            yield Refusal(
                _("the weight is {weight}", weight=printed(weight)),
                _("write a weight above 0"),
                ("panel", "rank_weights", name),
            )


def _unknown(name: str, known: set[str], at: Path) -> Refusal:
    return Refusal(
        _('there is no criterion with the id "{id}"', id=name),
        _("known are: {ids}", ids=", ".join(sorted(known)) or "–"),
        at,
    )


def _trim(rubric: Rubric) -> Iterator[Refusal]:
    rule = rubric.panel
    if rule is None or (rule.average == "trimmed") != (rule.trim is not None):
        if rule is not None:
            yield Refusal(
                _("average: trimmed and trim belong together, and one of them is missing"),
                _("add the other one, or take this one away"),
                ("panel", "average" if rule.trim is None else "trim"),
            )
        return
    if rule.trim is None:
        return
    from_how_many = rule.minimum if rule.trim.from_ is None else rule.trim.from_
    dropped = rule.trim.high + rule.trim.low
    if dropped >= from_how_many:
        yield Refusal(
            _(
                "leaving out {dropped} scores leaves nobody of a panel of {count}",
                dropped=dropped,
                count=from_how_many,
            ),
            _("leave out fewer, or trim only from more reviewers on with trim.from"),
            ("panel", "trim") if rule.trim.from_ is None else ("panel", "trim", "from"),
        )
    if not dropped:
        yield Refusal(
            _("this rule trims nobody"), _("write how many with high and low, or use mean"), ("panel", "trim")
        )


def extras(rubric: Rubric) -> Iterator[Refusal]:
    """Yield bonuses and deductions that give or take nothing."""
    for key, items in (("bonuses", rubric.bonuses), ("deductions", rubric.deductions)):
        for index, item in enumerate(items):
            if item.up_to <= 0:
                yield Refusal(
                    _("at most {points} points can be given or taken here", points=printed(item.up_to)),
                    _("write a number above 0; deductions too are written without a minus"),
                    (key, index, "up_to"),
                )


def writing(rubric: Rubric) -> Iterator[Refusal]:
    """Yield lengths of texts that cannot both hold."""
    rule = rubric.writing
    if rule.opinion_at_most < max(rule.opinion_at_least, 1):
        yield Refusal(
            _(
                "an opinion has at least {least} and at most {most} characters here",
                least=rule.opinion_at_least,
                most=rule.opinion_at_most,
            ),
            _("let the second number be the larger one"),
            ("writing", "opinion_at_most"),
        )


def dates(rubric: Rubric) -> Iterator[Refusal]:
    """Yield dates in the wrong order."""
    for key, span in (("in_force", rubric.in_force), ("period", rubric.period)):
        if span is not None and span.from_ is not None and span.to is not None and span.to < span.from_:
            yield Refusal(
                _("these dates go from {start} to {end}", start=span.from_, end=span.to),
                _("let the second date be the later one"),
                (key, "to"),
            )


def awards(rubric: Rubric) -> Iterator[Refusal]:
    """Yield a rule for awards where no decision gives one."""
    if rubric.awards is not None and all(decision.award is None for decision in rubric.decisions):
        yield Refusal(
            _("a rule for awards stands here, but no decision gives one"),
            _("add award to a decision, or take the rule away"),
            ("awards",),
        )


def beside(rubric: Rubric) -> Iterator[Refusal]:
    """Yield readiness scales that are asked for and that nobody has."""
    for at, criterion in placed(rubric.criteria):
        if criterion.beside is not None and criterion.beside not in readiness_scales():
            yield Refusal(
                _('there is no readiness scale with the id "{id}"', id=criterion.beside),
                _("known are: {ids}", ids=", ".join(readiness_scales()) or "–"),
                (*at, "beside"),
            )
