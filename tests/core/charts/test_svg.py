import numpy as np

from core.charts.svg import small_curves


def test_pictures_to_choose_share_their_axis_and_dash_what_is_kept_apart() -> None:
    low = small_curves(np.array([1.0, 0.5]), 2.0, "A")
    high = small_curves(np.array([[2.0, 0.5], [2.0, 1.9]]), 2.0, "B")
    assert low.count("<path") == 1
    assert high.count("<path") == 2
    assert high.count("dashed") == 1
    end = low.partition('d="M')[2].partition('"')[0].split("L")[-1]
    assert end in high  # the same loss at the same height
    assert 'aria-label="B"' in high
