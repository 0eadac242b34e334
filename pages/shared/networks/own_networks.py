"""The reader's own networks: those saved on Train, and runs by their newest epoch.

Also MNIST's images and how well a network reads them, each once for all readers.

In a link they are ``model-`` or ``run-`` and an id. An id cannot be guessed, so whoever has the
link may use the network.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import streamlit as st

from core.digits import mnist, recipe
from core.digits.mnist import Digits
from core.digits.network.evaluation import Evaluation, evaluate
from core.digits.network.files import from_bytes
from core.digits.network.model import Model
from core.digits.network.unfinished import unfinished
from core.digits.recognise import Recogniser
from core.messages import N_, InputError
from core.store.records import ACTIVE, Run, SavedModel
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.owner import owner
from pages.shared.page import stop_with

MODEL, RUN = "model-", "run-"
"""What the name of a saved network and of a run begins with."""

MOST = 20
"""So many of each are listed, the newest first; a link may name any other."""

SEEN = "net_seen"
"""Session state: the labels listed last. They stay while the store is away, and so does the choice.
"""

GONE = N_(
    "The network of this link is not there: it was deleted, or has no epoch yet. Sketch reads"
    " instead."
)


class OwnNetworks(NamedTuple):
    """What the reader can choose besides the networks that come with the project."""

    labels: dict[str, str]
    """What each is called, by its name in the link."""
    trouble: str | None = None
    """Why they cannot be read now, in the reader's language."""


def own_networks(wanted: str | None, taken: Iterable[str]) -> OwnNetworks:
    """List the reader's networks, and the one that is wanted if it is someone else's.

    Parameters
    ----------
    wanted : str or None
        The name that the link or the last choice gives.
    taken : iterable of str
        The labels of the other networks.
    """
    try:
        models = store().models.of_owner(owner(), most=MOST)
        runs = store().runs.matching(owner(), kind="digits", alone=True)
        runs = [run for run in runs if run.epochs_done][:MOST]
        labels = {**_of_models(models), **_of_runs(runs)}
        if wanted is not None and wanted not in labels:
            labels |= _linked(wanted)
    except InputError as error:
        labels = dict(st.session_state.get(SEEN, {}))
        if wanted is not None and is_own(wanted) and wanted not in labels:
            labels[wanted] = _("Your own, out of reach now")
        return OwnNetworks(labels, error.translated(_))
    st.session_state[SEEN] = _told_apart(labels, taken)
    return OwnNetworks(st.session_state[SEEN])


def _of_models(models: Iterable[SavedModel]) -> dict[str, str]:
    return {MODEL + saved.id: _("Saved: {name}").format(name=saved.name) for saved in models}


def _of_runs(runs: Iterable[Run]) -> dict[str, str]:
    return {RUN + run.id: _("Train: {name}").format(name=run.name) for run in runs}


def _linked(name: str) -> dict[str, str]:
    """Give the label of a network that is not listed, if there is one."""
    if name.startswith(MODEL):
        saved = store().models.get(name.removeprefix(MODEL))
        return {} if saved is None else _of_models([saved[0]])
    run = _run(name)
    return {} if run is None or run.epochs_done == 0 else _of_runs([run])


def _run(name: str) -> Run | None:
    """Return the run of this name, which learns digits; None if there is none."""
    run = store().runs.get(name.removeprefix(RUN)) if name.startswith(RUN) else None
    return run if run is not None and run.kind == "digits" else None


def _told_apart(labels: Mapping[str, str], taken: Iterable[str]) -> dict[str, str]:
    """Add the id to labels that are not the only ones of their kind.

    A choice is sent by its label, which must therefore be its own; and it must not change while a
    run learns, so no label tells the epoch.
    """
    n_times = Counter([*labels.values(), *taken])
    return {
        name: label if n_times[label] == 1 else f"{label} · {name.rpartition('-')[2][:6]}"
        for name, label in labels.items()
    }


def is_own(name: str) -> bool:
    """Tell whether a network's name is that of a reader's own."""
    return name.startswith((MODEL, RUN))


class RunProgress(NamedTuple):
    """How far the run of a network is."""

    epoch: int
    n_epochs: int
    is_learning: bool


def progress(name: str) -> RunProgress | None:
    """Return how far a run is; None of what is no run, or gone. It costs one row of the store."""
    run = _run(name)
    if run is None:
        return None
    return RunProgress(run.epochs_done, run.n_epochs, run.status in ACTIVE)


def own_recogniser(name: str) -> Recogniser:
    """Load one of the reader's networks; an InputError if it is gone or cannot be read."""
    if name.startswith(MODEL):
        return _saved(name.removeprefix(MODEL))
    run = _run(name)
    if run is None or run.epochs_done == 0:
        raise InputError(GONE)
    return _newest(run.id, run.epochs_done)


@st.cache_resource(max_entries=24, show_spinner=False)  # those of a class; 1 MB each
def _saved(model_id: str) -> Recogniser:
    found = store().models.get(model_id)
    if found is None:
        raise InputError(GONE)
    saved, weights = found
    return Recogniser(from_bytes(weights, saved.card))


def forget(model_id: str) -> None:
    """Have the server's memory forget a saved network, too, once it is deleted."""
    _saved.clear(model_id)


@st.cache_resource(max_entries=24, show_spinner=False)  # those of a class; 1 MB each
def _newest(run_id: str, epochs_done: int) -> Recogniser:
    """`epochs_done` is part of the cache's key: each epoch has weights of its own."""
    del epochs_done
    run, found = store().runs.get(run_id), store().checkpoints.weights(run_id)
    if run is None or found is None:
        raise InputError(GONE)
    epoch, weights = found
    row = next(
        (row for row in store().runs.epochs(run_id, after=epoch - 1) if row.epoch == epoch), None
    )
    accuracies = (None, None) if row is None else (row.validation_accuracy, row.test_accuracy)
    validation_accuracy, test_accuracy = (math.nan if a is None else a for a in accuracies)
    model = unfinished(
        weights,
        recipe.from_dict(run.recipe),
        epoch=epoch,
        validation_accuracy=validation_accuracy,
        test_accuracy=test_accuracy,
        train_digits=Digits(*mnist_part("train")),
    )
    return Recogniser(model)


@st.cache_resource(max_entries=2, show_spinner=False)  # the training and the test images
def mnist_part(split: str) -> mnist.Digits:
    """Read the training or the test images."""
    return mnist.load(split)


@contextmanager
def reading_test_images() -> Iterator[None]:
    """Say that a network reads all test images; the page stops where they cannot be read."""
    try:
        with st.spinner(_("The network reads 10,000 images …")):
            yield
    except InputError as error:
        stop_with(error)


def test_evaluation(recogniser: Recogniser) -> Evaluation:
    """Let the network read all test images, and no more than that."""
    with reading_test_images():
        return evaluation_of(recogniser.model, recogniser.model.identity)


@st.cache_resource(max_entries=4, show_spinner=False)  # the shipped networks, and a reader's own
def evaluation_of(_model: Model, identity: str) -> Evaluation:
    """Let a network read all test images; `identity` stands for it in the cache's key."""
    del identity
    return evaluate(_model, mnist_part("test"))
