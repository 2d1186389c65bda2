"""A panel's notebook: made from a template for all reviews by one rubric; it holds views and no figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _
from poc_eval.workspace.asked_amount import asked_amount
from poc_eval.workspace.documents import read_notebook
from poc_eval.workspace.notebook_content import panel_notebook_content
from poc_eval.workspace.notebooks import FOLDER, name_part, notebook_paths, place_new
from poc_eval.workspace.panel_request import panel_request
from poc_eval.workspace.panel_scores import rubrics_reviewed
from poc_eval.workspace.sheet_parameters import SheetParameters, sheet_of
from poc_eval.workspace.templates import all_templates, find_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from poc_eval.scoring.panel import Panel
    from poc_eval.workspace.notebook_content import NotebookLanguage
    from poc_eval.workspace.records import PanelBasis
    from poc_eval.workspace.templates import Template
    from poc_eval.workspace.workspace import Workspace


def new_panel_notebook(
    workspace: Workspace,
    *,
    template: str | Template,
    rubric: str | None = None,
    projects: Sequence[str] | None = None,
    with_names: bool = False,
    draw_seed: str | None = None,
    methods: bool = False,
    lang: NotebookLanguage = "zh",
    money: Mapping[str, object] | None = None,
) -> Path:
    """Return the path of the notebook on the panel by ``rubric``; make it where there is none.

    The same template, rubric, projects, names, seed of a draw, methods and language open the same notebook
    again; nobody's file is ever overwritten. Its views, minutes and lists among them, are drawn from the
    records whenever they are shown; ``money`` are parameters of a portfolio to begin with, as its budget.

    Raises UnknownIdError for an unknown template, rubric or project, InputError for a template that is about
    one review, NotDefinedError where no review is submitted, WorkspaceError where the folder cannot be
    written.
    """
    chosen = find_template(template) if isinstance(template, str) else template
    sheet = sheet_of(chosen.sheet)
    if sheet is None:
        raise InputError(_about_one_review(chosen))
    options: dict[str, object] = {
        "projects": None if projects is None else list(projects),
        "with_names": with_names,
    }
    if sheet == "panel":
        options |= {"draw_seed": draw_seed, "methods": methods}
    request = panel_request(rubric or _usual_rubric(workspace, chosen), options)
    panel, basis = request.panel(workspace)
    if sheet == "portfolio":
        options |= {**_money(basis, lang), **(money or {})}
    parameters = SheetParameters(sheet, f"{basis.rubric.id}@{basis.rubric.version}", lang, options)
    existing = _existing(workspace, chosen, parameters)
    titles = {one.id: one.title.text("en" if lang == "en" else "zh") for one in basis.projects}
    return existing or _made(workspace, chosen, parameters, panel, titles)


def _made(
    workspace: Workspace,
    template: Template,
    parameters: SheetParameters,
    panel: Panel,
    titles: Mapping[str, str],
) -> Path:
    lang: NotebookLanguage = "en" if parameters.lang == "en" else "zh"
    document = panel_notebook_content(
        template,
        parameters=parameters,
        titles=titles,
        workspace_id=workspace.id,
        lang=lang,
    )
    stem = "-".join(
        filter(None, (name_part(panel.rubric.title.text(lang)), name_part(template.title.text(lang))))
    )
    path = place_new(workspace.path, stem, document)
    content = {"template": template.id, "hash": template.hash, "lang": lang}
    workspace.store.note("notebook", str(parameters.rubric), content, by=None)
    return path


def _usual_rubric(workspace: Workspace, template: Template) -> str:
    """Return the first of the template's rubrics that somebody submitted a review by, else the first."""
    used = {one.partition("@")[0] for one in rubrics_reviewed(workspace)}
    return next((one for one in template.rubrics if one in used), template.rubrics[0])


def _existing(workspace: Workspace, template: Template, wanted: SheetParameters) -> Path | None:
    """Return the notebook that asks the same of the same panel; its money is whoever typed it's own."""
    for path in sorted(notebook_paths(workspace.path / FOLDER), key=lambda one: (len(one.name), str(one))):
        try:
            found = read_notebook(path)
        except PocEvalError:
            # A broken file, or somebody else's, is not the answer to this question.
            continue
        if found.panel is None or found.template is None or found.workspace != workspace.id:
            continue
        same = [
            # A notebook of an earlier version states neither seed nor methods.
            (found.panel.options.get(name) or None) == (wanted.options.get(name) or None)
            for name in ("projects", "with_names", "draw_seed", "methods")
        ]
        if (found.template.id, found.panel.rubric, found.lang) == (
            template.id,
            wanted.rubric,
            wanted.lang,
        ) and all(same):
            return path
    return None


def _money(basis: PanelBasis, lang: NotebookLanguage) -> Mapping[str, object]:
    return {
        "budget": "",
        "step": "1000000",
        "amounts": {one.id: asked_amount(one) for one in basis.projects},
        "fields": {one.id: "" if one.field is None else one.field.text(lang) for one in basis.projects},
        "quotas": {},
        "exclusive": [],
    }


def _about_one_review(template: Template) -> Fault:
    known = ", ".join(one.id for one in all_templates() if sheet_of(one.sheet) is not None)
    return Fault(
        _("the template {id} is for one review, not for a panel", id=template.id),
        _("choose one of: {known}", known=known),
        place="template",
    )
