"""The papers around a panel: minutes, opinion, notice, sign-in sheet, list of experts.

Drawn from the records as they are now, so that a later submission is in them; what only people know is a
blank. Nothing of it is ever stored in a notebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import HTML_LANG, Message, _
from poc_eval.views.figures import DASH, date
from poc_eval.views.html import join, tag, typed
from poc_eval.views.panel_people import (
    BLANK,
    called,
    chair_of,
    comma,
    experts_list,
    held,
    ruled,
    sign_in_sheet,
    titles,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Translatable
    from poc_eval.scoring.panel_result import PanelResult, ProjectResult
    from poc_eval.workspace.panel_records import Roster, TextPart
    from poc_eval.workspace.records import Decision, PanelBasis

TITLES: Final[Mapping[TextPart, Message]] = {
    "minutes": _("Minutes of the meeting"),
    "opinion": _("Opinion of the panel"),
    "notice": _("Public notice"),
    "sign_in": _("Sign-in sheet"),
    "experts": _("List of experts"),
}


def roster_text(roster: Roster, part: TextPart, lang: Language) -> Markup:
    """Return the sign-in sheet or the list of experts, which need no scores."""
    return sign_in_sheet(roster, lang) if part == "sign_in" else experts_list(roster, lang)


def panel_text(result: PanelResult, basis: PanelBasis, part: TextPart, lang: Language) -> Markup:
    """Return one of the papers around a panel as it follows from the records now."""
    texts = _Texts(result, basis, lang)
    if part == "minutes":
        return texts.minutes()
    if part == "opinion":
        return texts.opinion()
    if part == "notice":
        return texts.notice()
    return texts.people(part)


def text_page(body: Markup, part: TextPart, lang: Language) -> str:
    """Return a paper with its heading as one fragment."""
    return str(tag("div", tag("h3", TITLES[part].text(lang)), body, class_="pe-view", lang=HTML_LANG[lang]))


class _Texts:
    def __init__(self, result: PanelResult, basis: PanelBasis, lang: Language) -> None:
        self.result = result
        self.basis = basis
        self.lang = lang
        self.titles = {one.id: one.title for one in basis.projects}
        self.decided = {one.project_id: one for one in basis.decisions}
        self.ordered = sorted(
            result.projects, key=lambda one: (one.official.rank is None, one.official.rank or 0)
        )

    def people(self, part: TextPart) -> Markup:
        return join([]) if self.basis.roster is None else roster_text(self.basis.roster, part, self.lang)

    def as_of(self) -> Markup:
        day = date(self.basis.latest, self.basis.zone, self.lang)
        said = _("(Drawn from the reviews submitted by {day}; check it before it is used.)", day=day)
        return tag("p", said.text(self.lang), class_="pe-quiet")

    def minutes(self) -> Markup:
        roster = self.basis.roster
        at, place = (BLANK, BLANK) if roster is None else held(roster, self.lang)
        chair = BLANK if roster is None else chair_of(roster)
        rubric, count = self.result.rubric.title, len(self.ordered)
        present = [] if roster is None else [called(roster, one) for one in roster.seats]
        lines = [
            _("1. Time: {blank}", blank=at),
            _("2. Place: {blank}", blank=place),
            _("3. Chair: {blank}", blank=chair),
            _("4. Experts ({count}): {names}", count=len(present), names=self.listed(present)),
            _("5. Under review: {count} projects by “{rubric}”", count=count, rubric=rubric),
            _("6. Stepped aside: {who}", who=self.aside()),
            _("7. Results:"),
        ]
        after = [_("8. Discussion: {blank}", blank=BLANK), _("9. Taken down by: {blank}", blank=BLANK)]
        return self.paragraphs(self.as_of(), *lines, self.results(), *after)

    def opinion(self) -> Markup:
        opening = _(
            "The panel read the applications, every expert scored them independently by “{rubric}”, and "
            "after discussion the panel came to this opinion:",
            rubric=self.result.rubric.title,
        )
        items = [
            _(
                "{place}. {project}: {result}. Opinion: {opinion}",
                place=place,
                project=self.titles[one.project],
                result=self.outcome(one),
                opinion=self.words_of(one.project),
            )
            for place, one in enumerate(self.ordered, start=1)
        ]
        end = _("Chair (signature): {blank} Date: {blank}", blank=BLANK)
        return self.paragraphs(self.as_of(), opening, *items, end)

    def notice(self) -> Markup:
        opening = _(
            "By “{rubric}” and after review by experts, the results on the following projects are published:",
            rubric=self.result.rubric.title,
        )
        applicants = {one.id: one.applicant for one in self.basis.projects}
        rows = []
        for place, one in enumerate(self.ordered, start=1):
            applicant = applicants[one.project]
            named = DASH if applicant is None else applicant.text(self.lang)
            rows.append([str(place), self.title(one), named, self.conclusion(one).text(self.lang)])
        head = [_("No."), _("Project"), _("Applicant"), _("Conclusion")]
        after = [
            _("Published from {blank} to {blank} ({blank} working days).", blank=BLANK),
            _(
                "Objections are made in writing, with a name, within this time, to: {blank}. "
                "Contact: {blank} Telephone: {blank}",
                blank=BLANK,
            ),
            _("(Institution) {blank} (date) {blank}", blank=BLANK),
        ]
        hint = _("(Strike the projects that are not to be published.)")
        table = ruled(head, rows, self.lang, numbers=frozenset({0}))
        return self.paragraphs(self.as_of(), opening, table, hint, *after)

    def results(self) -> Markup:
        head = [_("Rank"), _("Project"), _("Official total"), _("Counted"), _("Conclusion")]
        rows = [
            [
                DASH if one.official.rank is None else str(one.official.rank),
                self.title(one),
                DASH if one.official.total is None else f"{one.official.total:f}",
                f"{one.official.counted}/{one.official.given}",
                self.conclusion(one).text(self.lang),
            ]
            for one in self.ordered
        ]
        return ruled(head, rows, self.lang, numbers=frozenset({0, 2, 3}))

    def aside(self) -> str:
        roster = self.basis.roster
        seats = () if roster is None else roster.seats
        said = [
            _(
                "{expert} ({projects})",
                expert=called(roster, one),
                projects=titles(roster, one.aside, self.lang),
            )
            for one in seats
            if roster is not None and one.aside
        ]
        return self.listed(said) if said else _("nobody").text(self.lang)

    def conclusion(self, one: ProjectResult) -> Translatable:
        """Return what was decided, else what the rule concludes, else why it concludes nothing."""
        decided = self.decided.get(one.project)
        if decided is not None:
            return decided.title
        if one.decision is not None:
            return one.decision.title
        return one.official.reason or _("no conclusion")

    def outcome(self, one: ProjectResult) -> Message:
        said = self.conclusion(one)
        if one.official.total is None:
            return _("conclusion “{conclusion}”", conclusion=said)
        total = f"{one.official.total:f}"
        return _("official total {total}, conclusion “{conclusion}”", total=total, conclusion=said)

    def words_of(self, project: str) -> str:
        decided: Decision | None = self.decided.get(project)
        return BLANK if decided is None else decided.reasons

    def title(self, one: ProjectResult) -> str:
        return self.titles[one.project].text(self.lang)

    def listed(self, parts: Iterable[Translatable]) -> str:
        return comma(self.lang).join(one.text(self.lang) for one in parts)

    def paragraphs(self, *parts: Message | Markup) -> Markup:
        return join(
            tag("p", typed(one.text(self.lang))) if isinstance(one, Message) else one for one in parts
        )
