"""Fit what a part of a number scores, the constants of `core.digits.number.separate`.

From the command line::

    python -m benchmarks.numbers.fit

The numbers are made of made digits, by other seeds than the network learned from: no drawing by
anybody decides how a number is split. The likelihood of the right ways is climbed by Adam.
"""

import argparse
import itertools
import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from benchmarks.numbers.composed import Number, compose, cropped
from core.command import quiet
from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.network.model import Model
from core.digits.number.candidates import candidates_of
from core.digits.number.cuts import cuts_through
from core.digits.number.lattice import best_way
from core.digits.number.separate import HEIGHT, features, scaled
from core.digits.recognise import load_recogniser
from core.digits.train.made.pen import draw, place, scatter
from core.digits.train.made.pool import styled, traced

SEED = 30_000
"""Beyond the seeds of training."""
N_WRITERS, N_EACH = 40, 20
ALIKE = 0.7
"""Share of ink that a part and a digit have in common, of all their ink, to be the same."""
RATE, DECAY = 0.15, 1e-3


def made_digits(rng: np.random.Generator) -> tuple[Digits, npt.NDArray[np.str_]]:
    """Write digits with the synthetic pen; each writer has a pen of one width."""
    train = mnist.load("train")
    images, labels = [], []
    for _writer in range(N_WRITERS):
        width = rng.uniform(10, 32)
        for _digit in range(N_EACH):
            source = styled if rng.random() < 0.5 else traced
            subject = source(int(rng.integers(10)), rng, train)
            segments = scatter(subject.segments, rng, slant=0.18, turn=0.12, stretch=0.25)
            images.append(draw(place(segments, rng.uniform(140, 240), rng, width), width))
            labels.append(subject.label)
    writers = np.arange(N_WRITERS).repeat(N_EACH).astype(str)
    return Digits(np.stack(images), np.array(labels, np.uint8)), writers


class Example:
    """A number, all its candidates, and which of them are its digits."""

    def __init__(self, model: Model, number: Number) -> None:
        ink = np.asarray(cropped(number.image) / 255, np.float32)
        factor = min(1.0, HEIGHT / len(ink))
        row = scaled(ink, factor)
        cuts = cuts_through(row)
        self.candidates = candidates_of(row, cuts)
        self.n_cuts = len(cuts.crossed)
        self.features = features(model, self.candidates, model.scores(self.candidates.pixels))
        self.digits = number.digits
        left = min(box[0] for box in number.boxes)
        middles = [(a[2] + b[0]) / 2 for a, b in itertools.pairwise(number.boxes)]
        edges = (np.array([-np.inf, *middles, np.inf]) - left) * factor
        self.right = self._right(row, cuts.columns, edges)

    def _right(
        self,
        row: npt.NDArray[np.float32],
        columns: npt.NDArray[np.intp],
        edges: npt.NDArray[np.float64],
    ) -> list[int] | None:
        """Find the way whose parts are the digits; None if the cuts do not allow it."""
        column = np.arange(row.shape[1])
        starts, ends = self.candidates.starts, self.candidates.ends
        alike = np.full((len(starts), len(self.digits)), -np.inf)
        for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
            inside = (column >= columns[start][:, None]) & (column < columns[end][:, None])
            mine = row * inside
            for digit in range(len(self.digits)):
                of_it = (column + 0.5 >= edges[digit]) & (column + 0.5 < edges[digit + 1])
                both = mine[:, of_it].sum()
                share = both / (mine.sum() + row[:, of_it].sum() - both)
                if share >= ALIKE:
                    alike[k, digit] = share
        ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
        for digit in range(len(self.digits)):
            further: dict[int, tuple[float, list[int]]] = {}
            for k in np.flatnonzero(np.isfinite(alike[:, digit])).tolist():
                if (so_far := ways.get(int(starts[k]))) is not None:
                    way = (so_far[0] + alike[k, digit], [*so_far[1], k])
                    further[int(ends[k])] = max(further.get(int(ends[k]), (-1.0, [])), way)
            ways = further
        found = ways.get(self.n_cuts - 1)
        return None if found is None else found[1]

    def gradient(self, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Give the slope of the right way's log likelihood: its features less the expected ones."""
        assert self.right is not None
        scores = self.features @ weights
        of_any = np.logaddexp.reduce(scores, axis=1)
        starts, ends = self.candidates.starts, self.candidates.ends
        chance = best_way(self.n_cuts, starts, ends, of_any).probabilities
        each = chance[:, None] * np.exp(scores - of_any[:, None])
        right = self.features[self.right, self.digits].sum(axis=0)
        return np.asarray(right - np.einsum("kd,kdf->f", each, self.features))


def fit(examples: Sequence[Example], n_steps: int = 150) -> npt.NDArray[np.float64]:
    """Climb the mean log likelihood of the right ways."""
    usable = [example for example in examples if example.right is not None]
    n = usable[0].features.shape[2]
    weights, mean, square = np.zeros(n), np.zeros(n), np.zeros(n)
    for step in range(1, n_steps + 1):
        slope = np.mean([example.gradient(weights) for example in usable], axis=0)
        slope -= DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = weights + RATE * min(1.0, 2 - 2 * step / n_steps) * move
    return weights


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the constants."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numbers.fit", description=__doc__)
    parser.add_argument("--n", type=int, default=360, help="numbers to learn from; default: 360")
    options = parser.parse_args(arguments)
    model = load_recogniser().model
    digits, writers = made_digits(np.random.default_rng(SEED))
    numbers = compose(digits, writers, options.n, SEED)
    weights = fit([Example(model, number) for number in numbers]).round(2).tolist()
    print("PART, EVIDENCE, LACKING, PROBABLE =", ", ".join(map(str, weights[:4])))
    print("SHAPE =", weights[4:])
    return 0


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
