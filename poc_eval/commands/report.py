"""``poc-eval report``: reports on notebooks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from poc_eval.commands.options import json_option, workspace_option
from poc_eval.errors import Fault, InputError, PocEvalError
from poc_eval.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from poc_eval.commands.parser import Parser
    from poc_eval.commands.terminal import Terminal
    from poc_eval.report.written import Made, Written

Item = TypeVar("Item")
SOME_FAILED, ALL_FAILED = 1, 2
BAR_FROM, BAR_WIDTH = 5, 30


def arguments(parser: Parser) -> None:
    """Take the notebooks, where to, the language, the format, the workspace and how many at once."""
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
    parser.option(
        "--format",
        choices=("html", "pdf", "docx"),
        default="html",
        help=_("one static page (html), and beside it a print of it (pdf) or papers to edit in Word (docx)"),
    )
    parser.option(
        "--without-names",
        action="store_true",
        help=_("redacted records only: experts are numbers, names and places are left out of the texts"),
    )
    parser.option(
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help=_("how many reports are made at once; 1 without it"),
    )
    parser.option(
        "--execute",
        action="store_true",
        help=_("run each notebook first, for what its code draws; only for notebooks whose code you trust"),
    )
    workspace_option(parser)
    json_option(parser)


def run(call: Namespace, terminal: Terminal) -> int:
    """Write one report a notebook; 1 where some notebooks failed and 2 where all did."""
    _refuse_collisions(call.notebooks, call.output)
    made: list[Written] = []
    written: list[dict[str, object]] = []
    failed: list[dict[str, object]] = []
    for notebook, report in _with_progress(_reports(call), len(call.notebooks)):
        if isinstance(report, tuple):
            terminal.faults(*report)
            failed.append({"notebook": notebook, "faults": [one.text(terminal.lang) for one in report]})
            continue
        terminal.faults(*report.written.notes)
        made.append(report.written)
        written.append(_entry(notebook, report, terminal))
        if not call.json:
            terminal.say("\n".join(map(str, report.files)))
    indexes = [str(path) for path in _indexes(call, made, failed)]
    if call.json:
        terminal.document({"reports": written, "failed": failed, "index": indexes})
    else:
        for path in indexes:
            terminal.note(_("Overview of these reports: {file}", file=path))
    if failed:
        return SOME_FAILED if written else ALL_FAILED
    return 0


def _jobs(text: str) -> int:
    """Return a number of jobs; raises ``ValueError`` for what is none."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _reports(call: Namespace) -> Iterator[tuple[str, Made | tuple[Fault, ...]]]:
    """Yield each notebook with its report, or with what was wrong, in the order of the call."""
    asked = {
        "output_dir": call.output,
        "lang": call.lang,
        "workspace": call.workspace,
        "without_names": call.without_names,
        "execute": call.execute,
        "format_": call.format,
    }
    calls = [(notebook, asked) for notebook in call.notebooks]
    jobs = min(call.jobs, len(calls))
    if jobs == 1:
        yield from map(_made, calls)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 one report needs no other process
    from multiprocessing import get_context  # noqa: PLC0415 the same

    # Begun anew, not copied: a copied process would share open files and locks.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_made_in_a_row, calls)


def _made_in_a_row(call: tuple[str, dict[str, Any]]) -> tuple[str, Made | tuple[Fault, ...]]:
    """Write one of many reports, in a process that does nothing else."""
    from poc_eval.workspace.database import keep_connections  # noqa: PLC0415 as below

    keep_connections()
    return _made(call)


def _made(call: tuple[str, dict[str, Any]]) -> tuple[str, Made | tuple[Fault, ...]]:
    """Write one report; return the notebook with it, or with the faults."""
    from poc_eval.report.formats import write_in  # noqa: PLC0415 the command line starts without it

    notebook, asked = call
    try:
        return notebook, write_in(notebook=notebook, **asked)
    except PocEvalError as error:
        return notebook, error.faults


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


def _with_progress(items: Iterable[Item], many: int) -> Iterator[Item]:
    """Yield the items as they come, with a bar on the terminal where there are many."""
    shown = many >= BAR_FROM and sys.stderr.isatty()
    for done, item in enumerate(items, start=1):
        if shown:
            full = BAR_WIDTH * done // many
            bar = "#" * full + "-" * (BAR_WIDTH - full)
            sys.stderr.write(f"\r[{bar}] {done}/{many}")
            sys.stderr.flush()
        yield item
    if shown:
        sys.stderr.write("\r" + " " * (BAR_WIDTH + 20) + "\r")
        sys.stderr.flush()


def _indexes(call: Namespace, made: Sequence[Written], failed: Sequence[dict[str, Any]]) -> Iterator[Path]:
    """Write an overview into each folder that got several reports, and yield where it is."""
    if len(call.notebooks) == 1 or not made:
        return
    from poc_eval.report.index import write_index  # noqa: PLC0415 the command line starts without it

    wrong = [(str(one["notebook"]), "\n".join(one["faults"])) for one in failed]
    for folder in dict.fromkeys(one.path.parent for one in made):
        here = [one for one in made if one.path.parent == folder]
        yield write_index(folder, here, wrong, lang="en" if call.lang == "en" else "zh")


def _entry(notebook: str, report: Made, terminal: Terminal) -> dict[str, object]:
    return {
        "notebook": notebook,
        "path": str(report.files[0]),
        "files": [str(path) for path in report.files],
        "code": report.written.code,
        "bytes": report.written.bytes,
        "notes": [fault.text(terminal.lang) for fault in report.written.notes],
    }
