"""The Chromium at hand, used to print: offline, with a profile of its own that is gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from poc_eval.errors import Fault, NotebookError
from poc_eval.i18n import _
from poc_eval.workspace.filenames import cannot_write

SETTING: Final = "POC_EVAL_CHROMIUM"
SECONDS: Final = 180
"""For one report; it takes one to three."""
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
                 "microsoft-edge")  # fmt: skip
_LINUX: Final = (
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
)
_MAC: Final = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS: Final = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
_QUIET: Final = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    # Whatever it would ask for, no name leads anywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


def find_chromium() -> Path:
    """Return the browser that POC_EVAL_CHROMIUM names, else the first one at hand.

    Raises ``NotebookError`` that says what to install.
    """
    chosen = os.environ.get(SETTING)
    if chosen:
        if Path(chosen).is_file():
            return Path(chosen)
        raise NotebookError(
            Fault(
                _("{setting} names no browser", setting=SETTING),
                _("correct the setting, or take it away so that the browser is looked for"),
                file=chosen,
            )
        )
    for path in _candidates():
        if path.is_file():
            return path
    raise NotebookError(
        Fault(
            _("there is no Chromium, Chrome or Edge here to make a PDF with"),
            _(
                "install Chromium, Chrome or Edge, or name one in {setting}; "
                "or open the HTML report in a browser and print it to a file",
                setting=SETTING,
            ),
        )
    )


def print_pdf(page: Path, target: Path) -> int:
    """Print a static page on A4 as a PDF, written whole or not at all; return its size in bytes.

    Raises ``NotebookError`` where there is no browser or it fails, ``WorkspaceError``.
    """
    browser = find_chromium()
    # Beside the target: browsers in a box of their own may write nowhere else.
    part = target.with_name(f"{secrets.token_hex(8)}.part.pdf")
    try:
        with tempfile.TemporaryDirectory(prefix="poc-eval-chromium-", ignore_cleanup_errors=True) as profile:
            said = _run(browser, page, part, profile)
        if not part.is_file() or not part.stat().st_size:
            raise _failed(browser, said)
        _mend(browser, part)
        size = part.stat().st_size
        part.replace(target)
    except OSError as error:
        raise cannot_write(Path(error.filename or target), error) from error
    finally:
        part.unlink(missing_ok=True)
    return size


def _run(browser: Path, page: Path, part: Path, profile: str) -> str:
    command = [str(browser), *_QUIET, f"--user-data-dir={profile}", f"--print-to-pdf={part}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium does not start for this account otherwise
    try:
        done = subprocess.run(  # noqa: S603 a browser of this machine, and a file that we wrote
            [*command, page.absolute().as_uri()], capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stderr.decode("utf-8", "replace")


def _mend(browser: Path, part: Path) -> None:
    from pypdf.errors import PyPdfError  # noqa: PLC0415 only for a PDF

    from poc_eval.report.pdf_text import mend_text  # noqa: PLC0415 the same

    try:
        mend_text(part)
    except (PyPdfError, KeyError, ValueError) as error:
        raise _failed(browser, str(error)) from error


def _failed(browser: Path, said: str) -> NotebookError:
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "-")
    return NotebookError(
        Fault(
            _("the browser made no PDF: {detail}", detail=last[:300]),
            _("name another browser in {setting}, or print the HTML report from a browser", setting=SETTING),
            file=str(browser),
        )
    )


def _candidates() -> list[Path]:
    found = [Path(path) for name in _NAMES if (path := shutil.which(name))]
    if sys.platform == "darwin":
        folders = (Path("/Applications"), Path.home() / "Applications")
        return found + [folder / app for folder in folders for app in _MAC]
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
        return found + [Path(root) / app for root in roots if root for app in _WINDOWS]
    return found + [Path(path) for path in _LINUX] + _playwrights()


def _playwrights() -> list[Path]:
    """Return the browsers that Playwright keeps for this account, newest first."""
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return sorted(kept.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
