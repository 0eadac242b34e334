import numpy as np
import pytest
from PIL import Image

from core.digits import mnist
from core.digits.image.ink import find_ink
from core.digits.image.preparation import stroke_width, to_mnist
from core.messages import InputError
from tests.core.digits.strokes import STROKES, draw

DIGITS = sorted(STROKES)


def box(pixels):
    """Top, left, height and width of what is not paper."""
    rows, columns = np.flatnonzero(pixels.any(1)), np.flatnonzero(pixels.any(0))
    return rows[0], columns[0], np.ptp(rows) + 1, np.ptp(columns) + 1


def centre_of_mass(pixels):
    return [np.sum(pixels.sum(1 - axis) * np.arange(28)) / pixels.sum() for axis in (0, 1)]


@pytest.mark.parametrize("digit", DIGITS)
def test_twenty_pixels_around_the_middle(digit):
    pixels = to_mnist(draw(digit))
    assert pixels.shape == (28, 28)
    assert pixels.dtype == np.float32
    assert pixels.min() == 0
    assert pixels.max() == 1
    assert max(box(pixels)[2:]) == 20
    assert centre_of_mass(pixels) == pytest.approx([14, 14], abs=0.53)


def test_mnist_itself_is_centred_there():
    pixels = mnist.load("test").pixels()[:1000]
    centres = np.array([centre_of_mass(p) for p in pixels])
    assert np.abs(centres - 14).max() < 0.51


def test_the_aspect_is_kept():
    drawing = np.zeros((280, 280), np.uint8)
    drawing[100:160, 50:200] = 255  # 60 high, 150 wide
    assert box(to_mnist(drawing))[2:] == (8, 20)


def test_mnist_passes_almost_unchanged():
    digits = mnist.load("test")
    images, pixels = digits.images[:1000], digits.pixels()[:1000]
    prepared = np.array([to_mnist(image) for image in images])
    change = np.abs(prepared - pixels).mean(axis=(1, 2))
    assert np.quantile(change, 0.9) < 0.01
    assert change.max() < 0.15


@pytest.mark.parametrize("digit", DIGITS)
def test_either_polarity_gives_the_same_picture(digit):
    drawing = draw(digit)
    np.testing.assert_allclose(to_mnist(drawing), to_mnist(255 - drawing), atol=1e-3)


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("shift", [(-60, -30), (55, 20), (3, -7)])
def test_a_shifted_drawing_gives_the_same_picture(digit, shift):
    small = {"zoom": 0.6, "pen": 30}
    here = to_mnist(draw(digit, shift=(60, 50), **small))
    there = to_mnist(draw(digit, shift=(60 + shift[0], 50 + shift[1]), **small))
    np.testing.assert_allclose(here, there, atol=1e-3)


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("zoom", [0.25, 0.5, 2, 5])
def test_a_scaled_drawing_gives_nearly_the_same_picture(digit, zoom):
    """Rounding may move the picture by a pixel, or make it a pixel wider, no more."""
    plain, scaled = to_mnist(draw(digit)), to_mnist(draw(digit, size=int(280 * zoom), zoom=zoom))
    moves = [np.roll(scaled, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    assert min(np.abs(plain - moved).mean() for moved in moves) < 0.05


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("pen", [2, 5, 10])
def test_thin_strokes_get_about_the_width_of_mnists(digit, pen):
    thin, usual = to_mnist(draw(digit, pen=pen)), to_mnist(draw(digit, pen=18))
    assert 0.6 * usual.sum() < thin.sum() < 1.3 * usual.sum()


def test_a_faint_pencil_on_uneven_noisy_paper():
    drawing = draw(7, pen=8) / 255
    rng = np.random.default_rng(0)
    light = np.linspace(200, 235, 280) + np.linspace(-10, 10, 280)[:, None]
    photo = (light - 60 * drawing + rng.normal(0, 3, drawing.shape)).clip(0, 255).astype(np.uint8)
    assert np.abs(to_mnist(photo) - to_mnist(draw(7, pen=8))).mean() < 0.03


def test_blank_paper_with_noise_and_shadow_is_blank():
    rng = np.random.default_rng(0)
    light = np.linspace(190, 240, 300) + np.linspace(-10, 10, 200)[:, None]
    paper = (light + rng.normal(0, 3, (200, 300))).clip(0, 255).astype(np.uint8)
    assert to_mnist(paper) is None


@pytest.mark.parametrize(
    "shape", [(280, 280), (1, 1), (5000, 1), (1, 5000), (28, 28, 3), (9, 9, 4)]
)
@pytest.mark.parametrize("level", [0, 7, 128, 255])
def test_one_even_colour_is_nothing_drawn(shape, level):
    assert to_mnist(np.full(shape, level, np.uint8)) is None


@pytest.mark.parametrize("place", [(0, 0), (140, 140), (279, 3)])
def test_one_dot_is_seen(place):
    drawing = np.zeros((280, 280), np.uint8)
    drawing[place] = 255
    assert to_mnist(drawing).max() == 1


@pytest.mark.parametrize("shape", [(5000, 1), (1, 5000), (3000, 2), (2, 2), (600, 600, 4)])
def test_extreme_shapes_with_ink(shape):
    image = np.zeros(shape, np.uint8)
    image[..., -1] = 255 if len(shape) == 3 else 0
    image[: max(1, shape[0] // 4), : max(1, shape[1] // 4)] = 255
    pixels = to_mnist(image)
    assert pixels.shape == (28, 28)
    assert pixels.max() == 1


def test_a_huge_image():
    huge = np.asarray(Image.fromarray(draw(7)).resize((5000, 5000)))
    rgb = np.repeat(255 - huge[..., None], 3, axis=2)
    assert np.abs(to_mnist(rgb) - to_mnist(draw(7))).mean() < 0.02


@pytest.mark.parametrize("ink", [(0, 0, 0), (255, 255, 255), (200, 30, 30)])
def test_ink_on_a_transparent_background(ink):
    drawing = draw(7)
    image = np.zeros((280, 280, 4), np.uint8)
    image[..., :3] = ink
    image[..., 3] = drawing
    np.testing.assert_allclose(to_mnist(image), to_mnist(drawing), atol=0.02)


def test_a_fully_transparent_image_is_blank():
    image = np.random.default_rng(0).integers(0, 256, (50, 50, 4), np.uint8)
    image[..., 3] = 0
    assert to_mnist(image) is None


def test_a_picture_with_round_transparent_corners():
    drawing = draw(7)
    image = np.dstack([255 - drawing] * 3 + [np.full_like(drawing, 255)])
    down, right = np.mgrid[:280, :280]
    image[down + right < 40] = 0
    np.testing.assert_allclose(to_mnist(image), to_mnist(drawing), atol=0.02)


def test_colours_count_by_their_brightness():
    drawing = draw(0)
    yellow_on_blue = np.dstack([drawing, drawing, 255 - drawing])
    np.testing.assert_allclose(to_mnist(yellow_on_blue), to_mnist(drawing), atol=0.02)


def test_ink_that_reaches_the_border():
    drawing = np.zeros((100, 100), np.uint8)
    drawing[:, 40:52] = 255
    ink = find_ink(drawing)
    assert ink.shape == (100, 12)
    assert ink.min() == 1


def test_stroke_width_of_lines():
    for digit in DIGITS:
        assert stroke_width(find_ink(draw(digit, pen=16))) == pytest.approx(16 / 190, rel=0.25)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((28, 28)),
        np.zeros((28, 28), np.int8),
        np.zeros(28, np.uint8),
        np.zeros((28, 28, 1), np.uint8),
        np.zeros((28, 28, 2), np.uint8),
        np.zeros((2, 28, 28, 3), np.uint8),
        [[0, 255]],
        None,
    ],
)
def test_other_arrays_are_refused(image):
    with pytest.raises(InputError, match="must be an array of uint8"):
        to_mnist(image)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0, 3)])
def test_no_pixels_are_refused(shape):
    with pytest.raises(InputError, match="at least one pixel"):
        to_mnist(np.zeros(shape, np.uint8))
