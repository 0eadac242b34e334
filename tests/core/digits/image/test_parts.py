import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays

from core.digits.image.parts import has_hole, label_parts, side_by_side


def brute_force_parts(mask):
    """Flood each part in turn."""
    parts = np.zeros(mask.shape, int)
    for start in zip(*np.nonzero(mask), strict=True):
        if parts[start]:
            continue
        name, waiting = parts.max() + 1, [start]
        while waiting:
            y, x = waiting.pop()
            inside = 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
            if inside and mask[y, x] and not parts[y, x]:
                parts[y, x] = name
                waiting += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    return parts


@given(arrays.arrays(np.bool_, (9, 11)))
@settings(max_examples=60)
def test_parts_are_those_a_flood_finds(mask):
    ours, flood = label_parts(mask), brute_force_parts(mask)
    pairs = set(zip(ours.ravel().tolist(), flood.ravel().tolist(), strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


@pytest.mark.parametrize("factor", [1, 7])
def test_two_strokes_side_by_side_are_two_parts(factor):
    ink = np.zeros((40, 30), np.float32)
    ink[:, :4] = ink[6:, 20:25] = 1
    ink[:3, 10:13] = 1  # a dot between them
    left, right = side_by_side(ink.repeat(factor, axis=0).repeat(factor, axis=1))
    assert left.shape == (40 * factor, 4 * factor)
    assert right.shape == (34 * factor, 5 * factor)


@pytest.mark.parametrize(
    "boxes",
    [
        [np.s_[:, :4]],
        [np.s_[:18, :], np.s_[22:, :]],  # one above the other
        [np.s_[:, :4], np.s_[:10, 8:]],  # a stroke and its bar
    ],
)
def test_other_parts_are_no_pair(boxes):
    ink = np.zeros((40, 30), np.float32)
    for box in boxes:
        ink[box] = 1
    assert side_by_side(ink) is None


def test_a_hole_is_paper_within_ink():
    ring = np.pad(np.zeros((3, 3), np.float32), 4, constant_values=1)
    assert has_hole(ring)
    ring[5, :4] = 0  # it is open now
    assert not has_hole(ring)
