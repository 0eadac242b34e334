import numpy as np
import pytest

from core.digits import mnist
from core.digits.image.preparation import to_mnist
from core.digits.train.made.pen import draw, place, spline
from core.digits.train.made.trace import ADDITIONS, LOOPS, connect, thin, trace
from tests.core.digits.strokes import STROKES
from tests.core.digits.strokes import draw as draw_digit


@pytest.fixture(scope="module")
def digits():
    train = mnist.load("train")
    return train.images[:300], train.labels[:300]


def test_thinning_leaves_lines_one_pixel_wide():
    bar = np.zeros((30, 40), bool)
    bar[8:15, 5:35] = True
    line = thin(bar)
    assert (line & ~bar).sum() == 0
    assert line.any(axis=0)[10:30].all()
    assert line[:, 10:30].sum(axis=0).max() == 1
    assert 10 <= np.nonzero(line)[0].mean() <= 12


def test_thinning_keeps_what_belongs_together_and_its_holes():
    ring = np.zeros((40, 40), bool)
    down, right = np.mgrid[:40, :40] - 20
    distance = np.hypot(down, right)
    ring[(distance > 7) & (distance < 14)] = True
    points, links = connect(thin(ring))
    assert len(points) == len(links)  # one loop
    reached, new = {0}, {0}
    neighbours = {k: set() for k in range(len(points))}
    for a, b in links:
        neighbours[a].add(b)
        neighbours[b].add(a)
    while new:
        new = set().union(*(neighbours[k] for k in new)) - reached
        reached |= new
    assert len(reached) == len(points)


def test_a_single_pixel_is_a_dot():
    one = np.zeros((5, 5), bool)
    one[2, 2] = True
    points, links = connect(thin(one))
    assert points.tolist() == [[2, 2]]
    assert links.tolist() == [[0, 0]]


def test_a_traced_digit_drawn_again_looks_the_same(digits):
    images, _ = digits
    rng = np.random.default_rng(0)
    similar = []
    for image in images[:100]:
        again = to_mnist(draw(place(trace(image), 190, rng, 20), 20)).ravel()
        similar.append(np.corrcoef(again, to_mnist(image).ravel())[0, 1])
    assert np.median(similar) > 0.7
    assert np.min(similar) > 0.2


def test_loops_are_counted(digits):
    zero, seven = ((to_mnist(draw_digit(digit)) * 255).astype(np.uint8) for digit in (0, 7))
    assert trace(zero, 1) is not None
    assert trace(zero, 0) is None
    assert trace(seven, 0) is not None
    assert trace(seven, 1) is None
    kept = [trace(i, LOOPS[int(d)]) is not None for i, d in zip(*digits, strict=True) if d in LOOPS]
    assert 0.5 < np.mean(kept) < 0.95


@pytest.mark.parametrize("digit", sorted(ADDITIONS))
def test_additions_leave_the_digit_and_add_strokes(digit, digits):
    images, labels = digits
    rng = np.random.default_rng(0)
    for image in images[labels == digit][:10]:
        plain = trace(image)
        more = ADDITIONS[digit](plain, rng)
        assert np.array_equal(more[: len(plain)], plain)
        assert len(more) > len(plain)
        assert np.abs(more).max() < 2.5


def test_the_bar_crosses_the_seven():
    stroke = (np.array(STROKES[7][0]) - 140) / 180
    crossed = ADDITIONS[7](spline(stroke), np.random.default_rng(0))
    bar = crossed[16:]
    assert np.ptp(bar[..., 0]) > 0.2
    assert np.ptp(bar[..., 1]) < 0.2
    assert bar[..., 0].min() < 0 < bar[..., 0].max()


def test_the_tail_goes_left():
    stem = spline([(0.1, -0.5), (0.1, 0.5)])
    tail = ADDITIONS[9](stem, np.random.default_rng(0))[len(stem) :]
    assert tail[0, 0].tolist() == [0.1, 0.5]
    assert tail[-1, 1, 0] < 0
