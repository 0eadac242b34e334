"""The player of Curves → MLP, of a finished run or of one that goes on."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.charts.curves.mlp import mlp as player
from core.charts.layout import Layout
from core.curves.mlp.layers import Architecture
from core.datasets import Samples
from core.history import History
from pages.shared.charts.player import show_player
from pages.shared.i18n import _, translator


def show_mlp(
    samples: Samples,
    config: Architecture,
    history: History,
    *,
    running: bool = False,
    guess: Sequence[float] | None = None,
    logarithmic: bool,
    layout: Layout,
) -> None:
    """Show the player.

    Parameters
    ----------
    samples : Samples
        What the network learns from.
    config : mlp.Config or torch_lesson.Config
        The run's hyperparameters.
    history : History
        Its record so far.
    running : bool, default=False
        It goes on: the player has as many frames as it can have at its end.
    guess : sequence of float, optional
        The losses that the learner guesses, at equal shares of the run.
    logarithmic : bool
        A logarithmic axis for the loss.
    layout : Layout
        For the room there is.
    """
    n_frames = player.max_frames(config) if running else None
    options: dict[str, Any] = {"logarithmic": logarithmic, "layout": layout}
    tables = player.tables(
        *samples, config, history, n_frames=n_frames, guess=guess, translate=translator(), **options
    )
    show_player(
        player,
        tables,
        key="mlp",
        alt=_(
            "Player: the network's curve among the samples, the outputs of its hidden neurons and "
            "their weighted sum, the network with its weights, and the loss over the updates"
        ),
        sizes=player.drawn_sizes(config),
        **options,
    )
    if config.n_hidden > player.MAX_DRAWN:
        st.caption(
            _("Drawn are {n} of the {of} neurons, those with the largest output weights.").format(
                n=player.MAX_DRAWN, of=config.n_hidden
            )
        )
