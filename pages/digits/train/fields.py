"""The controls of a recipe on Digits → Train; each part returns the fields that it sets.

A recipe with `made` pictures brings some of its fields along: their controls are disabled.
"""

import contextlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from core.digits.recipe import (
    MAX_HIDDEN_LAYERS,
    MAX_LEARNING_RATE,
    MAX_NEURONS,
    MODERN,
    NUMBERS,
    WHOLE_NUMBERS,
)
from pages.shared.choice import choice
from pages.shared.i18n import _
from pages.shared.runs.recipe_controls import BATCHES, DECAYS, IMAGES, RATES, SIZES, USUAL


def network() -> dict[str, Any]:
    """Show the controls of the layers and their activation."""
    n_layers = st.slider(
        _("Hidden layers"),
        0,
        MAX_HIDDEN_LAYERS,
        USUAL["tr_layers"],
        key="tr_layers",
        bind="query-params",
        help=_("Layers of neurons between the 784 pixels and the ten scores; 0 is none at all."),
    )
    sizes = []
    for first in range(0, n_layers, 2):
        for column, key in zip(
            st.columns(2), SIZES[first : min(first + 2, n_layers)], strict=False
        ):
            layer = SIZES.index(key) + 1
            size = column.number_input(
                _("Layer {n}").format(n=layer),
                1,
                MAX_NEURONS,
                USUAL[key],
                key=key,
                bind="query-params",
                help=_("How many neurons this layer has."),
            )
            sizes.append(int(size))
    activation = choice(
        _("Activation of the hidden neurons"),
        {"relu": "ReLU", "leaky_relu": _("leaky ReLU"), "tanh": "tanh", "sigmoid": _("sigmoid")},
        key="tr_act",
        default=USUAL["tr_act"],
        help=_("What bends the sums; without it, all layers together are no more than one."),
    )
    return {"layer_sizes": (784, *sizes, 10), "activation": activation}


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
            default=USUAL["tr_loss"],
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
            default=USUAL["tr_opt"],
            disabled=made,
            help=_(
                "How a gradient becomes a step. Adam and AdamW give each weight a step of its own, "
                "and want a rate of about 0.002; SGD wants one of about 0.1 to 1."
            ),
        ),
        "learning_rate": _select(
            _("Learning rate η"),
            RATES,
            MAX_LEARNING_RATE,
            "tr_rate",
            help=_("How far one step goes. Each mark is about twice the one before."),
        ),
        "batch_size": _select(
            _("Batch size B"),
            BATCHES,
            WHOLE_NUMBERS["batch_size"][1],
            "tr_batch",
            help=_("Images to one update. The last batch of an epoch may be smaller."),
        ),
        "n_epochs": int(
            st.number_input(
                _("Epochs"),
                *WHOLE_NUMBERS["n_epochs"],
                USUAL["tr_epochs"],
                key="tr_epochs",
                bind="query-params",
                help=_("How often the run passes over all its training images."),
            )
        ),
    }
    return chosen


def against_heart(made: bool) -> dict[str, Any]:
    """Show the controls of what keeps a network from learning its images by heart."""
    images = _select(
        _("Training images"),
        IMAGES,
        IMAGES[-1],
        "tr_images",
        disabled=made,
        help=_(
            "How many of MNIST's 60,000 it learns from. 5,000 are always held out: they choose the "
            "best epoch."
        ),
    )
    return {
        "n_images": MODERN.n_images if images == IMAGES[-1] else images,
        "distortion": st.slider(
            _("Distortion"),
            0.0,
            0.5,
            USUAL["tr_warp"],
            0.01,
            key="tr_warp",
            bind="query-params",
            disabled=made,
            help=_(
                "How far each image is shifted, turned, sheared and scaled at random, anew in each "
                "epoch: so the network never sees the same image twice. 0 leaves it alone."
            ),
        ),
        "dropout": st.slider(
            _("Dropout"),
            0.0,
            0.9,
            USUAL["tr_drop"],
            0.05,
            key="tr_drop",
            bind="query-params",
            disabled=made,
            help=_("The share of hidden neurons that each update leaves out, at random."),
        ),
        "weight_decay": _select(
            _("Weight decay"),
            DECAYS,
            NUMBERS["weight_decay"][1],
            "tr_decay",
            disabled=made,
            help=_("How strongly each update pulls all weights towards 0."),
        ),
    }


def more(made: bool) -> dict[str, Any]:
    """Show the controls of made pictures, of the schedule and of the seed."""
    st.toggle(
        _("Made pictures too"),
        USUAL["tr_made"],
        key="tr_made",
        bind="query-params",
        help=_(
            "Also learn from 138,000 pictures that the project's own pen draws, digits and "
            "scribbles. They bring their own loss, optimiser, schedule and distortion."
        ),
    )
    schedule = choice(
        _("Schedule of the learning rate"),
        {"constant": _("constant"), "cosine": _("falls to 0 (cosine)")},
        key="tr_sched",
        default=USUAL["tr_sched"],
        disabled=made,
        help=_("Keep the rate, or let it fall along half a cosine: first far, then fine."),
    )
    seed = st.number_input(
        _("Seed of all chance"),
        0,
        9999,
        0,
        key="tr_seed",
        bind="query-params",
        help=_("Another number gives another start and another order; the same, the same run."),
    )
    return {"schedule": schedule, "seed": int(seed)}


def _select(label: str, options: Sequence[float], most: float, key: str, **widget: Any) -> Any:
    """Show a slider over `options`, and over a value that a link or another run has brought.

    It may be any that a recipe may have: above 0, up to `most`.
    """
    brought = st.session_state.get(key, st.query_params.get(key, ""))
    more: set[float] = st.session_state.setdefault(f"{key}_more", set())
    kind = type(options[-1])
    with contextlib.suppress(ValueError):
        value = kind(brought)
        if 0 < value <= most:
            more.add(value)
    return st.select_slider(
        label,
        sorted({*options, *more}),
        USUAL[key],
        format_func=_written,
        key=key,
        bind="query-params",
        **widget,
    )


def _written(value: float) -> str:
    """Write a number without powers of ten."""
    return str(value) if isinstance(value, int) else np.format_float_positional(value, trim="-")
