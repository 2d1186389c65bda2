"""What the server itself refuses, in words with a way out."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault
from poc_eval.i18n import _
from poc_eval.workspace.replies import RefusedError, no_such_address, not_done_here, unforeseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def not_logged_in() -> RefusedError:
    """Return the refusal of a request without a login, or without the token that guards against forgery."""
    return RefusedError(
        HTTPStatus.FORBIDDEN,
        Fault(
            _("this page is not logged in to the server, or its login is out of date"),
            _("reload the page, or open the address that poc-eval lab printed"),
        ),
    )


def too_large() -> RefusedError:
    """Return the refusal of a request that is larger than any honest one."""
    return RefusedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Fault(_("too much was sent at once"), _("shorten the texts, or save them a few at a time")),
    )


def unreadable() -> RefusedError:
    """Return the refusal of a request that is no JSON object."""
    return RefusedError(
        HTTPStatus.BAD_REQUEST,
        Fault(_("the request cannot be read"), _("reload the page, or update poc_eval")),
    )


_BY_STATUS: Final[Mapping[int, Callable[[], RefusedError]]] = {
    HTTPStatus.UNAUTHORIZED: not_logged_in,
    HTTPStatus.FORBIDDEN: not_logged_in,
    HTTPStatus.NOT_FOUND: no_such_address,
    HTTPStatus.METHOD_NOT_ALLOWED: not_done_here,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: too_large,
}


def refused_by_server(status: int) -> RefusedError:
    """Return what to say where the server refused before our own code was asked, by its HTTP status."""
    return _BY_STATUS.get(status, unforeseen)()
