"""The weights of a run's first neurons as pictures, while they form and at the end."""

import base64
import contextlib
import html
import io
import math
import time

import numpy as np
import safetensors.numpy
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from core.charts.digits.pixels import sheet
from core.messages import InputError
from pages.digits.train.snapshot import RunSnapshot
from pages.shared.i18n import _
from pages.shared.jobs import store

N_UNITS = 16
"""So many neurons are shown."""

ZERO = 128
"""A weight of 0 in what a worker tells of them."""


def show_first_layer(snapshot: RunSnapshot, *, stacked: bool) -> None:
    """Show what the first neurons look for, as it is right now."""
    run, live = snapshot.run, snapshot.live
    n_columns = 4 if stacked else 8
    source = None
    if live is not None and live.first_layer is not None and run.status == "running":
        source = _picture(run.id, run.attempt, int(time.time()), n_columns, live.first_layer)
    elif snapshot.epochs and snapshot.trouble is None:
        with contextlib.suppress(InputError):
            source = _stored_picture(run.id, run.epochs_done, n_columns)
    if source is None:
        return
    alt = html.escape(_("Weights of the first neurons as blue and red pictures"))
    with st.container(key="tr_first_layer"):
        st.markdown(f'<img src="{source}" alt="{alt}">', unsafe_allow_html=True)
    channels, side = run.recipe.get("channels"), run.recipe.get("kernel_size")
    text = (
        _(
            "The kernels of the first {n} channels, {side}×{side} each: ink on blue makes the sum "
            "at a place larger, ink on red smaller."
        )
        if channels
        else _(
            "The weights of the first {n} neurons, 28×28 for each: ink on blue makes the neuron's "
            "sum larger, ink on red smaller."
        )
    )
    n_units = (channels or run.recipe["layer_sizes"][1:])[0]
    st.caption(text.format(n=min(n_units, N_UNITS), side=side))


@st.cache_data(max_entries=200, show_spinner=False)  # of a second, for all who look; 50 kB each
def _picture(
    run_id: str, attempt: int, second: int, n_columns: int, _units: NDArray[np.uint8]
) -> str:
    """Make a picture of what a worker tells, at most one a second for all who look."""
    del run_id, attempt, second
    return as_link(sheet(_units.astype(np.float32) - ZERO, n_columns, factor=1))


@st.cache_data(max_entries=100, show_spinner=False)  # 50 kB each
def _stored_picture(run_id: str, epochs_done: int, n_columns: int) -> str | None:
    """Make a picture of the weights after the last epoch; `epochs_done` tells which it is."""
    del epochs_done
    stored = store().checkpoints.weights(run_id)
    if stored is None:
        return None
    weight = safetensors.numpy.load(stored[1])["1.weight"]
    side = math.isqrt(weight[0].size)
    return as_link(sheet(weight[:N_UNITS].reshape(-1, side, side), n_columns, factor=1))


def as_link(pixels: NDArray[np.uint8]) -> str:
    """Return a picture as a link that holds it.

    A browser keeps the old picture until it has read the new one, and there is no file to ask for
    that the server may have dropped by then.
    """
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
