"""MLP from scratch: one input, a few hidden neurons, one output, and the chain rule by hand."""

from core.curves.mlp.lesson import (
    FORMULAS,
    Config,
    descend,
    draw_start,
    gradient,
    gradient_norms,
    hidden_outputs,
    initial_params,
    loss,
    mean_squared_errors,
    predict,
    train,
)

__all__ = [
    "FORMULAS",
    "Config",
    "descend",
    "draw_start",
    "gradient",
    "gradient_norms",
    "hidden_outputs",
    "initial_params",
    "loss",
    "mean_squared_errors",
    "predict",
    "train",
]
