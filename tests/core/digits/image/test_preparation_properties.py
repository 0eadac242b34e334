import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.digits.image.preparation import to_mnist

sides = st.integers(1, 40)
shapes = st.one_of(
    st.tuples(sides, sides),
    st.tuples(sides, sides, st.sampled_from([3, 4])),
    st.tuples(st.integers(500, 1100), st.integers(1, 3)),
)


def check(image):
    pixels = to_mnist(image)
    if pixels is not None:
        assert pixels.shape == (28, 28)
        assert pixels.dtype == np.float32
        assert pixels.min() >= 0  # fails for NaN too
        assert pixels.max() == 1


@settings(max_examples=100)
@given(arrays(np.uint8, shapes))
def test_any_image_gives_pixels_from_0_to_1(image):
    check(image)


@settings(max_examples=100)
@given(shapes, st.integers(0, 2**32 - 1), st.sampled_from([2, 20, 256]))
def test_any_noise_gives_pixels_from_0_to_1(shape, seed, levels):
    check(np.random.default_rng(seed).integers(0, levels, shape).astype(np.uint8))
