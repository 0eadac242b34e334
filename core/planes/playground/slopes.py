"""Each weight's slope once more, without the chain rule: nudge it, and see what the loss does."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.planes.playground.lesson import Config, loss

NUDGE = 1e-5
"""How far a parameter is moved to either side."""


def central_differences(
    x: ArrayLike,
    y: ArrayLike,
    params: ArrayLike,
    config: Config,
    nudge: float = NUDGE,
    *,
    places: Sequence[int] | None = None,
) -> NDArray[np.float64]:
    r"""Return the slope of each parameter by its neighbours, shape (n_params,).

    .. math:: \frac{L(\theta + \varepsilon) - L(\theta - \varepsilon)}{2 \varepsilon}

    Two passes through the network for each parameter, where the chain rule needs one and back for
    all of them together.

    Parameters
    ----------
    x : array_like of float, shape (batch_size, 2)
        Both coordinates of each point.
    y : array_like of float, shape (batch_size,)
        Targets.
    params : array_like of float, shape (n_params,)
        Where.
    config : Config
        The network and its loss.
    nudge : float, default=1e-5
        The ε.
    places : sequence of int, optional
        Only of these parameters.

    Examples
    --------
    >>> central_differences([[2, 4]], [1], [0, 0, 0], Config(hidden_sizes=())).round(9)
    array([-1. , -2. , -0.5])
    """
    at = np.array(params, dtype=np.float64)
    places = range(at.size) if places is None else places
    found = np.empty(len(places))
    for row, i in enumerate(places):
        up, down = at.copy(), at.copy()
        up[i] += nudge
        down[i] -= nudge
        found[row] = (loss(x, y, up, config) - loss(x, y, down, config)) / (2 * nudge)
    return found
