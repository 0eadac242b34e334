"""A network of 1-2-1 neurons: the four stages of training, with every number in sight."""

from core.start.what_is_a_model.lesson import (
    FORMULAS,
    Config,
    Params,
    draw_start,
    gradient,
    learn,
    loss,
    predict,
    sigmoid,
    train,
)

__all__ = [
    "FORMULAS",
    "Config",
    "Params",
    "draw_start",
    "gradient",
    "learn",
    "loss",
    "predict",
    "sigmoid",
    "train",
]
