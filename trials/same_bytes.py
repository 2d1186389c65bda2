"""Make the same reports in two processes that differ in hash seed, locale and time zone, and compare.

    python trials/same_bytes.py [--notebooks 10]

Five reports a notebook: Chinese, English, both, and without names. Exit 0 where every file is the same.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C", "LANG": "C"},
)


def main() -> int:
    """Run the trial; return 0 where all bytes are the same."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--notebooks", type=int, default=10)
    options.add_argument("--write", nargs=2, metavar=("FOLDER", "TO"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.write:
        write(Path(chosen.write[0]), Path(chosen.write[1]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POC_EVAL_KEYS"] = str(Path(folder) / "keys")
        return compare(Path(folder), chosen.notebooks)


def write(notebooks: Path, to: Path) -> None:
    """Write five reports on each notebook of a folder."""
    from poc_eval.report.write import write_report  # noqa: PLC0415 what compares needs none of it

    for notebook in sorted(notebooks.glob("*.ipynb")):
        for lang in ("zh", "en", "both"):
            write_report(notebook, output_dir=to / lang, lang=lang)
            if lang != "en":
                write_report(notebook, output_dir=to / f"{lang}-bare", lang=lang, without_names=True)


def compare(folder: Path, count: int) -> int:
    """Make a workspace with as many notebooks, then the reports twice; return 0 where they are the same."""
    from poc_eval.workspace.demo import fill_demo  # noqa: PLC0415 what writes needs none of it
    from poc_eval.workspace.notebooks import new_notebook  # noqa: PLC0415 the same
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415 the same

    workspace = Workspace.create(folder / "demo")
    fill_demo(workspace)
    notebooks = folder / "demo" / "notebooks"
    reviews = sorted(notebooks.glob("*reviewer*.ipynb"))
    for other in [*notebooks.glob("*.ipynb")]:
        if other not in reviews[:count]:
            other.unlink()
    for number in range(len(reviews), count):
        new_notebook(
            workspace,
            template="clinical_review",
            project="icp-balancing-device",
            reviewer=f"专家{number}号",
            rubric="medical-poc",
            lang="en" if number % 2 else "zh",
        )
    made = []
    for number, setting in enumerate(SETTINGS):
        to = folder / str(number)
        command = [sys.executable, __file__, "--write", str(notebooks), str(to)]
        subprocess.run(command, env={**os.environ, **setting}, check=True)
        made.append({path.relative_to(to): path.read_bytes() for path in to.rglob("*.html")})
    differ = sorted(str(name) for name in made[0] if made[0][name] != made[1].get(name))
    print(f"{len(made[0])} reports made twice, {len(differ)} differ {differ[:10]}")
    return 1 if differ or made[0].keys() != made[1].keys() else 0


if __name__ == "__main__":
    sys.exit(main())
