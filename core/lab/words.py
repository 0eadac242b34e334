"""A recipe's fields and their values as a reader calls them, on all pages the same."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.lab.recipes import MISSING
from core.messages import N_, Translate
from core.number import whole

NAMES = {
    "activation": N_("Activation of the hidden neurons"),
    "averages_shifts": N_("Reads each image shifted too"),
    "averaging": N_("Averaging of the weights"),
    "batch_size": N_("Batch size B"),
    "before": N_("Trained on after"),
    "channels": N_("Channels of the convolutions"),
    "data.bad_last_sample": N_("Bad last sample"),
    "data.checksum": N_("Checksum of the samples"),
    "data.n_samples": N_("Number of samples N"),
    "data.centred": N_("Noise around 0"),
    "data.distance": N_("Distance"),
    "data.drawn": N_("Number of samples in all"),
    "data.noise": N_("Noise"),
    "data.samples": N_("Samples"),
    "data.seed": N_("Seed of the samples"),
    "data.shape": N_("Shape"),
    "data.slope": N_("True slope"),
    "data.standardised": N_("Standardise x"),
    "data.stretch": N_("Stretch of x₂"),
    "data.test_share": N_("Share of test samples"),
    "data.variant": N_("Variant"),
    "distortion": N_("Distortion"),
    "dropout": N_("Dropout"),
    "engine": N_("Engine"),
    "hidden_sizes": N_("Neurons in the hidden layers"),
    "initialisation": N_("Start of the weights"),
    "inputs": N_("Inputs"),
    "kernel_size": N_("Kernel size"),
    "l1": "L1",
    "l2": "L2",
    "layer_sizes": N_("Layer sizes"),
    "learning_rate": N_("Learning rate η"),
    "loss": N_("Loss"),
    "made.no digit": N_("Made pictures: no digit"),
    "made.styled": N_("Made pictures: styled"),
    "made.traced": N_("Made pictures: traced"),
    "n_classes": N_("Number of classes"),
    "n_epochs": N_("Epochs"),
    "n_hidden": N_("Hidden neurons h"),
    "n_hidden_layers": N_("Hidden layers"),
    "n_images": N_("Training images"),
    "n_validation": N_("Held-out images"),
    "optimiser": N_("Optimiser"),
    "patience": N_("Early stopping after"),
    "schedule": N_("Schedule of the learning rate"),
    "seed": N_("Seed"),
    "shuffle": N_("Shuffle"),
    "silenced": N_("Silenced neurons"),
    "start_bias": N_("Start bias"),
    "start_weight": N_("Start weight"),
    "start_weight_1": N_("Start w₁"),
    "start_weight_2": N_("Start w₂"),
    "turned": N_("Turned by hand before"),
    "turns": N_("Turns of the made pictures"),
    "weight_decay": N_("Weight decay"),
}
"""The fields."""

WORDS = {
    "adam": "Adam",
    "adamw": "AdamW",
    "binary_cross_entropy": N_("binary cross-entropy"),
    "blobs": N_("two blobs"),
    "bump": N_("a number: a bump"),
    "circle": N_("circle"),
    "constant": N_("constant"),
    "cosine": N_("falls to 0 (cosine)"),
    "cross_entropy": N_("cross-entropy"),
    "drawn_points": N_("points in the plane"),
    "four": N_("four classes"),
    "gelu": "GELU",
    "he": "He",
    "imbalanced": N_("imbalanced blobs"),
    "leaky_relu": N_("leaky ReLU"),
    "linear": N_("linear"),
    "mean_squared_error": N_("mean squared error"),
    "momentum": N_("SGD with momentum 0.9"),
    "moons": N_("two moons"),
    "negated": N_("negated"),
    "noisy_line": N_("a noisy line"),
    "own": N_("own samples"),
    "plain": N_("rising"),
    "plane": N_("a number: a plane"),
    "relu": "ReLU",
    "reversed": N_("falling"),
    "scratch": N_("From scratch"),
    "sgd": "SGD",
    "sigmoid": N_("sigmoid"),
    "slanted": N_("slanted line"),
    "sin_x1": "sin x₁",
    "sin_x2": "sin x₂",
    "softplus": "softplus",
    "spiral": N_("spiral"),
    "step": N_("a step"),
    "tanh": "tanh",
    "three": N_("three classes"),
    "torch": "PyTorch",
    "two_classes": N_("two classes"),
    "two_steps": N_("two steps"),
    "uniform": N_("uniform, as PyTorch"),
    "x1": "x₁",
    "x1_squared": "x₁²",
    "x1_x2": "x₁·x₂",
    "x2": "x₂",
    "x2_squared": "x₂²",
    "xavier": "Xavier",
    "xor": N_("xor"),
    "zero": N_("all zero"),
}
"""Values that are words."""


def field_name(name: str, translate: Translate = str) -> str:
    """Return what a reader calls a field; the field's own name where there is no other.

    Examples
    --------
    >>> field_name("learning_rate"), field_name("made.scribbled")
    ('Learning rate η', 'made.scribbled')
    """
    return translate(NAMES[name]) if name in NAMES else name


def value_text(name: str, value: Any, translate: Translate = str) -> str:
    """Return a field's value as a reader writes it.

    Examples
    --------
    >>> value_text("layer_sizes", [784, 200, 10]), value_text("batch_size", 6000)
    ('784-200-10', '6,000')
    >>> value_text("learning_rate", 1e-05), value_text("loss", "cross_entropy")
    ('0.00001', 'cross-entropy')
    >>> value_text("inputs", ["x1", "x1_squared"]), value_text("silenced", [[0, 2], [1, 0]])
    ('x₁, x₁²', '1.3, 2.1')
    >>> value_text("shuffle", True), value_text("batch_size", None), value_text("seed", MISSING)
    ('yes', 'full batch', '–')
    """
    if value is MISSING:
        return "–"
    if value is None:
        return translate(N_("full batch")) if name == "batch_size" else "–"
    if isinstance(value, bool):
        return translate(N_("yes")) if value else translate(N_("no"))
    if isinstance(value, int):
        return str(value) if name.endswith("seed") else whole(value)
    if isinstance(value, float):
        return np.format_float_positional(value, precision=6, fractional=False, trim="-")
    if isinstance(value, str):
        return translate(WORDS[value]) if value in WORDS else value
    if not isinstance(value, Sequence):
        return str(value)
    if not value:
        return "–"
    if isinstance(value[0], Sequence):
        return _several(value, translate)
    return "-".join(str(part) for part in value)


def _several(values: Sequence[Any], translate: Translate) -> str:
    """Words, or places in a network: (0, 2) is the first hidden layer's third neuron, 1.3."""
    return ", ".join(
        value_text("", value, translate)
        if isinstance(value, str)
        else ".".join(str(number + 1) for number in value)
        for value in values
    )
