import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.parametrize(("of", "changes"), [("review", "150"), ("payment_ledger", "75")])
def test_no_changed_byte_is_verified_and_none_stops_the_program(root, of, changes):
    call = ["--of", of, "--changes", changes, "--seed", "11"]
    trial = [sys.executable, str(root / "trials" / "change_bytes.py"), *call]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "verified all the same: 0" in done.stdout
