import math

import numpy as np
import pytest

from core.digits import mnist
from core.digits.convolution.facts import CONVOLUTIONAL, DENSE, NEVER_MOVED, facts
from core.digits.convolution.kernels import BY_HAND
from core.digits.convolution.shift import Reading
from core.digits.network.files import FOLDER, read_model
from core.learning.claims import Facts

CNN = read_model(FOLDER / "cnn.safetensors")
SEVEN = mnist.load("test").pixels()[0]


def read(*, until: int) -> Reading:
    """A network that reads a 7 as far as `until` pixels to the right, and then a 1."""
    return Reading(np.eye(10)[[7] * (9 + until) + [1] * (8 - until)])


def told(*until: int, shift: int = 0, picture: np.ndarray = SEVEN) -> Facts:
    names = (NEVER_MOVED, DENSE, CONVOLUTIONAL)
    readings = {name: read(until=one) for name, one in zip(names, until, strict=True)}
    kernel = BY_HAND["left"]
    return facts(picture, kernel, shift, readings, 7, CNN, is_own=False, side=28)


@pytest.mark.parametrize(
    ("until", "pattern"),
    [
        ((3, 3, 3), "none"),
        ((3, 3, 4), "convolutional"),
        ((3, 4, 4), "both"),
        ((8, 8, 8), "all"),
        ((4, 3, 3), "other"),
    ],
)
def test_who_still_reads_it_four_pixels_on(until: tuple[int, ...], pattern: str) -> None:
    found = told(*until)
    assert found["still_read"] == pattern
    reaches = [found[f"{name}_reach"] for name in ("article", "dense", "convolutional")]
    assert reaches == [*until]


def test_how_many_read_it_where_it_stands_now() -> None:
    assert [told(2, 4, 6, shift=shift)["n_reading"] for shift in (-8, 0, 3, 5, 8)] == [
        3,
        3,
        2,
        1,
        0,
    ]


def test_a_map_moves_along_unless_ink_comes_in_at_the_sides() -> None:
    assert told(0, 0, 0, shift=-3)["map_moved_by"] == -3
    wide = np.random.default_rng(0).random((28, 28), np.float32)
    assert told(0, 0, 0, shift=2, picture=wide)["map_moved_by"] == 2
    assert told(0, 0, 0, picture=np.zeros((28, 28), np.float32))["map_moved_by"] == 0
    assert not math.isnan(told(0, 0, 0, shift=8)["map_moved_by"])


def test_the_first_layer_is_counted() -> None:
    found = told(0, 0, 0)
    assert (found["n_kernels"], found["n_learned"], found["n_without_biases"]) == (16, 160, 144)
    assert found["n_everywhere"] == 784 * 160
