"""A network that a page has taught: to keep it for Sketch, to use it there, and to delete it."""

import dataclasses
from collections.abc import Callable

import streamlit as st

from core.digits.network.evaluation import Evaluation
from core.digits.network.files import card_to_dict, to_bytes
from core.digits.recognise import Recogniser
from core.messages import InputError
from pages.runs.created_once import created, drawn_id
from pages.shared.i18n import _
from pages.shared.jobs import store
from pages.shared.networks.network_choice import NET, choose_network
from pages.shared.networks.own_networks import MODEL, forget
from pages.shared.owner import owner


def offer_to_keep(
    saved: str | None, *, key: str, save: Callable[[], None], delete: Callable[[], None]
) -> None:
    """Offer to keep a network, or to use the kept one, and to delete it.

    Parameters
    ----------
    saved : str or None
        The id under which it is kept.
    key : str
        Of the buttons, before ``_save``, ``_sketch`` and ``_forget``.
    save : callable
        Keeps it.
    delete : callable
        Forgets it, here and in the store; a callback.
    """
    with st.container(horizontal=True):
        if saved is None:
            if st.button(_("Keep it for Sketch"), key=f"{key}_save", icon=":material/save:"):
                save()
        else:
            name = MODEL + saved
            if st.button(
                _("Sketch with it"),
                key=f"{key}_sketch",
                icon=":material/draw:",
                on_click=choose_network,
                args=(name,),
            ):
                st.switch_page("pages/digits/sketch/sketch.py", query_params={NET: name})
        st.button(
            _("Delete this network"),
            key=f"{key}_forget",
            icon=":material/delete:",
            on_click=delete,
        )
    st.caption(
        _("It is in this session's memory. Kept, it stands in the list of networks on every page.")
        if saved is None
        else _("It is kept on the server as a network of yours, until you delete it.")
    )


def keep_network(
    network: Recogniser, name: str, taught: str, after: Evaluation, *, key: str
) -> str | None:
    """Keep a network in the store; return its id, or None, and say why, where it cannot be kept.

    Parameters
    ----------
    network : Recogniser
    name : str
    taught : str
        What was done to it, for its card: a sentence that follows what was held out.
    after : Evaluation
        On MNIST's test images.
    key : str
        As of `offer_to_keep`.
    """
    model, button = network.model, f"{key}_save"
    card = dataclasses.replace(
        model.card,
        name=name,
        held_out=f"{model.card.held_out} {taught}",
        test_accuracy=after.accuracy,
        test_accuracy_per_digit=tuple(after.accuracy_per_digit.tolist()),
        measured={},
    )
    try:
        saved = store().models.save(
            owner(),
            name,
            card_to_dict(card),
            to_bytes(model.weights),
            model_id=drawn_id(button),
        )
    except InputError as error:
        st.error(error.translated(_))
        return None
    created(button)
    return saved


def delete_network(saved: str | None) -> None:
    """Delete a network that was kept, if it was."""
    if saved is not None:
        store().models.delete(saved)
        forget(saved)
