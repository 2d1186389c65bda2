from __future__ import annotations

from decimal import Decimal
from math import inf, isnan, nan

import numpy as np

from poc_eval.i18n import Text, _
from poc_eval.report.floats import floats_in, with_floats
from poc_eval.scoring.panel_result import Figure, ReviewerFigures
from poc_eval.workspace.records import Project

PROJECT = Project("P1", Text("装置", "Device"), amount=Decimal("800000.50"))


def test_floats_are_taken_out_and_put_back_in_their_order():
    results = {
        "a": (Figure(0.25), Figure(None, _("because {x}", x=1.5))),
        "b": [ReviewerFigures("r", -1.5, 3)],
        "c": np.array([[1.0, nan], [inf, 4.0]]),
        "d": np.array([1, 2]),
        "e": PROJECT,
    }
    found = list(floats_in(results))
    assert found[:3] == [0.25, -1.5, 1.0]
    assert isnan(found[3])
    assert len(found) == 6
    again = with_floats(results, iter([one + 1 for one in found]))
    assert again["a"][0] == Figure(1.25)
    assert again["a"][1] == results["a"][1]
    assert again["b"] == [ReviewerFigures("r", -0.5, 3)]
    assert again["c"][1].tolist() == [inf, 5.0]
    assert again["d"] is results["d"]
    assert again["e"] is PROJECT
