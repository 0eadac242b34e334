"""What is true of the activations, by name: for questions, a prediction, and challenges."""

import functools
from collections.abc import Sequence

from core.curves.activations.functions import ACTIVATIONS, sigmoid_derivative
from core.learning.claims import Facts

N_LAYERS = 3
"""How many layers a gradient passes."""

WEIGHT, BIAS = 12.0, -9.0
"""Of the stretched sigmoid."""


FLAT_SOMEWHERE = {"relu", "gelu"}
"""Activations whose slope is 0 at some z."""

JUST_BELOW_0 = {"tanh", "gelu"}
"""Activations that give numbers below 0, and none below −1."""

GUESSED = ("sigmoid", "tanh", "relu", "leaky_relu")
"""Of these one guesses which lets most of a gradient through at z = −2."""


def facts(chosen: Sequence[str] = ()) -> Facts:
    """Tell what is true of the activations, and of those that are laid over each other.

    Parameters
    ----------
    chosen : sequence of str
        Keys of `ACTIVATIONS`.

    Returns
    -------
    dict of str to int, float or str
        ``left`` is what `N_LAYERS` sigmoids at z = 0 leave of a gradient; ``slope_`` with a name
        is that activation's slope at z = −2, and ``most_left`` the one of `GUESSED` with the
        steepest.

    Examples
    --------
    >>> found = facts(["relu", "tanh"])
    >>> found["left"], found["step_at"], found["slope_relu"], found["slope_leaky_relu"]
    (0.015625, 0.75, 0.0, 0.01)
    >>> found["most_left"], found["n_flat_somewhere"], found["n_just_below_0"]
    ('sigmoid', 1, 1)
    """
    return {
        **_of_all(),
        "n_chosen": len(chosen),
        "n_flat_somewhere": len(FLAT_SOMEWHERE.intersection(chosen)),
        "n_just_below_0": len(JUST_BELOW_0.intersection(chosen)),
    }


@functools.cache
def _of_all() -> Facts:
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
        "most_left": max(GUESSED, key=lambda name: abs(slopes[f"slope_{name}"])),
    }
