import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground.data import make, split
from core.planes.playground.start import carry, draw_start
from core.planes.playground.timeline import Change, changes, column, train_all


def test_a_time_line_says_at_which_update_what_changed() -> None:
    train, test = split(*make(n_samples=40))
    first = lesson.Config(n_epochs=2)
    faster = dataclasses.replace(first, learning_rate=0.1, n_epochs=3)
    same = dataclasses.replace(faster, n_epochs=1)
    wider = dataclasses.replace(faster, hidden_sizes=(5, 2), l2=0.01)
    runs = train_all(*train, [first, faster, same, wider], test=test)
    assert changes(runs) == [
        Change(6, "learning_rate", 0.03, 0.1),
        Change(18, "hidden_sizes", (4, 2), (5, 2)),
        Change(18, "l2", 0.0, 0.01),
    ]
    updates = column(runs, "update")
    assert (updates[0], updates[-1]) == (0, 27)
    assert (np.diff(updates) >= 0).all()
    losses = column(runs, "loss")
    ends = np.flatnonzero(np.diff(updates) == 0)
    assert ends.size == 3
    np.testing.assert_allclose(losses[ends], losses[ends + 1], rtol=1e-12)
    assert column(runs, "test_loss").shape == losses.shape
    assert np.isnan(column(runs, "n_dead")).all()


@given(st.data())
def test_a_wider_network_or_one_more_input_begins_with_the_same_answer(data) -> None:
    inputs = data.draw(st.permutations(list(net.INPUTS)))
    n = data.draw(st.integers(1, 6))
    sizes = data.draw(st.lists(st.integers(1, 5), max_size=3).map(tuple))
    wider = tuple(size + data.draw(st.integers(0, 3)) for size in sizes)
    before = lesson.Config(inputs=tuple(inputs[:n]), hidden_sizes=sizes, initialisation="uniform")
    after = dataclasses.replace(before, inputs=tuple(reversed(inputs[: n + 1])), hidden_sizes=wider)
    params = lesson.initial_params(before)
    carried = carry(params, before, after, draw_start(np.random.default_rng(9), after))
    x = make("plane").x
    np.testing.assert_allclose(
        lesson.predict(x, carried, after), lesson.predict(x, params, before), atol=1e-12
    )


def test_a_neuron_less_takes_its_weights_with_it_and_no_other() -> None:
    before = lesson.Config(inputs=("x1", "x2", "x1_x2"), hidden_sizes=(3, 2))
    after = dataclasses.replace(before, inputs=("x1_x2", "x1"), hidden_sizes=(2, 2))
    params = np.arange(1.0, 1 + net.count_params(before))
    carried = carry(params, before, after, np.full(net.count_params(after), -1.0))
    # Neuron 1: 1, 2, 3; neuron 2: 4, 5, 6; biases 10, 11. Then 13 14 15, 16 17 18; 19, 20; 21 …
    assert carried.tolist() == [3, 1, 6, 4, 10, 11, 13, 14, 16, 17, 19, 20, 21, 22, 23]


@pytest.mark.parametrize(
    ("wish", "n_kept"),
    [
        ({"hidden_sizes": (3, 2, 2)}, 9 + 8),
        ({"hidden_sizes": (3,)}, 9),
        ({"loss": "mean_squared_error"}, 9 + 8),
        ({"loss": "cross_entropy"}, 9 + 8),
    ],
)
def test_behind_a_new_layer_or_for_another_loss_all_is_drawn(wish: dict, n_kept: int) -> None:
    before = lesson.Config(hidden_sizes=(3, 2))
    after = dataclasses.replace(before, **wish)
    params = np.arange(1.0, 1 + net.count_params(before))
    drawn = np.full(net.count_params(after), -1.0)
    carried = carry(params, before, after, drawn)
    assert carried[:n_kept].tolist() == params[:n_kept].tolist()
    assert (carried[n_kept:] == -1).all()
    first = lesson.train(*make(), dataclasses.replace(before, n_epochs=3))
    then = lesson.train(*make(), after, after=first)
    assert then.params[0, :9].tolist() == first.params[-1, :9].tolist()
    assert (then.state.n_steps, int(then.update[0])) == (then.ended_at - 60, 60)


def test_after_a_run_that_diverged_a_smaller_rate_goes_on_from_its_last_finite_state() -> None:
    config = lesson.Config(
        hidden_sizes=(), loss="mean_squared_error", learning_rate=0.9, optimiser="momentum"
    )
    wild = lesson.train(*make("plane"), config)
    assert wild.diverged
    calm = dataclasses.replace(config, learning_rate=0.01, n_epochs=400)
    then = lesson.train(*make("plane"), calm, after=wild)
    assert not then.diverged
    assert then.loss[-1] < 0.1 < 1e6 < then.loss[0]
