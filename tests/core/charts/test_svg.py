import numpy as np

from core.charts.svg import MARGIN, WIDTH, guess_and_truth, small_curves


def test_pictures_to_choose_share_their_axis_and_dash_what_is_kept_apart() -> None:
    low = small_curves(np.array([1.0, 0.5]), 2.0, "A")
    high = small_curves(np.array([[2.0, 0.5], [2.0, 1.9]]), 2.0, "B")
    assert low.count("<path") == 1
    assert high.count("<path") == 2
    assert high.count("dashed") == 1
    end = low.partition('d="M')[2].partition('"')[0].split("L")[-1]
    assert end in high  # the same loss at the same height
    assert 'aria-label="B"' in high


def test_guess_and_truth_stand_on_one_axis_with_the_gap_between_them() -> None:
    drawn = guess_and_truth(0, 100, (0, "guess: 0"), (100, "came: 100"))
    gap = f"M{MARGIN} 52L{WIDTH - MARGIN} 52"
    assert drawn.count(gap) == 2  # the axis as well: as far off as one can be
    assert f'x="{MARGIN}" y="32" font-size="13" text-anchor="start">guess' in drawn
    assert f'x="{WIDTH - MARGIN}" y="88" font-size="13" text-anchor="end">came' in drawn
    assert 'aria-label="guess: 0; came: 100"' in drawn
    right = guess_and_truth(0, 100, (50, "guess: 50"), (50, "came: 50"))
    assert right.count('text-anchor="middle"') == 2
    assert gap in right
    assert right.count(gap) == 1
