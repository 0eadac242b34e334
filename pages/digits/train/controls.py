"""The sidebar of Digits → Train: a recipe, from a preset on or of one's own."""

import dataclasses

import streamlit as st

from core.digits.recipe import MODERN, SKETCH
from pages.digits.train import fields
from pages.runs.recipe_controls import (
    FIXED,
    OWN,
    PRESETS,
    AnyRecipe,
    recipe_of,
    set_controls,
    values_of,
)
from pages.shared import link
from pages.shared.choice import choice
from pages.shared.i18n import _

PRESET = "tr_preset"


def train_controls() -> AnyRecipe:
    """Show the controls; return the recipe they choose. An InputError if it is not allowed."""
    _take_linked_preset()
    with st.sidebar:
        top = st.container()
        linked = st.query_params.get("tr_made", "").lower() == "true"
        made = linked if link.is_new() else bool(st.session_state.get("tr_made", linked))
        if made:
            values = values_of(SKETCH)
            link.overrule({key: values[key] for key in FIXED})
        st.header(_("Network"))
        chosen = fields.network()
        st.header(_("Learning"))
        chosen |= fields.learning(made)
        with st.expander(_("Against learning by heart"), icon=":material/shield:"):
            chosen |= fields.against_heart(made)
        with st.expander(_("More"), icon=":material/tune:"):
            chosen |= fields.more(made)
        recipe = recipe_of(chosen, made)
        with top:
            _preset(recipe.name)
    return recipe


def _take_linked_preset() -> None:
    """Begin with the preset that the link names, but for what else the link says."""
    linked = st.query_params.get(PRESET)
    if link.is_new() and linked in PRESETS:
        link.fill(values_of(PRESETS[linked]))


def _choose_preset() -> None:
    """Set the controls to the chosen preset; the seed is no part of it."""
    recipe = PRESETS.get(st.session_state[PRESET])
    if recipe is not None:
        seed = st.session_state.get("tr_seed", 0)
        set_controls(dataclasses.replace(recipe, seed=seed))


def recipe_names() -> dict[str, str]:
    """Return what the reader sees for the presets' names, and for one of their own."""
    return {
        "modern": _("Modern"),
        "convolutional": _("Convolutional"),
        "article": _("Article"),
        "sketch": _("Sketch"),
        OWN: _("Your own"),
    }


def _preset(name: str) -> None:
    """Show which preset the controls make; choosing one sets them all."""
    names = recipe_names()
    if name != OWN:
        del names[OWN]
    st.session_state[PRESET] = st.session_state[f"{PRESET}_chosen"] = name
    link.say(PRESET, [] if name == MODERN.name else [name], is_step=False)
    choice(
        _("Recipe"),
        names,
        key=PRESET,
        on_change=_choose_preset,
        help=_(
            "Where to begin. Modern is what one would choose today, Article what a well-known "
            "tutorial chose for the same network. Convolutional makes a network of small kernels "
            "that slide over the picture. Sketch also learns from pictures that the project's own "
            "pen draws, and takes far longer. Change anything, and it is your own."
        ),
    )
