"""The forms of a report: the page that can be verified, and beside it a PDF or Word papers."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.report.write import write_report
from poc_eval.report.written import Made
from poc_eval.workspace.filenames import cannot_write
from poc_eval.workspace.ipynb import read_ipynb
from poc_eval.workspace.workspace import Workspace

if TYPE_CHECKING:
    from poc_eval.report.made import ReportLanguage

FORMATS: Final = ("html", "pdf", "docx")


def write_in(
    format_: str,
    notebook: str | os.PathLike[str],
    *,
    output_dir: str | os.PathLike[str] | None = None,
    lang: ReportLanguage | None = None,
    workspace: str | os.PathLike[str] | None = None,
    without_names: bool = False,
    execute: bool = False,
) -> Made:
    """Write the report on a notebook in one of ``FORMATS``.

    A PDF is a print of the page, and papers carry its code, so the page is always written; it is what can
    be verified. Raises what ``write_report`` does, and ``NotebookError`` where there is no browser for a PDF
    or a template cannot be used: the page is there then, the others are not.
    """
    written = write_report(
        notebook,
        output_dir=output_dir,
        lang=lang,
        workspace=workspace,
        without_names=without_names,
        execute=execute,
    )
    if format_ == "pdf":
        from poc_eval.report.chromium import print_pdf  # noqa: PLC0415 a page needs no browser

        target = written.path.with_suffix(".pdf")
        print_pdf(written.path, target)
        return Made(written, (target, written.path))
    if format_ == "docx":
        from poc_eval.report.office import office_papers  # noqa: PLC0415 a page needs no Word

        path = Path(notebook).absolute()
        home = Workspace.find(path, chosen=workspace, metadata=read_ipynb(path).ours).path
        papers = office_papers(written.path.read_text(encoding="utf-8"), home)
        stem = written.path.stem.removesuffix("-zh-en") if lang == "both" else written.path.stem
        made = tuple(
            _write(written.path.with_name(f"{stem}{one.ending}.docx"), one.content) for one in papers
        )
        return Made(written, (*made, written.path))
    return Made(written, (written.path,))


def _write(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        part.unlink(missing_ok=True)
    return path
