"""Many starts on Curves → MLP: fifty networks at once, and where each of them ends."""

import dataclasses
from typing import Any

import streamlit as st

from core.charts.curves.mlp import many_starts as strip
from core.curves import mlp
from core.curves.mlp.many_starts import ManyStarts, train_many
from core.datasets import Samples
from pages.shared.chart import chart_key, show_explorer
from pages.shared.i18n import _

N_STARTS = 50

CHART = "many_starts"
"""The name of the chart whose points lead to a start."""

WANTED = "many_wanted"
"""Session state: the configuration, and the samples, whose starts the reader has asked for."""

FIELDS = {field.name for field in dataclasses.fields(mlp.Config)}


def many_starts(samples: Samples, arguments: dict[str, Any], *, stacked: bool) -> None:
    """Offer to train fifty starts from scratch; show how they end, and lead to each of them.

    Parameters
    ----------
    samples : Samples
        What the networks learn from.
    arguments : dict
        The page's hyperparameters. Those that only PyTorch's engine has are left out.
    stacked : bool
        For a phone.
    """
    seed = arguments["seed"]
    config = mlp.Config(**{name: arguments[name] for name in FIELDS & arguments.keys()})
    config = dataclasses.replace(config, seed=0)
    st.subheader(_("Many starts"))
    st.markdown(
        _(
            "The first weights are drawn at random, from the seed. From some of them the way down "
            "ends in a poor minimum: a curve with a step missing, where every small change makes "
            "it worse."
        )
    )
    wanted = config, samples.x.tobytes(), samples.y.tobytes()
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
        on_select=_show_picked,
        stacked=stacked,
    )
    _stuck(starts)


def _stuck(starts: ManyStarts) -> None:
    """Say how many starts are stuck, with a button for each."""
    seeds = starts.seeds[starts.is_stuck].tolist()
    if not seeds:
        st.markdown(_("None of them is stuck: all have found an equally good minimum."))
        return
    st.markdown(
        _("Stuck are {k} of {n}: they end above a loss of {threshold}.").format(
            k=len(seeds), n=starts.seeds.size, threshold=f"{starts.threshold:.3f}"
        )
    )
    with st.container(horizontal=True):
        for seed in seeds:
            st.button(
                _("Seed {seed}").format(seed=seed),
                key=f"start_{seed}",
                on_click=_show,
                args=(seed,),
            )


def _show(seed: int) -> None:
    st.session_state.update({"mlp_seed": seed, "engine": "scratch"})


def _show_picked() -> None:
    picked = st.session_state[chart_key(CHART)].selection.get(strip.PICK, [])
    if picked:
        _show(int(picked[0]["seed"]))


@st.cache_data(max_entries=20)
def _train(samples: Samples, config: mlp.Config) -> ManyStarts:
    return train_many(*samples, config, N_STARTS)
