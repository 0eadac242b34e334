"""Read whole numbers made of single digits, and print how many are right.

From the command line::

    python -m benchmarks.numbers [PATH.npz]

A file holds `images`, `labels` and `writer`, as for `benchmarks.teaching.own_hand`: numbers are
made of one half of the writers, then of the half that nothing was tuned on. Without a file, MNIST's
test images are photographed on lined paper.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.drawings import read_drawings
from benchmarks.numbers.composed import GAPS, Number, compose, held_out_writers
from benchmarks.numbers.photographed import photos
from core.command import quiet
from core.digits import mnist
from core.digits.mnist import Digits
from core.digits.recognise import Reading, Recogniser, load_recogniser, shipped_models
from core.messages import InputError

N_RESAMPLED = 2_000


@dataclass(frozen=True)
class Outcome:
    """How one number was read; what is doubted counts as wrong."""

    gap: str
    writer: str
    n_digits: int
    n_right: int
    whole: bool
    """Whether all of it is right."""
    wrong_and_sure: bool
    """Whether it is wrong, and no digit of it was doubted."""


def outcome(number: Number, reading: Reading) -> Outcome:
    """Compare what was read with what was drawn."""
    drawn = "".join(map(str, number.digits))
    n_right = len(drawn) - edits(drawn, reading.text)
    whole = reading.number == drawn
    return Outcome(
        gap=number.gap,
        writer=number.writer,
        n_digits=len(drawn),
        n_right=max(0, n_right),
        whole=whole,
        wrong_and_sure=reading.number is not None and not whole,
    )


def edits(one: str, other: str) -> int:
    """Count the digits to change, to add or to leave out to get from one number to another.

    References
    ----------
    V. Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966.

    Examples
    --------
    >>> edits("123", "1?3"), edits("123", "13"), edits("5", "5")
    (1, 1, 0)
    """
    so_far = list(range(len(other) + 1))
    for i, mine in enumerate(one, start=1):
        before, so_far = so_far, [i]
        for j, its in enumerate(other):
            changed = before[j] + (mine != its)
            so_far.append(min(changed, before[j + 1] + 1, so_far[j] + 1))
    return so_far[-1]


def read_all(recogniser: Recogniser, numbers: Sequence[Number]) -> tuple[list[Outcome], float]:
    """Read numbers; give how each was read, and the processor's seconds that one takes."""
    began = time.process_time()
    outcomes = [outcome(number, recogniser.read(number.image)) for number in numbers]
    return outcomes, (time.process_time() - began) / len(numbers)


def interval(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Give the 95 % interval of whole numbers right; writers are drawn again and again by chance.

    Where one writer wrote them all, the numbers are.
    """
    rng = np.random.default_rng(0)
    right = np.array([one.whole for one in outcomes], float)
    names, writer = np.unique([one.writer for one in outcomes], return_inverse=True)
    if len(names) == 1:
        writer = np.arange(len(right))
    n, n_right = np.bincount(writer), np.bincount(writer, right)
    drawn = rng.integers(len(n), size=(N_RESAMPLED, len(n)))
    low, high = np.quantile(n_right[drawn].sum(axis=1) / n[drawn].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def report(title: str, outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print a table: kind by kind of gap, then all."""
    print(f"{title}: {len(outcomes):,} numbers, in %; {1000 * seconds:.0f} ms each")
    print("gaps        digits   whole  (95 %)         wrong and sure")
    for kind in (*GAPS, "all"):
        some = [one for one in outcomes if kind in (one.gap, "all")]
        if not some:
            continue
        digits = sum(one.n_right for one in some) / sum(one.n_digits for one in some)
        whole = np.mean([one.whole for one in some])
        low, high = interval(some)
        sure = np.mean([one.wrong_and_sure for one in some])
        print(
            f"{kind:<10} {100 * digits:7.1f} {100 * whole:7.1f}"
            f"  ({100 * low:.1f} to {100 * high:.1f}) {100 * sure:12.1f}"
        )


def halves(
    drawings: Digits, writers: npt.NDArray[np.str_], which: Sequence[str]
) -> dict[str, tuple[Digits, npt.NDArray[np.str_]]]:
    """Part drawings by their writers."""
    are_held_out = np.isin(writers, sorted(held_out_writers(writers)))
    chosen = {"seen": ~are_held_out, "held out": are_held_out}
    return {
        name: (Digits(*(array[mask] for array in drawings)), writers[mask])
        for name, mask in chosen.items()
        if name in which
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 2 if the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numbers", description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH.npz")
    parser.add_argument("--n", type=int, default=900, help="numbers of each half; default: 900")
    parser.add_argument("--seed", type=int, default=0, help="default: 0")
    parser.add_argument("--network", choices=[*shipped_models()], default="sketch")
    parser.add_argument("--half", choices=("seen", "held out"), help="only one half; default: both")
    options = parser.parse_args(arguments)
    recogniser = load_recogniser(shipped_models()[options.network])
    sets: dict[str, list[Number]] = {}
    try:
        if options.path is None:
            test = mnist.load("test")
            sets["MNIST on lined paper"] = photos(test, options.n, options.seed)
        else:
            drawings = read_drawings(options.path)
            with np.load(options.path, allow_pickle=False) as archive:
                if "writer" not in archive:
                    raise InputError(
                        '{path} does not hold "writer", a name for each image.', path=options.path
                    )
                writers = archive["writer"]
            which = [options.half] if options.half else ["seen", "held out"]
            for name, (some, theirs) in halves(drawings, writers, which).items():
                sets[f"writers {name}"] = compose(some, theirs, options.n, options.seed)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for title, numbers in sets.items():
        report(title, *read_all(recogniser, numbers))
    return 0


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
