"""``poc-eval lab``: JupyterLab on one workspace, from start to Ctrl-C."""

from __future__ import annotations

import secrets
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poc_eval.catalog.system_reasons import reason_of
from poc_eval.errors import Fault, WorkspaceError
from poc_eval.i18n import LANGUAGES, Message, _
from poc_eval.lab import settings
from poc_eval.lab.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from poc_eval.i18n import Language

START_WITHIN: Final = 180.0
"""Seconds; a first start on a slow disk with a virus scanner takes its time."""
STOP_WITHIN: Final = 15.0
LOOK_EVERY: Final = 0.2
LOG_LINES_SHOWN: Final = 15


def run_lab(
    workspace: Path,
    *,
    lang: Language = "zh",
    browser: bool = True,
    say: Callable[[str], None] = print,
) -> int:
    """Start JupyterLab on ``workspace``, say its address, stay until it stops; return the exit code.

    Where Lab is running on this workspace already, say so and open that one. Raises ``WorkspaceError`` where
    the settings cannot be written or the server does not start.
    """
    workspace = workspace.resolve()
    already = next((server for server in running() if server.root == workspace and server.is_ours()), None)
    if already is not None:
        say(_both(_("This workspace is open already:")) + f" {already.address}")
        if browser:
            webbrowser.open(already.page)
        return 0
    try:
        home = settings.write(workspace, lang, browser=browser)
        log = (home / "server.log").open("w", encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(
            Fault(
                _(
                    "the settings of JupyterLab cannot be written: {reason}",
                    reason=reason_of(error),
                ),
                _("make sure that you may write in this folder and that the disk is not full"),
                file=str(workspace),
            )
        ) from error
    with log, _stopping_politely():
        _serve(workspace, home, log, say)
    return 0


def _serve(workspace: Path, home: Path, log: TextIO, say: Callable[[str], None]) -> None:
    """Run the server until it ends or is told to."""
    token = secrets.token_hex(24)
    process = subprocess.Popen(
        # -P: a workspace that came from elsewhere must not lend its own modules to the server.
        [sys.executable, "-P", "-m", "jupyterlab"],
        cwd=workspace,
        env=settings.environment(home, token),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    server: Running | None = None
    try:
        server = _wait_for(process, token, Path(log.name))
        settings.remember_port(home, server.port)
        say(_both(_("The workspace is open; Ctrl-C stops it:")) + f" {server.address}")
        process.wait()
    except KeyboardInterrupt:
        # From the terminal the server got the same Ctrl-C; being asked twice does it no harm.
        pass
    finally:
        _end(process, server)


def _both(message: Message) -> str:
    """Return a sentence in both languages: nobody has chosen one on this terminal."""
    return " / ".join(message.text(lang) for lang in LANGUAGES)


def _wait_for(process: subprocess.Popen[bytes], token: str, log: Path) -> Running:
    """Return the server once it listens. Raises ``WorkspaceError`` where it ends or hangs before that."""
    deadline = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        server = next((server for server in running() if server.token == token), None)
        if server is not None:
            return server
        time.sleep(LOOK_EVERY)
    last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES_SHOWN:]
    raise WorkspaceError(
        Fault(
            _("JupyterLab did not start. Its last words: {words}", words=" | ".join(last) or "-"),
            _("read the whole of {file}; installing poc_eval anew mends a broken installation", file=log),
        )
    )


@contextmanager
def _stopping_politely() -> Iterator[None]:
    """Treat a request to end (a closed terminal, a service manager) like Ctrl-C; restore what was before."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_told: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _end(process: subprocess.Popen[bytes], server: Running | None) -> None:
    """Have the server close its kernels and end; end it by force where it does not."""
    ways = [process.terminate, process.kill]
    if server is not None:
        ways.insert(0, server.ask_to_stop)
    for way in ways:
        if process.poll() is not None:
            return
        # Somebody who presses Ctrl-C again wants it to end sooner.
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            way()
            process.wait(STOP_WITHIN)
