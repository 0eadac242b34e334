"""What is told beforehand of the learning rate on Planes → Playground."""

import streamlit as st
from numpy.typing import ArrayLike

from core.number import number
from core.planes.playground import Config
from core.planes.playground.told import told
from pages.shared.i18n import _


def tell_beforehand(x: ArrayLike, config: Config) -> None:
    """Say up to which learning rate all goes well, or why nobody knows."""
    st.header(_("Told beforehand: how large may η be?"))
    limit, kind = told(x, config)
    if limit is None:
        unknown = {
            "hidden layers": _(
                "With a hidden layer the loss curves differently in every place, so that no limit "
                "can be told from the samples. Try: half the rate, twice the rate."
            ),
            "batches": _(
                "Without a hidden layer the full batch has a limit that can be told. A smaller "
                "batch has another slope at every step, and none."
            ),
            "adam": _("Adam sets the size of each step by itself: of it no limit is known."),
            "momentum": _("With momentum, and classes to learn, no limit is known."),
            "others": _("With L1, L2 or a rate that changes, no limit is told."),
        }
        badge = _("nobody knows")
        st.markdown(f":gray-badge[**{badge}**] {unknown[kind]}")
        return
    if kind == "exact":
        sentence = _(
            "Without a hidden layer the loss of a number is a bowl. The full batch settles below "
            "η = {limit} and runs away above it."
        )
    else:
        sentence = _(
            "The full batch: up to η = {limit} no step can raise the loss. Beyond it, some may."
        )
    is_below = config.learning_rate < limit
    badge = _("below the limit") if is_below else _("above the limit")
    colour = "green" if is_below else "orange"
    st.markdown(f":{colour}-badge[**{badge}**] {sentence.format(limit=number(limit))}")
