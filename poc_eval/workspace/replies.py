"""What the desk answers, and how it tells a refusal: a status, and words with a way out."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from poc_eval.errors import (
    DefinitionError,
    Fault,
    IncompleteError,
    InputError,
    LockedError,
    NotebookError,
    PocEvalError,
    StaleRevisionError,
    UnknownIdError,
    WorkspaceError,
)
from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Language

STATUS: Final[Mapping[type[PocEvalError], HTTPStatus]] = {
    UnknownIdError: HTTPStatus.NOT_FOUND,
    StaleRevisionError: HTTPStatus.CONFLICT,
    DefinitionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    IncompleteError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotebookError: HTTPStatus.UNPROCESSABLE_ENTITY,
    LockedError: HTTPStatus.LOCKED,
    WorkspaceError: HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in HTTP's terms, whatever carries it; ``body`` is plain JSON."""

    status: int
    body: dict[str, object]


class RefusedError(PocEvalError):
    """A request that is refused with a status of its own."""

    def __init__(self, status: HTTPStatus, *faults: Fault) -> None:
        super().__init__(*faults)
        self.status = status


def refusal(error: PocEvalError, lang: Language) -> Reply:
    """Return the reply for an error: its first fault in two sentences, and every fault on a line."""
    first = error.faults[0]
    return Reply(
        int(status_of(error)),
        {
            "error": {
                "what": first.what.text(lang),
                "remedy": first.remedy.text(lang),
                "faults": error.lines(lang),
            }
        },
    )


def status_of(error: PocEvalError) -> HTTPStatus:
    """Return the status for an error of the family, 422 where none was agreed."""
    if isinstance(error, RefusedError):
        return error.status
    known = (status for kind, status in STATUS.items() if isinstance(error, kind))
    return next(known, HTTPStatus.UNPROCESSABLE_ENTITY)


def no_such_address() -> RefusedError:
    """Return the refusal of a path that the desk does not know."""
    return RefusedError(
        HTTPStatus.NOT_FOUND,
        Fault(_("the workspace has nothing at this address"), _("reload the page, or update poc_eval")),
    )


def not_done_here() -> RefusedError:
    """Return the refusal of a method that a path does not take."""
    return RefusedError(
        HTTPStatus.METHOD_NOT_ALLOWED,
        Fault(_("this cannot be done at this address"), _("reload the page, or update poc_eval")),
    )


def unforeseen() -> RefusedError:
    """Return what to say after an error that nobody foresaw; its details go to the program's own log only."""
    return RefusedError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Fault(
            _("something went wrong in the program; it is not your doing"),
            _("your entries are kept; try again, and if it happens again ask for help with the log"),
        ),
    )
