r"""What a learning rate will do in Weight and bias, told from the curvatures before the run.

The error over a batch :math:`B` is a bowl. Its curvature is the Hessian, of the batch's own means:

.. math:: H_B = 2 \begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}

An update with a batch of curvature :math:`H_B` maps every distance :math:`d` in the plane of
:math:`(w, b)` to :math:`(I - \eta H_B) \, d`. Two runs over the same batches therefore come closer
to each other, or move apart, by exactly the product :math:`\prod_B (I - \eta H_B)`, whose spectral
radius :math:`\rho` is the factor of an epoch. So the learning rate's effect is known before the
run, with :math:`\lambda_B` for the larger eigenvalue of :math:`H_B`:

=============  ====================================================================================
creeping       no batch's minimum is passed, but the run is too short: more than 5 % of the start's
               distance is left in the slowest direction, :math:`\rho > 0.05` over all epochs
good           no batch's minimum is passed, :math:`\eta \le 1 / \max \lambda_B`, and the start is
               forgotten
oscillating    some updates land on the other side of their batch's minimum, but closer to it
overshooting   some updates throw the parameters farther from it, :math:`\eta > 2 / \max \lambda_B`
               (for one sample, :math:`\lambda_B = 2 (x^2 + 1)`: its own error grows), and the
               others make up for it
diverging      they do not: :math:`\rho \ge 1`; or somewhere on the way a stretch of updates makes a
               distance 1,000 times as long, and a loss a million times as high, which is where a
               run counts as diverged
=============  ====================================================================================

The full batch has one Hessian: good up to :math:`1/\lambda_{\max}`, oscillating up to
:math:`2/\lambda_{\max}`, diverging beyond, and nothing between.

The batches are those the run itself will draw: its seed's orders, epoch by epoch (:math:`\rho` is
then the geometric mean over these epochs). Of a run that sees more than 200,000 samples, the first
200,000 (at least one epoch) stand for all; epochs in data order are all alike. How far a run is
thrown also depends on how far the samples are from the line, so runs right at the limit may go
either way.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from core.datasets import as_samples
from core.hyperparameters import size_of_batch
from core.lines.gradient_descent.rates import CREEPING, LONGEST_SWING, MAX_SAMPLES, Band, Zone
from core.lines.weight_and_bias import Config
from core.lines.weight_and_bias.bowl import bowl_of, largest_eigenvalue


def epoch_factor(x: ArrayLike, config: Config) -> float:
    r"""Return the spectral radius of :math:`\prod_B (I - \eta H_B)` over the batches of an epoch.

    Below 1, runs from different starts come together, in the slowest direction by this factor an
    epoch. Where epochs differ (shuffled), it is the geometric mean over the run's epochs. If all x
    are equal, only the direction across the endless valley counts: along it nothing ever moves.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters.

    Examples
    --------
    For x = −1 and 1 both directions shrink by 1 − 2·η·2 in an epoch:

    >>> round(epoch_factor([-1, 1], Config(learning_rate=0.1)), 12)
    0.6
    """
    with np.errstate(over="ignore"):
        return float(np.exp(_log_factor(_curvatures(x, config), config.learning_rate)))


def overshoot_learning_rate(x: ArrayLike, config: Config) -> float:
    r"""Return the learning rate above which a batch throws the parameters off its own minimum.

    It is :math:`2 / \max \lambda_B`; for single samples :math:`1 / (\max(x^2) + 1)`, above which
    that sample's error is larger after its update than before.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters; its learning rate does not matter.

    Examples
    --------
    >>> overshoot_learning_rate([0, 1], Config(batch_size=1))
    0.5
    """
    return 2 / _curvatures(x, config).largest


def stable_limit(x: ArrayLike, config: Config) -> float:
    r"""Return the learning rate at which runs begin to diverge.

    For the full batch it is :math:`2/\lambda_{\max}`. For batches it is the rate up to which the
    spectral radius of the epoch's product stays below 1 and no stretch of updates makes a distance
    1,000 times as long, whichever ends first. (Where many samples come sorted, an epoch that
    shrinks every distance in the end may make it astronomically long on the way.)

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters; its learning rate does not matter.

    Examples
    --------
    >>> round(stable_limit([0, 1], Config(batch_size=None)), 6)  # 2 / (1.5 + √1.25)
    0.763932
    >>> round(stable_limit([0, 1], Config(batch_size=1)), 6)  # ρ² = (1 − 2·η)·(1 − 4·η) = 1
    0.75
    """
    return zones(x, config)[-1].low


def zone(x: ArrayLike, config: Config) -> Zone:
    """Tell what ``config.learning_rate`` will do; the module's text says what each zone means.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters.

    Examples
    --------
    >>> [zone([0, 1], Config(learning_rate=rate)) for rate in (0.001, 0.2, 0.4, 0.6, 0.8)]
    ['creeping', 'good', 'oscillating', 'overshooting', 'diverging']
    """
    return next(
        band.zone for band in reversed(zones(x, config)) if config.learning_rate >= band.low
    )


def zones(x: ArrayLike, config: Config) -> list[Band]:
    """Return what each learning rate will do: bands from 0 to infinity, without gaps.

    Parameters
    ----------
    x : array_like of float, shape (n_samples,)
        Inputs.
    config : Config
        The hyperparameters; its learning rate does not matter.

    Returns
    -------
    list of Band
        In order; zones that no learning rate reaches are left out. Above the first diverging rate
        there may be narrow ranges in which a run converges again, because they take some batch
        almost straight to its minimum; they count as diverging.

    Examples
    --------
    >>> for band in zones([0, 1], Config(n_epochs=100)):
    ...     print(f"{band.zone:<12} {band.low:.3f} {band.high:.3f}")
    creeping     0.000 0.037
    good         0.037 0.250
    oscillating  0.250 0.500
    overshooting 0.500 0.750
    diverging    0.750 inf
    """
    curvatures = _curvatures(x, config)
    half, overshoot = 1 / curvatures.largest, 2 / curvatures.largest
    creeping, limit = _creeping_limit(curvatures, config.n_epochs), _stable_limit(curvatures)
    bands = [
        Band("creeping", 0.0, creeping),
        Band("good", creeping, half),
        Band("oscillating", half, overshoot),
        Band("overshooting", overshoot, limit),
        Band("diverging", limit, np.inf),
    ]
    return [band for band in bands if band.low < band.high]


class Curvatures(NamedTuple):
    """The Hessians 2·[[square, mean], [mean, 1]] of a run's batches, epoch after epoch."""

    squares: NDArray[np.float64]  # each batch's mean of x², shape (n_epochs · n_batches,)
    means: NDArray[np.float64]  # each batch's mean of x
    n_epochs: int
    largest: float  # the largest eigenvalue of any batch
    alike: bool  # all batches have one Hessian: the full batch, or x without spread
    flat: bool  # x has no spread


def _curvatures(x: ArrayLike, config: Config) -> Curvatures:
    """The batches that `descend` will draw; two epochs in data order stand for all."""
    x, _ = as_samples(x, x)
    batch_size = size_of_batch(config.batch_size, x.size)
    firsts = np.arange(0, x.size, batch_size)
    sizes = np.diff(firsts, append=x.size)
    shuffle = config.shuffle and firsts.size > 1
    enough = max(1, MAX_SAMPLES // x.size) if shuffle else 2
    n_epochs = min(config.n_epochs, enough)
    rng = np.random.default_rng(config.seed)
    squares, means = np.empty((2, n_epochs, firsts.size))
    for epoch in range(n_epochs):
        values = x[rng.permutation(x.size)] if shuffle else x
        squares[epoch] = np.add.reduceat(values**2, firsts) / sizes
        means[epoch] = np.add.reduceat(values, firsts) / sizes
    flat = bowl_of(x, x).spread == 0
    return Curvatures(
        squares=squares.ravel(),
        means=means.ravel(),
        n_epochs=n_epochs,
        largest=float(largest_eigenvalue(squares, means).max()),
        alike=flat or firsts.size == 1,
        flat=flat,
    )


@njit(cache=True, nogil=True)
def log_radius(squares, means, learning_rate):  # type: ignore[no-untyped-def]
    """Multiply I − η·H_B over all batches; return the log of the product's spectral radius."""
    a, b, c, d = 1.0, 0.0, 0.0, 1.0  # the product so far, [[a, b], [c, d]]
    log_scale = 0.0
    for k in range(squares.size):
        ww = 1 - 2 * learning_rate * squares[k]  # I − η·H_B = [[ww, wb], [wb, bb]]
        wb = -2 * learning_rate * means[k]
        bb = 1 - 2 * learning_rate
        a, b, c, d = ww * a + wb * c, ww * b + wb * d, wb * a + bb * c, wb * b + bb * d
        size = max(abs(a), abs(b), abs(c), abs(d))
        if 0 < size < 1e-100 or size > 1e100:
            a, b, c, d = a / size, b / size, c / size, d / size
            log_scale += np.log(size)
    half_trace, determinant = (a + d) / 2, a * d - b * c
    discriminant = half_trace**2 - determinant
    radius = np.sqrt(abs(determinant))  # of a pair of complex eigenvalues
    if discriminant >= 0:
        radius = abs(half_trace) + np.sqrt(discriminant)
    return log_scale + np.log(radius) if radius > 0 else -np.inf


@njit(cache=True, nogil=True)
def swings(squares, means, learning_rate):  # type: ignore[no-untyped-def]
    """Tell whether some stretch of updates makes a distance `LONGEST_SWING` times as long.

    S is the smallest matrix we can follow that is at least P·Pᵀ for the product P of every stretch
    that ends here: after each update a new stretch may begin, so eigenvalues below 1 become 1.
    """
    p, q, r = 1.0, 0.0, 1.0  # S = [[p, q], [q, r]]
    for k in range(squares.size):
        ww = 1 - 2 * learning_rate * squares[k]  # I − η·H_B = [[ww, wb], [wb, bb]]
        wb = -2 * learning_rate * means[k]
        bb = 1 - 2 * learning_rate
        e, f, g, h = ww * p + wb * q, ww * q + wb * r, wb * p + bb * q, wb * q + bb * r
        p, q, r = e * ww + f * wb, e * wb + f * bb, g * wb + h * bb
        middle, radius = (p + r) / 2, np.sqrt(((p - r) / 2) ** 2 + q * q)
        larger, smaller = middle + radius, middle - radius
        if larger <= 1:
            p, q, r = 1.0, 0.0, 1.0
        elif smaller < 1:
            share = (larger - 1) / (larger - smaller)
            p, q, r = 1 + share * (p - smaller), share * q, 1 + share * (r - smaller)
        if not larger < LONGEST_SWING**2:
            return True
    return False


def _log_factor(curvatures: Curvatures, learning_rate: float) -> float:
    """The logarithm of the spectral radius, for one epoch."""
    squares, means, n_epochs = curvatures.squares, curvatures.means, curvatures.n_epochs
    if curvatures.flat:  # along the valley nothing ever moves
        with np.errstate(divide="ignore"):
            factor = np.log(np.abs(1 - learning_rate * curvatures.largest))
        return float(factor) * (squares.size // n_epochs)
    return float(log_radius(squares, means, float(learning_rate))) / n_epochs


def _creeping_limit(curvatures: Curvatures, n_epochs: int) -> float:
    """The rate below which more than `CREEPING` of the start is left, by bisection."""
    low, high = 0.0, 1 / curvatures.largest
    if _log_factor(curvatures, high) * n_epochs > np.log(CREEPING):
        return high
    for _ in range(40):
        middle = (low + high) / 2
        if _log_factor(curvatures, middle) * n_epochs > np.log(CREEPING):
            low = middle
        else:
            high = middle
    return high


def _stable_limit(curvatures: Curvatures) -> float:
    """The first rate at which runs diverge: up in steps of one percent, then by bisection."""
    low = 2 / curvatures.largest  # up to here no update makes any distance longer
    if curvatures.alike:
        return low
    high = 1.01 * low
    while not _runs_away(curvatures, high):
        low, high = high, 1.01 * high
    for _ in range(30):
        middle = (low + high) / 2
        if _runs_away(curvatures, middle):
            high = middle
        else:
            low = middle
    return high


def _runs_away(curvatures: Curvatures, learning_rate: float) -> bool:
    """Whether distances grow over the epochs (and not by rounding), or too long on the way."""
    return not _log_factor(curvatures, learning_rate) < 1e-9 or bool(
        swings(curvatures.squares, curvatures.means, learning_rate)
    )
