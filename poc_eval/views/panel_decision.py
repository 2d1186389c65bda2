"""What follows by the rule for each project, why, and where the panel signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.i18n import _
from poc_eval.money import format_money
from poc_eval.scoring.arithmetic import printed
from poc_eval.views.figures import DASH, number
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_table import conclusion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.scoring.panel_result import ProjectResult
    from poc_eval.views.panel_board import PanelBoard
    from poc_eval.workspace.records import Decision


def decisions(board: PanelBoard, lang: Language) -> Markup:
    """Return every project's conclusion by the rubric's rule with its reasons, and what was decided."""
    columns = [_("Project"), _("Conclusion by the rule"), _("Why")]
    if board.basis.decisions:
        columns.append(_("Decision"))
    head = [tag("th", one.text(lang), scope="col") for one in columns]
    rows = [_row(board, one, lang) for one in board.ordered]
    return tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows), class_="pe-table pe-decisions")


def signatures(board: PanelBoard, lang: Language) -> Markup:
    """Return the places where the chair and every member sign, with the date."""
    roster = board.basis.roster
    head = None if roster is None else next((one.who for one in roster.seats if one.chair), None)
    listed = () if roster is None else tuple(one.who for one in roster.seats)
    people = listed or board.reviewers
    said = _("Chair of the panel (signature)").text(lang)
    chair = tag("li", said if head is None else join([said, typed(head)], by=" "))
    members = [tag("li", _member(board, one, lang)) for one in people if one != head]
    at = tag("li", _("Date").text(lang))
    return tag("ul", chair, *members, at, class_="pe-signatures pe-members")


def chair_signature(lang: Language) -> Markup:
    """Return the places where the chair signs alone, with the date."""
    places = (_("Chair of the panel (signature)"), _("Date"))
    return tag("ul", *(tag("li", one.text(lang)) for one in places), class_="pe-signatures pe-members")


def aside_table(board: PanelBoard, lang: Language) -> Markup:
    """Return who stepped aside where; the reasons only on a page with names."""
    if not board.basis.aside:
        return tag("p", _("Nobody stepped aside.").text(lang))
    items = []
    for one in board.basis.aside:
        known = {
            "project": board.project(one.project_id).title,
            "expert": board.expert(one.reviewer, lang),
        }
        said = [
            _("{project}: {expert} stepped aside. Reason: {reason}", reason=one.reason, **known)
            if board.basis.named
            else _("{project}: {expert} stepped aside.", **known)
        ]
        if one.replaced_by is not None:
            said.append(_("Replaced by: {expert}", expert=board.expert(one.replaced_by, lang)))
        items.append(tag("li", typed(" ".join(line.text(lang) for line in said))))
    return tag("ul", *items, class_="pe-undertaking")


def reasons(board: PanelBoard, project: ProjectResult) -> Iterator[Message]:
    """Yield why a project's conclusion is what it is, one sentence each."""
    if project.official.reason is not None:
        yield project.official.reason
    if project.official.total is not None:
        yield _total(board, project)
    failed = [gate for gate in project.gates if gate.passed is False]
    unknown = [gate for gate in project.gates if gate.passed is None]
    for gate in failed:
        yield _(
            "Not met: {title}, {required}, found {found}",
            title=gate.title,
            required=gate.required,
            found=gate.found if gate.found is not None else DASH,
        )
    if unknown:
        yield _("{count} requirements cannot be judged yet", count=len(unknown))
    elif project.gates and not failed:
        yield _("All {count} requirements are met", count=len(project.gates))
    votes = _votes(board, project)
    if votes is not None:
        yield votes
    if project.award is not None:
        yield _("Award: {amount} yuan", amount=format_money(project.award))
    for flag in project.flags:
        said = _flag(board, flag)
        if said is not None:
            yield said


def _row(board: PanelBoard, project: ProjectResult, lang: Language) -> Markup:
    outcome = project.decision.title if project.decision is not None else None
    shown = _("no conclusion") if outcome is None else outcome
    lines = [tag("li", typed(one.text(lang))) for one in reasons(board, project)]
    cells = [
        tag("th", typed(board.title(project.project, lang)), scope="row"),
        tag("td", shown.text(lang), class_="pe-score"),
        tag("td", tag("ul", *lines)),
    ]
    if board.basis.decisions:
        decided = next((one for one in board.basis.decisions if one.project_id == project.project), None)
        cells.append(tag("td", DASH if decided is None else _decided(decided, lang)))
    return tag("tr", *cells)


def _decided(decision: Decision, lang: Language) -> Markup:
    """Return what was decided, how much is granted, when, by whom, and why."""
    said = [_("Reasons: {reasons}", reasons=decision.reasons)]
    if decision.amount is not None:
        said.insert(0, _("Granted: {amount} yuan", amount=format_money(decision.amount)))
    who = "".join(f" {one}" for one in (decision.body, decision.decided_by) if one)
    said.append(_("Decided on {day}{who}", day=decision.decided_on.isoformat(), who=who))
    title = tag("p", decision.title.text(lang), class_="pe-score")
    return join([title, tag("ul", *(tag("li", typed(one.text(lang))) for one in said))])


def _total(board: PanelBoard, project: ProjectResult) -> Message:
    total = number(project.official.total, board.rule.decimals)
    taken = next(
        (one for one in board.rubric.decisions if project.decision and one.id == project.decision.id), None
    )
    if taken is not None and taken.at_least:
        return _(
            "Official total {total}, {least} is needed for this conclusion",
            total=total,
            least=printed(taken.at_least),
        )
    return _("Official total {total}", total=total)


def _votes(board: PanelBoard, project: ProjectResult) -> Message | None:
    cast = sum(project.recommendations.values())
    if not cast:
        return None
    parts = [
        _("{option}: {count}", option=option.title, count=project.recommendations.get(option.id, 0))
        for option in board.rubric.recommendation
    ]
    return _("Experts' recommendations: {parts}", parts=_Listed(parts))


class _Listed:
    """Several messages as one, with the comma of the language."""

    def __init__(self, parts: list[Message]) -> None:
        self.parts = parts

    def text(self, lang: Language) -> str:
        """Return them one after the other."""
        return ("、" if lang == "zh" else ", ").join(one.text(lang) for one in self.parts)


def _flag(board: PanelBoard, flag: str) -> Message | None:
    kind, _colon, name = flag.partition(":")
    if kind == "spread":
        return _("Experts lie far apart on {title}", title=board.rubric.node(name).criterion.title)
    if kind == "disputed":
        return _("Experts answered {name} differently", name=_asked(board, name))
    if kind == "screening_not_stated":
        return _("The items before the scores were not answered by the panel")
    if kind == "incomplete":
        return _("The scores of {expert} are not complete", expert=board.called(name))
    # Too few reviewers is said by the official result itself.
    return None


def _asked(board: PanelBoard, name: str) -> object:
    for item in board.rubric.screening:
        if item.id == name:
            return item.ask
    found = board.rubric.asked_inputs.get(name)
    return name if found is None else found.label


def _member(board: PanelBoard, reviewer: str, lang: Language) -> Markup:
    place = _("Member (signature)").text(lang)
    return join([place, typed(board.expert(reviewer, lang))], by=" ") if board.basis.named else join([place])


def outcomes(board: PanelBoard, lang: Language) -> str:
    """Return how many projects come to each conclusion: 建议立项 1 项，修改完善后立项 2 项."""
    counts: dict[str, int] = {}
    for one in board.ordered:
        said = conclusion(one) if one.decision is not None else _("no conclusion")
        words = "" if said is None else said.text(lang)
        counts[words] = counts.get(words, 0) + 1
    parts = [_("{outcome} {count}", outcome=words, count=count) for words, count in counts.items()]
    return _Listed(parts).text(lang)
