"""The result views of working papers: by kind and part, each a pure function of a page.

A module here is called as its kind and holds ``PARTS``. Another package names its parts in the entry-point
group ``poc_eval.paper_parts``: the kind on the left, the mapping on the right. Every kind has the parts
``form`` (the paper as it is filled in) and ``summary`` (its figures) without doing anything.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Final, TypeAlias

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, UnknownIdError
from poc_eval.i18n import _
from poc_eval.views.working_paper import paper_form, paper_fragment, paper_summary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage

View: TypeAlias = "Callable[[PaperPage, Language], Markup]"
GROUP: Final = "poc_eval.paper_parts"
FORM: Final = "form"
COMMON: Final[Mapping[str, View]] = {FORM: paper_form, "summary": paper_summary}


def paper_view(page: PaperPage, part: object, lang: Language) -> str:
    """Return one part of a working paper as an HTML fragment under its name; ``part`` None is the form.

    Raises ``UnknownIdError`` for a part that the kind does not have.
    """
    return str(paper_fragment(page, [paper_part(page, part, lang)], lang))


def paper_part(page: PaperPage, part: object, lang: Language) -> Markup:
    """Return the same without the name above it, for a page that says the name itself."""
    wanted = FORM if part is None else part
    views = {**COMMON, **_parts(page.paper.kind)}
    if isinstance(wanted, str) and wanted in views:
        return views[wanted](page, lang)
    raise UnknownIdError(
        Fault(
            _('this working paper has no part "{part}"', part=shown(str(wanted))),
            _("choose one of: {known}", known=", ".join(views)),
            place="part",
        )
    )


@cache
def _parts(kind: str) -> Mapping[str, View]:
    if kind in {module.name for module in pkgutil.iter_modules(__path__)}:
        shipped: Mapping[str, View] = import_module(f"{__name__}.{kind}").PARTS
        return shipped
    for point in entry_points(group=GROUP, name=kind):
        brought: Mapping[str, View] = point.load()
        return brought
    return {}
