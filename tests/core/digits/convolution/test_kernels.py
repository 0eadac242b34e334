import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digits import mnist
from core.digits.convolution.kernels import (
    BY_HAND,
    OWN,
    as_kernel,
    learned,
    read_kernel,
    response,
    write_kernel,
)
from core.digits.convolution.sliding import convolve, relu
from core.digits.network.files import FOLDER, read_model
from core.link.parameters import PARAMETERS
from core.messages import InputError


def test_each_kernel_finds_what_its_name_says() -> None:
    field = np.zeros((12, 12), np.float32)
    field[3:9, 4:8] = 1  # a broad stroke
    left, top = (relu(convolve(field, BY_HAND[name])) for name in ("left", "top"))
    assert left[5].argmax() in (3, 4)
    assert top[:, 5].argmax() in (2, 3)
    assert left[5, 5] == top[5, 5] == 0  # in its middle
    assert convolve(field, BY_HAND["left"])[5, 8] < 0  # at the other edge
    outline = convolve(field, BY_HAND["outline"])
    assert outline[5, 5] == 0
    assert outline[5, 4] > 0
    rising = np.eye(12, dtype=np.float32)[::-1]
    found = [relu(convolve(one, BY_HAND["diagonal"])).max() for one in (rising, rising[::-1])]
    assert found[0] > found[1]
    assert BY_HAND["blur"].sum() == pytest.approx(1)
    assert BY_HAND["sharpen"].sum() == 1


def test_a_kernel_finds_lying_strokes_or_standing_ones() -> None:
    for name, stroke, other in (
        ("left", "vertical", "horizontal"),
        ("top", "horizontal", "vertical"),
    ):
        assert (response(BY_HAND[name], stroke), response(BY_HAND[name], other)) == (3, 0)


def test_what_things_to_try_say_of_the_learned_kernels() -> None:
    channels = learned(read_model(FOLDER / "cnn.safetensors"))
    sizes = np.array([np.abs(one.kernel).sum() for one in channels])
    sums = np.array([one.kernel.sum() for one in channels])
    edges = (sizes > 2) & (np.abs(sums) < 0.35 * sizes)  # what is added here is taken away there
    strokes = (sizes > 1.5) & (sums > 0.7 * sizes)
    assert (len(channels), edges.sum(), strokes.sum()) == (16, 8, 3)
    pictures = mnist.load("test").pixels()[:300]
    dark = [
        all((convolve(one, channel.kernel, channel.bias) <= 0).all() for one in pictures)
        for channel in channels
    ]
    assert sum(dark) == 2


@given(st.lists(st.integers(-9000, 9000), min_size=9, max_size=9))
def test_what_is_written_into_a_link_is_read_back(thousandths: list[int]) -> None:
    kernel = as_kernel([one / 1000 for one in thousandths])
    text = write_kernel(kernel)
    np.testing.assert_allclose(read_kernel(text), kernel, atol=1e-6)
    assert len(text) <= PARAMETERS["cv_own"].kind.most


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "0,0,0,0,9.5,0,0,0,0", "0,0,0,0,nan,0,0,0,0", "a,b", "1e999" + ",0" * 8]
)
def test_anything_else_gets_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="nine numbers from −9 to 9"):
        read_kernel(text)


def test_the_link_knows_all_kernels() -> None:
    assert PARAMETERS["cv_kernel"].kind.names == (*BY_HAND, OWN)
    assert read_kernel(PARAMETERS["cv_own"].kind.usual).sum() == 1
