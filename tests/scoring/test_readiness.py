from __future__ import annotations

import pytest

from poc_eval.errors import UnknownIdError
from poc_eval.scoring.readiness import readiness_scale, readiness_scales


def test_the_readiness_levels_run_from_one_to_nine() -> None:
    assert "trl-9" in readiness_scales()
    scale = readiness_scale("trl-9")
    assert [level.level for level in scale.levels] == list(range(1, 10))
    level = scale.level("４")
    assert level is not None
    assert scale.name(level) == "TRL 4"


def test_a_level_that_the_scale_does_not_have_is_none() -> None:
    assert [readiness_scale("trl-9").level(text) for text in ("0", "10", "TRL 4", "")] == [None] * 4


def test_a_scale_that_nobody_has_is_said_by_its_id() -> None:
    with pytest.raises(UnknownIdError, match="trl-10"):
        readiness_scale("trl-10")
