"""The sidebar's controls of Curves → MLP."""

from typing import Any, Literal

import streamlit as st

from core.curves.sigmoid_neuron import neuron_samples
from core.datasets import Samples, two_steps
from pages.shared.choice import choice
from pages.shared.data.own_data import own_samples, source
from pages.shared.i18n import _
from pages.shared.kept_values import kept

Engine = Literal["scratch", "torch"]

RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
EPOCHS = (10, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)

USUAL = {
    "mlp_h": 3,
    "mlp_rate": 1.0,
    "mlp_epochs": 20_000,
    "mlp_batch": 8,
    "mlp_shuffle": True,
    "mlp_seed": 0,
}
"""The controls of both engines with their usual values, for presets to start from."""

MADE = USUAL | {"src": "made"}
"""The same on the lesson's own data."""

USUAL_TORCH = {
    "mlp_layers": 1,
    "mlp_act": "sigmoid",
    "mlp_loss": "mean_squared_error",
    "mlp_opt": "sgd",
}
"""What PyTorch's engine has besides."""


def mlp_controls() -> tuple[Engine, dict[str, Any]]:
    """Show the controls; return the engine and the arguments of its ``Config``."""
    with st.sidebar:
        engine: Engine = choice(
            _("Engine"),
            {"scratch": _("From scratch"), "torch": "PyTorch"},
            key="engine",
            segmented=True,
            help=_("The chain rule by hand, or PyTorch's: the same network, the same losses."),
        )
        with kept(*USUAL, "mlp_layers"):
            st.subheader(_("Network"))
            network = _network(engine)
            st.subheader(_("Learning"))
            learning = _learning(engine)
    return engine, network | learning


def mlp_data() -> tuple[Samples, dict[str, str]]:
    """Show the choice of the samples; return them, and what a kept run's recipe calls them."""
    with st.sidebar:
        st.subheader(_("Data"))
        is_own = source(
            _("two steps"), _("Fifty points on two steps, or your own: pasted, uploaded or typed.")
        )
    if is_own:
        return own_samples(two_steps(), neuron_samples), {"samples": "own"}
    return two_steps(), {"samples": "two_steps"}


def _network(engine: Engine) -> dict[str, Any]:
    chosen: dict[str, Any] = {
        "n_hidden": st.slider(
            _("Hidden neurons h"),
            1,
            32,
            3,
            key="mlp_h",
            bind="query-params",
            help=_("How many neurons bend the curve, in each hidden layer."),
        )
    }
    if engine == "torch":
        chosen["n_hidden_layers"] = st.slider(
            _("Hidden layers"),
            1,
            2,
            1,
            key="mlp_layers",
            bind="query-params",
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
    chosen["learning_rate"] = st.select_slider(
        _("Learning rate η"),
        RATES,
        1.0,
        key="mlp_rate",
        bind="query-params",
        help=_("How far one step goes, as a multiple of the slope."),
    )
    chosen["n_epochs"] = st.select_slider(
        _("Epochs"),
        EPOCHS,
        20_000,
        key="mlp_epochs",
        bind="query-params",
        help=_("How often the run passes over all samples."),
    )
    chosen["batch_size"] = st.slider(
        _("Batch size B"),
        1,
        50,
        8,
        key="mlp_batch",
        bind="query-params",
        help=_("The last batch of an epoch may be smaller."),
    )
    chosen["shuffle"] = st.toggle(
        _("Shuffle"),
        value=True,
        key="mlp_shuffle",
        bind="query-params",
        help=_("A new order of the samples in every epoch, instead of the data's own."),
    )
    chosen["seed"] = int(
        st.number_input(
            _("Seed of the start"),
            0,
            9999,
            0,
            key="mlp_seed",
            bind="query-params",
            help=_("Another number draws other first weights and other orders of the samples."),
        )
    )
    return chosen
