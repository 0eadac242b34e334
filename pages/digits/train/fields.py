"""The controls of a recipe on Digits → Train; each part returns the fields that it sets.

A recipe with `made` pictures brings some of its fields along: their controls are disabled.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.digits.network.shapes import KERNEL_SIZES
from core.digits.recipe import MODERN
from core.link.parameters import ALL_IMAGES
from pages.runs.recipe_controls import CHANNELS, SIZES
from pages.shared.choice import choice
from pages.shared.control import number_field, slider, switch
from pages.shared.i18n import _


def network() -> dict[str, Any]:
    """Show the controls of the layers and their activation."""
    chosen = _convolutions()
    n_layers = slider(
        _("Hidden layers"),
        "tr_layers",
        help=_(
            "Layers of neurons between the 784 pixels, or the convolutions, and the ten scores; 0 "
            "is none at all."
        ),
    )
    sizes = _numbers(SIZES[:n_layers], _("Layer {n}"), _("How many neurons this layer has."))
    activation = choice(
        _("Activation of the hidden neurons"),
        {"relu": "ReLU", "leaky_relu": _("leaky ReLU"), "tanh": "tanh", "sigmoid": _("sigmoid")},
        key="tr_act",
        help=_("What bends the sums; without it, all layers together are no more than one."),
    )
    return {**chosen, "layer_sizes": (784, *sizes, 10), "activation": activation}


def _convolutions() -> dict[str, Any]:
    """Show the controls of the blocks of convolution and pooling."""
    n_blocks = slider(
        _("Convolution blocks"),
        "tr_blocks",
        help=_(
            "Before the layers of neurons: in each block small kernels slide over the picture, and "
            "pooling halves its sides. 0 makes a dense network."
        ),
    )
    if not n_blocks:
        return {}
    channels = _numbers(
        CHANNELS[:n_blocks],
        _("Channels {n}"),
        _("How many kernels this block has, each of which gives a map of its own."),
    )
    sides = {str(side): f"{side}×{side}" for side in KERNEL_SIZES}
    side = choice(
        _("Kernel size"),
        sides,
        key="tr_kernel",
        segmented=True,
        help=_("How many pixels of the picture, or of the maps before, a kernel sees at a place."),
    )
    return {"channels": tuple(channels), "kernel_size": int(side)}


def _numbers(keys: Sequence[str], label: str, about: str) -> list[int]:
    """Show number fields in rows of two; return their numbers."""
    values = []
    for first in range(0, len(keys), 2):
        for i, column in enumerate(st.columns(2)[: len(keys) - first]):
            with column:
                number = first + i
                values.append(number_field(label.format(n=number + 1), keys[number], help=about))
    return values


def learning(made: bool) -> dict[str, Any]:
    """Show the controls of the loss, the optimiser and its numbers."""
    chosen: dict[str, Any] = {
        "loss": choice(
            _("Loss"),
            {
                "cross_entropy": _("cross-entropy"),
                "mean_squared_error": _("squared error, one-hot"),
            },
            key="tr_loss",
            disabled=made,
            help=_(
                "What the network makes small: minus the logarithm of the right digit's "
                "probability, or the squared distance of the ten scores to 1 for the right digit "
                "and 0 for the others."
            ),
        ),
        "optimiser": choice(
            _("Optimiser"),
            {
                "sgd": "SGD",
                "momentum": _("SGD with momentum 0.9"),
                "adam": "Adam",
                "adamw": "AdamW",
            },
            key="tr_opt",
            disabled=made,
            help=_(
                "How a gradient becomes a step. Adam and AdamW give each weight a step of its own, "
                "and want a rate of about 0.002; SGD wants one of about 0.1 to 1."
            ),
        ),
        "learning_rate": slider(
            _("Learning rate η"),
            "tr_rate",
            help=_("How far one step goes. Each mark is about twice the one before."),
        ),
        "batch_size": slider(
            _("Batch size B"),
            "tr_batch",
            help=_("Images to one update. The last batch of an epoch may be smaller."),
        ),
        "n_epochs": number_field(
            _("Epochs"),
            "tr_epochs",
            help=_("How often the run passes over all its training images."),
        ),
    }
    return chosen


def against_heart(made: bool) -> dict[str, Any]:
    """Show the controls of what keeps a network from learning its images by heart."""
    images = slider(
        _("Training images"),
        "tr_images",
        disabled=made,
        help=_(
            "How many of MNIST's 60,000 it learns from. 5,000 are always held out: they choose the "
            "best epoch."
        ),
    )
    return {
        "n_images": MODERN.n_images if images == ALL_IMAGES else images,
        "distortion": slider(
            _("Distortion"),
            "tr_warp",
            disabled=made,
            help=_(
                "How far each image is shifted, turned, sheared and scaled at random, anew in each "
                "epoch: so the network never sees the same image twice. 0 leaves it alone."
            ),
        ),
        "dropout": slider(
            _("Dropout"),
            "tr_drop",
            disabled=made,
            help=_(
                "The share of hidden neurons left out at random, others for each image. After "
                "convolutions, also of the numbers that they hand on to the layers of neurons."
            ),
        ),
        "weight_decay": slider(
            _("Weight decay"),
            "tr_decay",
            disabled=made,
            help=_("How strongly each update pulls all weights towards 0."),
        ),
    }


def more(made: bool) -> dict[str, Any]:
    """Show the controls of made pictures, of the schedule and of the seed."""
    switch(
        _("Made pictures too"),
        "tr_made",
        help=_(
            "Also learn from 138,000 pictures that the project's own pen draws, digits and "
            "scribbles. They bring their own loss, optimiser, schedule and distortion."
        ),
    )
    schedule = choice(
        _("Schedule of the learning rate"),
        {"constant": _("constant"), "cosine": _("falls to 0 (cosine)")},
        key="tr_sched",
        disabled=made,
        help=_("Keep the rate, or let it fall along half a cosine: first far, then fine."),
    )
    seed = number_field(
        _("Seed of all chance"),
        "tr_seed",
        help=_("Another number gives another start and another order; the same, the same run."),
    )
    return {"schedule": schedule, "seed": seed}
