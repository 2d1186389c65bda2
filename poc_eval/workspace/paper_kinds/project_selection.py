"""Which projects a budget would support (立项组合测算) as a working paper: for discussion only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from poc_eval.errors import PocEvalError
from poc_eval.i18n import Text, _
from poc_eval.money import format_money
from poc_eval.scoring.panel import Panel
from poc_eval.scoring.panel_scores import PanelScores
from poc_eval.scoring.portfolio import PortfolioTerms, by_rank, not_selected, selected
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.asked_amount import asked_amount
from poc_eval.workspace.ballot_content import ballot_content, ballot_from
from poc_eval.workspace.looking_up import definition_content, definition_from
from poc_eval.workspace.panel_scores import panel_of, usual_rubric
from poc_eval.workspace.paper_kinds import Beginning, PaperKind
from poc_eval.workspace.paper_records import Assessment, Figure, PaperNote, cell_name
from poc_eval.workspace.plain_records import plain, restored
from poc_eval.workspace.records import PanelBasis
from poc_eval.workspace.selection_checks import required_rows, selection_faults
from poc_eval.workspace.selection_layout import MUST_OUT, NORMAL, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from poc_eval.i18n import Message
    from poc_eval.scoring.panel_result import PanelResult
    from poc_eval.scoring.portfolio import Selected
    from poc_eval.workspace.paper_entries import Entries
    from poc_eval.workspace.paper_kinds import PaperContext
    from poc_eval.workspace.records import Project
    from poc_eval.workspace.workspace import Workspace

_STEP: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Judged:
    """A panel without names, and its official result."""

    panel: Panel
    basis: PanelBasis
    result: PanelResult


@dataclass(frozen=True, slots=True)
class ProjectSelection:
    """What was computed, of which panel."""

    judged: Judged
    found: Selected


def assess(entries: Entries, context: PaperContext) -> Assessment:
    """Compute the selection, or tell beside the fields what cannot be.

    While something cannot be read nothing is computed: an amount of "8O万" is not an amount of 0.
    """
    judged = _judged(context, entries.text("rubric"))
    if judged is None:
        return Assessment()
    terms = _terms(entries)
    found = selected(judged.panel.rubric, judged.result, replace(terms, budget=None))
    faults = list(selection_faults(entries, found.left_out, frozenset(judged.panel.scores.projects)))
    if entries.faults or faults:
        notes: list[Message] = [one.message for one in (*entries.faults, *faults)]
        found = not_selected(terms, found.left_out, notes)
    elif terms.budget is not None:
        found = selected(judged.panel.rubric, judged.result, terms)
        faults += [PaperNote("budget", _("not possible, because {why}", why=why)) for why in found.why]
    return Assessment(
        faults=tuple(faults),
        warnings=tuple(_warnings(entries, found)),
        figures=tuple(_figures(found)),
        totals=_totals(terms),
        shown=dict(_shown(entries, judged, found)),
        outcome=_outcome(judged, found),
        result=ProjectSelection(judged, found),
    )


def begin(workspace: Workspace, _project: Project | None) -> Beginning:
    """Begin with the sheet that was reviewed by, and its projects in the order of their ranks."""
    used = usual_rubric(workspace)
    fields = {"step": format_money(_STEP, "bare")}
    if used is None:
        return Beginning((), fields)
    fields["rubric"] = used
    try:
        panel, basis = panel_of(workspace, used)
        ordered = by_rank(panel.result())
    except PocEvalError:
        # Where the panel cannot be worked out yet, its secretary chooses the projects.
        return Beginning((), fields)
    projects = {one.id: one for one in basis.projects}
    for number, one in enumerate(ordered, start=1):
        project = projects[one.project]
        cells = {
            "project": project.id,
            "amount": asked_amount(project),
            "field": "" if project.field is None else project.field.text(workspace.settings.language),
            "choice": NORMAL,
        }
        fields |= {
            cell_name("projects", f"p{number:04d}", name): text for name, text in cells.items() if text
        }
    return Beginning((), fields)


def _judged(context: PaperContext, asked: str) -> Judged | None:
    """Return the panel by the score sheet that the paper names; None where it cannot be worked out."""

    def noted(workspace: Workspace) -> dict[str, Any] | None:
        try:
            panel, basis = panel_of(workspace, asked)
        except PocEvalError:
            return None
        ref = basis.rubric
        text = workspace.store.definition("rubric", ref.id, ref.version).text
        return {
            "rubric": definition_content(ref, text),
            # What was decided and said on the projects is not asked for here.
            "basis": plain(replace(basis, decisions=())),
            "reviewers": list(panel.scores.reviewers),
            "ballots": [ballot_content(replace(one, comments={})) for one in panel.scores.ballots.values()],
        }

    def restore(content: dict[str, Any] | None) -> Judged | None:
        if content is None:
            return None
        loaded, ref = definition_from(Rubric, asked, content["rubric"])
        basis = replace(restored(PanelBasis, content["basis"]), rubric=ref)
        ballots = {(one["project"], one["reviewer"]): ballot_from(one) for one in content["ballots"]}
        scores = PanelScores(ballots, tuple(one.id for one in basis.projects), tuple(content["reviewers"]))
        panel = Panel(loaded.definition, scores)
        return Judged(panel, basis, panel.result())

    found: Judged | None = context.look("panel", noted, restore, lasting=False) if asked else None
    return found


def _terms(entries: Entries) -> PortfolioTerms:
    rows = [row for row in entries.rows("projects") if row.text("project")]
    step = entries.amount("step")
    return PortfolioTerms(
        budget=entries.amount("budget"),
        step=_STEP if step is None else step,
        amounts={row.text("project"): amount for row in rows if (amount := row.amount("amount")) is not None},
        fields={row.text("project"): row.text("field") for row in rows if row.text("field")},
        quotas={
            row.text("field"): (row.count("least"), row.count("most"))
            for row in entries.rows("quotas")
            if row.text("field")
        },
        exclusive=tuple(
            (row.text("first"), row.text("second"))
            for row in entries.rows("exclusive")
            if row.text("first") and row.text("second")
        ),
        required=tuple(row.text("project") for row in required_rows(entries)),
        barred=tuple(row.text("project") for row in rows if row.text("choice") == MUST_OUT),
    )


def _warnings(entries: Entries, found: Selected) -> Iterator[PaperNote]:
    for row in entries.rows("projects"):
        why = found.left_out.get(row.text("project"))
        if why is not None and row.text("choice") != MUST_OUT:
            place = "project" if row.text("project") in found.terms.amounts else "amount"
            yield PaperNote(row.place(place), _("not a candidate: {why}", why=why))
    able = [amount for one, amount in found.terms.amounts.items() if one not in found.left_out]
    if found.selection is not None and not found.selection.chosen and able:
        least = format_money(min(able))
        yield PaperNote(
            "budget", _("this buys nothing: the least that a project asks for is {least}", least=least)
        )


def _value(judged: Judged, found: Selected) -> Decimal:
    """Return the sum of the official totals of what was selected, exactly."""
    chosen = () if found.selection is None else found.selection.chosen
    totals = (one.official.total for one in judged.result.projects if one.project in chosen)
    return sum((one for one in totals if one is not None), start=Decimal(0))


def _figures(found: Selected) -> Iterator[Figure]:
    chosen = found.selection
    yield Figure(_("Projects in the selection"), "—" if chosen is None else str(len(chosen.chosen)))
    yield Figure(_("They ask for (yuan)"), "—" if chosen is None else format_money(chosen.cost))
    yield Figure(_("Left (yuan)"), "—" if chosen is None else format_money(chosen.left))


def _totals(terms: PortfolioTerms) -> dict[str, dict[str, str]]:
    if not terms.amounts:
        return {}
    return {"projects": {"amount": format_money(sum(terms.amounts.values(), start=Decimal(0)))}}


def _shown(entries: Entries, judged: Judged, found: Selected) -> Iterator[tuple[str, str]]:
    official = {one.project: one.official for one in judged.result.projects}
    for row in entries.rows("projects"):
        project = row.text("project")
        if project not in official:
            continue
        total = official[project].total
        yield row.place("total"), "—" if total is None else f"{total:f}"
        if project in found.left_out:
            yield row.place("verdict"), "×"
        elif found.selection is not None:
            yield row.place("verdict"), "✓" if project in found.selection.chosen else "–"


def _outcome(judged: Judged, found: Selected) -> dict[str, object]:
    chosen, more, ref = found.selection, found.more, judged.basis.rubric
    rubric = f"{ref.id}@{ref.version}#{ref.hash}"
    if chosen is None or more is None or found.terms.budget is None:
        return {"rubric": rubric, "selection": None}
    return {
        "rubric": rubric,
        "selection": {
            "budget": format_money(found.terms.budget, "bare"),
            "chosen": list(chosen.chosen),
            "cost": format_money(chosen.cost, "bare"),
            "left": format_money(chosen.left, "bare"),
            "total": f"{_value(judged, found):f}",
        },
        "more": {
            "step": format_money(found.terms.step, "bare"),
            "comes_in": list(more.comes_in),
            "makes_way": list(more.makes_way),
        },
    }


KIND: Final = PaperKind(
    "project_selection",
    Text("立项组合测算", "Selection under a budget"),
    layout,
    assess,
    begin=begin,
    nameless=True,
)
