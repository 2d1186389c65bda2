"""By which rule, on which figures, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.views.figures import instant
from poc_eval.views.html import join, tag, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language, Message
    from poc_eval.views.dossier import Dossier

SEEN: Final[Mapping[str, Message]] = {
    "official": _("the text itself was read"),
    "secondary": _("from a page that quotes it"),
    "seed": _("from this project's source documents"),
    "named": _("known to exist, not read"),
}


def provenance(dossier: Dossier, lang: Language) -> Markup:
    """Return the rubric with version, hash and source, and the record's own history."""
    entries = [*_rubric(dossier, lang), *_record(dossier, lang)]
    return tag(
        "dl",
        *(tag("div", tag("dt", label), tag("dd", value)) for label, value in entries),
        class_="pe-origin",
    )


def _rubric(dossier: Dossier, lang: Language) -> list[tuple[str, Markup]]:
    ref, rubric = dossier.review.rubric, dossier.rubric
    named = join([rubric.title.text(lang), tag("code", f"{ref.id}@{ref.version}")], by=" ")
    entries = [
        (_("Rubric").text(lang), named),
        (_("SHA-256 of the rubric").text(lang), tag("code", ref.hash)),
        (_("Source of the rubric").text(lang), _source(dossier, lang)),
    ]
    if rubric.note is not None:
        entries.append((_("Note on the rubric").text(lang), typed(rubric.note.text(lang))))
    return entries


def _source(dossier: Dossier, lang: Language) -> Markup:
    source = dossier.rubric.source
    sure = SEEN.get(source.seen or "")
    said = [part for part in (source.document, source.clause, source.quote, source.url) if part]
    how = _(" (how sure: {sure})", sure=sure).text(lang) if sure is not None else ""
    return join([typed("，".join(said) if lang == "zh" else ", ".join(said)), how])


def _record(dossier: Dossier, lang: Language) -> list[tuple[str, Markup]]:
    review, zone = dossier.review, dossier.zone
    if not dossier.named:
        return _unnamed(dossier, lang)
    number = _("version {version}, revision {revision}", version=review.version, revision=review.revision)
    who = _("{name} (name as stated by the reviewer, not verified)", name=review.reviewer)
    entries = [
        (_("Reviewer").text(lang), typed(who.text(lang))),
        (_("Review record").text(lang), join([tag("code", review.id), number.text(lang)], by=" ")),
        (_("Begun").text(lang), join([instant(review.created_at, zone)])),
        (_("Last change").text(lang), join([instant(review.updated_at, zone)])),
        (_("Submitted at").text(lang), join([_submitted(dossier, lang)])),
    ]
    if review.amends is not None:
        entries.append((_("Amends").text(lang), tag("code", review.amends)))
        entries.append((_("Reason for the amendment").text(lang), typed(review.amendment_reason)))
    if dossier.amended_by is not None:
        entries.append((_("Amended by").text(lang), tag("code", dossier.amended_by)))
    if dossier.sealed is not None:
        entries.append((_("SHA-256 of the sealed review").text(lang), tag("code", dossier.sealed)))
    if dossier.project.source:
        entries.append((_("Source of the project's facts").text(lang), typed(dossier.project.source)))
    return entries


def _unnamed(dossier: Dossier, lang: Language) -> list[tuple[str, Markup]]:
    """Return what may be said of a record without leading to its author."""
    entries = [
        (_("Reviewer").text(lang), typed(dossier.reviewer.text(lang))),
        (
            _("Review record").text(lang),
            join([_("Version {version}", version=dossier.review.version).text(lang)]),
        ),
    ]
    if dossier.project.source:
        entries.append((_("Source of the project's facts").text(lang), typed(dossier.project.source)))
    return entries


def _submitted(dossier: Dossier, lang: Language) -> str:
    at = dossier.review.submitted_at
    return _("Not submitted").text(lang) if at is None else instant(at, dossier.zone)
