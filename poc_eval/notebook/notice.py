"""What stands in a cell where the form cannot: what is wrong and what to do, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poc_eval.i18n import HTML_LANG, LANGUAGES
from poc_eval.views.html import tag

if TYPE_CHECKING:
    from poc_eval.errors import PocEvalError


class Notice:
    """The faults of an error, to be read by a person."""

    def __init__(self, error: PocEvalError) -> None:
        self.error = error

    def __repr__(self) -> str:
        return "\n".join(line for lang in LANGUAGES for line in self.error.lines(lang))

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, Any]:
        paragraphs = [
            tag("p", line, lang=HTML_LANG[lang]) for lang in LANGUAGES for line in self.error.lines(lang)
        ]
        return {"text/plain": repr(self), "text/html": str(tag("div", *paragraphs, class_="poc-eval-notice"))}
