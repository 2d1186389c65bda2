import subprocess
import sys

import pytest


@pytest.mark.slow
def test_the_expected_rank_beats_the_raw_mean_on_panels_with_a_known_truth(root):
    trial = [sys.executable, str(root / "trials" / "simulate_panels.py"), "--seeds", "30"]
    done = subprocess.run(trial, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
