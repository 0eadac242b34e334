"""What becomes of a run on Digits → Train: save its network, use it, download it, tidy up."""

import dataclasses
import json
import re

import safetensors.numpy
import streamlit as st

from core.digits.network.files import card_to_dict, to_bytes
from core.digits.network.model import Model
from core.digits.recipe import from_dict
from core.digits.train.describe import describe
from core.digits.train.program import program
from core.messages import N_, InputError, require
from core.percent import percent
from core.store.address import picture_folder
from core.store.names import LONGEST
from core.store.records import ACTIVE, EpochRow, Run, Which
from pages.digits.train.snapshot import RunSnapshot
from pages.runs.created_once import created, drawn_id
from pages.runs.recipe_controls import AnyRecipe, set_controls
from pages.runs.shown_live import order, show_refusal
from pages.runs.watched_run import unwatch
from pages.shared import page
from pages.shared.choice import choice
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.networks.network_choice import NET, choose_network
from pages.shared.networks.own_networks import MODEL, mnist_part
from pages.shared.owner import owner

SAVED = "tr_saved"
"""Session state: the ids of the models saved, by the id of their run."""

REFUSED = "tr_not_deleted"
"""Session state: why a run could not be deleted."""

GONE = N_("This epoch is gone: the run was deleted, or has gone on.")
"""Why a network can be had no more."""


def show_result(snapshot: RunSnapshot) -> None:
    """Show what one can do with a run that is not at work, and the program that repeats it."""
    run = snapshot.run
    try:
        recipe = from_dict(run.recipe)
    except InputError as error:  # of another version of the app
        st.warning(error.translated(_))
        return
    if run.status not in ACTIVE:
        if snapshot.epochs:
            with st.container(border=True):
                _keep(snapshot)
        _tidy(run, recipe)
    page.program(
        program(recipe, f"{_slug(run)}.safetensors"),
        f"{_slug(run)}.py",
        _("The program that makes this run again"),
    )


def _keep(snapshot: RunSnapshot) -> None:
    """Save the network of an epoch under a name, use it, or download it."""
    run, epoch, which = snapshot.run, *_choose_epoch(snapshot)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            _("Save the network as"),
            run.name,
            max_chars=LONGEST,
            key=f"tr_name_{run.id}",
            help=_("It then stands on Sketch, My handwriting and Inspect, under this name."),
        )
        if st.button(_("Save"), key="tr_save", icon=":material/save:", type="primary"):
            _save(run, epoch, which, name, drawn_id("tr_save"))
    with st.container(horizontal=True):
        st.download_button(
            _("Weights (safetensors)"),
            lambda: _weights(run.id, epoch.epoch, which),
            file_name=f"{_slug(run)}.safetensors",
            key="tr_weights",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Model card (JSON)"),
            lambda: _card(run, epoch, which),
            file_name=f"{_slug(run)}.json",
            mime="application/json",
            key="tr_card",
            icon=":material/download:",
            on_click="ignore",
        )
    saved: str | None = st.session_state.get(SAVED, {}).get(run.id)
    if saved is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("Saved."), width="content")
            sketch_with(MODEL + saved, _("Sketch with the saved network"), key="tr_use_saved")


def sketch_with(network: str, label: str, *, key: str) -> None:
    """Show a button that opens Sketch with a network.

    Parameters
    ----------
    network : str
        ``model-`` or ``run-`` and an id.
    label : str
        Of the button.
    key : str
    """
    if st.button(label, key=key, icon=":material/draw:", on_click=choose_network, args=(network,)):
        st.switch_page("pages/digits/sketch/sketch.py", query_params={NET: network})


def _choose_epoch(snapshot: RunSnapshot) -> tuple[EpochRow, Which]:
    """Show the choice between the best epoch and the last, where they are two."""
    last, best = snapshot.epochs[-1], snapshot.best
    if best is None or best.epoch == last.epoch:
        return last, "last"
    which: Which = choice(
        _("Which epoch?"),
        {"best": _epoch(_("the best"), best), "last": _epoch(_("the last"), last)},
        key="tr_which",
        segmented=True,
        help=_("The best is the one that reads most of the 5,000 held-out images right."),
    )
    return (best, "best") if which == "best" else (last, "last")


def _epoch(name: str, epoch: EpochRow) -> str:
    text = _("{name}: epoch {epoch}").format(name=name, epoch=epoch.epoch)
    accuracy = epoch.test_accuracy
    return text if accuracy is None else f"{text}, {percent(accuracy)} %"


def _save(run: Run, epoch: EpochRow, which: Which, name: str, model_id: str) -> None:
    """Describe the network and save it under a name."""
    try:
        with st.spinner(_("The network reads 15,000 images …")):
            model = _described(run, epoch, which)
        card = card_to_dict(dataclasses.replace(model.card, name=name.strip() or run.name))
        weights = to_bytes(model.weights)
        saved = store().models.save(owner(), name, card, weights, run.id, model_id=model_id)
    except InputError as error:
        st.error(error.translated(_))
    else:
        created("tr_save")
        st.session_state.setdefault(SAVED, {})[run.id] = saved


def _described(run: Run, epoch: EpochRow, which: Which) -> Model:
    """Return the network of an epoch with its card, which tells how far the run has come by now."""
    model = _measured(run.id, epoch.epoch, which)
    return dataclasses.replace(
        model, card=dataclasses.replace(model.card, epochs_done=run.epochs_done)
    )


@st.cache_resource(max_entries=4, show_spinner=False)  # the last runs; 1 MB each
def _measured(run_id: str, epoch: int, which: Which) -> Model:
    """Fit the temperature and measure the network; the same for all who ask."""
    weights = safetensors.numpy.load(_weights(run_id, epoch, which))
    run = store().runs.get(run_id)
    rows = [row for row in store().runs.epochs(run_id, after=epoch - 1) if row.epoch == epoch]
    require(run is not None and bool(rows), GONE)
    assert run is not None
    return describe(
        from_dict(run.recipe),
        weights,
        epochs_done=run.epochs_done,
        epoch_kept=epoch,
        validation_accuracy=rows[0].validation_accuracy or 0.0,
        train_digits=mnist_part("train"),
        test_digits=mnist_part("test"),
        pool_folder=picture_folder(),
    )


def _weights(run_id: str, epoch: int, which: Which) -> bytes:
    """Read the weights of an epoch; an InputError if they are there no more."""
    stored = store().checkpoints.weights(run_id, which)
    require(stored is not None and stored[0] == epoch, GONE)
    assert stored is not None
    return stored[1]


def _card(run: Run, epoch: EpochRow, which: Which) -> str:
    card = card_to_dict(_described(run, epoch, which).card)
    return json.dumps(card | {"name": run.name}, indent=2, ensure_ascii=False) + "\n"


def _slug(run: Run) -> str:
    """Return a run's name as one of a file."""
    return re.sub(r"[^\w.]+", "-", run.name).strip("-.") or run.id


def _tidy(run: Run, recipe: AnyRecipe) -> None:
    """Offer to take the recipe over, and to rename or delete a run of one's own."""
    with st.container(horizontal=True):
        st.button(
            _("Use its recipe"),
            key="tr_take",
            icon=":material/input:",
            on_click=set_controls,
            args=(recipe,),
            help=_("Sets the controls in the sidebar to what this run was trained with."),
        )
        if run.owner != owner():
            st.caption(_("This run is somebody else's: you can look at it and use it."))
            return
        with st.popover(_("Rename"), icon=":material/edit:"):
            name = st.text_input(
                _("Name of the run"), run.name, max_chars=LONGEST, key=f"tr_rename_{run.id}"
            )
            if st.button(_("Rename it"), key="tr_rename"):
                _rename(run, name)
        with st.popover(_("Delete"), icon=":material/delete:"):
            st.markdown(_("Its curves and weights are gone then. Networks saved of it stay."))
            st.button(
                _("Delete this run"), key="tr_delete", type="primary", on_click=_delete, args=(run,)
            )
    show_refusal(REFUSED)


def _rename(run: Run, name: str) -> None:
    try:
        store().runs.rename(run.id, name)
    except InputError as error:
        st.error(error.translated(_))
    else:
        st.rerun()


def _delete(run: Run) -> None:
    """Delete a run and show the newest instead; a callback."""
    with order(REFUSED):
        store().runs.delete(run.id)
        unwatch()
