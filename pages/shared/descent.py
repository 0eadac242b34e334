"""What the pages that descend a gradient share: their controls, and what is told beforehand."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.history import History
from core.hyperparameters import Descent
from core.lines.gradient_descent.rates import Band, Zone
from core.lines.rest import times_the_lowest
from core.number import number, whole
from pages.shared.choice import choice
from pages.shared.control import slider, switch, value
from pages.shared.i18n import _

COLOURS: dict[Zone, str] = {
    "creeping": "blue",
    "good": "green",
    "oscillating": "orange",
    "overshooting": "orange",
    "diverging": "red",
}


def descent_controls(
    prefix: str, *, start_bias: bool = False
) -> tuple[Callable[[], dict[str, Any]], DeltaGenerator]:
    """Show the controls of a descent in the sidebar.

    Parameters
    ----------
    prefix : str
        Of the controls' names in the link.
    start_bias : bool, default=False
        The lesson has a bias as well.

    Returns
    -------
    tuple of callable and container
        What returns the arguments of the lesson's ``Config``, and the place below the learning
        rate for `tell_beforehand`.
    """
    variants = {
        "sgd": _("SGD (batch size 1)"),
        "mini": _("mini-batch"),
        "full": _("full batch"),
    }
    with st.sidebar:
        st.header(_("Learning"))
        variant = choice(
            _("Variant of the descent"),
            variants,
            key=f"{prefix}_variant",
            help=_("How many samples one update averages over: one, a few, or all."),
        )
        if variant == "mini":
            slider(
                _("Batch size B"),
                f"{prefix}_batch",
                help=_("The last batch of an epoch may be smaller."),
            )
        slider(
            _("Learning rate η"),
            f"{prefix}_rate",
            help=_("How far one step goes, as a multiple of the slope."),
        )
        below = st.container()
        slider(
            _("Epochs"), f"{prefix}_epochs", help=_("How often the run passes over all samples.")
        )
        slider(_("Start weight"), f"{prefix}_start", help=_("The weight before the first sample."))
        if start_bias:
            slider(_("Start bias"), f"{prefix}_bias", help=_("The bias before the first sample."))
        switch(
            _("Shuffle"),
            f"{prefix}_shuffle",
            help=_("A new order of the samples in every epoch, instead of the data's own."),
        )

    def read() -> dict[str, Any]:
        sizes = {"sgd": 1, "full": None}
        return {
            "batch_size": value(f"{prefix}_batch") if variant == "mini" else sizes[variant],
            "learning_rate": value(f"{prefix}_rate"),
            "n_epochs": value(f"{prefix}_epochs"),
            "start_weight": value(f"{prefix}_start"),
            "shuffle": value(f"{prefix}_shuffle"),
            **({"start_bias": value(f"{prefix}_bias")} if start_bias else {}),
        }

    return read, below


def tell_beforehand(
    bands: Sequence[Band],
    zone: Zone,
    config: Descent,
    history: History,
    *,
    lowest: float,
    epoch_factor: float,
) -> None:
    """Say what the chosen learning rate does, and what the others would.

    Parameters
    ----------
    bands : sequence of Band
        What each learning rate does.
    zone : str
        What the chosen one does.
    config : Descent
        The run's hyperparameters.
    history : History
        The run.
    lowest : float
        The lowest loss that any parameters have.
    epoch_factor : float
        What an epoch multiplies the distance from the minimum by.
    """
    in_batches = int(history.epoch[-1]) < int(history.update[-1])
    names: dict[Zone, str] = {
        "creeping": _("creeping"),
        "good": _("no step overshoots") if in_batches else _("good"),
        "oscillating": _("oscillating"),
        "overshooting": _("single samples overshoot"),
        "diverging": _("diverging"),
    }
    sentences: dict[Zone, str] = {
        "creeping": _("Too small: the run ends before it arrives."),
        "good": _("No step passes its minimum, and the run arrives from any start."),
        "oscillating": _("Some steps pass their minimum, but each comes closer to it."),
        "overshooting": _("Some steps throw the weight farther off, others make up for it."),
        "diverging": _("The steps throw the weight farther and farther off."),
    }
    colour, told = COLOURS[zone], sentences[zone]
    is_settled = zone in ("good", "oscillating", "overshooting") and not history.diverged
    left = epoch_factor**config.n_epochs if is_settled else 1.0
    times = times_the_lowest(history, lowest, left) if in_batches and is_settled else None
    if times is not None:
        colour = "orange"
        told += " " + (
            _(
                "But every batch has a minimum of its own, so the run jitters around the common "
                "one: it ends at {times} times the lowest loss."
            )
            if config.shuffle
            else _(
                "But the samples come in data order, and those that come last pull the run their "
                "way. It goes the same way again in every epoch and does not come to rest: it ends "
                "at {times} times the lowest loss."
            )
        ).format(times=number(times))
    limit = next((band.low for band in bands if band.zone == "diverging"), math.inf)
    st.markdown(
        f":{colour}-badge[**{names[zone]}**] {told}  \n"
        + _("Stable range: 0 < η < {limit}").format(limit=number(limit))
    )
    with st.expander(_("What each learning rate does")):
        header = "| " + _("zone") + " | " + _("from η") + " | " + _("to η") + " |\n"
        header += "| --- | --- | --- |\n"
        rows = (f"| {names[b.zone]} | {number(b.low)} | {number(b.high)} |" for b in bands)
        st.markdown(header + "\n".join(rows))


def explain_divergence(history: History, learning_rate: float, limit: float) -> None:
    """Say, with the numbers, why a run has run away."""
    st.error(
        _(
            "Diverged after {n} updates: at η = {rate} the steps multiply the distance from the "
            "minimum by more than 1, so the loss grew from {first} to {last}. For this data and "
            "this variant η must stay below {limit}."
        ).format(
            n=whole(history.update[-1]),
            rate=number(learning_rate),
            first=number(history.loss[0]),
            last=number(history.loss[-1]),
            limit=number(limit),
        ),
        icon=":material/trending_up:",
    )
