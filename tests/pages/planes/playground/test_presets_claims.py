"""What the playground's things to try say of their runs."""

from typing import Any

import numpy as np

from core.planes import playground as lesson
from core.planes.playground.data import Shape, Split, make, split
from core.planes.playground.network import INPUTS, forward, layers_of

ALL = tuple(INPUTS)
SPIRAL: dict[str, Any] = {
    "hidden_sizes": (8, 8),
    "optimiser": "adam",
    "learning_rate": 0.01,
}


def run_of(
    shape: Shape = "circle",
    *,
    points: dict[str, Any] | None = None,
    test_share: float = 0.25,
    **config: Any,
) -> tuple[Split, lesson.Run]:
    samples = split(*make(shape, **(points or {})), test_share=test_share)
    return samples, lesson.train(*samples.train, lesson.Config(**config), test=samples.test)


def share(run: lesson.Run) -> float:
    return float(run.column("accuracy")[-1])


def test_a_line_answers_about_a_half_to_xor() -> None:
    samples, run = run_of("xor", hidden_sizes=())
    answers = lesson.predict(samples.train.x, run.params[-1], run.config)
    assert np.abs(answers - 0.5).max() < 0.1


def test_two_neurons_leave_the_curve_open_and_three_close_it() -> None:
    """Far away in some direction the answer is that of the circle; with three, in none."""
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    far = 1000 * np.column_stack([np.cos(angles), np.sin(angles)])
    answers = []
    for n in (2, 3):
        samples, run = run_of(hidden_sizes=(n,))
        answers.append(lesson.predict(far, run.params[-1], run.config).max())
        assert (share(run) == 1) == (n == 3)
        assert samples.train.y.mean() == np.clip(samples.train.y.mean(), 0.4, 0.6)
    assert answers[0] > 0.5 > answers[1]


def test_of_squares_a_line_is_an_ellipse() -> None:
    _, run = run_of(hidden_sizes=(), inputs=("x1_squared", "x2_squared"))
    w1, w2, b = run.params[-1]
    assert w1 < 0
    assert w2 < 0
    assert b > 0
    assert share(run) == 1


def test_the_spiral_is_learned_with_seven_inputs_and_not_with_two() -> None:
    near = {"noise": 0.05}
    assert share(run_of("spiral", points=near, inputs=ALL, **SPIRAL)[1]) == 1
    assert share(run_of("spiral", points=near, **SPIRAL)[1]) < 0.9


def test_ten_samples_are_learned_without_a_mistake_and_the_test_loss_turns_round() -> None:
    samples, run = run_of(
        points={"n_samples": 20, "noise": 0.8},
        test_share=0.5,
        **SPIRAL | {"hidden_sizes": (16, 16), "n_epochs": 500},
    )
    assert samples.train.y.size == 10
    assert share(run) == 1
    test = run.column("test_loss")
    assert test.min() < 0.8 * test[0]
    assert test[-1] > 2 * test.min()


def test_l1_leaves_the_squares() -> None:
    """Of the inputs only x₁², x₂² and a trifle; and two of the four neurons have nothing left."""
    _, run = run_of(hidden_sizes=(4,), inputs=ALL, l1=0.01, n_epochs=500)
    hidden, output = layers_of(run.params[-1], run.config)
    by_input = np.abs(hidden.weights).sum(axis=0)
    squares = [ALL.index("x1_squared"), ALL.index("x2_squared")]
    assert by_input[squares].min() > 10 * np.delete(by_input, squares).max()
    assert (output.weights != 0).sum() == 2
    assert share(run) == 1


def test_equal_neurons_stay_equal_and_dead_ones_dead() -> None:
    _, run = run_of(initialisation="zero")
    for weights, biases in layers_of(run.params[-1], run.config)[:-1]:
        assert np.ptp(weights, axis=0).max() == 0 == np.ptp(biases)
    samples, run = run_of(activation="relu", learning_rate=1.0)
    died = run.column("n_dead")
    assert died[0] == 0
    assert died[-1] == died.max() > 0
    assert (np.diff(died) >= 0).all()
    outputs = forward(samples.train.x, run.params[-1], run.config).outputs[1:-1]
    assert sum((layer == 0).all(axis=0).sum() for layer in outputs) == died[-1]
