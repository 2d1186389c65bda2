"""How long reports take: ``python benchmarks/reports.py [--reports 100]``.

In one run, all on the demo's clinical review: a warm page; a whole warm report with its seal; ``verify`` in
this process; many reports by ``poc-eval report --jobs 2``; and, as what people use today, ``nbconvert --to
html`` on the same notebook in a process of its own. Ends with 1 where a report is not ``TIMES`` as fast as
that, or where verifying takes as long as ``RENDERS`` pages: ratios, so that a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES: Final = 50
RENDERS: Final = 4
RUNS: Final = 20


def main() -> int:
    """Measure and print; return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POC_EVAL_KEYS"] = str(Path(folder) / "keys")
        return measure(Path(folder), call.reports)


def measure(folder: Path, reports: int) -> int:
    """Return 1 where a goal is missed."""
    # The clock starts after these.
    from poc_eval.report.frame import made_here  # noqa: PLC0415
    from poc_eval.report.gathering import gathered  # noqa: PLC0415
    from poc_eval.report.page import render_page  # noqa: PLC0415
    from poc_eval.report.seal_keys import keys_folder, known_keys  # noqa: PLC0415
    from poc_eval.report.verify import Trust, verify  # noqa: PLC0415
    from poc_eval.report.write import write_report  # noqa: PLC0415
    from poc_eval.workspace.demo import fill_demo  # noqa: PLC0415
    from poc_eval.workspace.documents import read_notebook  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.create(folder / "demo")
    fill_demo(workspace)
    notebook = min((folder / "demo" / "notebooks").glob("*reviewer-1*.ipynb"))
    paper, _left_out = gathered(read_notebook(notebook), workspace)
    report = write_report(notebook, output_dir=folder)
    data, trust = report.path.read_bytes(), Trust(known_keys(keys_folder()))
    page = warm(lambda: render_page(paper, "zh", made_here()))
    whole = warm(lambda: write_report(notebook, output_dir=folder))
    checked = warm(lambda: verify(data, "report.html", trust))
    print(f"{page * 1000:9.1f} ms  a page, warm")
    print(f"{whole * 1000:9.1f} ms  a report from its notebook: read, drawn, sealed, written, logged")
    ratio = checked / page
    print(f"{checked * 1000:9.1f} ms  verify in this process: {ratio:.1f} pages (goal: under {RENDERS})")
    print(f"{len(data):9} bytes, one language, sealed")
    each = batch(folder, notebook, reports) / reports
    peer = min(nbconvert(folder, notebook) for _run in range(3))
    print(f"{each * reports:9.2f} s   {reports} reports in one call of two jobs, its start included")
    print(f"{peer:9.2f} s   one by jupyter nbconvert --to html in a new process")
    print(f"{peer / each:9.0f} times as fast a report (goal: {TIMES})")
    return int(ratio >= RENDERS or peer < TIMES * each)


def warm(work: Callable[[], object]) -> float:
    """Return the median of many runs in seconds, the first ones not counted."""
    times = []
    for run in range(RUNS + 2):
        began = time.perf_counter()
        work()
        if run > 1:
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def batch(folder: Path, notebook: Path, reports: int) -> float:
    """Return how long so many reports take by one call on two processes."""
    copies = [notebook.with_name(f"copy-{number}.ipynb") for number in range(reports)]
    for copy in copies:
        copy.write_bytes(notebook.read_bytes())
    command = [sys.executable, "-m", "poc_eval", "report", *map(str, copies), "-o", str(folder / "out")]
    began = time.perf_counter()
    subprocess.run([*command, "--jobs", "2"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 this program
    return time.perf_counter() - began


def nbconvert(folder: Path, notebook: Path) -> float:
    """Return how long nbconvert takes on the same notebook."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", str(folder), str(notebook)]
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 an installed program
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
