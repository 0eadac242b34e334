"""A pool of made pictures, prepared as real sketches are: what the sketch recipe learns from.

Each picture is drawn with the synthetic pen on a canvas of 280 by 280 and goes through
`core.digits.image.preparation.to_mnist`, the way of every sketch.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image
from tqdm import tqdm

from core.digits.image.preparation import FIELD, to_mnist
from core.digits.mnist import Digits
from core.digits.train.made import not_digits, styles
from core.digits.train.made.pen import CANVAS, Segments, draw, place, scatter
from core.digits.train.made.trace import ADDITIONS, LOOPS, trace

NO_DIGIT = 10
"""The label of what is no digit."""
CHUNK = 500
"""Pictures made with one seed; the pool is the same with any number of processes."""
HELD_OUT_SHARE = 12


@dataclass(frozen=True)
class Subject:
    """What is to be drawn."""

    segments: Segments
    """(m, 2, 2) of about unit size around the origin."""
    label: int
    sizes: tuple[float, float] = (2.2, 12)
    """The range of its size, in widths of the pen; small ones are as likely as large ones."""
    inside: bool = True
    """Whether it must fit on the canvas; else it is cut off."""


def styled(number: int, rng: np.random.Generator, digits: Digits) -> Subject:
    """Write a digit by one of its variants, all digits and all their variants alike."""
    del digits
    digit = number % 10
    names = styles.variants(digit)
    return Subject(styles.write(digit, names[rng.integers(len(names))], rng), digit)


def traced(number: int, rng: np.random.Generator, digits: Digits) -> Subject:
    """Trace a digit of MNIST; half of the digits that people add something to get it."""
    del number
    segments = None
    while segments is None:
        k = rng.integers(len(digits.images))
        digit = int(digits.labels[k])
        segments = trace(digits.images[k], LOOPS.get(digit))
    if digit in ADDITIONS and rng.random() < 0.5:
        segments = ADDITIONS[digit](segments, rng)
    return Subject(segments, digit)


def no_digit(number: int, rng: np.random.Generator, digits: Digits) -> Subject:
    """Draw something that is no digit, by the shares of `not_digits.SHARES`."""
    turns = [kind for kind, share in not_digits.SHARES.items() for _ in range(share)]
    turn = number % (len(turns) + not_digits.PAIRS)
    if turn < len(turns):
        name = turns[turn]
        sizes = not_digits.SIZES.get(name, Subject.sizes)
        return Subject(not_digits.KINDS[name](rng), NO_DIGIT, sizes, inside=name != "full")
    source = (styled, traced)[turn % 2]
    first, second = (source(int(rng.integers(10)), rng, digits).segments for _ in range(2))
    return Subject(not_digits.side_by_side(first, second, rng), NO_DIGIT)


SOURCES: dict[str, Callable[[int, np.random.Generator, Digits], Subject]] = {
    "styled": styled,
    "traced": traced,
    "no digit": no_digit,
}


def sketch(subject: Subject, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Draw a subject on the canvas: somewhere, in some size, with some pen.

    Most pens are the page's own, 16 to 24 pixels wide. One drawing in eight was recorded coarsely.
    One in six arrives as a picture of 28 by 28 pixels.

    Returns
    -------
    ndarray of uint8
        (280, 280) or (28, 28), 0 is paper and 255 is ink.
    """
    width = rng.uniform(16, 24) if rng.random() < 0.85 else rng.uniform(8, 40)
    size = width * np.exp(rng.uniform(*np.log(subject.sizes)))
    segments = scatter(subject.segments, rng, slant=0.18, turn=0.12, stretch=0.25)
    if rng.random() < 1 / 8:
        steps = rng.uniform(8, 24)
        segments = np.rint(segments * steps) / steps
    inside, middle = subject.inside, CANVAS / 2
    moved = place(segments, size, rng, width) if inside else segments * size + middle
    canvas = draw(moved, width)
    if rng.random() < 1 / 6:
        return np.asarray(Image.fromarray(canvas).reduce(CANVAS // FIELD))
    return canvas


@dataclass(frozen=True)
class Pool:
    """Made pictures (n, 28, 28) and their labels (n,), `NO_DIGIT` among them."""

    learned: Digits
    held_out: Digits
    """Made with other seeds: for choosing the epoch, the temperature and what to refuse."""


class Chunk(NamedTuple):
    """A part of a pool: `CHUNK` pictures of one source, made together."""

    source: str
    number: int
    held_out: bool


def chunks_of(sizes: Mapping[str, int]) -> list[Chunk]:
    """List the parts of a pool.

    Parameters
    ----------
    sizes : mapping
        How many pictures to learn from, by source (a key of `SOURCES`); rounded up to whole chunks.
        A twelfth as many again are held out.

    Examples
    --------
    >>> [len(chunks_of({"styled": n})) for n in (1, 6_000, 48_000)]
    [2, 13, 104]
    """
    chunks = []
    for source, size in sizes.items():
        n_learned = -(-size // CHUNK)
        n_chunks = n_learned + -(-n_learned // HELD_OUT_SHARE)
        chunks += [Chunk(source, number, number >= n_learned) for number in range(n_chunks)]
    return chunks


def assemble(chunks: Iterable[Chunk], made: Iterable[Digits], seed: int = 0) -> Pool:
    """Put a pool together: what is learned from and what is held out, each in a random order."""
    pairs = list(zip(chunks, made, strict=True))
    rng = np.random.default_rng(seed)
    parts = []
    for held_out in (False, True):
        arrays = [digits for chunk, digits in pairs if chunk.held_out == held_out]
        images, labels = (np.concatenate(part) for part in zip(*arrays, strict=True))
        order = rng.permutation(len(images))
        parts.append(Digits(images[order], labels[order]))
    return Pool(*parts)


def make_pool(
    sizes: Mapping[str, int], digits: Digits, seed: int = 0, n_processes: int | None = None
) -> Pool:
    """Make a pool of pictures, with many processes.

    Parameters
    ----------
    sizes : mapping
        As `chunks_of` takes it.
    digits : Digits
        The images of MNIST that may be traced.
    seed : int
        At least 0; the same seed makes the same pool, with any number of processes.
    n_processes : int, optional
        As many as there are processors by default; 1 makes everything in this process.

    Returns
    -------
    Pool
        Its pictures in a random order.
    """
    chunks = chunks_of(sizes)
    if n_processes is None:
        n_processes = os.cpu_count() or 1
    if n_processes == 1:
        return assemble(chunks, [make_chunk(chunk, digits, seed) for chunk in chunks], seed)
    with ProcessPoolExecutor(
        n_processes, get_context("spawn"), _remember, (digits, seed)
    ) as processes:
        making = tqdm(
            processes.map(_make_chunk, chunks), total=len(chunks), unit="chunk", disable=None
        )
        try:
            return assemble(chunks, making, seed)
        except BaseException:  # Ctrl-C: leave the other chunks alone
            processes.shutdown(wait=False, cancel_futures=True)
            raise


def with_made_digits(held_out: Digits, made: Iterable[Digits]) -> Digits:
    """Give what is held out of MNIST together with made pictures, those that are digits."""
    images, labels = [held_out.images], [held_out.labels]
    for pictures in made:
        are_digits = pictures.labels != NO_DIGIT
        images.append(pictures.images[are_digits])
        labels.append(pictures.labels[are_digits])
    return Digits(np.concatenate(images), np.concatenate(labels))


def make_chunk(chunk: Chunk, digits: Digits, seed: int = 0) -> Digits:
    """Make the pictures of one chunk, (CHUNK, 28, 28), and their labels (CHUNK,)."""
    rng = np.random.default_rng((seed, list(SOURCES).index(chunk.source), chunk.number))
    images = np.zeros((CHUNK, FIELD, FIELD), np.uint8)
    labels = np.zeros(CHUNK, np.uint8)
    for number in range(CHUNK):
        prepared = None
        while prepared is None:  # a canvas that is full to the last pixel shows nothing
            subject = SOURCES[chunk.source](number, rng, digits)
            prepared = to_mnist(sketch(subject, rng))
        images[number] = np.rint(prepared * 255)
        labels[number] = subject.label
    return Digits(images, labels)


_digits: list[tuple[Digits, int]] = []
"""What the digits and the seed of a worker process are: sent once, not with each chunk."""


def _remember(digits: Digits, seed: int) -> None:
    _digits[:] = [(digits, seed)]


def _make_chunk(chunk: Chunk) -> Digits:
    return make_chunk(chunk, *_digits[0])
