from __future__ import annotations

import json
import subprocess
import sys

from poc_eval.commands.terminal import Terminal
from poc_eval.errors import Fault
from poc_eval.hidden import HIDDEN
from poc_eval.i18n import _

PRINTS_MUCH = """
from poc_eval.commands.terminal import Terminal
terminal = Terminal("zh")
for number in range(100_000):
    terminal.say(f"第 {number} 行")
import sys
print("到底", file=sys.stderr)
"""


def test_a_reader_who_goes_away_stops_the_output_and_not_the_work():
    with subprocess.Popen(
        [sys.executable, "-c", PRINTS_MUCH], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout.readline() == "第 0 行\n"
        process.stdout.close()
        assert process.stderr.read() == "到底\n"
    assert process.returncode == 0


def test_json_can_be_read_back_whatever_the_terminal_can_show():
    program = 'from poc_eval.commands.terminal import Terminal; Terminal("zh").document({"名": "𠮷评"})'
    for encoding in ("ascii", "gbk", "utf-8"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8=0", "-c", program],
            env={"PYTHONIOENCODING": encoding, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            check=True,
        )
        assert json.loads(done.stdout.decode(encoding)) == {"名": "𠮷评"}


HOSTILE = "a\x1b]0;pwned\x07\x1b[2J\x9b31mb\rc\u202ed\x7f"


def test_nothing_that_is_printed_is_obeyed_by_a_terminal(capsys):
    terminal = Terminal("zh")
    terminal.say(HOSTILE)
    terminal.note(_("kept {name}", name=HOSTILE))
    terminal.faults(Fault(_("bad {name}", name=HOSTILE), _("mend it"), file=f"{HOSTILE}\nERROR forged"))
    terminal.document({HOSTILE: HOSTILE})
    printed = capsys.readouterr()
    for stream in printed:
        assert not HIDDEN.search(stream)
        assert "\r" not in stream
    assert "U+001B]0;pwned" in printed.out
    assert json.loads(printed.out.split("\n", 1)[1]) == {HOSTILE: HOSTILE}
    assert len(printed.err.splitlines()) == 2


def test_a_file_of_a_hostile_name_is_named_without_its_escape_codes(run_poc_eval, tmp_path):
    (tmp_path / "a\x1b[31m\nb.yaml").write_text("id: [", encoding="utf-8")
    done = run_poc_eval("check", "a\x1b[31m\nb.yaml")
    assert done.returncode
    assert not HIDDEN.search(done.stdout + done.stderr)
    assert "U+001B[31m b.yaml" in done.stdout + done.stderr
