"""Many starts on Curves → MLP: fifty networks at once, and where each of them ends."""

import dataclasses
from typing import Any

import numpy as np
import streamlit as st

from core.charts.curves.mlp import many_starts as strip
from core.charts.layout import Layout
from core.curves import mlp
from core.curves.mlp.many_starts import ManyStarts, flattest_neuron, train_many
from core.datasets import Samples
from core.number import number, whole
from pages.curves.mlp.train_on import longer
from pages.curves.mlp.wanted_run import wanted_run
from pages.shared import page_parts as parts
from pages.shared.charts.chart import chart_key, picked
from pages.shared.charts.player import show_explorer
from pages.shared.i18n import _

N_STARTS = 50

CHART = "many_starts"
"""The name of the chart whose points lead to a start."""

WANTED = "many_wanted"
"""Session state: the run, as `wanted_run` has it, whose starts the reader has asked for."""

FIELDS = {field.name for field in dataclasses.fields(mlp.Config)}


def many_starts(samples: Samples, arguments: dict[str, Any], *, layout: Layout) -> None:
    """Offer to train fifty starts from scratch; show how they end, and lead to each of them.

    Parameters
    ----------
    samples : Samples
        What the networks learn from.
    arguments : dict
        The page's hyperparameters. Those that only PyTorch's engine has are left out.
    layout : Layout
        Of the charts.
    """
    seed = arguments["seed"]
    config = mlp.Config(**{name: arguments[name] for name in FIELDS & arguments.keys()})
    config = dataclasses.replace(config, seed=0)
    st.header(_("Many starts"))
    st.markdown(
        _(
            "The first weights are drawn at random, from the seed. From some of them the way down "
            "leads onto a **plateau**: a step is missing in the curve, and of three neurons one "
            "gives nearly the same for all samples. It is saturated, as on the page before: its "
            "slope is almost 0, so that it hardly learns. That is no minimum: the loss still "
            "falls, but so slowly that the way on is very long."
        )
    )
    wanted = wanted_run(samples, config)
    if st.session_state.get(WANTED) != wanted:
        st.button(
            _("Train {n} starts").format(n=N_STARTS),
            key="many_train",
            icon=":material/scatter_plot:",
            help=_("From scratch, the seeds 0 to {last}, on all cores.").format(last=N_STARTS - 1),
            on_click=st.session_state.update,
            args=({WANTED: wanted},),
        )
        return
    starts = _train(samples, config)
    show_explorer(
        strip,
        strip.tables(starts, seed),
        key=CHART,
        caption=_("Click a point to see that start in the player above."),
        alt=_("The losses at the end of {n} starts, on a logarithmic axis").format(n=N_STARTS),
        heard=_("They lie between {low} and {high}.").format(
            low=number(starts.losses.min()), high=number(starts.losses.max())
        ),
        on_select=_show_picked,
        layout=layout,
    )
    _stuck(samples, config, starts)


def _stuck(samples: Samples, config: mlp.Config, starts: ManyStarts) -> None:
    """Say how many starts are stuck and how flat it is there, with a button for each."""
    seeds = starts.seeds[starts.is_stuck].tolist()
    if not seeds:
        st.markdown(
            _("None of them is stuck: all end at a loss of {threshold} at most.").format(
                threshold=number(starts.threshold)
            )
        )
        return
    st.markdown(
        _("Stuck are {k} of {n}: they end above a loss of {threshold}.").format(
            k=len(seeds), n=starts.seeds.size, threshold=number(starts.threshold)
        )
    )
    st.markdown(_table(samples, config, starts))
    n_epochs = longer(config.n_epochs)
    with st.container(horizontal=True):
        if n_epochs is not None:
            st.button(
                _("Train all on, to {n} epochs").format(n=whole(n_epochs)),
                key="many_train_on",
                icon=":material/resume:",
                on_click=_train_all_on,
                args=(samples, dataclasses.replace(config, n_epochs=n_epochs)),
            )
        for seed in seeds:
            st.button(
                _("Seed {seed}").format(seed=seed),
                key=f"start_{seed}",
                on_click=_show,
                args=(seed,),
            )


def _table(samples: Samples, config: mlp.Config, starts: ManyStarts) -> str:
    """The stuck starts in numbers, as a table in Markdown; and the best one, to compare."""
    names = (
        _("seed"),
        _("loss at the end"),
        _("length of the gradient, first → last"),
        _("flattest neuron: its steepest slope a·(1 − a), at most 0.25"),
    )
    shown = [*np.flatnonzero(starts.is_stuck), int(starts.losses.argmin())]

    def row(i: int) -> str:
        config_of_start = dataclasses.replace(config, seed=int(starts.seeds[i]))
        ends = np.array([mlp.initial_params(config_of_start), starts.params[i]])
        first, last = map(number, mlp.gradient_norms(*samples, ends))
        seed = str(starts.seeds[i])
        if i == shown[-1]:
            seed = _("{seed} (the best)").format(seed=seed)
        slope = number(flattest_neuron(samples.x, starts.params[i]))
        return f"| {seed} | {number(starts.losses[i])} | {first} → {last} | {slope} |"

    head = "| " + " | ".join(names) + " |\n| --- | --- | --- | --- |"
    return "\n".join([head, *(row(int(i)) for i in shown)])


def _train_all_on(samples: Samples, config: mlp.Config) -> None:
    st.session_state[WANTED] = wanted_run(samples, config)
    parts.go({"mlp_epochs": config.n_epochs})


def _show(seed: int) -> None:
    parts.go({"mlp_seed": seed, "engine": "scratch"})


def _show_picked() -> None:
    for seed in picked(chart_key(CHART), strip.PICK, "seed"):
        _show(seed)


@st.cache_data(max_entries=20)  # the settings of a class; 50 starts each
def _train(samples: Samples, config: mlp.Config) -> ManyStarts:
    return train_many(*samples, config, N_STARTS)
