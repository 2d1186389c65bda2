"""The Word templates of the papers: a centre's own before the shipped ones, filled in without being run.

A template is an ordinary .docx file. In its text, header and footer stand ``{{ title }}``,
``{{ subject }}``, ``{{ date }}``, ``{{ code }}`` and, in a paragraph of its own, ``{{ content }}``. They are
replaced once; nothing that people typed is ever read as a template.
"""

from __future__ import annotations

import re
import zipfile
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _
from poc_eval.workspace.filenames import cannot_write, refuse_way_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from poc_eval.i18n import Language

FOLDER: Final = "office"
"""In the workspace, for a centre's own templates."""
ANY: Final = "paper"
"""The template of a paper that has none of its own."""
CONTENT: Final = "content"
KNOWN: Final = ("title", "subject", "date", "code", CONTENT)
_LARGEST: Final = 20 * 1024 * 1024
_LARGEST_UNPACKED: Final = 4 * _LARGEST
_PLACE: Final = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")


def open_template(kind: str, lang: Language, workspace: Path) -> tuple[Document, str]:
    """Return the template of a kind of paper, opened, and what it is called in messages.

    The workspace's ``office/KIND.docx``, then its ``office/paper.docx``, then the shipped ones; in English
    ``KIND-en.docx`` of each. Raises ``NotebookError`` for a file that is no Word document.
    """
    ending = "" if lang == "zh" else f"-{lang}"
    names = [f"{name}{ending}.docx" for name in dict.fromkeys((kind, ANY))]
    for name in names:
        own = workspace / FOLDER / name
        if own.is_file():
            refuse_way_out(workspace, own)
            return _opened(own.read_bytes()[: _LARGEST + 1], str(own)), str(own)
    shipped = _shipped()
    chosen = next((name for name in names if shipped.joinpath(name).is_file()), f"{ANY}.docx")
    return _opened(shipped.joinpath(chosen).read_bytes(), chosen), chosen


def copy_templates(folder: Path) -> tuple[Path, ...]:
    """Copy the shipped templates to a folder and return them; one that is there already stays as it is.

    Raises ``WorkspaceError``.
    """
    copied = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in sorted(_shipped().iterdir(), key=lambda one: one.name):
            target = folder / one.name
            if one.name.endswith(".docx") and not target.exists():
                target.write_bytes(one.read_bytes())
                copied.append(target)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return tuple(copied)


def fill(document: Document, name: str, words: Mapping[str, str]) -> Paragraph:
    """Put ``words`` in their places; return the paragraph that the content takes the place of.

    Raises ``NotebookError`` with every place that is not known, and where there is none for the content.
    """
    unknown: set[str] = set()
    target: Paragraph | None = None
    for paragraph in _paragraphs(document):
        asked = {found[1] for found in _PLACE.finditer(_said(paragraph))}
        unknown |= asked - set(KNOWN)
        if CONTENT in asked:
            target = target or paragraph
        elif asked:
            _replace(paragraph, words)
    faults = [
        Fault(
            _("the template asks for {place}, which no paper has", place=shown(f"{{{{ {one} }}}}")),
            _("use one of: {known}", known=", ".join(KNOWN)),
            file=name,
        )
        for one in sorted(unknown)
    ]
    if target is None:
        faults.append(
            Fault(
                _("the template has no place for the paper's content"),
                _("write {place} into a paragraph of its own", place="{{ content }}"),
                file=name,
            )
        )
    if faults or target is None:
        raise NotebookError(*faults)
    return target


def _shipped() -> Traversable:
    return files("poc_eval.report").joinpath("office_templates")


def _unpacked(content: bytes) -> int:
    """Return how many bytes a file unpacks to; no more are ever read of its parts than it states."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return sum(part.file_size for part in parts.infolist())


def _opened(content: bytes, name: str) -> Document:
    import docx  # noqa: PLC0415 reports in HTML do without it
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 the same

    try:
        if len(content) <= _LARGEST and _unpacked(content) <= _LARGEST_UNPACKED:
            document = docx.Document(BytesIO(content))
            _refuse_links(document, name)
            return document
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, OpcError, SyntaxError):
        pass
    raise NotebookError(
        Fault(
            _("this template is no Word document (.docx), or it is damaged"),
            _("save it as .docx again, or take it away so that the shipped one is used"),
            file=name,
        )
    )


def _refuse_links(document: Document, name: str) -> None:
    """Raise ``NotebookError`` where a template has whoever opens a paper ask another place for something."""
    links = (one for one in document.part.package.iter_rels() if one.is_external)
    faults = [
        Fault(
            _("the template takes something from elsewhere: {place}", place=shown(one.target_ref)),
            _("put pictures into the template itself, and take its link to another file away"),
            file=name,
        )
        for one in links
        if not one.reltype.endswith("/hyperlink")
    ]
    if faults:
        raise NotebookError(*faults)


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text, of its tables, and of every header and footer."""
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 as above

    roots: list[Any] = [document.element.body]
    for section in document.sections:
        parts = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        own = (part for part in parts if not part.is_linked_to_previous)
        roots.extend(part._element for part in own)  # noqa: SLF001 it shows no tables' paragraphs otherwise
    for root in roots:
        for element in list(root.iter(f"{{{root.nsmap['w']}}}p")):
            yield Paragraph(element, document)


def _said(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def _replace(paragraph: Paragraph, words: Mapping[str, str]) -> None:
    """Replace the places of a paragraph, each in the look of its first letter; Word may have split them."""
    runs = paragraph.runs
    text = _said(paragraph)
    starts, at = [], 0
    for run in runs:
        starts.append(at)
        at += len(run.text)
    parts = [run.text for run in runs]
    for found in reversed(list(_PLACE.finditer(text))):
        first = True
        for number, start in enumerate(starts):
            begin, end = found.start() - start, found.end() - start
            kept = parts[number]
            if begin >= len(runs[number].text) or end <= 0:
                continue
            before, after = kept[: max(begin, 0)], kept[end:]
            parts[number] = before + (words[found[1]] if first else "") + after
            first = False
    for run, part in zip(runs, parts, strict=True):
        if run.text != part:
            run.text = part
