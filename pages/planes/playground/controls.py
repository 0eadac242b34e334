"""The sidebar's controls of Planes → Playground: inputs, network, learning."""

from typing import Any

import streamlit as st

from core.link.parameters import PARAMETERS, PLAYGROUND_LAYERS, usual
from core.planes.playground.network import LABELS, Activation, Initialisation, Input
from pages.shared.choice import choice
from pages.shared.control import bound, number_field, slider, switch
from pages.shared.i18n import _

LAYERS = range(1, PLAYGROUND_LAYERS + 1)

USUAL = usual(
    *("pg_x", "pg_layers", "pg_one", "pg_act", "pg_init", "pg_seed", "pg_opt", "pg_rate"),
    *("pg_sched", "pg_batch", "pg_epochs", "pg_l1", "pg_l2", "pg_drop", "pg_patience"),
    *(f"pg_{name}{layer}" for name in "ha" for layer in LAYERS),
)
"""The controls' usual values, for presets to start from."""

INPUTS: dict[str, Input] = {label: name for name, label in LABELS.items()}

ALL = 500
"""A batch of so many samples is the full batch: there are no more."""


def playground_controls() -> dict[str, Any]:
    """Show the controls; return the arguments of the lesson's ``Config``, without the loss."""
    with st.sidebar:
        return _network() | _learning() | _against_heart()


def discrete_map() -> bool:
    """Show the switch of the map's colours; return whether it shows the class alone."""
    with st.sidebar:
        st.header(_("Picture"))
        return switch(
            _("Only the answer"),
            "pg_discrete",
            help=_("One colour for each class, without showing how sure the network is of it."),
        )


def _network() -> dict[str, Any]:
    st.header(_("Network"))
    # The inputs' names are the same in every language, so the link may hold them.
    inputs = bound(
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
    n_layers: int = slider(
        _("Hidden layers"),
        "pg_layers",
        help=_("Layers of neurons between the inputs and the output; 0 is none at all."),
    )
    is_one = True
    if n_layers:
        is_one = switch(
            _("One activation for all layers"), "pg_one", help=_("Or one for each layer.")
        )
    sizes, each = [], []
    for layer in LAYERS[:n_layers]:
        left, right = st.columns(2) if not is_one else (st.container(), None)
        with left:
            sizes.append(
                number_field(
                    _("Neurons in layer {n}").format(n=layer),
                    f"pg_h{layer}",
                    help=_("How many neurons this layer has."),
                )
            )
        if right is not None:
            with right:
                each.append(_activation(_("Activation {n}").format(n=layer), f"pg_a{layer}"))
    activation: Activation | tuple[Activation, ...] = tuple(each)
    if is_one:
        activation = "tanh"
        if n_layers:
            activation = _activation(_("Activation of the hidden neurons"), "pg_act")
    starts: dict[Initialisation, str] = {
        "xavier": "Xavier",
        "he": "He",
        "uniform": _("uniform, as PyTorch"),
        "zero": _("all zero"),
    }
    return {
        "inputs": tuple(INPUTS[label] for label in INPUTS if label in inputs),
        "hidden_sizes": tuple(sizes),
        "activation": activation,
        "initialisation": choice(
            _("Start of the weights"),
            starts,
            key="pg_init",
            help=_("How wide the first weights are drawn at random, or all of them 0."),
        ),
        "seed": number_field(
            _("Seed of the start"),
            "pg_seed",
            help=_("Another number draws other first weights and other orders of the samples."),
        ),
    }


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
    batch_size: int = slider(
        _("Batch size B"),
        "pg_batch",
        help=_("How many samples one update averages over; 500 are always all of them."),
    )
    return {
        "optimiser": choice(
            _("Optimiser"),
            {"sgd": "SGD", "momentum": _("SGD with momentum 0.9"), "adam": "Adam"},
            key="pg_opt",
            help=_("How a gradient becomes a step. Adam wants a rate of about 0.01."),
        ),
        "learning_rate": slider(
            _("Learning rate η"),
            "pg_rate",
            help=_("How far one step goes, as a multiple of the slope."),
        ),
        "schedule": choice(
            _("Schedule of the learning rate"),
            {"constant": _("constant"), "cosine": _("falls to 0 (cosine)")},
            key="pg_sched",
            help=_("Keep the rate, or let it fall along half a cosine: first far, then fine."),
        ),
        "batch_size": None if batch_size >= ALL else batch_size,
        "n_epochs": slider(
            _("Epochs"), "pg_epochs", help=_("How often the run passes over all samples.")
        ),
    }


def _against_heart() -> dict[str, Any]:
    st.header(_("Against learning by heart"))
    patience = slider(
        _("Early stopping after"),
        "pg_patience",
        help=_(
            "Stops once the test loss has not been below its lowest for so many epochs. 0: never."
        ),
    )
    return {
        "l1": slider(
            "L1",
            "pg_l1",
            help=_("Pulls every weight towards 0 by the same amount, until it is exactly 0."),
        ),
        "l2": slider(
            "L2",
            "pg_l2",
            help=_("Pulls every weight towards 0, the harder, the larger it is."),
        ),
        "dropout": slider(
            _("Dropout"),
            "pg_drop",
            help=_("The share of hidden neurons left out at random, others for each sample."),
        ),
        "patience": patience or None,
    }
