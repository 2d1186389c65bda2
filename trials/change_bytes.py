"""Change one byte of a report at random, very often: no changed file may be verified, none may stop us.

    python trials/change_bytes.py [--changes 100000] [--seed 0] [--of review|subsidy_payout|payment_ledger]

A report on a review of the demo workspace, or on one of its working papers, is made, sealed, and verified as
it is. Then single bytes are changed, inserted or taken out, a third of them in the last kilobyte, where the
seal stands. Exit 0 where each change was refused with words and without an error; otherwise 1, with the
places.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

LAST = 1024
SHOWN = 10
EVERY = 10_000


def main() -> int:
    """Run the trial and tell what became of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--of", choices=("review", "subsidy_payout", "payment_ledger"), default="review")
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POC_EVAL_KEYS"] = str(Path(folder) / "keys")
        report = made(Path(folder), call.of)
        began = time.perf_counter()
        refused, passed, stopped = try_changes(report, call.changes, call.seed)
        took = time.perf_counter() - began
    print(
        f"{call.changes} changes of a {call.of} report of {len(report)} bytes, seed {call.seed}, {took:.0f} s"
    )
    for words, count in refused.most_common(SHOWN):
        print(f"{count:8}  {words}")
    print(f"verified all the same: {len(passed)} {passed[:SHOWN]}")
    print(f"stopped by an error: {len(stopped)} {stopped[:SHOWN]}")
    return 1 if passed or stopped else 0


def made(folder: Path, of: str = "review") -> bytes:
    """Return a sealed report on a review of the demo workspace, or on the working paper of a kind."""
    # What a trial tells about itself needs none of the program.
    from poc_eval.report.write import write_report  # noqa: PLC0415
    from poc_eval.workspace.demo import fill_demo  # noqa: PLC0415
    from poc_eval.workspace.documents import read_notebook  # noqa: PLC0415
    from poc_eval.workspace.workspace import Workspace  # noqa: PLC0415

    workspace = Workspace.create(folder / "demo")
    fill_demo(workspace)
    notebooks = sorted((folder / "demo" / "notebooks").glob("*.ipynb"))
    if of == "review":
        wanted = [one for one in notebooks if "reviewer-1" in one.name]
    else:
        ids = {one.id for one in workspace.papers.papers(kind=of)}
        wanted = [one for one in notebooks if read_notebook(one).paper in ids]
    return write_report(wanted[0], lang="zh").path.read_bytes()


def try_changes(report: bytes, changes: int, seed: int) -> tuple[Counter[str], list[str], list[str]]:
    """Return how often each first finding was told, and the changes that were verified or raised an error."""
    from poc_eval.report.seal_keys import keys_folder, known_keys, register_file  # noqa: PLC0415
    from poc_eval.report.seal_register import read_register  # noqa: PLC0415
    from poc_eval.report.verify import Trust, verify  # noqa: PLC0415

    trust = Trust(known_keys(keys_folder()), read_register(register_file()))
    if not verify(report, "report.html", trust).verified:
        message = "the report does not hold as it is"
        raise RuntimeError(message)
    source = random.Random(seed)  # noqa: S311 the same changes in every run
    refused: Counter[str] = Counter()
    passed: list[str] = []
    stopped: list[str] = []
    for number in range(1, changes + 1):
        if number % EVERY == 0:
            print(f"{number} changes, {len(passed)} verified, {len(stopped)} stopped", file=sys.stderr)
        told, data = changed(report, source)
        try:
            found = verify(data, "report.html", trust)
        except Exception as error:  # noqa: BLE001 what a trial looks for
            stopped.append(f"{told}: {error!r}")
            continue
        if found.verified:
            passed.append(told)
        else:
            refused[found.findings[0][1].what.msgid] += 1
    return refused, passed, stopped


def changed(report: bytes, source: random.Random) -> tuple[str, bytes]:
    """Return a report with one byte changed, put in or taken out, and which."""
    tail = source.random() < 1 / 3
    at = source.randrange(len(report) - LAST if tail else 0, len(report))
    how = source.choice(("changed", "changed", "changed", "changed", "put in", "taken out"))
    byte = source.randrange(256)
    if how == "changed":
        byte = (report[at] + source.randrange(1, 256)) % 256
        data = report[:at] + bytes([byte]) + report[at + 1 :]
    elif how == "put in":
        data = report[:at] + bytes([byte]) + report[at:]
    else:
        data = report[:at] + report[at + 1 :]
    return f"byte {at} {how} ({byte})", data


if __name__ == "__main__":
    sys.exit(main())
