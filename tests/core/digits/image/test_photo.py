import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from core.digits import mnist
from core.digits.image.photo import dilate, find_digit, is_even
from core.digits.recognise import load_recogniser
from core.messages import InputError
from tests.core.digits.photos import photo_of
from tests.core.digits.strokes import draw


def share_right(images, labels):
    readings = load_recogniser().classify_many(images)
    return np.mean([r.label == label for r, label in zip(readings, labels, strict=True)])


@pytest.fixture(scope="module")
def photos():
    test, rng = mnist.load("test"), np.random.default_rng(1)
    numbers = rng.choice(len(test.labels), 40, replace=False)
    return [photo_of(test.images[n], rng) for n in numbers], test.labels[numbers]


@pytest.mark.long
def test_photos_under_uneven_light_are_read_as_well_as_clean_images(photos):
    images, labels = photos
    assert not any(is_even(image) for image in images)
    assert share_right(images, labels) >= 0.95


def test_small_digits_on_a_large_sheet_are_found():
    test, rng = mnist.load("test"), np.random.default_rng(2)
    images = [photo_of(test.images[n], rng, share=0.15, specks=15) for n in range(20)]
    assert share_right(images, test.labels[:20]) >= 0.8


def test_clean_images_and_drawings_need_no_search():
    digit = mnist.load("test").images[0]
    large = digit.repeat(10, axis=0).repeat(10, axis=1)
    full = draw(7, zoom=1.4, shift=(-60, -60))  # cut off by the border
    for image in (digit, 255 - digit, large, 255 - large, draw(7), draw(1), full):
        assert is_even(image)


def test_a_clean_image_cropped_to_its_ink_is_read_all_the_same():
    test = mnist.load("test")
    images = []
    for digit in test.images[:30]:
        rows, columns = np.nonzero(digit)
        tight = digit[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        images.append(255 - np.asarray(Image.fromarray(tight).resize((150, 200))))
    assert share_right(images, test.labels[:30]) >= 0.85


@pytest.mark.parametrize("light_on_dark", [False, True])
def test_the_box_is_where_the_digit_is(light_on_dark):
    photo = np.linspace(240, 150, 400).astype(np.uint8)[:, None].repeat(300, axis=1)
    photo[200:300, 140:150] //= 4
    photo[350:353, 20:22] = 10  # a speck
    found = find_digit(255 - photo if light_on_dark else photo)
    assert np.abs(np.array(found.box) - (140, 200, 150, 300)).max() <= 1
    assert found.ink.shape == pytest.approx((100, 10), abs=1)
    assert found.ink.max() == 1


def test_a_large_photo_has_its_box_in_its_own_pixels():
    photo = np.linspace(240, 150, 3000).astype(np.uint8)[:, None].repeat(2000, axis=1)
    photo[1200:1800, 960:1040] //= 4
    assert np.abs(np.array(find_digit(photo).box) - (960, 1200, 1040, 1800)).max() <= 12


def test_of_two_digits_the_one_in_the_middle_is_read():
    photo = np.linspace(240, 150, 400).astype(np.uint8)[:, None].repeat(600, axis=1)
    photo[150:250, 290:300] //= 4
    photo[150:250, 500:510] //= 4
    assert find_digit(photo).box[0] < 300


def test_a_bar_that_does_not_touch_belongs_to_its_digit():
    photo = np.linspace(240, 150, 400).astype(np.uint8)[:, None].repeat(400, axis=1)
    photo[150:250, 190:200] //= 4
    photo[150:160, 206:260] //= 4
    assert find_digit(photo).box == pytest.approx((190, 150, 260, 250), abs=1)


def test_even_paper_without_ink_has_no_digit():
    for level in (0, 128, 255):
        assert find_digit(np.full((300, 200), level, np.uint8)) is None


def test_dilation_takes_the_largest_of_the_square():
    values = np.random.default_rng(0).random((7, 9))
    padded = np.pad(values, 2, mode="edge")
    expected = [[padded[y : y + 5, x : x + 5].max() for x in range(9)] for y in range(7)]
    assert np.array_equal(dilate(values, 2), expected)


@given(arrays.arrays(np.uint8, st.one_of(arrays.array_shapes(min_dims=2, max_dims=2, max_side=40))))
@settings(max_examples=60)
def test_any_image_gives_a_digit_inside_it_or_none(image):
    found = find_digit(image)
    if found is not None:
        left, top, right, bottom = found.box
        assert 0 <= left < right <= image.shape[1]
        assert 0 <= top < bottom <= image.shape[0]
        assert found.ink.shape == (bottom - top, right - left)


def test_another_array_is_refused():
    with pytest.raises(InputError, match="array of uint8"):
        find_digit(np.zeros((4, 4)))
    with pytest.raises(InputError, match="array of uint8"):
        is_even(np.zeros(4, np.uint8))
