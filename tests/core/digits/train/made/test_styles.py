import itertools

import numpy as np

from core.digits.train.made.pen import draw
from core.digits.train.made.styles import VARIANTS, slash, variants, write

ALL = [(digit, variant) for digit in range(10) for variant in variants(digit)]


def middle(segments, size=200):
    return segments * size + 140


def test_each_variant_is_a_drawing_of_about_unit_size():
    for (digit, variant), seed in itertools.product(ALL, range(5)):
        case = f"{digit} {variant}, seed {seed}"
        segments = write(digit, variant, np.random.default_rng(seed))
        assert segments.shape[1:] == (2, 2), case
        assert np.isfinite(segments).all(), case
        assert 0.7 < np.ptp(segments[..., 1]) < 1.9, case
        assert np.abs(segments).max() < 1.2, case
        ink = draw(middle(segments, 130), 20) > 127
        assert 1200 < ink.sum() < 20_000, case
        assert not ink[0].any(), case


def test_the_seed_decides():
    for digit, variant in ALL:
        same, again, other = (write(digit, variant, np.random.default_rng(s)) for s in (1, 1, 2))
        assert np.array_equal(same, again), f"{digit} {variant}"
        assert not np.array_equal(same, other), f"{digit} {variant}"


def test_without_shaking_it_is_the_control_points():
    segments = write(1, "flag", np.random.default_rng(0), shake=0)
    ends = segments.reshape(-1, 2)
    for x, y in ((25, 32), (55, 0), (52, 100)):
        assert np.abs(ends - (x / 100 - 0.5, y / 100 - 0.5)).sum(axis=1).min() < 1e-9


def test_every_digit_has_the_variants_that_mnist_lacks():
    assert [len(variants(digit)) > 3 for digit in range(10)] == [True] * 10
    for digit, word in ((0, "slashed"), (1, "flag"), (1, "foot"), (4, "open"), (7, "crossed")):
        assert any(word in variant for variant in variants(digit)), (digit, word)
    assert any("curled" in variant for variant in variants(9))


def test_control_points_lie_in_their_box():
    for digit, of_digit in VARIANTS.items():
        for variant, strokes in of_digit.items():
            numbers = [float(n) for n in strokes.replace("|", " ").replace(",", " ").split()]
            assert 0 <= min(numbers) <= max(numbers) <= 100, (digit, variant)


def test_corners_stay_corners():
    """The points of a corner move together: else it would be rounded."""
    for seed in range(20):
        segments = write(7, "plain", np.random.default_rng(seed), shake=0.05)
        assert len(segments) == 16  # two spans; a corner that came apart would be a third


def test_slashes_of_many_kinds():
    oval = np.array([(-0.3, 0), (0.3, 0), (0, -0.5), (0, 0.5)])
    rng = np.random.default_rng(0)
    ways = np.array([s[-1, 1] - s[0, 0] for s in (slash(rng, oval) for _ in range(400))])
    slopes = np.degrees(np.arctan2(-ways[:, 1], ways[:, 0])) % 180
    rising, flat, upright = (
        np.mean(np.abs((slopes - a + 90) % 180 - 90) < 25) for a in (60, 0, 90)
    )
    lengths = np.hypot(*ways.T)
    assert rising > 0.5
    assert flat > 0.05
    assert upright > 0.1
    assert lengths.min() < 0.9  # inside the oval
    assert lengths.max() > 1.5  # far out of it
