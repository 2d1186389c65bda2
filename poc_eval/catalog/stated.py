"""A figure or fact that a definition asks somebody to state, whatever it is used for."""

from __future__ import annotations

from poc_eval.catalog.fields import LocalText, LocalTextOrWord, Part


class Stated(Part):
    """What is asked for; the room that uses it says which kinds there are."""

    label: LocalText
    unit: LocalTextOrWord | None = None
