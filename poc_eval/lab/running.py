"""Jupyter servers that are up on this machine, as their own notes tell."""

from __future__ import annotations

import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 5.0
"""Seconds for an answer from this same machine."""
OK: Final = 200
HTTP: Final = 80


@dataclass(frozen=True, slots=True)
class Running:
    """A server that has said where it listens."""

    url: str
    token: str
    root: Path | None
    pid: int

    @property
    def address(self) -> str:
        """What a person opens in a browser."""
        return f"{self.url}lab?token={self.token}" if self.token else f"{self.url}lab"

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.url).port or HTTP

    @property
    def page(self) -> str:
        """What a program opens: the server's own page, so that no command line shows the token."""
        from jupyter_core.paths import jupyter_runtime_dir  # noqa: PLC0415 the command line must start quickly

        opener = Path(jupyter_runtime_dir()) / f"jpserver-{self.pid}-open.html"
        return opener.as_uri() if opener.is_file() else self.address

    def is_ours(self) -> bool:
        """Return True where the server answers and has this package loaded."""
        try:
            with _ask(f"{self.url}poc-eval/api/workspace", self.token, "GET") as reply:
                return bool(reply.status == OK)
        except (OSError, HTTPException):
            return False

    def ask_to_stop(self) -> None:
        """Ask the server to close its kernels and end; one that has ended already is left in peace."""
        with suppress(OSError, HTTPException):
            _ask(f"{self.url}api/shutdown", self.token, "POST").close()


def running() -> Iterator[Running]:
    """Yield the servers that have left a note and whose process lives."""
    from jupyter_server.serverapp import list_running_servers  # noqa: PLC0415 takes half a second

    notes: Iterator[dict[str, Any]] = list_running_servers()
    # A note may vanish between being listed and being read.
    with suppress(FileNotFoundError):
        for note in notes:
            root = Path(note["root_dir"]) if note.get("root_dir") else None
            yield Running(url=note["url"], token=note.get("token", ""), root=root, pid=note["pid"])


def _ask(url: str, token: str, method: str) -> Any:  # noqa: ANN401 urllib's own
    """Send a request to this machine, past any proxy. Raises ``OSError`` and ``HTTPException``."""
    headers = {"Authorization": f"token {token}"}
    body = b"" if method == "POST" else None
    request = urllib.request.Request(url, method=method, data=body, headers=headers)  # noqa: S310 always http
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=PATIENCE)
