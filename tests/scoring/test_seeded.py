import pytest

from poc_eval.errors import InputError
from poc_eval.scoring.agreement import alpha_interval
from poc_eval.scoring.ranking import rank_acceptability
from poc_eval.scoring.seeded import seeded_generator


def test_a_seed_starts_the_same_numbers_every_time():
    assert (
        seeded_generator(7).integers(1000, size=5).tolist()
        == seeded_generator(7).integers(1000, size=5).tolist()
    )


@pytest.mark.parametrize("seed", [-1, 1.5, "x", None])
def test_what_is_no_seed_is_told(seed):
    for draw in (
        lambda: seeded_generator(seed),
        lambda: rank_acceptability([[1, 2], [2, 1]], draws=5, seed=seed),
        lambda: alpha_interval([[1, 2, 3] * 4, [1, 2, 4] * 4], draws=5, seed=seed),
    ):
        with pytest.raises(InputError, match="is not a seed"):
            draw()
