"""Count how many drawings that are no digit each shipped network refuses, as it should.

From the command line::

    python -m benchmarks.no_digits

The drawings are made by code, with other seeds than the networks learned from; the letters that no
network has learned from have a row of their own.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from core.command import quiet
from core.digits import mnist
from core.digits.network import files
from core.digits.recognise import load_recogniser, shipped_models
from core.digits.train.made import not_digits
from core.digits.train.made.pool import NO_DIGIT, Subject, sketch, traced

SEED = 20_000
"""Beyond the seeds of training."""


def drawings(kind: str, n: int, seed: int = SEED) -> list[npt.NDArray[np.uint8]]:
    """Draw `n` things of a kind that are no digit, on the canvas.

    Parameters
    ----------
    kind : str
        A key of `core.digits.train.made.not_digits.KINDS`, "unknown letter" or "two digits".
    n : int
        How many.
    seed : int
        The same seed gives the same drawings.

    Returns
    -------
    list of ndarray of uint8
        (280, 280) each, or (28, 28) for one in six.

    Examples
    --------
    >>> len(drawings("scribble", 3))
    3
    """
    rng = np.random.default_rng(seed)
    digits = mnist.load("test")
    sizes = not_digits.SIZES.get(kind, Subject.sizes)
    write = not_digits.KINDS.get(kind)
    if kind == "unknown letter":
        write = partial(not_digits.letter, names=not_digits.HELD_OUT)
    images: list[npt.NDArray[np.uint8]] = []
    while len(images) < n:
        if write is None:
            first, second = (traced(0, rng, digits).segments for _ in range(2))
            segments = not_digits.side_by_side(first, second, rng)
        else:
            segments = write(rng)
        images.append(sketch(Subject(segments, NO_DIGIT, sizes, inside=kind != "full"), rng))
    return images


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share refused, kind by kind and network by network."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.no_digits", description=__doc__)
    parser.add_argument("--n", type=int, default=500, help="drawings of each kind; default: 500")
    parser.add_argument("--card", action="store_true", help="write it into the model cards too")
    options = parser.parse_args(arguments)
    recognisers = {name: load_recogniser(path) for name, path in shipped_models().items()}
    refused: dict[str, dict[str, object]] = {name: {} for name in recognisers}
    print("refused, in %   " + " ".join(f"{name:>8}" for name in recognisers))
    for kind in (*not_digits.KINDS, "unknown letter", "two digits"):
        images = drawings(kind, options.n)
        for name, recogniser in recognisers.items():
            readings = recogniser.classify_many(images)
            refused[name][kind] = sum(r.label is None for r in readings) / options.n
        shares = (refused[name][kind] for name in recognisers)
        print(f"{kind:<15} " + " ".join(f"{100 * float(str(share)):8.1f}" for share in shares))
    if options.card:
        for name, path in shipped_models().items():
            card = recognisers[name].card
            measured = {**card.measured, "refused of what is no digit": refused[name]}
            files.write_card(path, replace(card, measured=measured))
    return 0


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
