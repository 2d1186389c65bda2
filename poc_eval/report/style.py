"""The style of a report: the views' rules, the page's own, and what stands at the foot of every sheet."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from poc_eval.i18n import _
from poc_eval.views.stylesheet import stylesheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from poc_eval.i18n import Language, Message

_SANS: Final = '"Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif'
"""The margin of a sheet takes no variables."""


def style(code: str, langs: Sequence[Language], *, head: Message | None = None) -> str:
    """Return the whole style of a report with ``code``, with one kind of sheet for each language.

    ``head`` stands at the top of every sheet.
    """
    return rules() + "".join(_sheet(code, lang, head) for lang in langs)


def policy(written: str) -> str:
    """Return the policy of a page whose only style is ``written``: nothing is fetched, nothing runs."""
    digest = b64encode(sha256(written.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@cache
def rules() -> str:
    """Return the rules that all pages share, without spaces and comments."""
    own = files("poc_eval.report").joinpath("report.css").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", stylesheet() + own, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare).strip()


def _sheet(code: str, lang: Language, head: Message | None) -> str:
    """Return the rules of one language's sheets, the page counters between the words of their sentence."""
    numbers = _("Page {page} of {pages}", page="\x00page\x00", pages="\x00pages\x00").text(lang)
    counted = " ".join(
        f"counter({part})" if part in {"page", "pages"} else quoted(part)
        for part in numbers.split("\x00")
        if part
    )
    left = quoted(_("Code {code}", code=code).text(lang))
    above = "" if head is None else head.text(lang)
    boxes = (
        f"@top-right{{content:{quoted(above)};font:9pt {_SANS}}}"
        f"@bottom-left{{content:{left};font:9pt {_SANS};color:#4d5a6b}}"
        f"@bottom-right{{content:{counted};font:9pt {_SANS};color:#4d5a6b}}"
    )
    # A section with a wide table lies on its side as a whole: no heading stays behind on a page of its own.
    return (
        f".pe-sheet-{lang}{{page:{lang}}}@page {lang}{{{boxes}}}"
        f".pe-sheet-{lang}>section:has(.pe-landscape),.pe-sheet-{lang} .pe-landscape{{page:{lang}-wide}}"
        f"@page {lang}-wide{{size:A4 landscape;{boxes}}}"
    )


def quoted(text: str) -> str:
    """Return ``text`` as a CSS string that can end neither itself nor the style element."""
    return '"' + re.sub(r'[\x00-\x1f"\\<>]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'
