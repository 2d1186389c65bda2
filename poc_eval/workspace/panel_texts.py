"""The papers around a panel as texts to edit: minutes, opinion, notice, sign-in sheet, list of experts.

Markdown, filled in as far as the panel's result is known; blanks are underlined for what only people know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from poc_eval.i18n import Language, Message, Translatable
    from poc_eval.scoring.panel_result import PanelResult, ProjectResult
    from poc_eval.workspace.records import PanelBasis

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_DASH: Final = "—"
_BLANK: Final = "\\_\\_\\_\\_\\_\\_"


def panel_texts(
    result: PanelResult, basis: PanelBasis, lang: Language, *, zone: ZoneInfo | None = None
) -> Mapping[str, str]:
    """Return the texts by the name of the template's paragraph; ``zone`` is that of the dates."""
    return _Texts(result, basis, lang, zone).all()


class _Texts:
    def __init__(self, result: PanelResult, basis: PanelBasis, lang: Language, zone: ZoneInfo | None) -> None:
        self.result = result
        self.basis = basis
        self.lang = lang
        self.zone = zone
        self.titles = {one.id: one.title for one in basis.projects}
        self.ordered = sorted(
            result.projects, key=lambda one: (one.official.rank is None, one.official.rank or 0)
        )

    def all(self) -> dict[str, str]:
        return {
            "minutes": self.minutes(),
            "opinion": self.opinion(),
            "notice": self.notice(),
            "sign_in": self.sign_in(),
            "experts": self.experts(),
        }

    def say(self, message: Translatable) -> str:
        return message.text(self.lang)

    def made(self) -> str:
        day = self.basis.latest.astimezone(self.zone)
        return self.say(
            _(
                "(Begun from the reviews submitted by {day}; check and change it before it is used.)",
                day=_day(day, self.lang),
            )
        )

    def minutes(self) -> str:
        names = self.listed(self.named(one.reviewer) for one in self.result.reviewers)
        rubric = self.result.rubric.title
        lines = [
            _("1. Time: {blank}", blank=_BLANK),
            _("2. Place: {blank}", blank=_BLANK),
            _("3. Chair: {blank}", blank=_BLANK),
            _("4. Experts ({count}): {names}", count=len(self.result.reviewers), names=names),
            _("5. Under review: {count} projects by “{rubric}”", count=len(self.ordered), rubric=rubric),
            _("6. Stepped aside: {who}", who=self.aside()),
            _("7. Results:"),
        ]
        after = [
            _("8. Discussion: {blank}", blank=_BLANK),
            _("9. Taken down by: {blank}", blank=_BLANK),
        ]
        return self.paragraphs(self.made(), *lines, self.results(), *after)

    def opinion(self) -> str:
        opening = _(
            "The panel read the applications, every expert scored them independently by “{rubric}”, and "
            "after discussion the panel came to this opinion:",
            rubric=self.result.rubric.title,
        )
        items = [
            _(
                "{place}. **{project}**: {result}. Opinion: {blank}",
                place=place,
                project=self.title(one),
                result=_result(one),
                blank=_BLANK,
            )
            for place, one in enumerate(self.ordered, start=1)
        ]
        end = _("Chair (signature): {blank} Date: {blank}", blank=_BLANK)
        return self.paragraphs(self.made(), opening, *items, end)

    def notice(self) -> str:
        opening = _(
            "By “{rubric}” and after review by experts, the results on the following projects are published:",
            rubric=self.result.rubric.title,
        )
        applicants = {one.id: one.applicant for one in self.basis.projects}
        rows = []
        for place, one in enumerate(self.ordered, start=1):
            applicant = applicants[one.project]
            named = _DASH if applicant is None else _plain(self.say(applicant))
            rows.append([str(place), self.title(one), named, self.say(_conclusion(one))])
        head = [_("No."), _("Project"), _("Applicant"), _("Conclusion")]
        after = [
            _("Published from {blank} to {blank} ({blank} working days).", blank=_BLANK),
            _(
                "Objections are made in writing, with a name, within this time, to: {blank}. "
                "Contact: {blank} Telephone: {blank}",
                blank=_BLANK,
            ),
            _("(Institution) {blank} (date) {blank}", blank=_BLANK),
        ]
        hint = _("(Strike the projects that are not to be published.)")
        return self.paragraphs(self.made(), opening, self.table(head, rows), hint, *after)

    def sign_in(self) -> str:
        head = [_("No."), _("Name"), _("Unit"), _("Professional title"), _("Signature"), _("Time")]
        rows = [
            [str(place), self.say(self.named(one.reviewer)) if self.basis.named else "", "", "", "", ""]
            for place, one in enumerate(self.result.reviewers, start=1)
        ]
        meeting = _("Meeting: {blank} Date: {blank} Place: {blank}", blank=_BLANK)
        return self.paragraphs(meeting, self.table(head, rows))

    def experts(self) -> str:
        head = [_("No."), _("Name"), _("Unit"), _("Professional title"), _("Field"), _("Remark")]
        aside: dict[str, list[str]] = {}
        for one in self.basis.aside:
            aside.setdefault(one.reviewer, []).append(_plain(self.say(self.titles[one.project_id])))
        rows = []
        for place, expert in enumerate(self.result.reviewers, start=1):
            names = aside.get(expert.reviewer)
            said = _("steps aside: {projects}", projects=self.comma().join(names)) if names else None
            rows.append(
                [
                    str(place),
                    self.say(self.named(expert.reviewer)),
                    "",
                    "",
                    "",
                    "" if said is None else self.say(said),
                ]
            )
        return self.table(head, rows)

    def results(self) -> str:
        head = [_("Rank"), _("Project"), _("Official total"), _("Counted"), _("Conclusion")]
        rows = [
            [
                _DASH if one.official.rank is None else str(one.official.rank),
                self.title(one),
                _DASH if one.official.total is None else f"{one.official.total:f}",
                f"{one.official.counted}/{one.official.given}",
                self.say(_conclusion(one)),
            ]
            for one in self.ordered
        ]
        return self.table(head, rows)

    def aside(self) -> str:
        said = [
            _(
                "{project}: {expert}",
                project=Text(*(_plain(self.titles[one.project_id].text(lang)) for lang in ("zh", "en"))),
                expert=self.named(one.reviewer),
            )
            for one in self.basis.aside
        ]
        return self.listed(said) if said else self.say(_("nobody"))

    def named(self, reviewer: str) -> Translatable:
        if self.basis.named:
            return Text(_plain(reviewer), _plain(reviewer))
        return _("Expert {letter}", letter=reviewer)

    def title(self, one: ProjectResult) -> str:
        return _plain(self.say(self.titles[one.project]))

    def comma(self) -> str:
        return "、" if self.lang == "zh" else ", "

    def listed(self, parts: Iterable[Translatable]) -> str:
        return self.comma().join(self.say(one) for one in parts)

    def table(self, head: Sequence[Message], rows: Iterable[Sequence[str]]) -> str:
        lines = [[self.say(one) for one in head], ["---"] * len(head), *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def paragraphs(self, *parts: Translatable | str) -> str:
        return "\n\n".join(part if isinstance(part, str) else self.say(part) for part in parts)


def _conclusion(one: ProjectResult) -> Translatable:
    if one.decision is not None:
        return one.decision.title
    return one.official.reason or _("no conclusion")


def _result(one: ProjectResult) -> Message:
    if one.official.total is None:
        return _("conclusion “{conclusion}”", conclusion=_conclusion(one))
    return _(
        "official total {total}, conclusion “{conclusion}”",
        total=f"{one.official.total:f}",
        conclusion=_conclusion(one),
    )


def _plain(words: str) -> str:
    """Return words so that Markdown shows them as they are, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))


def _day(at: datetime, lang: Language) -> str:
    return f"{at.year}年{at.month}月{at.day}日" if lang == "zh" else f"{at:%Y-%m-%d}"
