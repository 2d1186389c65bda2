"""Several programs at one store, and programs that die."""

import subprocess
import sys

import pytest

WRITER = """
import sys
from pathlib import Path
from poc_eval.workspace.local import LocalStore
from poc_eval.workspace.store import Change
folder, review, own = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
store = LocalStore.open(folder)
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    result = store.save(review, [Change(f"{own}.{number}", str(number), 0)])
    assert not result.conflicts
    shared = store.review(review).answers.get("shared")
    store.save(review, [Change("shared", f"{own} {number}", shared.revision if shared else 0)])
"""

CREATOR = """
import sys
from poc_eval.errors import WorkspaceError
from poc_eval.workspace.workspace import Workspace
sys.stdin.readline()
try:
    print(Workspace.create(sys.argv[1]).id)
except WorkspaceError:
    print(Workspace.open(sys.argv[1]).id)
"""


def start(root, code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.mark.slow
def test_eight_programs_write_at_once_and_nothing_is_lost(store, review, tmp_path, root):
    writers = [start(root, WRITER, tmp_path, review.id, f"writer-{number}") for number in range(8)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert (errors, writer.returncode) == ("", 0)
    answers = store.review(review.id).values()
    assert answers.keys() - {"shared"} == {
        f"writer-{one}.{number}" for one in range(8) for number in range(20)
    }
    assert answers["shared"]
    revisions = [entry.seq for entry in store.log() if entry.action == "save"]
    assert store.review(review.id).revision == len(revisions)
    assert store.verify_log().intact


@pytest.mark.slow
def test_two_programs_that_make_one_workspace_end_up_in_the_same(tmp_path, root):
    makers = [start(root, CREATOR, tmp_path / "new") for _ in range(2)]
    ids = set()
    for maker in makers:
        maker.stdin.write("\n")
        maker.stdin.flush()
    for maker in makers:
        said, errors = maker.communicate(timeout=60)
        assert (errors, maker.returncode) == ("", 0)
        ids.add(said)
    assert len(ids) == 1


@pytest.mark.slow
def test_a_program_that_is_killed_while_it_saves_loses_nothing_acknowledged(root):
    command = [sys.executable, root / "trials" / "kill_writer.py", "--kills", "3"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kill 3: " in done.stdout
    assert " 0 lost, log intact: True" in done.stdout
