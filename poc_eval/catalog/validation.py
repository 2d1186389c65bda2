"""A model's complaints become faults with file, line, place, what was found and what is wanted."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.complaints import complaint
from poc_eval.catalog.known_keys import known_keys
from poc_eval.catalog.plain_text import MAX_FAULTS, shown
from poc_eval.catalog.refusal import REFUSED, Refusal
from poc_eval.errors import Fault
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from poc_eval.catalog.reader import Data, Document, Where

_UNKNOWN_KEY: Final = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
_MISSING_KEY: Final = frozenset({"missing", "missing_argument", "missing_keyword_only_argument"})


def faults_of(error: ValidationError, document: Document, model: type[BaseModel]) -> tuple[Fault, ...]:
    """Return one fault for each thing that ``model`` found wrong in ``document``, in its order."""
    faults = []
    for detail in error.errors(include_url=False):
        where = where_in(document.data, detail["loc"])
        faults += [
            document.fault(refusal.what, refusal.remedy, (*where, *refusal.at))
            for refusal in _refusals(detail, where, model)
        ]
    faults.sort(key=lambda fault: fault.line or 0)
    different = list({fault.text("en"): fault for fault in faults}.values())
    if len(different) > MAX_FAULTS:
        different[MAX_FAULTS:] = [
            Fault(
                _("{count} more faults are not listed", count=len(different) - MAX_FAULTS),
                _("mend these first"),
                file=document.name,
            )
        ]
    return tuple(different)


def where_in(data: Data, location: Sequence[str | int]) -> Where:
    """Return the steps of pydantic's ``location`` that exist in ``data``.

    Pydantic also puts the names of union branches in; these and a missing key are left out.
    """
    where: list[str | int] = []
    for step in location:
        if isinstance(data, dict) and isinstance(step, str) and step in data:
            data = data[step]
            where.append(step)
        if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
            where.append(step)
    return tuple(where)


def _refusals(detail: ErrorDetails, where: Where, model: type[BaseModel]) -> Sequence[Refusal]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "too_short" and len(detail["input"]) >= context["min_length"]:
        return []  # there are enough, but pydantic counts only those without a fault of their own
    if kind == REFUSED:
        refusals: Sequence[Refusal] = context["refusals"]
        return refusals
    if kind in _MISSING_KEY:
        key = shown(str(detail["loc"][-1]))
        return [Refusal(_('the key "{key}" is missing', key=key), _("add it"))]
    if kind in _UNKNOWN_KEY:
        return [_unknown_key(str(detail["loc"][-1]), detail["input"], known_keys(model, where[:-1]))]
    return [complaint(kind, context, detail["input"])]


def _unknown_key(key: str, value: object, known: Sequence[str]) -> Refusal:
    if value is None and "：" in key:
        return Refusal(
            _("a full-width colon (：) stands behind a key"), _("write a plain colon and a space after it")
        )
    what = _('the key "{key}" is not known here', key=shown(key))
    near = get_close_matches(key, known, n=1)
    if near:
        return Refusal(what, _('did you mean "{near}"?', near=near[0]))
    if value is None:
        return Refusal(
            what,
            _("if it is part of a text: between brackets a comma ends the text, so put the text in quotes"),
        )
    if known:
        return Refusal(what, _("known here: {keys}", keys=", ".join(known)))
    return Refusal(what, _("take it away"))
