"""Boundary: one neuron with two inputs, which parts the plane by a line."""

from core.curves.sigmoid_neuron import STEEPEST, Loss
from core.planes.boundary.lesson import (
    FORMULAS,
    Config,
    Floats,
    accuracy,
    descend,
    errors_of,
    gradient,
    loss,
    mean_loss,
    neuron_points,
    predict,
    safe_learning_rate,
    slopes,
    train,
    weighted_sum,
)

__all__ = [
    "FORMULAS",
    "STEEPEST",
    "Config",
    "Floats",
    "Loss",
    "accuracy",
    "descend",
    "errors_of",
    "gradient",
    "loss",
    "mean_loss",
    "neuron_points",
    "predict",
    "safe_learning_rate",
    "slopes",
    "train",
    "weighted_sum",
]
