"""The papers of an office as Word documents: the same content as the report, to be edited and signed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _
from poc_eval.report.frame import BEFORE_DATA
from poc_eval.report.office_template import fill, open_template
from poc_eval.report.office_tree import Node, tree_of
from poc_eval.workspace.filenames import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from poc_eval.i18n import Language

_TEXTS: Final = ("minutes", "opinion", "notice", "sign_in", "experts")
_LEFT_OUT: Final = frozenset({"rubric", "origin"})
"""They stand in the report itself; a paper names its code."""
_PAPERS: Final[Mapping[str, str]] = {
    "subsidy_payout": "payout",
    "payment_ledger": "ledger",
    "milestone_plan": "milestones",
    "milestone_cashflow": "milestones",
    "licence_deal": "deal",
    "income_sharing": "deal",
}


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """One Word document: what is added to the report's name, which template it follows, and its bytes.

    The language is in ``ending`` where the report has both.
    """

    ending: str
    kind: str
    content: bytes


def office_papers(html: str, workspace: Path) -> tuple[OfficePaper, ...]:
    """Return the papers that a report's page becomes, for each of its languages.

    A review gives the reviewer's opinion; a panel its report, and minutes, opinion, notice, sign-in sheet and
    list of experts as papers of their own; a working paper one. Raises ``NotebookError`` where a template
    cannot be used, with everything that is wrong.
    """
    data = json.loads(html.partition(BEFORE_DATA)[2].partition("</script>")[0])
    sheets = [one for one in tree_of(html).every("main", "section") if "pe-report" in one.classes]
    made: list[OfficePaper] = []
    faults: list[Fault] = []
    for sheet in sheets:
        for drawn in _Sheet(sheet, data, workspace, both=len(sheets) > 1).papers():
            if isinstance(drawn, OfficePaper):
                made.append(drawn)
            else:
                faults += [one for one in drawn if one not in faults]
    if faults:
        raise NotebookError(*faults)
    return tuple(made)


class _Sheet:
    """One language of a report."""

    def __init__(self, sheet: Node, data: Mapping[str, Any], workspace: Path, *, both: bool) -> None:
        self.lang: Language = "en" if sheet.attributes.get("lang", "").startswith("en") else "zh"
        self.code = str(data["code"])
        self.kind = _kind_of(data)
        self.sheet = sheet
        self.workspace = workspace
        self.ending = f"-{self.lang}" if both else ""
        head = next(one for one in sheet.elements if one.tag == "header")
        meta = [one.text for one in head.every("span")]
        self.words = {
            "title": _text_of(head.first("h1")),
            "subject": next((one.text for one in head.every("p") if "pe-subject" in one.classes), ""),
            "date": meta[1] if len(meta) > 1 else "",
            "code": self.code,
        }

    def papers(self) -> Iterator[OfficePaper | tuple[Fault, ...]]:
        yield self._paper(self.kind, "", self.words, list(self._main()))
        for key in _TEXTS:
            section = self._section(f"text-{key}")
            if section is not None:
                heading = section.first("h2")
                title = _text_of(heading).partition("、" if self.lang == "zh" else ". ")[2]
                body = [one for one in section.children if one is not heading]
                yield self._paper(key, f"-{safe_name(title)}", {**self.words, "title": title}, body)

    def _main(self) -> Iterator[Node | str]:
        for one in self.sheet.children:
            key = "" if isinstance(one, str) else self._key(one)
            if key not in _LEFT_OUT and not key.startswith("text-"):
                yield one

    def _key(self, node: Node) -> str:
        return node.attributes.get("aria-labelledby", "").partition("-")[2]

    def _section(self, key: str) -> Node | None:
        return next((one for one in self.sheet.elements if self._key(one) == key), None)

    def _paper(
        self, kind: str, ending: str, words: Mapping[str, str], nodes: Iterable[Node | str]
    ) -> OfficePaper | tuple[Fault, ...]:
        from poc_eval.report.office_blocks import Writer  # noqa: PLC0415 reports in HTML do without Word

        try:
            document, name = open_template(kind, self.lang, self.workspace)
            before = fill(document, name, words)
        except NotebookError as error:
            return error.faults
        writer = Writer(document, before, figures=self.kind != "review")
        writer.blocks(nodes)
        said = _("Drawn from the report with the code {code}, which carries its records.", code=self.code)
        writer.small(said.text(self.lang))
        before._p.getparent().remove(before._p)  # noqa: SLF001 python-docx cannot take a paragraph away
        about = document.core_properties
        about.title, about.author, about.comments, about.last_modified_by = words["title"][:250], "", "", ""
        about.language = "zh-CN" if self.lang == "zh" else "en"
        out = BytesIO()
        document.save(out)
        return OfficePaper(f"{self.ending}{ending}", kind, out.getvalue())


def _kind_of(data: Mapping[str, Any]) -> str:
    kind = data.get("kind")
    if kind == "working_paper":
        return _PAPERS.get(str(data["paper"]["kind"]), "paper")
    return str(kind) if kind in {"panel", "portfolio"} else "review"


def _text_of(node: Node | None) -> str:
    return "" if node is None else node.text
