import math

import numpy as np
import pytest

from core.hyperparameters import (
    LARGEST,
    check_choice,
    check_counts,
    check_learning_rate,
    check_parameters,
    check_whole,
    checked_start,
    size_of_batch,
)
from core.messages import InputError


def test_what_is_allowed_passes():
    check_parameters(start_weight=-LARGEST, start_bias=LARGEST)
    check_learning_rate(0.0)
    check_counts(n_epochs=1, batch_size=None, n_starts=np.int64(2))
    check_whole("seed", 0, 0)
    check_choice("loss", "b", ["a", "b"])


@pytest.mark.parametrize("value", [2 * LARGEST, -math.inf, math.nan])
def test_a_parameter_must_be_a_number_of_sensible_size(value):
    with pytest.raises(InputError, match="start_bias must be between"):
        check_parameters(start_weight=0.0, start_bias=value)


@pytest.mark.parametrize("value", [-0.1, math.inf, math.nan])
def test_a_learning_rate_is_finite_and_not_negative(value):
    with pytest.raises(InputError, match="learning_rate must be a finite number"):
        check_learning_rate(value)


def test_a_start_is_copied():
    given = np.array([1.0, 2.0])
    start = checked_start(given, 2)
    start[0] = 9
    assert given.tolist() == [1, 2]


def test_counts_start_at_one_and_the_sentence_names_the_wrong_one():
    with pytest.raises(InputError, match="batch_size must be a whole number of at least 1, not 0"):
        check_counts(n_epochs=5, batch_size=0)


def test_a_seed_is_not_negative():
    with pytest.raises(InputError, match="seed must be a whole number of at least 0, not -1"):
        check_whole("seed", -1, 0)


def test_a_choice_names_what_is_allowed():
    with pytest.raises(InputError, match="loss must be one of a, b, not c"):
        check_choice("loss", "c", ["a", "b"])


@pytest.mark.parametrize(("batch_size", "expected"), [(1, 1), (20, 20), (21, 20), (None, 20)])
def test_a_batch_holds_at_most_all_samples(batch_size, expected):
    assert size_of_batch(batch_size, 20) == expected
