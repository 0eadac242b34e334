"""What is true of a network that reads all test images, by name."""

from core.digits.network.evaluation import Evaluation
from core.learning.claims import Facts
from core.number import as_written

N_IN_CODE = 5
"""Digits of a postcode."""

PAIRS = ("zero_or_one", "two_or_three", "four_or_five", "six_or_seven", "eight_or_nine")
"""The digits, two and two: among these one guesses."""


def facts(
    evaluation: Evaluation,
    after: Evaluation | None = None,
    *,
    n_silenced: int = 0,
    n_units: int = 1,
    is_own: bool = False,
) -> Facts:
    """Tell the facts of a network, and of what is left without some of its units.

    Parameters
    ----------
    evaluation : Evaluation
        What the network reads.
    after : Evaluation or None
        What it reads without the silenced units; None where it has no hidden layer.
    n_silenced, n_units : int
        How many units of a layer are silenced, and how many it has.
    is_own : bool, default=False
        Whether the reader trained it.

    Returns
    -------
    dict of str to int, float or str
        ``codes_read`` counts the postcodes that the images make, five by five in their order, and
        that are read without a mistake.

    Examples
    --------
    >>> import numpy as np
    >>> probabilities = np.eye(10)[[9, 9, 9, 4]]  # four images, the last one misread
    >>> told = facts(Evaluation(np.array([9, 9, 9, 9], np.uint8), probabilities))
    >>> told["n_wrong"], told["percent"], round(told["code_percent"], 1), told["worst_digit"]
    (1, 75.0, 23.7, 'eight_or_nine')
    """
    right, n = int(evaluation.is_right.sum()), int(evaluation.labels.size)
    n_codes = n // N_IN_CODE
    in_codes = evaluation.is_right[: n_codes * N_IN_CODE].reshape(n_codes, N_IN_CODE)
    wrong_of = evaluation.confusion.sum(axis=1) - evaluation.confusion.diagonal()
    total_of = evaluation.confusion.sum(axis=1)
    worst = int((wrong_of / total_of.clip(1)).argmax())
    accuracy = right / n
    percent = as_written(100 * accuracy)
    return {
        "n_images": n,
        "n_wrong": n - right,
        "percent": percent,
        "code_percent": 100 * (percent / 100) ** N_IN_CODE,
        "code_with_shared": 100 - (100 - percent) / N_IN_CODE,
        "n_codes": n_codes,
        "codes_read": int(in_codes.all(axis=1).sum()),
        "nines_as_fours": int(evaluation.confusion[9, 4]),
        "worst": worst,
        "worst_wrong": int(wrong_of[worst]),
        "worst_of": int(total_of[worst]),
        "worst_digit": PAIRS[worst // 2],
        "is_own": int(is_own),
        "silenced_share": n_silenced / n_units,
        "points_lost": 0.0 if after is None else 100 * (accuracy - after.accuracy),
    }
