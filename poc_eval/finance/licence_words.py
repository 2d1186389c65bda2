"""What the payments of a deal and the ways to find its price are called, on pages and in workbooks alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poc_eval.i18n import Message

PAYMENTS: Final[Mapping[str, Message]] = {
    "fixed": _("fixed payment"),
    "milestone": _("milestone payment"),
    "royalty": _("royalty"),
    "minimum": _("minimum royalty"),
    "deferred": _("deferred payment"),
    "guarantee_fee": _("guarantee fee"),
}

WAYS: Final[Mapping[str, Message]] = {
    "agreement": _("by agreement"),
    "listing": _("by listing"),
    "auction": _("by auction"),
}
"""How a price is found."""
