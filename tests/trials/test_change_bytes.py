import subprocess
import sys

import pytest


@pytest.mark.slow
def test_no_changed_byte_is_verified_and_none_stops_the_program(root):
    trial = [sys.executable, str(root / "trials" / "change_bytes.py"), "--changes", "250", "--seed", "11"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verified all the same: 0" in done.stdout
