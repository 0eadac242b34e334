from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recipe import SOURCES as NAMES
from core.digits.train.made import not_digits, pool
from core.digits.train.made.pool import (
    NO_DIGIT,
    SOURCES,
    Chunk,
    Subject,
    chunks_of,
    make_chunk,
    make_pool,
    sketch,
    with_made_digits,
)


@pytest.fixture(scope="module")
def digits():
    train = mnist.load("train")
    return Digits(train.images[:500], train.labels[:500])


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(pool, "CHUNK", 40)


@pytest.mark.parametrize("source", SOURCES)
def test_a_chunk_is_prepared_as_sketches_are(source, digits):
    images, labels = make_chunk(Chunk(source, 0, False), digits)
    assert images.shape == (40, 28, 28)
    assert (images.max(axis=(1, 2)) == 255).all()
    assert (images.min(axis=(1, 2)) == 0).mean() > 0.9
    expected = {NO_DIGIT} if source == "no digit" else set(range(10))
    assert set(labels.tolist()) <= expected
    assert len(set(labels.tolist())) >= min(len(expected), 7)


@pytest.mark.parametrize("source", SOURCES)
def test_seed_and_number_decide(source, digits):
    same, again, other_seed, other_chunk = (
        make_chunk(Chunk(source, chunk, False), digits, seed).images
        for seed, chunk in ((0, 1), (0, 1), (1, 1), (0, 2))
    )
    assert np.array_equal(same, again)
    assert not np.array_equal(same, other_seed)
    assert not np.array_equal(same, other_chunk)


def test_styled_digits_are_all_alike_in_number(digits):
    assert np.bincount(make_chunk(Chunk("styled", 0, False), digits).labels).tolist() == [4] * 10


def test_all_kinds_of_no_digit_are_made(digits):
    rng = np.random.default_rng(0)
    subjects = [pool.no_digit(number, rng, digits) for number in range(31)]
    assert {subject.label for subject in subjects} == {NO_DIGIT}
    assert sum(not subject.inside for subject in subjects) == 1  # the full canvas
    assert len({subject.sizes for subject in subjects}) == 4  # walks, dots and full canvases differ
    assert set(not_digits.SHARES) == set(not_digits.KINDS)


def test_sketches_are_canvases_or_small_pictures():
    rng = np.random.default_rng(0)
    subject = Subject(np.array([[(0, -0.5), (0, 0.5)]]), 1)
    shapes = [sketch(subject, rng).shape for _ in range(120)]
    assert set(shapes) == {(280, 280), (28, 28)}
    assert 0.08 < np.mean([shape == (28, 28) for shape in shapes]) < 0.28


def test_sketches_inside_the_canvas_leave_its_border_empty():
    rng = np.random.default_rng(0)
    subject = Subject(rng.normal(size=(5, 2, 2)), 1)
    for _ in range(50):
        canvas = sketch(subject, rng)
        if len(canvas) == 280:
            assert not canvas[[0, -1]].any()
            assert not canvas[:, [0, -1]].any()


def test_sources_go_by_the_names_that_a_recipe_knows():
    assert tuple(SOURCES) == NAMES


def test_chunks_that_are_held_out_have_numbers_of_their_own():
    chunks = chunks_of({"styled": 1_000, "no digit": 39})
    assert len({(chunk.source, chunk.number) for chunk in chunks}) == len(chunks)
    counts = [
        sum((chunk.source, chunk.held_out) == kind for chunk in chunks)
        for kind in (("styled", False), ("styled", True), ("no digit", False), ("no digit", True))
    ]
    assert counts == [25, 3, 1, 1]


def test_made_digits_are_held_out_beside_mnists(digits):
    made = Digits(digits.images[:30], np.arange(30, dtype=np.uint8) % 11)
    joined = with_made_digits(digits, [made, made])
    assert len(joined.images) == len(joined.labels) == 500 + 2 * 28
    assert np.array_equal(joined.images[:500], digits.images)
    assert np.array_equal(joined.images[500:510], digits.images[:10])
    assert joined.labels.max() < NO_DIGIT


def test_a_pool_has_a_part_that_is_held_out(digits):
    made = make_pool({"styled": 120, "no digit": 30}, digits, n_processes=1)
    assert made.learned.images.shape == (160, 28, 28)  # whole chunks
    assert made.held_out.images.shape == (80, 28, 28)
    learned = {image.tobytes() for image in made.learned.images}
    assert not learned & {image.tobytes() for image in made.held_out.images}
    assert np.bincount(made.learned.labels, minlength=11).tolist() == [12] * 10 + [40]
    assert len(set(made.learned.labels[:20].tolist())) > 4  # mixed


def test_the_pool_is_the_same_with_several_processes(digits, monkeypatch):
    one = make_pool({"styled": 40, "no digit": 80}, digits, seed=3, n_processes=1)
    monkeypatch.setattr(pool, "ProcessPoolExecutor", InThreads)
    two = make_pool({"styled": 40, "no digit": 80}, digits, seed=3, n_processes=2)
    for name in ("learned", "held_out"):
        for a, b in zip(getattr(one, name), getattr(two, name), strict=True):
            assert np.array_equal(a, b)


class InThreads(ThreadPoolExecutor):
    """Stands in for processes, which take seconds to start."""

    def __init__(self, n_processes, context, remember, arguments):
        assert context.get_start_method() == "spawn"
        super().__init__(n_processes)
        remember(*arguments)
