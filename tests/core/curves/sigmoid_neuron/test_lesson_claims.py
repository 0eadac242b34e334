"""What Curves → Sigmoid neuron says about its runs, asked of the runs."""

import numpy as np

from core.curves import sigmoid_neuron as lesson
from core.curves.activations.stretch import distance_from_line
from core.datasets import step
from core.history import History

x, y = step()


def run(**values: object) -> History:
    return lesson.train(x, y, lesson.Config(**values))  # type: ignore[arg-type]


def test_from_the_flat_start_the_weight_stretches_a_line_into_a_step_ever_more_slowly() -> None:
    assert distance_from_line(0.1, 0.1) < 1e-4
    every_100_epochs = run(record_every=10_000).column("weight")
    growth = np.diff(every_100_epochs)
    assert (growth > 0).all()
    assert (np.diff(growth) < 0).all()
    assert distance_from_line(every_100_epochs[-1], -11.7) > 0.3


def test_from_minus_20_most_samples_are_saturated_and_squared_error_leaves_w_alone() -> None:
    k = lesson.predict(x, -20.0, 0.1)
    assert np.mean(k * (1 - k) < 0.01) > 0.75
    assert np.abs(run(start_weight=-20.0).column("weight") + 20).max() < 0.1


def test_cross_entropy_turns_w_round_in_the_first_epoch() -> None:
    history = run(start_weight=-20.0, loss="binary_cross_entropy", record_every=1)
    weights = history.column("weight")
    assert weights[x.size] > -17
    assert weights[-1] > 30


def test_far_above_the_safe_rate_the_loss_jumps_before_it_settles() -> None:
    values = {"loss": "binary_cross_entropy", "batch_size": None, "learning_rate": 50.0}
    changes = np.diff(run(n_epochs=50, record_every=1, **values).loss)
    assert lesson.safe_learning_rate(x, "binary_cross_entropy") < 50 / 5
    assert (changes[:25] > 0).sum() > 5
    assert (changes[25:] <= 0).all()
