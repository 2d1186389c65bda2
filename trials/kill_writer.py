"""Kill a program that saves, again and again, and count what was acknowledged and lost.

    python trials/kill_writer.py --kills 20

Each round starts a program that saves one field after another and prints a line for every acknowledgement,
kills it without warning (SIGKILL) at a random moment, opens the store again and looks for every acknowledged
text. The log is recomputed after each round. Ends with exit code 0 where nothing was lost.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from poc_eval.i18n import Text
from poc_eval.workspace.local import LocalStore, utc_now
from poc_eval.workspace.records import DefinitionRef, PinnedDefinition, Project
from poc_eval.workspace.store import Change

RUBRIC = DefinitionRef("trial", "1.0", "0" * 64)


def main() -> int:
    """Run the trial; return 0 where nothing was lost."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--write", nargs=3, metavar=("FOLDER", "REVIEW", "ROUND"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.write:
        write(Path(chosen.write[0]), chosen.write[1], chosen.write[2])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return kill(Path(folder), chosen.kills, random.Random(chosen.seed))  # noqa: S311 no secret hangs on it


def write(folder: Path, review: str, round_: str) -> None:
    """Save until killed; a line is printed once its text is acknowledged."""
    store = LocalStore.open(folder)
    number = 0
    while True:
        result = store.save(review, [Change(f"{round_}.{number}", f"text {number} 第{number}条", 0)])
        print(f"{result.saved[0].field}", flush=True)
        number += 1


def kill(folder: Path, kills: int, chance: random.Random) -> int:
    """Start and kill writers; return 0 where every acknowledged text is there."""
    store = LocalStore.create(folder, "trial")
    store.add_project(Project("P1", Text("甲", "A")))
    store.pin(PinnedDefinition("rubric", RUBRIC, "trial.yaml", "", utc_now()))
    review = store.open_review("P1", "reviewer-1", RUBRIC).id
    acknowledged: set[str] = set()
    for number in range(kills):
        command = [sys.executable, __file__, "--write", str(folder), review, str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as writer:
            stream = writer.stdout
            if stream is None:
                raise RuntimeError
            acknowledged.add(stream.readline().strip())
            time.sleep(chance.uniform(0, 0.5))
            writer.kill()
            # What the pipe still holds was acknowledged before the kill; a line cut off was not.
            acknowledged.update(line.strip() for line in stream if line.endswith("\n"))
        kept = store.review(review).answers
        lost = sorted(name for name in acknowledged if name not in kept)
        check = store.verify_log()
        found = f"{len(acknowledged)} acknowledged, {len(lost)} lost, log intact: {check.intact}"
        print(f"kill {number + 1}: {found}")
        if lost or not check.intact:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
