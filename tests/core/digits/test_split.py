import dataclasses

import numpy as np
import pytest

from core.digits.mnist import Digits
from core.digits.recipe import MODERN, SKETCH
from core.digits.split import split
from core.messages import InputError

TEN = Digits(np.zeros((10, 28, 28), np.uint8), np.arange(10, dtype=np.uint8))


@pytest.mark.parametrize(
    ("n_images", "n_validation", "learned", "held_out"),
    [
        (60_000, 3, [0, 1, 2, 3, 4, 5, 6], [7, 8, 9]),
        (7, 3, [0, 1, 2, 3, 4, 5, 6], [7, 8, 9]),
        (2, 3, [0, 1], [7, 8, 9]),
        (5, 9, [0], [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ],
)
def test_the_first_are_learned_from_and_the_last_held_out(
    n_images, n_validation, learned, held_out
):
    recipe = dataclasses.replace(MODERN, n_images=n_images, n_validation=n_validation)
    assert [part.labels.tolist() for part in split(recipe, TEN)] == [learned, held_out]
    assert [len(part.images) for part in split(recipe, TEN)] == [len(learned), len(held_out)]


def test_made_recipes_learn_from_all_that_are_left():
    parts = split(dataclasses.replace(SKETCH, n_validation=4), TEN)
    assert [len(part.labels) for part in parts] == [6, 4]


@pytest.mark.parametrize("n_validation", [10, 11])
def test_one_image_must_be_left(n_validation):
    recipe = dataclasses.replace(MODERN, n_validation=n_validation)
    with pytest.raises(InputError, match=rf"training images, 10, not {n_validation}\.$"):
        split(recipe, TEN)
