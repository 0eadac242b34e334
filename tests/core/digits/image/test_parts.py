import numpy as np
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays

from core.digits.image.parts import label_parts


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
