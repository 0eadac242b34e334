"""What each preset is claimed to do, on the page and here, it does."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

from core.planes import playground as lesson
from core.planes.playground import network as net
from core.planes.playground import torch_engine
from core.planes.playground.presets import PRESETS
from core.planes.playground.run import Run
from core.planes.playground.told import told


def run(name: str, **changes: Any) -> Run:
    preset = PRESETS[name]
    train, test = preset.samples()
    return lesson.train(*train, dataclasses.replace(preset.config, **changes), test=test)


def accuracies(of: Run) -> tuple[float, float]:
    return float(of.extra["accuracy"][-1]), float(of.extra["test_accuracy"][-1])


def test_there_are_ten() -> None:
    assert list(PRESETS) == [
        "xor_line",
        "too_few",
        "circle_squares",
        "spiral",
        "by_heart",
        "l1",
        "too_fast",
        "all_equal",
        "dead",
        "three",
    ]


def test_a_line_does_not_do_for_xor() -> None:
    """It ends at about ½ everywhere, near the loss ln 2; four neurons do it."""
    line = run("xor_line")
    assert line.loss[-1] == pytest.approx(math.log(2), abs=0.01)
    answers = lesson.predict(PRESETS["xor_line"].samples().train.x, line.params[-1], line.config)
    assert np.abs(answers - 0.5).max() < 0.2
    assert max(accuracies(line)) < 0.6
    assert min(accuracies(run("xor_line", hidden_sizes=(4,), learning_rate=0.3))) > 0.95


def test_one_neuron_too_few_for_the_circle() -> None:
    """Two bends leave a strip open; with three all but a few samples are right."""
    for seed in range(4):
        assert accuracies(run("too_few", seed=seed))[0] < 0.9
        assert accuracies(run("too_few", seed=seed, hidden_sizes=(3,)))[0] > 0.98


def test_squares_are_all_that_the_circle_needs() -> None:
    """Two weights and a bias, no hidden neuron: all samples are right."""
    squares = run("circle_squares")
    assert squares.params.shape[1] == 3
    assert accuracies(squares) == (1, 1)
    w1, w2, _ = squares.params[-1]
    assert w1 == pytest.approx(w2, rel=0.1), "a circle, nearly"
    assert max(accuracies(run("circle_squares", inputs=("x1", "x2")))) < 0.7


def test_the_spiral_is_learned() -> None:
    learned = run("spiral")
    assert accuracies(learned)[0] > 0.98
    assert accuracies(learned)[1] > 0.9
    assert max(accuracies(run("spiral", hidden_sizes=()))) < 0.8, "without hidden layers it is not"


def test_ten_samples_are_learned_by_heart() -> None:
    """All ten are right, and the loss of the others rises again, to more than three times."""
    heart = run("by_heart")
    assert PRESETS["by_heart"].samples().train.y.size == 10
    assert heart.extra["accuracy"][-1] == 1
    assert heart.loss[-1] < 0.001
    test = heart.extra["test_loss"]
    assert test[-1] > 3 * test.min()
    assert heart.extra["test_accuracy"][-1] < 0.8


def test_l1_leaves_two_weights() -> None:
    """The five others are 0, exactly, and all samples are right as they are without it."""
    few = run("l1")
    weights = few.params[-1, :-1]
    assert np.flatnonzero(weights).tolist() == [2, 3]  # of x₁² and x₂²
    assert accuracies(few) == (1, 1)
    assert (run("l1", l1=0.0).params[-1] != 0).all()


def test_a_rate_above_the_limit_explodes_and_one_below_settles() -> None:
    preset = PRESETS["too_fast"]
    limit, kind = told(preset.samples().train.x, preset.config)
    assert kind == "exact"
    assert limit is not None
    assert preset.config.learning_rate > limit > 0.3
    fast = run("too_fast")
    assert fast.diverged
    assert fast.ended_at == 13
    settled = run("too_fast", learning_rate=0.3)
    assert not settled.diverged
    assert settled.loss[-1] < 0.01


def test_neurons_that_begin_equal_stay_equal() -> None:
    """Four neurons are as good as one: their weights are the same after every update."""
    equal = run("all_equal")
    assert (equal.params[:, 0:8:2] == equal.params[:, [0]]).all()
    assert (equal.params[:, 1:8:2] == equal.params[:, [1]]).all()
    assert (equal.params[:, 8:12] == equal.params[:, [8]]).all()
    assert (equal.params[:, 12:16] == equal.params[:, [12]]).all()
    assert (equal.params[-1, :2] != 0).all(), "they learn"
    assert max(accuracies(equal)) < 0.75
    assert min(accuracies(run("all_equal", initialisation="xavier", n_epochs=600))) > 0.95
    tanh = run("all_equal", activation="tanh")
    assert (tanh.params[:, :-1] == 0).all(), "with tanh nothing but the last bias ever moves"


def test_relus_die_and_those_of_the_first_layer_never_come_back() -> None:
    """Most of the 16 are dead in the end, and the network says ½ to everything, nearly."""
    dead = run("dead")
    assert dead.extra["n_dead"][0] == 0
    assert dead.extra["n_dead"][-1] > 8
    assert dead.loss[-1] == pytest.approx(math.log(2), abs=0.1)
    assert max(accuracies(dead)) < 0.6
    calm = run("dead", learning_rate=0.3)
    assert calm.extra["n_dead"][-1] == 0
    x = PRESETS["dead"].samples().train.x
    first = np.array([net.dead_neurons(x, row, dead.config)[0] for row in dead.params])
    assert first[-1].any()
    assert (first[1:] >= first[:-1]).all(), "no slope, and the same inputs for ever"
    assert min(accuracies(calm)) == 1


def test_three_classes_are_parted_by_three_lines_that_meet() -> None:
    """No hidden layer, nine parameters; nearly all samples are right."""
    three = run("three")
    assert three.params.shape[1] == 9
    assert accuracies(three)[0] == 1
    assert accuracies(three)[1] > 0.95
    answers = lesson.predict(PRESETS["three"].samples().train.x, three.params[-1], three.config)
    np.testing.assert_allclose(answers.sum(axis=1), 1)


SETTLE = ("xor_line", "circle_squares", "l1", "too_fast", "all_equal", "three")
"""Presets that come to rest, or end soon: what rounding does stays as small as it began."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(one, marks=pytest.mark.long if one == "three" else pytest.mark.proof)
        for one in SETTLE
    ],
)
def test_both_engines_have_the_same_losses_over_the_whole_run(name: str) -> None:
    preset = PRESETS[name]
    train, test = preset.samples()
    ours, theirs = (
        engine.train(*train, preset.config, test=test) for engine in (lesson, torch_engine)
    )
    assert ours.update.tolist() == theirs.update.tolist()
    largest = np.maximum(1, np.abs(ours.loss))
    assert (np.abs(ours.loss - theirs.loss) / largest).max() < 1e-9
