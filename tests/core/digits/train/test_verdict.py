import dataclasses
import string
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import MODERN
from core.digits.train.loop import Training
from core.digits.train.progress import Epoch
from core.digits.train.verdict import verdict


@dataclass
class Point:
    epoch: int
    train_loss: float | None
    test_loss: float | None
    train_accuracy: float | None = 0.98
    test_accuracy: float | None = 0.9


def run(train: list[float], test: list[float], **more: float) -> list[Point]:
    return [
        Point(i, *losses, **more) for i, losses in enumerate(zip(train, test, strict=True), start=1)
    ]


def test_two_epochs_say_nothing_yet() -> None:
    assert verdict(run([2, 1], [2, 1]), "cross_entropy").kind == "early"
    assert verdict([], "cross_entropy").kind == "early"


def test_a_test_loss_that_turns_round_is_learning_by_heart_since_its_lowest_epoch() -> None:
    said = verdict(run([2, 1, 0.5, 0.2, 0.1], [2, 1.2, 1, 1.1, 1.3]), "cross_entropy")
    assert said.kind == "by heart"
    assert "Since epoch 3 " in said.translated()
    assert "98.0 % of the training images" in said.translated()


def test_one_worse_epoch_is_no_turn() -> None:
    said = verdict(run([2, 1, 0.5, 0.45], [2, 1.2, 0.8, 0.9]), "cross_entropy")
    assert said.kind == "improving"


def test_a_test_loss_that_rises_with_the_training_loss_is_not_learning_by_heart() -> None:
    said = verdict(run([2, 1, 0.5, 0.9, 1.1], [2, 1.2, 1, 1.3, 1.4]), "cross_entropy")
    assert said.kind == "apart"


def test_level_curves_are_close_or_apart() -> None:
    losses = [1, 0.3, 0.3, 0.3, 0.3, 0.3], [1, 0.4, 0.4, 0.4, 0.4, 0.4]
    close, apart = run(*losses, test_accuracy=0.975), run(*losses, test_accuracy=0.93)
    assert verdict(close, "cross_entropy").kind == "level"
    assert verdict(apart, "cross_entropy").kind == "apart"


def test_a_slow_run_still_improves() -> None:
    losses = list(np.geomspace(0.09, 0.012, 200))
    assert verdict(run(losses, losses), "mean_squared_error").kind == "improving"


def test_a_network_that_guesses_learned_too_slowly_or_too_fast() -> None:
    slow = run([2.303] * 4, [2.303] * 4, test_accuracy=0.1)
    assert verdict(slow, "cross_entropy").kind == "guessing"
    fast = run([9e5, 50, 2.3, 2.3], [9e5, 50, 2.3, 2.3], test_accuracy=0.1)
    assert verdict(fast, "cross_entropy").kind == "too fast"
    assert verdict(fast[:1], "cross_entropy").kind == "too fast"
    assert "9.00·10⁵" in verdict(fast, "cross_entropy").translated()


@pytest.mark.parametrize("loss", [None, float("nan"), float("inf")])
def test_a_loss_that_is_no_number_has_diverged(loss: float | None) -> None:
    assert verdict([Point(1, 1.0, loss)], "cross_entropy").kind == "diverged"
    assert verdict([], "cross_entropy", diverged=True).kind == "diverged"


shares = st.floats(0, 1)
losses = st.floats(0, 1e12) | st.none()
points = st.lists(st.tuples(losses, losses, shares, shares), max_size=12)


@given(points, st.sampled_from(["cross_entropy", "mean_squared_error"]), st.booleans())
def test_any_curves_get_a_whole_sentence(
    rows: list[tuple[float, float, float, float]], loss: str, diverged: bool
) -> None:
    said = verdict([Point(i, *row) for i, row in enumerate(rows, 1)], loss, diverged=diverged)
    fields = {name for _, name, _, _ in string.Formatter().parse(said.message) if name}
    assert fields <= said.values.keys()
    assert said.translated().endswith(".")
    assert "nan" not in said.translated()


@pytest.mark.long
def test_a_real_network_learns_300_images_by_heart() -> None:
    recipe = dataclasses.replace(
        MODERN,
        n_images=300,
        batch_size=10,
        distortion=0.0,
        schedule="constant",
        n_epochs=15,
        layer_sizes=(784, 64, 10),
    )
    test = Digits(*(array[:1000] for array in mnist.load("test")))
    train = Digits(*(array[:1300] for array in mnist.load("train")))
    recipe = dataclasses.replace(recipe, n_validation=1000)
    epochs = [e for e in Training(recipe, train, test).records() if isinstance(e, Epoch)]
    assert verdict(epochs, recipe.loss).kind == "by heart"
    assert epochs[-1].train_accuracy == 1
