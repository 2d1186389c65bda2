"""A view as a whole page of its own, to open or print: no scripts, no requests."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import HTML_LANG
from poc_eval.views.html import tag
from poc_eval.views.stylesheet import stylesheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from poc_eval.i18n import Language

_PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>{style}</style></head>
<body><main>{view}</main></body>
</html>
"""


def whole_page(title: str, parts: Sequence[Markup], lang: Language) -> str:
    """Return the parts under their title as one HTML file."""
    view = tag("div", tag("h1", title), *parts, class_="pe-view", lang=HTML_LANG[lang])
    return _PAGE.format(lang=HTML_LANG[lang], title=html.escape(title), style=stylesheet(), view=view)
