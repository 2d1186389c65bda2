"""Which workspace a page is about, and the desk that answers for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Final

from poc_eval.errors import Fault
from poc_eval.i18n import _
from poc_eval.workspace.desk import Desk
from poc_eval.workspace.replies import RefusedError
from poc_eval.workspace.settings import FILE
from poc_eval.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

THREADS: Final = 8


class Desks:
    """The desks of one server, opened when first asked for; safe from any thread."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="poc-eval")
        self._lock = Lock()
        self._open: dict[Path, tuple[int, Desk]] = {}

    def find(self, *, notebook: str | None = None, workspace: str | None = None) -> Desk:
        """Return the desk for a notebook (its path below the server's root), else for the server's root.

        ``workspace`` is the id that the page states: only that workspace will do, so that no answer lands in
        the wrong folder. Raises ``RefusedError`` and ``WorkspaceError``.
        """
        starts = [self.root] if notebook is None else [self.inside(notebook).parent, self.root]
        holding = [
            folder for start in starts for folder in (start, *start.parents) if (folder / FILE).is_file()
        ]
        for folder in holding:
            desk = self._desk(folder)
            if workspace in {None, desk.workspace.id}:
                return desk
        raise _no_such_workspace(self.root) if holding else _no_workspace(self.root)

    def inside(self, path: str) -> Path:
        """Return where a path below the server's root stands. Raises ``RefusedError`` for a way out of it."""
        # Lab puts the name of a drive before a path: "RTC:notebooks/a.ipynb".
        drive, colon, rest = path.partition(":")
        below = rest if colon and "/" not in drive else path
        try:
            place = (self.root / below.strip("/")).resolve()
        except (OSError, ValueError):
            place = None
        if place is None or not place.is_relative_to(self.root):
            raise RefusedError(
                HTTPStatus.FORBIDDEN,
                Fault(
                    _("this path leads out of the folder that is open"),
                    _("open the file from the file list"),
                ),
            )
        return place

    def outside(self, place: Path) -> str:
        """Return a file's path below the server's root. Raises ``RefusedError`` where it lies elsewhere."""
        if not place.is_relative_to(self.root):
            raise RefusedError(
                HTTPStatus.CONFLICT,
                Fault(
                    _("the notebook was made outside of the folder that JupyterLab was started in"),
                    _("start poc-eval lab with the workspace's folder and open it from the file list"),
                    file=str(place),
                ),
            )
        return place.relative_to(self.root).as_posix()

    def _desk(self, folder: Path) -> Desk:
        """Return the open desk of a folder; a folder that was made anew is opened anew."""
        made = (folder / FILE).stat().st_mtime_ns
        with self._lock:
            known = self._open.get(folder)
            if known is not None and known[0] == made:
                return known[1]
            desk = Desk(Workspace.open(folder))
            self._open[folder] = (made, desk)
            return desk


def _no_such_workspace(root: Path) -> RefusedError:
    return RefusedError(
        HTTPStatus.CONFLICT,
        Fault(
            _("this notebook belongs to another workspace than the one that is open"),
            _("open the workspace that the notebook was made in, with poc-eval lab and its folder"),
            file=str(root),
        ),
    )


def _no_workspace(root: Path) -> RefusedError:
    return RefusedError(
        HTTPStatus.NOT_FOUND,
        Fault(
            _("no workspace is open: there is none in this folder or above it"),
            _("start with poc-eval lab and the workspace's folder, or make one with poc-eval init"),
            file=str(root),
        ),
    )
