"""The sidebar's controls of Curves → MLP."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from core.curves.sigmoid_neuron import neuron_samples
from core.datasets import Samples, two_steps
from core.link.parameters import usual
from pages.shared.choice import choice
from pages.shared.control import number_field, slider, switch, value
from pages.shared.data.own_data import own_samples, source
from pages.shared.i18n import _

Engine = Literal["scratch", "torch"]

USUAL = usual("mlp_h", "mlp_rate", "mlp_epochs", "mlp_batch", "mlp_shuffle", "mlp_seed")
"""The controls of both engines with their usual values, for presets to start from."""

MADE = USUAL | {"src": "made"}
"""The same on the lesson's own data."""

USUAL_TORCH = usual("mlp_layers", "mlp_act", "mlp_loss", "mlp_opt")
"""What PyTorch's engine has besides."""


def engine_choice() -> Engine:
    """Show the choice of the engine, on which the other controls depend; return it."""
    with st.sidebar:
        engine: Engine = choice(
            _("Engine"),
            {"scratch": _("From scratch"), "torch": "PyTorch"},
            key="engine",
            segmented=True,
            help=_("The chain rule by hand, or PyTorch's: the same network, the same losses."),
        )
    return engine


def mlp_controls(engine: Engine) -> Callable[[], dict[str, Any]]:
    """Show the controls; return what reads them, as the arguments of the engine's ``Config``."""
    with st.sidebar:
        st.header(_("Network"))
        chosen = _network(engine)
        st.header(_("Learning"))
        chosen |= _learning(engine)

    def read() -> dict[str, Any]:
        return {
            **chosen,
            "n_hidden": value("mlp_h"),
            "learning_rate": value("mlp_rate"),
            "n_epochs": value("mlp_epochs"),
            "batch_size": value("mlp_batch"),
            "shuffle": value("mlp_shuffle"),
            "seed": value("mlp_seed"),
        }

    return read


def mlp_data() -> tuple[Samples, dict[str, str]]:
    """Show the choice of the samples; return them, and what a kept run's recipe calls them."""
    with st.sidebar:
        st.header(_("Data"))
        is_own = source(
            _("two steps"), _("Fifty points on two steps, or your own: pasted, uploaded or typed.")
        )
    if is_own:
        return own_samples(two_steps(), neuron_samples), {"samples": "own"}
    return two_steps(), {"samples": "two_steps"}


def _network(engine: Engine) -> dict[str, Any]:
    """Show the network's controls; return what only PyTorch's engine has, for which a page runs."""
    chosen: dict[str, Any] = {}
    slider(
        _("Hidden neurons h"),
        "mlp_h",
        help=_("How many neurons bend the curve, in each hidden layer."),
    )
    if engine == "torch":
        chosen["n_hidden_layers"] = slider(
            _("Hidden layers"),
            "mlp_layers",
            help=_("A second layer bends what the first has bent."),
        )
        chosen["activation"] = choice(
            _("Activation of the hidden neurons"),
            {
                "sigmoid": _("sigmoid"),
                "tanh": "tanh",
                "relu": "ReLU",
                "leaky_relu": _("leaky ReLU"),
                "softplus": "softplus",
                "gelu": "GELU",
            },
            key="mlp_act",
            help=_("The output neuron keeps its sigmoid: y lies between 0 and 1."),
        )
    return chosen


def _learning(engine: Engine) -> dict[str, Any]:
    """Show the controls of learning; return what only PyTorch's engine has."""
    chosen: dict[str, Any] = {}
    if engine == "torch":
        chosen["loss"] = choice(
            _("Loss"),
            {
                "mean_squared_error": _("mean squared error"),
                "binary_cross_entropy": _("binary cross-entropy"),
            },
            key="mlp_loss",
            help=_("What the network makes small."),
        )
        chosen["optimiser"] = choice(
            _("Optimiser"),
            {"sgd": "SGD", "momentum": _("SGD with momentum 0.9"), "adam": "Adam"},
            key="mlp_opt",
            help=_("How a gradient becomes a step. Adam wants a rate of about 0.01."),
        )
    slider(
        _("Learning rate η"),
        "mlp_rate",
        help=_("How far one step goes, as a multiple of the slope."),
    )
    slider(_("Epochs"), "mlp_epochs", help=_("How often the run passes over all samples."))
    slider(_("Batch size B"), "mlp_batch", help=_("The last batch of an epoch may be smaller."))
    switch(
        _("Shuffle"),
        "mlp_shuffle",
        help=_("A new order of the samples in every epoch, instead of the data's own."),
    )
    number_field(
        _("Seed of the start"),
        "mlp_seed",
        help=_("Another number draws other first weights and other orders of the samples."),
    )
    return chosen
