"""Which kind of definition a file is, told by the keys that only this kind has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.errors import DefinitionError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.catalog.reader import Document

TELLING_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "rubric": frozenset({"criteria", "screening", "recommendation", "total", "panel"}),
    "scale": frozenset({"levels", "short"}),
    "policy": frozenset({"payout", "payee", "eligible", "matching"}),
    "programme": frozenset({"stages", "grants", "deposits", "loans"}),
    "deal": frozenset({"structures", "licensee", "sales"}),
    "sharing": frozenset({"institution", "cash", "equity", "own_use", "approvals", "procedure"}),
    "sorting": frozenset({"indicators", "dimensions", "lines", "grades"}),
    "conflicts": frozenset({"rules"}),
    "checklist": frozenset({"items"}),
    "projects": frozenset({"projects"}),
    "example-review": frozenset({"answers", "reviewer", "narrative"}),
    "example-panel": frozenset({"ballots", "reasons", "opinions"}),
    "example-paper": frozenset({"grids", "concluded"}),
}


def kind_of_document(document: Document) -> str:
    """Return the kind in TELLING_KEYS that most keys speak for.

    Raises DefinitionError where no key tells.
    """
    keys = set(document.data) if isinstance(document.data, dict) else set()
    told = {kind: len(keys & telling) for kind, telling in TELLING_KEYS.items()}
    kind = max(told, key=lambda name: told[name])
    if not told[kind]:
        raise DefinitionError(
            document.fault(
                _("nothing in this file tells what kind of definition it is"),
                _(
                    "a rubric has criteria, a scale levels, a policy a payout, a programme stages, "
                    "a deal structures, a sharing rule an institution"
                ),
            )
        )
    return kind
