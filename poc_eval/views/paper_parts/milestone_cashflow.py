"""What is shown of a programme's cash flow and risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.views.html import join
from poc_eval.views.paper_parts.milestone_plan import cash, drawn, milestones
from poc_eval.views.programme.sections import distribution_section, tornado_section, tree_section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from poc_eval.i18n import Language
    from poc_eval.workspace.paper_records import PaperPage


def tree(page: PaperPage, lang: Language) -> Markup:
    """Return where the programme can end, and the distribution of its value."""
    return drawn(
        page, lang, lambda one: join([tree_section(one.value, lang), distribution_section(one.summary, lang)])
    )


def sensitivity(page: PaperPage, lang: Language) -> Markup:
    """Return what the value hangs on."""
    return drawn(page, lang, lambda one: tornado_section(one.value, one.bars, one.points, lang))


PARTS: Final[Mapping[str, Callable[[PaperPage, Language], Markup]]] = {
    "tree": tree,
    "cash": cash,
    "sensitivity": sensitivity,
    "calendar": milestones,
}
