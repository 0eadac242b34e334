import numpy as np

from core.digits.sketch.preview import show_box


def test_the_box_stays_bright_and_the_rest_is_dimmed():
    photo = np.full((100, 80, 3), 200, np.uint8)
    shown = show_box(photo, (20, 30, 40, 60))
    assert shown[45, 30].tolist() == [200] * 3
    assert shown[5, 5].tolist() == [80] * 3


def test_a_large_photo_is_shown_small():
    assert show_box(np.full((3000, 2000), 200, np.uint8), (960, 1200, 1040, 1800)).shape == (
        500,
        334,
        3,
    )
