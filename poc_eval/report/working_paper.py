"""The report on a working paper: its results, what was filled in, the notes, the origin; a static page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from poc_eval.errors import Fault, UnknownIdError
from poc_eval.i18n import _
from poc_eval.report.data import SCHEMA, code_of, commitment_content, part_content, spelled, template_content
from poc_eval.report.frame import Frame, languages, made_here, whole_page
from poc_eval.report.gathering import narrative_of
from poc_eval.report.style import style
from poc_eval.views.figures import date, instant
from poc_eval.views.html import join, tag, typed
from poc_eval.views.paper_parts import FORM, paper_part
from poc_eval.views.review import Section
from poc_eval.views.working_paper import figures, open_notes, paper_notices, part_body
from poc_eval.workspace.looking_up import LookedUp
from poc_eval.workspace.project_rows import project_content
from poc_eval.workspace.tables import instant_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.report.frame import Making, Page, PageLanguage
    from poc_eval.report.paper import Part
    from poc_eval.workspace.documents import NotebookDocument, TemplateRef
    from poc_eval.workspace.paper_records import PaperPage
    from poc_eval.workspace.workspace import Workspace

VIEW: Final = "working-paper"


@dataclass(frozen=True, slots=True)
class PaperReport:
    """The report on a working paper before it is rendered."""

    page: PaperPage
    definitions: tuple[str, ...]
    """The texts of the definitions that the paper is worked by, in their order."""
    results: tuple[str, ...]
    """The parts beside the form that the notebook shows, in its order."""
    parts: tuple[Part, ...]
    words_lang: Language
    template: TemplateRef | None
    as_shipped: bool
    named: bool = True
    commitment: str | None = None
    """In a report without names: the keyed hash of the full record, hex."""
    looked_up: Mapping[str, Any] | None = field(default_factory=dict)
    """What the paper rests on beside its fields, by key; None in a report from before this was carried."""


def paper_gathered(
    document: NotebookDocument, paper_id: str, workspace: Workspace
) -> tuple[PaperReport, tuple[Fault, ...]]:
    """Return what a working paper's notebook reports, and what of the notebook was left out and why.

    Raises ``UnknownIdError`` where the workspace has no such paper or does not know its kind.
    """
    papers = workspace.papers
    looked_up = LookedUp(every=False)
    page = papers.page(papers.paper(paper_id), looked_up)
    parts, left_out = narrative_of(document, workspace)
    shown: list[str] = []
    unknown: list[Fault] = []
    for view in document.views:
        part = str(view.options.get("part", FORM))
        if view.kind != VIEW or view.id != paper_id or part in {FORM, *shown}:
            continue
        try:
            paper_part(page, part, "en")
        except UnknownIdError as error:
            unknown += [Fault(one.what, one.remedy, file=str(document.path)) for one in error.faults]
            continue
        shown.append(part)
    report = PaperReport(
        page=page,
        definitions=tuple(one.text for one in papers.context(page.paper).definitions),
        results=tuple(shown),
        parts=parts,
        words_lang="en" if document.lang == "en" else "zh",
        template=document.template,
        as_shipped=document.locked_cells_unchanged,
        looked_up=looked_up.found,
    )
    return report, (*left_out, *unknown)


def paper_content(report: PaperReport) -> dict[str, object]:
    """Return everything that the report says as JSON knows it."""
    page, paper = report.page, report.page.paper
    # Reports from before this was carried are drawn again as they were.
    looked_up = {} if report.looked_up is None else {"looked_up": dict(report.looked_up)}
    return looked_up | {
        "schema": SCHEMA,
        "kind": "working_paper",
        "named": report.named,
        "commitment": commitment_content(report.commitment),
        "paper": {
            "id": paper.id,
            "kind": paper.kind,
            "title": paper.title,
            "author": paper.author,
            "version": paper.version,
            "status": paper.status,
            "revision": paper.revision,
            "created_at": instant_text(paper.created_at),
            "updated_at": instant_text(paper.updated_at),
            "concluded_at": None if paper.concluded_at is None else instant_text(paper.concluded_at),
            "amends": paper.amends,
            "amendment_reason": paper.amendment_reason,
            "example": paper.example,
            "fields": {
                name: {"value": answer.value, "revision": answer.revision, "at": instant_text(answer.at)}
                for name, answer in paper.fields.items()
            },
        },
        "sealed": page.sealed,
        "project": None if page.project is None else project_content(page.project),
        "definitions": [
            {
                "kind": one.kind,
                "id": one.ref.id,
                "version": one.ref.version,
                "hash": one.ref.hash,
                "text": text,
            }
            for one, text in zip(paper.definitions, report.definitions, strict=True)
        ],
        "outcome": dict(page.assessment.outcome),
        "results": list(report.results),
        "zone": page.zone,
        "narrative": {"lang": report.words_lang, "parts": [part_content(part) for part in report.parts]},
        "template": template_content(report.template, as_shipped=report.as_shipped),
    }


def render_paper_page(report: PaperReport, lang: PageLanguage, made: Making | None = None) -> Page:
    """Return the report on a working paper in one language, or in both, each in a section of its own."""
    made = made or made_here()
    langs = languages(lang)
    records = paper_content(report)
    code = made.code or code_of(spelled(records))
    body = join(_Sheet(report, one, code).section(main=one == langs[0]) for one in langs)
    about = [] if report.page.project is None else [report.page.project.title.text(langs[0])]
    draft = report.page.paper.status == "draft"
    rules = style(code, langs, head=_("Draft, not concluded") if draft else None)
    title = " · ".join([report.page.paper.title, *about])
    return whole_page(langs, title=title, code=code, rules=rules, body=body, records=records, making=made)


class _Sheet(Frame):
    """One language's section of a page."""

    def __init__(self, report: PaperReport, lang: Language, code: str) -> None:
        super().__init__(lang, code)
        self.report = report
        self.page = report.page

    def section(self, *, main: bool) -> Markup:
        sections = self.sections()
        parts = [
            self.masthead(),
            paper_notices(self.page, self.lang),
            figures(self.page, self.lang),
            open_notes(self.page, self.lang),
            self.contents(sections),
        ]
        for index, one in enumerate(sections):
            if one.key == "origin" and self.page.paper.status == "concluded" and self.report.named:
                parts.append(self.signatures())
            parts.append(self.block(index, one))
        parts.append(self.colophon())
        return self.sheet(parts, main=main)

    def masthead(self) -> Markup:
        paper, project = self.page.paper, self.page.project
        subject = (self.page.kind_title if project is None else project.title).text(self.lang)
        meta = [
            self.say(_("Version {version}", version=paper.version)),
            date(paper.concluded_at or paper.updated_at, self.page.zone, self.lang),
            self.say(_("Code {code}", code=self.code)),
        ]
        return self.headed(paper.title, "" if subject == paper.title else subject, meta)

    def sections(self) -> list[Section]:
        page, lang = self.page, self.lang
        sections = []
        if self.report.results:
            drawn = join(paper_part(page, part, lang) for part in self.report.results)
            sections.append(Section("results", _("Results"), drawn))
        filled = join(
            tag("section", tag("h3", part.title.text(lang)), part_body(part, page, lang))
            for part in page.layout.parts
        )
        sections.append(Section("filled", _("As filled in"), filled))
        if self.report.parts:
            words = self.narrative(self.report.parts, self.report.words_lang)
            sections.append(Section("narrative", _("Notes"), words))
        return [*sections, Section("origin", _("Sources, versions and dates"), self.origin())]

    def origin(self) -> Markup:
        """Return whose paper it is, by which definitions it is worked, when it was written and sealed."""
        page, paper = self.page, self.page.paper
        entries = [(_("Kind of working paper"), typed(page.kind_title.text(self.lang)))]
        if self.report.named:
            entries += [
                (_("Number of the working paper"), tag("code", paper.id)),
                (_("Opened by"), typed(paper.author or "—")),
            ]
        entries.append((_("Last saved"), join([instant(paper.updated_at, page.zone)])))
        if paper.concluded_at is not None:
            entries.append((_("Concluded"), join([instant(paper.concluded_at, page.zone)])))
        if page.sealed is not None:
            entries.append((_("SHA-256 of the sealed text"), tag("code", page.sealed)))
        if paper.amendment_reason is not None:
            entries.append((_("Reason of the amendment"), typed(paper.amendment_reason)))
        entries += [(_("Worked by"), tag("code", str(one.ref))) for one in paper.definitions]
        rows = [tag("div", tag("dt", self.say(label)), tag("dd", value)) for label, value in entries]
        template = self.template(self.report.template, as_shipped=self.report.as_shipped)
        return join([tag("dl", *rows, class_="pe-origin"), template])

    def colophon(self) -> Markup:
        words = _(
            "This file carries its own data under the code {code}: "
            "the working paper, what it is worked by, notes. "
            "A print belongs to this file where it bears the same code.",
            code=self.code,
        )
        return tag("footer", tag("p", self.say(words)), class_="pe-colophon")

    def signatures(self) -> Markup:
        places = (_("Prepared by (signature)"), _("Checked by (signature)"), _("Date"))
        return tag("ul", *(tag("li", self.say(place)) for place in places), class_="pe-signatures")
