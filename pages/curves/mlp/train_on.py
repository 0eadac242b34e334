"""Going on from where a run of Curves → MLP stands, to more epochs."""

import streamlit as st

from core.curves import mlp
from core.link.parameters import MLP_EPOCHS
from core.number import whole
from pages.shared import page_parts as parts
from pages.shared.i18n import _


def longer(n_epochs: int) -> int | None:
    """Return the next larger number of epochs that the page offers, if there is one."""
    return next((n for n in MLP_EPOCHS if n > n_epochs), None)


def train_on(config: mlp.Config) -> None:
    """Offer to go on with a run from scratch.

    The seed draws the start and then the orders of the samples, epoch after epoch. So the run with
    more epochs is this run, gone on with.
    """
    n_epochs = longer(config.n_epochs)
    if n_epochs is not None:
        st.button(
            _("Train on, to {n} epochs").format(n=whole(n_epochs)),
            key="mlp_train_on",
            icon=":material/resume:",
            help=_("The same run goes on from where it stands."),
            on_click=parts.go,
            args=({"mlp_epochs": n_epochs},),
        )
