"""Score the shipped networks on drawings: per digit, what is refused, and how well calibrated.

From the command line::

    python -m benchmarks.drawings PATH.npz...

A file holds `images` (n, H, W), (n, H, W, 3) or (n, H, W, 4) of uint8 and `labels` (n,), 0 to 9.
"""

import argparse
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.command import quiet
from core.digits.image.preparation import FIELD
from core.digits.mnist import Digits
from core.digits.network import files
from core.digits.recognise import Recogniser, load_recogniser, shipped_models
from core.messages import InputError

N_BINS = 15
N_MISTAKES = 8


@dataclass(frozen=True)
class Score:
    """How a network reads a set of drawings; shares from 0 to 1."""

    n_drawings: int
    accuracy: float
    """A refused drawing counts as wrong."""
    refused: float
    calibration_error: float
    """Expected calibration error of the likeliest digit's probability."""
    per_digit: dict[str, float]
    """The accuracy on each digit that is in the set."""
    mistakes: dict[str, int]
    """The most frequent ones, like "9 read as 3" or "4 refused"."""


def read_drawings(path: Path) -> Digits:
    """Read drawings and their labels.

    Parameters
    ----------
    path : Path
        An archive of numpy arrays, ``.npz``.

    Returns
    -------
    Digits

    Raises
    ------
    InputError
        If the file cannot be read or does not hold such arrays.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            images, labels = archive["images"], archive["labels"]
    except OSError as error:
        raise InputError(
            "{path} cannot be read: {reason}.",
            path=path,
            reason=error.strerror or "it is no .npz file",
        ) from None
    except (ValueError, KeyError, EOFError, AttributeError, TypeError, zipfile.BadZipFile):
        raise InputError(
            '{path} is no .npz file with the arrays "images" and "labels".', path=path
        ) from None
    grey = images.ndim == 3
    if images.dtype != np.uint8 or not (grey or (images.ndim == 4 and images.shape[3] in (3, 4))):
        raise InputError(
            '"images" in {path} must be uint8 of shape (n, H, W), (n, H, W, 3) or (n, H, W, 4),'
            " not {dtype} of shape {shape}.",
            path=path,
            dtype=images.dtype,
            shape=images.shape,
        )
    fits = labels.shape == (len(images),) and np.issubdtype(labels.dtype, np.integer)
    if not (fits and len(labels) and labels.min() >= 0 and labels.max() <= 9):
        raise InputError(
            '"labels" in {path} must be one whole number from 0 to 9 for each image.', path=path
        )
    return Digits(images, labels.astype(np.uint8))


def shrink(drawings: Digits) -> Digits:
    """Shrink each image to 28×28 pixels, averaging over what falls together.

    Examples
    --------
    >>> shrink(Digits(np.full((1, 280, 280), 9, np.uint8), np.zeros(1, np.uint8))).images.shape
    (1, 28, 28)
    """
    small = [
        np.asarray(Image.fromarray(image).resize((FIELD, FIELD), Image.Resampling.BOX))
        for image in drawings.images
    ]
    return Digits(np.array(small), drawings.labels)


def score(recogniser: Recogniser, drawings: Digits) -> Score:
    """Read all drawings, and compare with their labels."""
    readings = recogniser.classify_many(list(drawings.images))
    answers = np.array([-1 if r.label is None else r.label for r in readings])
    probabilities = np.array([r.probabilities for r in readings])
    right = answers == drawings.labels
    return Score(
        n_drawings=len(readings),
        accuracy=float(right.mean()),
        refused=float(np.mean(answers == -1)),
        calibration_error=calibration_error(probabilities, drawings.labels),
        per_digit={
            str(digit): float(right[drawings.labels == digit].mean())
            for digit in np.unique(drawings.labels)
        },
        mistakes=mistakes(answers, drawings.labels),
    )


def mistakes(answers: npt.NDArray[np.int_], labels: npt.NDArray[np.uint8]) -> dict[str, int]:
    """Count the mistakes of each kind; the most frequent ones first.

    Examples
    --------
    >>> mistakes(np.array([3, 3, 4, -1]), np.array([9, 9, 4, 4], np.uint8))
    {'9 read as 3': 2, '4 refused': 1}
    """
    kinds = Counter(
        f"{label} refused" if answer < 0 else f"{label} read as {answer}"
        for answer, label in zip(answers.tolist(), labels.tolist(), strict=True)
        if answer != label
    )
    return dict(kinds.most_common(N_MISTAKES))


def calibration_error(
    probabilities: npt.NDArray[np.float64], labels: npt.NDArray[np.uint8]
) -> float:
    """Give the expected calibration error: how far confidence and accuracy lie apart.

    The drawings are put into bins by the likeliest digit's probability; in each bin its mean is
    compared with the share that is right, and the bins count by their drawings.

    References
    ----------
    C. Guo et al., "On calibration of modern neural networks", ICML 2017.

    Examples
    --------
    Half right at a probability of 0.9 is 0.4 off:

    >>> probabilities = np.array([[0.9, 0.1], [0.9, 0.1]])
    >>> round(calibration_error(probabilities, np.array([0, 1], np.uint8)), 3)
    0.4
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    gaps = [np.sum(confidence[bins == b] - right[bins == b]) for b in range(N_BINS)]
    return float(np.sum(np.abs(gaps)) / len(labels))


def wilson(n_right: float, n: float) -> tuple[float, float]:
    """Give the 95 % interval of a share, for drawings that know nothing of each other.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.

    Examples
    --------
    >>> low, high = wilson(99, 100)
    >>> round(low, 3), round(high, 3)
    (0.946, 0.998)
    """
    z = 1.96
    middle = (n_right + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(n_right * (n - n_right) / n + z**2 / 4)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def interval_lines(result: Score, labels: npt.NDArray[np.uint8]) -> list[str]:
    """Write the two ends of the 95 % intervals below a line of the table."""
    n = np.bincount(labels, minlength=10)
    limits = {d: wilson(share * n[int(d)], n[int(d)]) for d, share in result.per_digit.items()}
    of_all = wilson(result.accuracy * result.n_drawings, result.n_drawings)
    lines = []
    for end, word in enumerate(("from", "to")):
        per_digit = " ".join(
            f"{100 * limits[str(d)][end]:5.1f}" if str(d) in limits else "    –" for d in range(10)
        )
        lines.append(f"  {word:<8} {100 * of_all[end]:6.2f}               | {per_digit}")
    return lines


def line(name: str, result: Score) -> str:
    """Write a score as one line of the table."""
    per_digit = " ".join(
        f"{100 * result.per_digit[str(d)]:5.1f}" if str(d) in result.per_digit else "    –"
        for d in range(10)
    )
    return (
        f"{name:<10} {100 * result.accuracy:6.2f} {100 * result.refused:7.2f}"
        f" {100 * result.calibration_error:5.2f} | {per_digit}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each file; 2 if one could not be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drawings", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH.npz")
    parser.add_argument(
        "--card",
        action="store_true",
        help="write the results into the model cards too, under the files' names",
    )
    parser.add_argument(
        "--small", action="store_true", help="shrink the drawings to 28×28 pixels before"
    )
    parser.add_argument("--intervals", action="store_true", help="print 95 %% intervals, too")
    options = parser.parse_args(arguments)
    exit_code = 0
    for path in options.paths:
        try:
            drawings = read_drawings(path)
        except InputError as error:
            print(error, file=sys.stderr)
            exit_code = 2
            continue
        title = path.stem
        if options.small:
            drawings, title = shrink(drawings), f"{title}, as 28×28"
        print(f"{title}: {len(drawings.labels):,} drawings, in %")
        print("network     right refused   ECE | " + " ".join(f"{d:5d}" for d in range(10)))
        for name, weights in shipped_models().items():
            recogniser = load_recogniser(weights)
            result = score(recogniser, drawings)
            print(line(name, result))
            if options.intervals:
                print("\n".join(interval_lines(result, drawings.labels)))
            if options.card:
                card = recogniser.card
                measured = {**card.measured, title: asdict(result)}
                files.write_card(weights, replace(card, measured=measured))
    return exit_code


if __name__ == "__main__":
    with quiet():
        sys.exit(main())
