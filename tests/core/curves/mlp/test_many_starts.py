import dataclasses

import numpy as np
import pytest

from core.curves import mlp
from core.curves.mlp.many_starts import train_many
from core.datasets import two_steps
from core.messages import InputError

x, y = two_steps()


def test_each_start_can_be_trained_again_by_itself() -> None:
    config = mlp.Config(n_epochs=300, seed=7, n_hidden=2)
    starts = train_many(x, y, config, 6)
    assert starts.seeds.tolist() == [7, 8, 9, 10, 11, 12]
    assert starts.params.shape == (6, 7)
    for seed, loss, params in zip(starts.seeds, starts.losses, starts.params, strict=True):
        history = mlp.train(x, y, dataclasses.replace(config, seed=int(seed)))
        assert np.array_equal(history.params[-1], params)
        assert history.loss[-1] == loss
    assert np.unique(starts.losses).size == 6


def test_stuck_starts_miss_a_step_that_the_others_have_learned() -> None:
    starts = train_many(x, y, mlp.Config(), 13)
    assert starts.seeds[starts.is_stuck].tolist() == [3, 12]
    for stuck, params in zip(starts.is_stuck, starts.params, strict=True):
        learned = np.array_equal(mlp.predict(x, params) > 0.5, y == 1)
        assert learned is not bool(stuck)


def unexplained(*changes: int) -> float:
    """The share of the variance of y that the best curve with these steps leaves over."""
    parts = np.split(y, changes)
    return sum(((part - part.mean()) ** 2).sum() for part in parts) / y.size / y.var()


def test_the_rule_lies_between_all_steps_and_all_but_the_smallest() -> None:
    up, down, up_again = np.flatnonzero(np.diff(y)) + 1
    assert unexplained(up, down, up_again) == 0
    assert unexplained(up, down) == pytest.approx(0.27, abs=0.01)
    assert unexplained(up) == pytest.approx(0.57, abs=0.01)
    threshold = train_many(x, y, mlp.Config(n_epochs=5000), 3).threshold
    assert threshold < unexplained(up, down) * y.var()


@pytest.mark.parametrize("changes", [{"n_epochs": 200}, {"n_hidden": 1, "n_epochs": 5000}])
def test_where_no_start_has_got_anywhere_none_is_stuck(changes: dict[str, int]) -> None:
    starts = train_many(x, y, mlp.Config(**changes), 12)
    assert starts.losses.min() > 0.1
    assert not starts.is_stuck.any()


def test_no_starts_are_told_in_one_sentence() -> None:
    with pytest.raises(
        InputError, match=r"^n_starts must be a whole number of at least 1, not 0\.$"
    ):
        train_many(x, y, mlp.Config(), 0)
