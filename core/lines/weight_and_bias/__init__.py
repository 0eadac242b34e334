"""Weight and bias: a line that need not pass through the origin, learned with two parameters."""

from core.lines.weight_and_bias.lesson import (
    FORMULAS,
    Bowl,
    Config,
    bowl_of,
    condition_number,
    contour,
    descend,
    eigenvalues,
    gradient,
    hessian,
    largest_eigenvalue,
    least_squares,
    loss,
    predict,
    standardise,
    train,
)

__all__ = [
    "FORMULAS",
    "Bowl",
    "Config",
    "bowl_of",
    "condition_number",
    "contour",
    "descend",
    "eigenvalues",
    "gradient",
    "hessian",
    "largest_eigenvalue",
    "least_squares",
    "loss",
    "predict",
    "standardise",
    "train",
]
