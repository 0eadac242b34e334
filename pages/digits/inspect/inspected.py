"""What Digits → Inspect knows of a network, computed once for each; and pictures with captions."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits.inspect import digit_map
from core.digits.inspect.projection import balanced_sample, principal_components
from core.digits.inspect.units import Activity, activity, hidden_layers, silenced
from core.digits.mnist import Digits
from core.digits.network.evaluation import Evaluation, evaluate
from core.digits.network.model import Model
from core.digits.recognise import Recogniser
from pages.shared.i18n import _
from pages.shared.networks.own_networks import evaluation_of, mnist_part, reading_test_images

N_EACH, N_MISREAD = 70, 250
"""As many images of each digit, and as many misread ones, carry their picture on the map."""

LEAST_SHARE = 1e-6
"""With less of the variance along its second axis, a map is a line."""


class Inspected(NamedTuple):
    """A network and what the test images show of it; shared by all readers, and never changed."""

    model: Model
    digits: Digits
    evaluation: Evaluation
    layers: tuple[Activity, ...]
    """Of the hidden layers, the first one first."""
    map_tables: dict[str, pd.DataFrame] | None
    """None where all images lie in one place, or on a line."""
    map_shares: NDArray[np.float64]
    """(2,) the share of the variance along each axis of the map."""


def inspected(recogniser: Recogniser) -> Inspected:
    """Let the network read all test images; the page stops where they cannot be read."""
    with reading_test_images():
        return _inspected(recogniser.model, recogniser.model.identity)


@st.cache_resource(max_entries=4, show_spinner=False)  # the shipped networks, and a reader's own
def _inspected(_model: Model, identity: str) -> Inspected:
    digits = mnist_part("test")
    evaluation = evaluation_of(_model, identity)
    layers = hidden_layers(_model, digits.pixels())
    cloud = layers[-1] if layers else _model.logits(digits.pixels())
    tables, shares = None, np.zeros(2)
    if cloud.shape[1] > 1:
        flat = principal_components(cloud)
        shares = flat.shares
        if shares[1] > LEAST_SHARE:
            few = balanced_sample(digits.labels, N_EACH)
            sample = np.union1d(few, evaluation.worst_mistakes(N_MISREAD))
            tables = digit_map.tables(digits, evaluation, flat, sample)
    return Inspected(
        _model,
        digits,
        evaluation,
        tuple(activity(layer, _model.card.activation) for layer in layers),
        tables,
        shares,
    )


def without(seen: Inspected, layer: int, units: Sequence[int]) -> Evaluation:
    """Let the network read all test images without some of its units."""
    with st.spinner(_("The network reads 10,000 images …")):
        return _without(seen.model, seen.model.identity, layer, tuple(units))


@st.cache_resource(max_entries=20, show_spinner=False)  # the last units that readers took out
def _without(_model: Model, identity: str, layer: int, units: tuple[int, ...]) -> Evaluation:
    """`identity` stands for the model in the cache's key."""
    del identity
    return evaluate(silenced(_model, layer, units), mnist_part("test"))


def gallery(
    digits: Digits, rows: NDArray[np.intp], captions: Sequence[str], *, key: str, width: int = 86
) -> None:
    """Show images of MNIST side by side, each with what is said about it below."""
    st.container(key=f"gallery_{key}").image(
        [_enlarged(digits.images[row]) for row in rows],
        width=width,
        caption=list(captions),
        alt=[
            _("Test image {number}, a {label}").format(number=row, label=digits.labels[row])
            for row in rows
        ],
    )


def _enlarged(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return an image as squares of 6 by 6, transparent at its sides: so it stands apart."""
    large = image.repeat(6, axis=0).repeat(6, axis=1)
    opaque = np.dstack([large, large, large, np.full_like(large, 255)])
    return np.pad(opaque, ((0, 0), (4, 4), (0, 0)))
