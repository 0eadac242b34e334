from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.curves.mlp.layers import count_params, distance_of_records, param_names, split
from core.history import MAX_RECORDS, recorded_updates

sizes = st.tuples(st.just(1), st.integers(1, 32), st.sampled_from([(1,), (3, 1), (32, 1)])).map(
    lambda parts: (parts[0], parts[1], *parts[2])
)


@given(sizes)
def test_every_number_has_one_place_and_one_name(sizes: tuple[int, ...]) -> None:
    params = np.arange(count_params(sizes))
    layers = split(params, sizes)
    flat = np.concatenate([part.ravel() for layer in layers for part in layer])
    assert np.array_equal(flat, params)
    shapes = [layer.weights.shape for layer in layers]
    assert shapes == [(after, before) for before, after in pairwise(sizes)]
    names = param_names(sizes)
    assert len(names) == len(set(names)) == params.size


def test_a_name_says_which_neuron_weighs_which() -> None:
    sizes = (1, 3, 3, 1)
    params = np.arange(count_params(sizes))
    at = dict(zip(param_names(sizes), params, strict=True))
    first, second, output = split(params, sizes)
    assert at["hidden1_weight_2"] == first.weights[1, 0]
    assert at["hidden2_weight_3_1"] == second.weights[2, 0]
    assert at["hidden2_bias_3"] == second.biases[2]
    assert at["output_weight_2"] == output.weights[0, 1]
    assert at["output_bias"] == output.biases[0]


@given(st.integers(1, 10**6), st.integers(1, 1000))
def test_records_are_few_and_thinned_ones_end_an_epoch(n_epochs: int, n_batches: int) -> None:
    distance = distance_of_records(n_epochs, n_batches, None)
    n_updates = n_epochs * n_batches
    assert 2 + (n_updates - 1) // distance <= MAX_RECORDS
    assert distance < n_batches or distance % n_batches == 0


@pytest.mark.parametrize("record_every", [1, 3, 10**6])
def test_the_caller_may_choose_the_records(record_every: int) -> None:
    assert distance_of_records(20_000, 7, record_every) == record_every
    assert recorded_updates(21, distance_of_records(3, 7, None)).tolist() == list(range(22))
