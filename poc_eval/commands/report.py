"""``poc-eval report``: reports on notebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from poc_eval.commands.options import json_option, workspace_option
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.report.write import Written

SOME_FAILED, ALL_FAILED = 1, 2
BAR_FROM, BAR_WIDTH = 5, 30


def arguments(parser: Parser) -> None:
    """Take the notebooks, where to, the language, the format and the workspace."""
    parser.option("notebooks", metavar="NOTEBOOK", nargs="+", help=_("a notebook made from a template"))
    parser.option(
        "-o",
        "--output",
        metavar="DIR",
        help=_("the folder for the reports; without it, the workspace's reports"),
    )
    parser.option(
        "--lang",
        choices=("zh", "en", "both"),
        help=_("the language of the report; without it, the notebook's"),
    )
    parser.option("--format", choices=("html",), default="html", help=_("the kind of file: one static page"))
    parser.option(
        "--without-names",
        action="store_true",
        help=_("redacted records only: experts are numbers, names and places are left out of the texts"),
    )
    workspace_option(parser)
    json_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Write one report a notebook; 1 where some notebooks failed and 2 where all did."""
    from poc_eval.report.write import write_report  # noqa: PLC0415 the command line starts without it

    _refuse_collisions(call.notebooks, call.output)
    written: list[dict[str, object]] = []
    failed: list[dict[str, object]] = []
    for notebook in _with_progress(call.notebooks):
        try:
            report = write_report(
                notebook,
                output_dir=call.output,
                lang=call.lang,
                workspace=call.workspace,
                without_names=call.without_names,
            )
        except PocEvalError as error:
            terminal.faults(*error.faults)
            failed.append({"notebook": notebook, "faults": error.lines(terminal.lang)})
            continue
        terminal.faults(*report.notes)
        written.append(_entry(notebook, report, terminal))
        if not call.json:
            terminal.say(str(report.path))
    if call.json:
        terminal.document({"reports": written, "failed": failed})
    if failed:
        return SOME_FAILED if written else ALL_FAILED
    return 0


def _refuse_collisions(notebooks: Sequence[str], output: str | None) -> None:
    """Raise InputError where two reports of one call would be the same file."""
    from poc_eval.workspace.settings import FILE  # noqa: PLC0415 the command line starts without it

    seen: dict[tuple[Path, str], str] = {}
    faults = []
    for notebook in notebooks:
        path = Path(notebook).absolute()
        homes = [folder for folder in path.parents if (folder / FILE).is_file()]
        folder = Path(output).absolute() if output else (homes or [path.parent])[0]
        first = seen.setdefault((folder, path.stem.casefold()), notebook)
        if first is not notebook:
            faults.append(
                Fault(
                    _("its report would replace the one on {first}", first=first),
                    _("write them in two calls, to two folders, or rename one notebook"),
                    file=notebook,
                )
            )
    if faults:
        raise InputError(*faults)


def _with_progress(notebooks: Sequence[str]) -> Iterator[str]:
    """Yield the notebooks, with a bar on the terminal where there are many."""
    shown = len(notebooks) >= BAR_FROM and sys.stderr.isatty()
    for done, notebook in enumerate(notebooks):
        if shown:
            full = BAR_WIDTH * done // len(notebooks)
            bar = "#" * full + "-" * (BAR_WIDTH - full)
            sys.stderr.write(f"\r[{bar}] {done}/{len(notebooks)}")
            sys.stderr.flush()
        yield notebook
    if shown:
        sys.stderr.write("\r" + " " * (BAR_WIDTH + 20) + "\r")
        sys.stderr.flush()


def _entry(notebook: str, report: Written, terminal: Terminal) -> dict[str, object]:
    return {
        "notebook": notebook,
        "path": str(report.path),
        "code": report.code,
        "bytes": report.bytes,
        "notes": [fault.text(terminal.lang) for fault in report.notes],
    }
