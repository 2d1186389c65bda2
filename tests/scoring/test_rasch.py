import numpy as np
import pytest

from poc_eval.errors import InputError, NotDefinedError
from poc_eval.scoring import rasch
from poc_eval.scoring.rasch import many_facet_rasch


def simulated(seed, *, projects=24, reviewers=6, criteria=5, missing=0.3):
    """Return shares of the scale from a many-facet Rasch model itself, with its abilities and severities."""
    generator = np.random.default_rng(seed)
    ability, severity = generator.normal(0, 1.5, projects), generator.normal(0, 0.8, reviewers)
    difficulty, thresholds = generator.normal(0, 0.5, criteria), np.array([-2, -1, 0, 1, 2])
    logit = ability[:, None, None] - severity[:, None] - difficulty
    steps = np.cumsum(logit[..., None] - thresholds, axis=-1)
    weight = np.exp(np.concatenate([np.zeros((*logit.shape, 1)), steps], axis=-1))
    share = np.cumsum(weight / weight.sum(axis=-1, keepdims=True), axis=-1)
    scores = (generator.random((*logit.shape, 1)) > share).sum(axis=-1) / 5
    scores[generator.random((projects, reviewers)) < missing] = np.nan
    return scores, ability, severity


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_abilities_and_severities_of_the_model_itself_are_found(seed):
    scores, ability, severity = simulated(seed)
    found = many_facet_rasch(scores)
    assert np.corrcoef(found.severity, severity)[0, 1] > 0.9
    assert np.corrcoef(found.value, ability)[0, 1] > 0.9
    assert found.rank[np.argmax(found.value)] == 1


def test_the_harsher_reviewer_has_the_positive_severity():
    scores, *_truth = simulated(3, missing=0)
    scores[:, 2] = np.clip(scores[:, 2] - 0.4, 0, 1)
    assert np.argmax(many_facet_rasch(scores).severity) == 2


def test_the_same_scores_give_the_same_figures():
    scores, *_truth = simulated(4)
    assert many_facet_rasch(scores).value.tolist() == many_facet_rasch(scores).value.tolist()


def test_a_reviewer_without_scores_has_no_severity_and_changes_nothing():
    scores, *_truth = simulated(5)
    more = np.concatenate([scores, np.full((24, 1, 5), np.nan)], axis=1)
    assert many_facet_rasch(more).severity[:6] == many_facet_rasch(scores).severity
    assert many_facet_rasch(more).severity[6] is None


def groups_apart():
    table = np.full((4, 4, 2), np.nan)
    table[:2, :2] = [[[0, 0.2], [0.4, 0.6]], [[0.2, 0.4], [0.8, 1]]]
    table[2:, 2:] = [[[0, 0.2], [0.4, 0.6]], [[0.2, 0.4], [0.8, 1]]]
    return table


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (np.full((3, 3, 2), 0.5), "all ratings are the same"),
        (np.full((3, 3, 2), np.nan), "two projects, two reviewers and two criteria"),
        (np.random.default_rng(0).random((3, 3, 1)), "two criteria"),
        (np.random.default_rng(0).random((3, 1, 3)), "two reviewers"),
        (groups_apart(), "groups that share no project"),
    ],
)
def test_too_little_gives_a_reason_and_no_number(table, message):
    with pytest.raises(NotDefinedError, match=message):
        many_facet_rasch(table)


@pytest.mark.parametrize("seed", range(12))
def test_small_panels_give_finite_figures_or_a_reason(seed):
    generator = np.random.default_rng(seed)
    shape = generator.integers(2, 5, 3)
    table = generator.integers(0, 3, shape) / 2
    table[generator.random(tuple(shape[:2])) < 0.3] = np.nan
    try:
        found = many_facet_rasch(table)
    except NotDefinedError:
        return
    assert np.isfinite(found.value).all()
    assert all(one is None or np.isfinite(one) for one in found.severity)


def test_what_is_no_share_of_a_scale_is_told():
    for table in ([[1, 2], [3, 4]], np.full((2, 2, 2), 7.0)):
        with pytest.raises(InputError, match="not shares of their scales"):
            many_facet_rasch(table)


def test_without_the_extra_the_reason_names_it(monkeypatch):
    monkeypatch.setattr(rasch, "find_spec", lambda _name: None)
    with pytest.raises(NotDefinedError, match=r"not installed \(poc_eval\[rasch\]\)"):
        many_facet_rasch(simulated(0)[0])
