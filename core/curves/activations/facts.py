"""Numbers that the questions about activations ask for; they are the same for every setting."""

import functools

from core.curves.activations.functions import ACTIVATIONS, sigmoid_derivative
from core.learning.claims import Facts

N_LAYERS = 3
"""How many layers a gradient passes."""

WEIGHT, BIAS = 12.0, -9.0
"""Of the stretched sigmoid."""


@functools.cache
def facts() -> Facts:
    """Tell what is true of the activations.

    Returns
    -------
    dict of str to int, float or str
        ``left`` is what `N_LAYERS` sigmoids at z = 0 leave of a gradient; ``slope_`` with a name
        is that activation's slope at z = −2.

    Examples
    --------
    >>> found = facts()
    >>> found["left"], found["step_at"], found["slope_relu"], found["slope_leaky_relu"]
    (0.015625, 0.75, 0.0, 0.01)
    """
    slope = float(sigmoid_derivative(0.0))
    slopes = {f"slope_{name}": float(one.derivative(-2.0)) for name, one in ACTIVATIONS.items()}
    return {
        "n_layers": N_LAYERS,
        "left": slope**N_LAYERS,
        "left_added": slope * N_LAYERS,
        "left_once": slope,
        "weight": int(WEIGHT),
        "bias": int(BIAS),
        "step_at": -BIAS / WEIGHT,
        "step_at_bias": -BIAS,
        "step_with_sign": BIAS / WEIGHT,
        "step_inverted": -WEIGHT / BIAS,
        **slopes,
    }
