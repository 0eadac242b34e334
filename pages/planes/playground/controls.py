"""The sidebar's controls of Planes → Playground: inputs, network, learning."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.link.kinds import Number, Switch
from core.link.parameters import PARAMETERS
from core.link.playground import INPUTS, LAYERS
from core.planes.playground.network import Activation, Initialisation
from pages.shared.choice import choice
from pages.shared.control import bound, number_field, slider, switch, value
from pages.shared.i18n import _

DISCRETE = "pg_discrete"
"""The switch of the map's colours: whether it shows the class alone."""


def playground_controls() -> Callable[[], dict[str, Any]]:
    """Show the controls; return what reads them, by their names in the link."""
    with st.sidebar:
        shown = _network() | _learning() | _against_heart()
    moved = [name for name in shown if isinstance(PARAMETERS[name].kind, Number | Switch)]
    return lambda: shown | {name: value(name) for name in moved}


def discrete_map() -> None:
    """Show the switch of the map's colours."""
    with st.sidebar:
        st.header(_("Picture"))
        switch(
            _("Only the answer"),
            DISCRETE,
            help=_("One colour for each class, without showing how sure the network is of it."),
        )


def _network() -> dict[str, Any]:
    st.header(_("Network"))
    values: dict[str, Any] = {}
    # The inputs' names are the same in every language, so the link may hold them.
    values["pg_x"] = bound(
        "pg_x",
        lambda: st.pills(
            _("Inputs"),
            list(INPUTS),
            selection_mode="multi",
            default=PARAMETERS["pg_x"].kind.usual,
            key="pg_x",
            bind="query-params",
            help=_("What the network is given of a point. It knows nothing else of it."),
        ),
    )
    values["pg_layers"] = n_layers = slider(
        _("Hidden layers"),
        "pg_layers",
        help=_("Layers of neurons between the inputs and the output; 0 is none at all."),
        runs_page=True,
    )
    is_one = True
    if n_layers:
        values["pg_one"] = is_one = switch(
            _("One activation for all layers"),
            "pg_one",
            help=_("Or one for each layer."),
            runs_page=True,
        )
    for layer in LAYERS[:n_layers]:
        left, right = st.columns(2) if not is_one else (st.container(), None)
        with left:
            values[f"pg_h{layer}"] = number_field(
                _("Neurons in layer {n}").format(n=layer),
                f"pg_h{layer}",
                help=_("How many neurons this layer has."),
            )
        if right is not None:
            with right:
                label = _("Activation {n}").format(n=layer)
                values[f"pg_a{layer}"] = _activation(label, f"pg_a{layer}")
    if n_layers and is_one:
        values["pg_act"] = _activation(_("Activation of the hidden neurons"), "pg_act")
    starts: dict[Initialisation, str] = {
        "xavier": "Xavier",
        "he": "He",
        "uniform": _("uniform, as PyTorch"),
        "zero": _("all zero"),
    }
    values["pg_init"] = choice(
        _("Start of the weights"),
        starts,
        key="pg_init",
        help=_("How wide the first weights are drawn at random, or all of them 0."),
    )
    values["pg_seed"] = number_field(
        _("Seed of the start"),
        "pg_seed",
        help=_("Another number draws other first weights and other orders of the samples."),
    )
    return values


def _activation(label: str, key: str) -> Activation:
    names: dict[Activation, str] = {
        "linear": _("linear"),
        "sigmoid": _("sigmoid"),
        "tanh": "tanh",
        "relu": "ReLU",
        "leaky_relu": _("leaky ReLU"),
        "softplus": "softplus",
        "gelu": "GELU",
    }
    return choice(
        label,
        names,
        key=key,
        help=_("What bends the sums; without it, all layers together are no more than one."),
    )


def _learning() -> dict[str, Any]:
    st.header(_("Learning"))
    return {
        "pg_batch": slider(
            _("Batch size B"),
            "pg_batch",
            help=_("How many samples one update averages over; 500 are always all of them."),
        ),
        "pg_opt": choice(
            _("Optimiser"),
            {"sgd": "SGD", "momentum": _("SGD with momentum 0.9"), "adam": "Adam"},
            key="pg_opt",
            help=_("How a gradient becomes a step. Adam wants a rate of about 0.01."),
        ),
        "pg_rate": slider(
            _("Learning rate η"),
            "pg_rate",
            help=_("How far one step goes, as a multiple of the slope."),
        ),
        "pg_sched": choice(
            _("Schedule of the learning rate"),
            {"constant": _("constant"), "cosine": _("falls to 0 (cosine)")},
            key="pg_sched",
            help=_("Keep the rate, or let it fall along half a cosine: first far, then fine."),
        ),
        "pg_epochs": slider(
            _("Epochs"), "pg_epochs", help=_("How often the run passes over all samples.")
        ),
    }


def _against_heart() -> dict[str, Any]:
    st.header(_("Against learning by heart"))
    return {
        "pg_patience": slider(
            _("Early stopping after"),
            "pg_patience",
            help=_(
                "Stops once the test loss has not been below its lowest for so many epochs. 0: "
                "never."
            ),
        ),
        "pg_l1": slider(
            "L1",
            "pg_l1",
            help=_("Pulls every weight towards 0 by the same amount, until it is exactly 0."),
            runs_page=True,  # the formula tells of it
        ),
        "pg_l2": slider(
            "L2",
            "pg_l2",
            help=_("Pulls every weight towards 0, the harder, the larger it is."),
            runs_page=True,
        ),
        "pg_drop": slider(
            _("Dropout"),
            "pg_drop",
            help=_("The share of hidden neurons left out at random, others for each sample."),
        ),
    }
