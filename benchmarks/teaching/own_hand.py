"""Measure what it brings to teach a network a hand, and what it forgets meanwhile.

From the command line::

    python -m benchmarks.teaching.own_hand PATH.npz

A file holds `images` and `labels` as for `benchmarks.drawings`, and `writer` (n,), a name for each.
Of each writer one drawing of each digit is learned, drawn by chance, and all others are scored; so
five times. Whoever wrote a digit once only is not scored on it.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.drawings import read_drawings
from benchmarks.no_digits import drawings
from core.command import quiet
from core.digits import mnist
from core.digits.handwriting.asking import take
from core.digits.handwriting.teach import teach
from core.digits.mnist import Digits
from core.digits.recognise import Recogniser, load_recogniser, shipped_models
from core.messages import InputError

N_RESAMPLED = 10_000


@dataclass
class Tally:
    """What was read after teaching in one way: for each writer and draw the shares right."""

    before: list[list[float]] = field(default_factory=list)
    after: list[list[float]] = field(default_factory=list)
    mnist_lost: list[float] = field(default_factory=list)
    """In points; of the first draw."""
    scribbles: list[float] = field(default_factory=list)
    """The share refused of what is no digit; of the first draw."""


def split_by_chance(
    labels: npt.NDArray[np.uint8], rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Choose one drawing of each digit to learn from.

    Examples
    --------
    >>> learned = split_by_chance(np.array([3, 3, 7], np.uint8), np.random.default_rng(0))
    >>> int(learned.sum()), bool(learned[2])
    (2, True)
    """
    learned = np.zeros(len(labels), np.bool_)
    for digit in np.unique(labels):
        learned[rng.choice(np.flatnonzero(labels == digit))] = True
    return learned


def share_right(recogniser: Recogniser, digits: Digits) -> float:
    """Give the share that is read right; a refused drawing counts as wrong."""
    readings = recogniser.classify_many(list(digits.images))
    right = [r.label == label for r, label in zip(readings, digits.labels.tolist(), strict=True)]
    return float(np.mean(right))


def mnist_right(recogniser: Recogniser, test: Digits) -> float:
    """Give the share of MNIST's test images whose likeliest digit is right."""
    answers = recogniser.model.scores(test.pixels()).argmax(axis=1)
    return float((answers == test.labels).mean())


def interval(differences: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Give the 95 % interval of the mean over writers, who are drawn again and again by chance."""
    rng = np.random.default_rng(0)
    again = rng.choice(differences, (N_RESAMPLED, differences.size)).mean(axis=1)
    low, high = np.quantile(again, [0.025, 0.975])
    return float(low), float(high)


def measure(
    path: Path,
    n_draws: int,
    n_writers: int | None = None,
    n_test: int = 10_000,
    network: str = "sketch",
) -> dict[str, Tally]:
    """Teach each writer's hand, with MNIST beside and without."""
    found = read_drawings(path)
    with np.load(path, allow_pickle=False) as archive:
        if "writer" not in archive:
            raise InputError('{path} does not hold "writer", a name for each image.', path=path)
        writers = archive["writer"]
    old = load_recogniser(shipped_models()[network])
    train, test = mnist.load("train"), mnist.load("test")
    test = Digits(test.images[:n_test], test.labels[:n_test])
    scribbles = drawings("scribble", 100)
    before_mnist = mnist_right(old, test)
    tallies = {"before": Tally(), "with MNIST beside": Tally(), "without": Tally()}
    tallies["before"].scribbles.append(refused(old, scribbles))
    for writer in np.unique(writers)[:n_writers]:
        own = Digits(*(array[writers == writer] for array in found))
        samples = [take(int(label), image) for image, label in zip(*own, strict=True)]
        for tally in tallies.values():
            tally.before.append([])
            tally.after.append([])
        for draw in range(n_draws):
            learned = split_by_chance(own.labels, np.random.default_rng(draw))
            rest = Digits(*(array[~learned] for array in own))
            lesson = [one for one, is_one in zip(samples, learned, strict=True) if is_one and one]
            before = share_right(old, rest)
            for name, beside in (("with MNIST beside", train), ("without", None)):
                taught = Recogniser(teach(old.model, lesson, beside, seed=draw))
                tally = tallies[name]
                tally.before[-1].append(before)
                tally.after[-1].append(share_right(taught, rest))
                if draw == 0:
                    tally.mnist_lost.append(100 * (before_mnist - mnist_right(taught, test)))
                    tally.scribbles.append(refused(taught, scribbles))
    return tallies


def refused(recogniser: Recogniser, images: list[npt.NDArray[np.uint8]]) -> float:
    """Give the share of drawings that get no label."""
    return float(np.mean([r.label is None for r in recogniser.classify_many(images)]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was gained and lost; 2 if the file cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.teaching.own_hand", description=__doc__
    )
    parser.add_argument("path", type=Path, metavar="PATH.npz")
    parser.add_argument("--draws", type=int, default=5, help="of what is learned; default: 5")
    parser.add_argument("--writers", type=int, help="only so many; default: all")
    parser.add_argument("--test", type=int, default=10_000, help="images of MNIST to read again")
    parser.add_argument(
        "--network", choices=[*shipped_models()], default="sketch", help="that is taught"
    )
    options = parser.parse_args(arguments)
    try:
        tallies = measure(
            options.path, options.draws, options.writers, options.test, options.network
        )
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    scribbles = tallies.pop("before").scribbles[0]
    print(f"refused of 100 scribbles before: {100 * scribbles:.0f} %")
    for name, tally in tallies.items():
        before, after = (np.mean(shares, axis=1) for shares in (tally.before, tally.after))
        low, high = interval(after - before)
        print(
            f"{name}: right {100 * before.mean():.2f} → {100 * after.mean():.2f} %,"
            f" {100 * low:+.2f} to {100 * high:+.2f} points (95 %, {len(before)} writers);"
            f" MNIST lost {np.mean(tally.mnist_lost):.2f} points, at most"
            f" {np.max(tally.mnist_lost):.2f}; refused of scribbles"
            f" {100 * np.mean(tally.scribbles):.0f} %"
        )
    return 0


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
