"""Gradient descent: walk down the error parabola, a batch of samples at a time."""

from core.lines.gradient_descent.lesson import (
    FORMULAS,
    Config,
    descend,
    gradient,
    loss,
    predict,
    train,
)

__all__ = ["FORMULAS", "Config", "descend", "gradient", "loss", "predict", "train"]
