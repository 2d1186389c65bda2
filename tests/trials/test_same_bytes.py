import subprocess
import sys

import pytest


@pytest.mark.slow
def test_reports_are_the_same_to_the_byte_in_two_processes(root):
    trial = [sys.executable, str(root / "trials" / "same_bytes.py"), "--notebooks", "3"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("15 reports made twice, 0 differ")
