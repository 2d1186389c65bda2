"""Take the README's pictures from the demo workspace: ``python docs/make_pictures.py``.

Runs what a reader would run, ``poc-eval lab`` and ``poc-eval report``, and looks at it through Chromium. The
pictures go to ``docs/pictures``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Browser, sync_playwright

from poc_eval.workspace.notebooks import notebooks_of
from poc_eval.workspace.panel_notebooks import new_panel_notebook
from poc_eval.workspace.paper_notebooks import new_paper_notebook
from poc_eval.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "pictures"
PROGRAM: Final = [sys.executable, "-P", "-m", "poc_eval"]
ADDRESS: Final = re.compile(r"http://\S+")
PAPERS: Final = {"subsidy_payout": "payout.png"}
PATIENCE: Final = 120_000
"""Milliseconds; a first start of JupyterLab takes its time."""


def main() -> int:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        said("init", f"{folder}/demo", "--demo", "--lang", "zh")
        workspace = Workspace.open(f"{folder}/demo")
        photograph_report(browser, notebook_with(workspace, "submitted"), Path(folder), "report.png")
        for kind, picture in PAPERS.items():
            photograph_report(browser, notebook_of_paper(workspace, kind), Path(folder), picture)
        photograph_report(browser, panels_notebook(workspace), Path(folder), "panel.png")
        with lab(f"{folder}/demo") as address:
            photograph_launcher(browser, address)
            photograph_form(browser, address, notebook_with(workspace, "draft"))
        browser.close()
    return 0


def notebook_with(workspace: Workspace, status: str) -> Path:
    """Return the notebook of the first example review with this status."""
    review = next(review for review in workspace.reviews() if review.status == status)
    return notebooks_of(workspace.path, review.id)[0].path


def said(*arguments: str) -> str:
    """Return what one call of ``poc-eval`` prints."""
    done = subprocess.run([*PROGRAM, *arguments], check=True, capture_output=True, encoding="utf-8")  # noqa: S603 our own program
    return done.stdout


@contextmanager
def lab(folder: str) -> Iterator[str]:
    """Run JupyterLab on a workspace and yield the address that it prints."""
    command = [*PROGRAM, "lab", folder, "--no-browser", "--lang", "zh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 our own program
        try:
            found = (ADDRESS.search(line) for line in process.stdout or ())
            yield next(match.group(0) for match in found if match)
        finally:
            process.terminate()
            process.wait()


def chromium() -> str | None:
    """Return the browser that the tests would take."""
    spec = spec_from_file_location("start", ROOT / "start.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(ROOT / "start.py")
    start = module_from_spec(spec)
    spec.loader.exec_module(start)
    found = start.chromium_candidates(Path(sys.executable))
    return os.environ.get("POC_EVAL_CHROMIUM") or next(iter(found), None)


def notebook_of_paper(workspace: Workspace, kind: str) -> Path:
    """Return the notebook of the example working paper of a kind: the same call opens what is there."""
    (paper,) = workspace.papers.papers(kind=kind)
    return new_paper_notebook(workspace, template=kind, title=paper.title, by=paper.author)


def panels_notebook(workspace: Workspace) -> Path:
    """Return the notebook of the example panel: the same call opens what is there."""
    return new_panel_notebook(workspace, template="panel_summary", rubric="medical-poc")


def photograph_report(browser: Browser, notebook: Path, folder: Path, picture: str) -> None:
    """Take the first page of a report."""
    path = said("report", str(notebook), "-o", str(folder / "reports")).strip()
    page = browser.new_page(viewport={"width": 900, "height": 1180}, locale="zh-CN")
    page.goto(Path(path).as_uri())
    page.screenshot(path=PICTURES / picture)
    page.close()


def photograph_launcher(browser: Browser, address: str) -> None:
    """Take the launcher with its cards."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page.goto(address, timeout=PATIENCE)
    page.get_by_text("医学成果概念验证评审").first.wait_for(timeout=PATIENCE)
    page.screenshot(path=PICTURES / "launcher.png")
    page.close()


def photograph_form(browser: Browser, address: str, notebook: Path) -> None:
    """Take the form of a review in its notebook, at its first criterion."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    inside = f"/lab/tree/notebooks/{notebook.name}"
    page.goto(address.replace("/lab", inside, 1), timeout=PATIENCE)
    first = page.locator("article.card").first
    first.wait_for(timeout=PATIENCE)
    page.get_by_text("Python 3 (ipykernel) | 空闲").wait_for(timeout=PATIENCE)
    first.get_by_role("heading").click()
    page.mouse.wheel(0, 240)
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)
    page.screenshot(path=PICTURES / "form.png")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
