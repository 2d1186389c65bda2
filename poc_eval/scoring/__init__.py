"""Rubrics and reviews: what is asked, what was answered, and what follows from it.

Names are loaded when first used, so that importing this package stays cheap.
"""

from __future__ import annotations

from importlib import import_module

__all__ = ["Evaluation", "Panel", "Review", "Rubric"]

_HOMES = {"Evaluation": "evaluation", "Panel": "panel", "Review": "review", "Rubric": "rubric"}


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
