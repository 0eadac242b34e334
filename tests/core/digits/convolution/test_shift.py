import numpy as np
import pytest

from core.digits import mnist
from core.digits.convolution.kernels import learned
from core.digits.convolution.shift import (
    FARTHEST,
    SHIFTS,
    Reading,
    ink_lost,
    moved,
    moved_by,
    read_moved,
)
from core.digits.convolution.sliding import convolve, pool, relu
from core.digits.network import files

CNN = files.read_model(files.FOLDER / "cnn.safetensors")
PICTURES = mnist.load("test").pixels()[:20]


def read_as(*digits: int) -> Reading:
    return Reading(np.eye(10)[list(digits)])


def test_a_picture_moves_to_both_sides_and_loses_what_leaves_it() -> None:
    picture = PICTURES[0]
    for right in SHIFTS:
        there = moved(picture, right)
        assert there.shape == (28, 28)
        assert ink_lost(picture, right) == pytest.approx(1 - there.sum() / picture.sum(), abs=1e-6)
    assert ink_lost(np.zeros((28, 28), np.float32), 3) == 0


def test_how_far_an_answer_reaches_counts_the_nearer_side() -> None:
    assert read_as(*[7] * 17).reach(7) == FARTHEST
    assert read_as(*[1] * 6, *[7] * 11).reach(7) == 2
    assert read_as(*[7] * 11, *[1] * 6).reach(7) == 2
    assert read_as(*[7] * 17).reach(3) == -1


@pytest.mark.parametrize("name", ["article", "sketch", "cnn"])
def test_where_it_stands_it_is_read_as_always(name: str) -> None:
    model = files.read_model(files.FOLDER / f"{name}.safetensors")
    for picture in PICTURES[:5]:
        assert read_moved(model, picture).at(0) == model.scores(picture[None]).argmax()


def test_a_map_moves_along_with_the_drawing_number_for_number() -> None:
    for channel in learned(CNN):
        before = convolve(PICTURES[1], channel.kernel, channel.bias)
        for right in (-3, 2, 4):
            after = convolve(moved(PICTURES[1], right), channel.kernel, channel.bias)
            assert moved_by(before, after) == right


def test_pooling_forgives_a_pixel() -> None:
    """A stroke that moves by a pixel changes less of a map after pooling than before."""

    def change(end: bool) -> float:
        parts = []
        for picture in PICTURES:
            for channel in learned(CNN):
                pair = [
                    relu(convolve(one, channel.kernel, channel.bias))
                    for one in (picture, moved(picture, 1))
                ]
                if end:
                    pair = [pool(one) for one in pair]
                parts.append(np.abs(pair[0] - pair[1]).sum() / max(pair[0].sum(), 1))
        return float(np.mean(parts))

    assert change(end=True) < 0.8 * change(end=False)
