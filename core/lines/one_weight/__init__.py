"""One weight: a line through the origin, corrected sample by sample."""

from core.lines.one_weight.lesson import (
    FORMULAS,
    Config,
    Verdict,
    gradient,
    learn,
    loss,
    overshoot_learning_rate,
    predict,
    train,
    verdict,
)

__all__ = [
    "FORMULAS",
    "Config",
    "Verdict",
    "gradient",
    "learn",
    "loss",
    "overshoot_learning_rate",
    "predict",
    "train",
    "verdict",
]
