from __future__ import annotations

import json
import subprocess
import sys

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
