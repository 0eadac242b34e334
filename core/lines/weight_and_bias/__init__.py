"""Weight and bias: a line that need not pass through the origin, learned with two parameters."""

from core.lines.weight_and_bias.lesson import (
    FORMULAS,
    Config,
    descend,
    gradient,
    loss,
    predict,
    train,
)

__all__ = ["FORMULAS", "Config", "descend", "gradient", "loss", "predict", "train"]
