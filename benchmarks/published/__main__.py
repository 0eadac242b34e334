"""Make the file of drawings that anybody may score: digits written by the project's own pen.

From the command line::

    python -m benchmarks.published PATH.npz

It holds `images` (n, 280, 280) and `labels` (n,), as `benchmarks.drawings` reads them, and a
`licence`.
All its digits come from the project's own stroke models: nothing of MNIST or of any person's hand.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.command import quiet
from core.digits.mnist import Digits
from core.digits.train.made import styles
from core.digits.train.made.pen import CANVAS
from core.digits.train.made.pool import Subject, sketch

SEED = 40_000
"""Beyond the seeds of training."""
N_EACH = 50
"""Drawings of each digit."""
LICENCE = "CC0 1.0: made by the code of Neuron Ladder; do with it what you like."


def pen_digits(n_each: int = N_EACH, seed: int = SEED) -> Digits:
    """Write digits on canvases, with all their variants alike.

    Parameters
    ----------
    n_each : int
        Drawings of each digit.
    seed : int
        The same seed makes the same drawings.

    Returns
    -------
    Digits
        `images` (10 n_each, 280, 280) and `labels` (10 n_each,).

    Examples
    --------
    >>> pen_digits(1).labels.tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    rng = np.random.default_rng(seed)
    images, labels = [], []
    for number in range(n_each):
        for digit in range(10):
            names = styles.variants(digit)
            image = np.zeros((0, 0), np.uint8)
            while image.shape != (CANVAS, CANVAS):  # one in six arrives small
                segments = styles.write(digit, names[number % len(names)], rng)
                image = sketch(Subject(segments, digit, sizes=(4, 12)), rng)
            images.append(image)
            labels.append(digit)
    return Digits(np.stack(images), np.array(labels, np.uint8))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.published", description=__doc__)
    parser.add_argument("path", type=Path, metavar="PATH.npz")
    path: Path = parser.parse_args(arguments).path
    digits = pen_digits()
    np.savez_compressed(path, images=digits.images, labels=digits.labels, licence=LICENCE)
    return 0


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
