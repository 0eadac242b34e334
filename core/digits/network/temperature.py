r"""The temperature that turns a network's raw scores into probabilities.

.. math:: p_d = \frac{e^{z_d / T}}{\sum_j e^{z_j / T}}

Division by T changes no winner, only how sure the winner sounds. A network trained on squared error
needs it: for a perfect answer, one score of 1 and nine of 0, the bare softmax says 0.23.
"""

import math

import numpy as np
import numpy.typing as npt

COLDEST, HOTTEST = 0.01, 100.0
"""The range in which the temperature is sought."""


def softmax(logits: npt.ArrayLike, temperature: float = 1.0) -> npt.NDArray[np.float64]:
    """Turn raw scores into probabilities.

    Parameters
    ----------
    logits : array_like
        (..., k) raw scores.
    temperature : float
        Above 0; smaller makes the winner surer.

    Returns
    -------
    ndarray
        (..., k), each row from 0 to 1 with sum 1.

    Examples
    --------
    >>> perfect_answer = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    >>> round(float(softmax(perfect_answer)[3]), 2)
    0.23
    >>> round(float(softmax(perfect_answer, temperature=0.1)[3]), 2)
    1.0
    """
    scaled = np.asarray(logits, np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def negative_log_likelihood(
    logits: npt.ArrayLike, labels: npt.ArrayLike, temperature: float
) -> float:
    """Give the mean of −ln(probability of the right label), in nats.

    Parameters
    ----------
    logits : array_like
        (n, k) raw scores.
    labels : array_like
        (n,) the right labels, 0 to k − 1.
    temperature : float
        Above 0.

    Returns
    -------
    float
        0 is perfect; ln k is what equal probabilities get.

    Examples
    --------
    >>> round(negative_log_likelihood([[0, 0]], [1], temperature=1), 3)  # ln 2
    0.693
    """
    scaled = np.asarray(logits, np.float64) / temperature
    scaled -= scaled.max(axis=-1, keepdims=True)
    right = np.take_along_axis(scaled, np.asarray(labels, np.intp)[:, None], axis=-1)[:, 0]
    return float(np.mean(np.log(np.exp(scaled).sum(axis=-1)) - right))


def fit_temperature(logits: npt.ArrayLike, labels: npt.ArrayLike) -> float:
    """Find the temperature with the smallest negative log-likelihood, by golden-section search.

    The negative log-likelihood is convex in 1/T, so along ln T it falls, then rises: of two points
    inside the range, the minimum never lies beyond the worse one, and each step drops that end.

    Parameters
    ----------
    logits : array_like
        (n, k) raw scores for images the network has not learned from.
    labels : array_like
        (n,) their labels, 0 to k − 1.

    Returns
    -------
    float
        From 0.01 to 100, found to a thousandth of itself.

    References
    ----------
    C. Guo et al., "On calibration of modern neural networks", ICML 2017.

    Examples
    --------
    Three of four answers are right, so the best probability is 3/4, and ln T = −ln ln 3:

    >>> round(fit_temperature([[1, 0]] * 4, [0, 0, 0, 1]), 2)  # 1 / ln 3
    0.91
    """

    def loss(log_temperature: float) -> float:
        return negative_log_likelihood(logits, labels, math.exp(log_temperature))

    ratio = (math.sqrt(5) - 1) / 2
    low, high = math.log(COLDEST), math.log(HOTTEST)
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    loss_left, loss_right = loss(left), loss(right)
    while high - low > 0.001:
        if loss_left <= loss_right:
            high, right, loss_right = right, left, loss_left
            left = high - ratio * (high - low)
            loss_left = loss(left)
        else:
            low, left, loss_left = left, right, loss_right
            right = low + ratio * (high - low)
            loss_right = loss(right)
    return math.exp((low + high) / 2)
