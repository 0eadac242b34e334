"""What a recipe of Digits → Train would cost, and the button that starts it."""

import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from core.digits.duration import estimate
from core.digits.recipe import MODERN, Recipe, to_dict
from core.digits.split import split
from core.digits.train.made import files
from core.messages import InputError
from core.number import number, whole
from core.percent import percent
from core.store.address import picture_folder
from pages.digits.train.controls import recipe_names
from pages.runs.created_once import created, drawn_id
from pages.runs.recipe_controls import AnyRecipe
from pages.runs.run_words import expected
from pages.runs.watched_run import watch
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.jobs import jobs, store
from pages.shared.networks.own_networks import mnist_part
from pages.shared.owner import owner

BUTTON = "tr_train"
"""The key of the button that starts a run."""

TROUBLE = "tr_trouble"
"""Session state: why the last run could not be started."""

REFRESH = 0.5
"""Seconds until the computer's speed is asked for again, while it is being measured."""


def offer(recipe: AnyRecipe) -> None:
    """Show the button that starts a run with this recipe, and what to expect of it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="launch"):
        st.button(
            _("Train"),
            key=BUTTON,
            type="primary",
            icon=":material/play_arrow:",
            on_click=_begin,
            args=(recipe, drawn_id(BUTTON)),
        )
        known = expected_seconds(recipe) is not None
        fragment(_expectation, run_every=None if known else REFRESH)(recipe, known)
    trouble: InputError | None = st.session_state.pop(TROUBLE, None)
    if trouble is not None:
        st.error(trouble.translated(_))


def expected_seconds(recipe: AnyRecipe, n_pictures: int | None = None) -> float | None:
    """Return how long the run would take here; None while the speed is not known.

    Parameters
    ----------
    recipe : Recipe or MadeRecipe
    n_pictures : int, optional
        How many pictures are still to be made; all that are not kept here by default.
    """
    try:
        speed = jobs().speed
    except InputError:
        return None
    if speed is None:
        return None
    missing = _pictures_to_make(recipe) if n_pictures is None else n_pictures
    return estimate(recipe, speed, n_pictures=missing)


def _pictures_to_make(recipe: AnyRecipe) -> int | None:
    """Count the pictures that are not yet kept on this computer."""
    if isinstance(recipe, Recipe):
        return None
    return files.n_missing(recipe.made, _kept_in(picture_folder(), recipe))


@st.cache_data(max_entries=8, show_spinner=False)  # a path for each size of training set
def _kept_in(folder: Path, recipe: AnyRecipe) -> Path:
    """Find where pictures are kept that are made from the images this recipe learns from."""
    learned, _held_out = split(recipe, mnist_part("train"))
    return files.folder_for(folder, learned)


def _expectation(recipe: AnyRecipe, known: bool) -> None:
    """Say how large the network is and how long it takes; asked again until that is known."""
    seconds = expected_seconds(recipe)
    if (seconds is not None) != known:
        st.rerun()
    n = _("{n} parameters").format(n=whole(recipe.n_parameters))
    text = f"{recipe.network} · **{n}** · {_time(seconds)}"
    if recipe.is_convolutional:
        text += " · " + _beside_dense(recipe)
    st.markdown(text)


def _beside_dense(recipe: AnyRecipe) -> str:
    """Compare a convolutional network with the dense one of Modern."""
    dense = MODERN.n_parameters, sum(MODERN.n_products)
    mine = recipe.n_parameters, sum(recipe.n_products)
    return _(
        "{share} % of the parameters of the dense {sizes}, and {times} times its products for an "
        "image"
    ).format(
        share=percent(mine[0] / dense[0]), sizes=MODERN.network, times=number(mine[1] / dense[1])
    )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return _("measuring how fast this computer is …")
    return expected(_("{time} on this computer"), seconds, 1)


def _begin(recipe: AnyRecipe, run_id: str) -> None:
    """Start a run under the next free name and watch it; a callback."""
    try:
        name = next_name(recipe_names()[recipe.name], store().runs.names(owner(), "digits"))
        watch(jobs().submit(owner(), name, to_dict(recipe), run_id=run_id))
    except InputError as error:
        st.session_state[TROUBLE] = error
    else:
        created(BUTTON)


def next_name(name: str, names: Iterable[str]) -> str:
    """Return the name with the first number that no run has had since.

    Examples
    --------
    >>> next_name("Modern", [])
    'Modern · 1'
    """
    used = (re.fullmatch(rf"{re.escape(name)} · (\d+)", other) for other in names)
    return f"{name} · {1 + max((int(match[1]) for match in used if match), default=0)}"
