"""A notebook run once, from its first cell to its last, for its outputs; its file stays as it is.

Only where somebody asks for it: a notebook's code may do whatever this account may do.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.plain_text import shown
from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import Message, _
from poc_eval.workspace.ipynb import notebook_file, read_ipynb, whole_characters

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

    from poc_eval.workspace.ipynb import NotebookFile

SECONDS: Final = 600
"""For one cell."""
_LONGEST: Final = 300


def executed(path: Path) -> NotebookFile:
    """Return a notebook with the outputs of a fresh run in its own folder; nothing is written.

    Raises ``NotebookError`` that names the cell which failed, or why nothing could be run.
    """
    read_ipynb(path)  # its limits and its complaints come before anything runs
    # Importing these takes a second.
    import nbformat  # noqa: PLC0415
    from jupyter_client.kernelspec import NoSuchKernel  # noqa: PLC0415
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it mends what it warns of, in its copy
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat's own
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--IPKernelApp.log_level=40"],  # its warnings mean nothing to who waits for a report
    )
    try:
        client.execute()
    except CellExecutionError as error:
        what = _("cell {number} failed: {error}", number=_failed(notebook), error=_said(error))
        raise _refused(path, what) from error
    except (CellControlSignal, DeadKernelError, NoSuchKernel, TimeoutError, RuntimeError, OSError) as error:
        what = _("the notebook could not be run: {error}", error=shown(str(error).strip()[:_LONGEST]))
        raise _refused(path, what) from error
    return notebook_file(path, whole_characters(notebook))


def _failed(notebook: NotebookNode) -> int:
    """Return the number of the cell with an error among its outputs, counted from 1."""
    for number, cell in enumerate(notebook.cells, start=1):
        if any(output.get("output_type") == "error" for output in cell.get("outputs", ())):
            return number
    return len(notebook.cells)


def _said(error: Exception) -> str:
    name, value = getattr(error, "ename", ""), getattr(error, "evalue", "")
    return shown(f"{name}: {value}".strip(": ")[:_LONGEST])


def _refused(path: Path, what: Message) -> NotebookError:
    remedy = _("open the notebook, run it and mend it, or make the report without --execute")
    return NotebookError(Fault(what, remedy, file=str(path)))
