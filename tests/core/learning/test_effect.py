"""The statistics, against known values and against classes whose effect is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning import effect
from tests.core.learning.simulated import right_answers, true_effect

N_CLASSES, N = 400, 15


@pytest.mark.parametrize(
    ("t", "df", "noncentrality", "share"),
    [
        (0.5, 3, 0.0, 0.674276018),
        (2.0, 8, 1.0, 0.799879141),
        (-1.5, 12, 0.7, 0.018813799),
        (4.0, 28, 2.5, 0.902240268),
        (10.0, 2, 3.0, 0.906527084),
        (1.0, 400, -0.5, 0.932990498),
        (2.5, 1, 1.0, 0.684489367),
    ],
)
def test_the_noncentral_t_distribution(
    t: float, df: int, noncentrality: float, share: float
) -> None:
    """Values by scipy's stats.nct.cdf."""
    assert effect.t_cdf(t, df, noncentrality) == pytest.approx(share, abs=2e-8)


def test_quantiles_of_t_are_those_of_any_table() -> None:
    for df, quantile in (
        (1, 12.7062),
        (2, 4.30265),
        (5, 2.570582),
        (28, 2.048407),
        (200, 1.971896),
    ):
        assert effect.t_quantile(0.975, df) == pytest.approx(quantile, rel=1e-5)
        assert effect.t_quantile(0.025, df) == pytest.approx(-quantile, rel=1e-5)


def test_the_interval_ends_where_the_observed_t_would_be_a_rare_one() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.normal(0.8, 1, 12), rng.normal(0, 1, 20)
    g = effect.hedges_g(first, second)
    assert g is not None
    pooled = np.sqrt((11 * first.var(ddof=1) + 19 * second.var(ddof=1)) / 30)
    d, per_t = (first.mean() - second.mean()) / pooled, np.sqrt(1 / 12 + 1 / 20)
    assert g.value == pytest.approx(d * (1 - 3 / (4 * 30 - 1)), rel=1e-3)  # Hedges' approximation
    assert effect.t_cdf(d / per_t, 30, g.low / per_t) == pytest.approx(0.975, abs=1e-6)
    assert effect.t_cdf(d / per_t, 30, g.high / per_t) == pytest.approx(0.025, abs=1e-6)


@given(
    st.lists(st.integers(-12, 12), min_size=2, max_size=8),
    st.lists(st.integers(-12, 12), min_size=2, max_size=8),
)
def test_to_exchange_the_groups_changes_the_sign_and_the_interval_holds_the_value(
    first: list[int], second: list[int]
) -> None:
    g, turned = effect.hedges_g(first, second), effect.hedges_g(second, first)
    if g is None or turned is None:
        assert g is turned
        assert len(set(first)) == len(set(second)) == 1
        return
    assert (g.value, g.low, g.high) == pytest.approx((-turned.value, -turned.high, -turned.low))
    assert g.low < g.value < g.high


@pytest.mark.parametrize("groups", [([1], [1, 2]), ([1, 1], [2, 2]), ([], [1, 2])])
def test_without_enough_learners_or_spread_there_is_no_effect_size(
    groups: tuple[list[int], list[int]],
) -> None:
    assert effect.hedges_g(*groups) is None


def test_permutations_of_a_few_are_as_all_of_them() -> None:
    """Of the 20 ways to part six numbers, 2 part them as far: the p-value is 0.1."""
    p = effect.permutation_p([1, 2, 3, 11, 12, 13], [0, 0, 0, 1, 1, 1], [0] * 6)
    assert p == pytest.approx(0.1, abs=0.01)
    assert effect.permutation_p([5, 5, 5, 5], [0, 1, 0, 1], [0] * 4) == 1


def test_permutations_stay_within_classes() -> None:
    """All of a class gain alike, and more in the other: within the classes there is nothing."""
    values, group, classes = [1] * 4 + [9] * 4, [0, 0, 0, 1, 0, 1, 1, 1], [0] * 4 + [1] * 4
    assert effect.permutation_p(values, group, classes) == 1
    assert effect.permutation_p(values, group, [0] * 8) == pytest.approx(34 / 70, abs=0.02)


def test_an_adjusted_difference_is_that_of_the_formula_it_was_made_by() -> None:
    rng = np.random.default_rng(1)
    before, group = rng.integers(0, 12, 60), np.arange(60) % 2
    classes = np.arange(60) // 20
    after = 0.5 * before + 1.25 * group + classes
    found = effect.adjusted(after, before, group, classes)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((1.25, 1.25, 1.25), abs=1e-9)
    assert effect.adjusted(after[:3], before[:3], group[:3], classes[:3]) is None
    assert effect.adjusted(after, before, np.ones(60), classes) is None


@pytest.fixture(scope="module", params=[0.0, 0.9], ids=["null", "effect"])
def classes(request: pytest.FixtureRequest) -> tuple[float, list[tuple[np.ndarray, np.ndarray]]]:
    """An effect, and the scores before and after of 400 classes of 30 that have it."""
    rng = np.random.default_rng(2)
    halves = [right_answers(rng, N, request.param) for _ in range(N_CLASSES)]
    return request.param, [tuple(half.sum(axis=1) for half in both) for both in halves]


@pytest.mark.long
def test_intervals_of_95_percent_hold_the_true_effect_in_95_percent_of_classes(
    classes: tuple[float, list[tuple[np.ndarray, np.ndarray]]],
) -> None:
    """Three standard errors of 400 classes are 3.3 %."""
    asking, scores = classes
    true = true_effect(asking)
    assert abs(true) < 0.02 if asking == 0 else 0.6 < true < 1.2
    found = [effect.hedges_g((a - b)[:N], (a - b)[N:]) for b, a in scores]
    held = np.mean([g is not None and g.low < true < g.high for g in found])
    assert 0.917 < held < 0.983
    assert np.mean([g.value for g in found if g]) == pytest.approx(true, abs=0.06)


def test_p_is_small_as_often_as_it_says_and_an_effect_is_found(
    classes: tuple[float, list[tuple[np.ndarray, np.ndarray]]],
) -> None:
    asking, scores = classes
    group, stratum = np.arange(2 * N) < N, np.zeros(2 * N)
    small = np.mean(
        [
            effect.permutation_p(a - b, group, stratum, 499, seed=i) < 0.05
            for i, (b, a) in enumerate(scores)
        ]
    )
    if asking:
        assert small > 0.5
    else:
        assert 0.02 < small < 0.083


def test_adjusted_intervals_hold_what_asking_adds_and_are_narrower(
    classes: tuple[float, list[tuple[np.ndarray, np.ndarray]]],
) -> None:
    asking, scores = classes
    group, stratum = np.arange(2 * N) < N, np.zeros(2 * N)
    before, after = (
        half.sum(axis=1) for half in right_answers(np.random.default_rng(3), 50_000, asking)
    )
    exact = effect.adjusted(after, before, np.arange(100_000) < 50_000, np.zeros(100_000))
    assert exact is not None
    found = [effect.adjusted(a, b, group, stratum) for b, a in scores]
    held = np.mean([one is not None and one.low < exact.value < one.high for one in found])
    assert 0.917 < held < 0.983
    plain = [
        2
        * effect.t_quantile(0.975, 2 * N - 2)
        * np.sqrt((g[:N].var(ddof=1) + g[N:].var(ddof=1)) / N)
        for g in (a - b for b, a in scores)
    ]
    assert np.mean([one.high - one.low for one in found if one]) < np.mean(plain)


def test_how_many_learners_it_takes() -> None:
    """As G*Power 3.1 has it for two means, but for the last learners of small groups."""
    assert effect.needed(0.2) == 393
    assert effect.needed(0.36) == 122
    for size in (20, 50, 200):
        assert effect.needed(effect.findable(size, size)) in (size, size + 1)
