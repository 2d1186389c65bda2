"""The one stylesheet of all views; a page that shows a view brings it along."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def stylesheet() -> str:
    """Return the rules for the classes ``pe-…`` that the views use, as they stand in ``views.css``."""
    return files("poc_eval.views").joinpath("views.css").read_text(encoding="utf-8")
