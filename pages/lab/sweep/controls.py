"""The sidebar of Lab → Sweep: the recipe that all runs share, what varies, and how."""

import dataclasses
from typing import Any

import streamlit as st

from core.charts.lab.sweep.run_cells import axis_title
from core.digits.recipe import MODERN, WHOLE_NUMBERS, Recipe
from core.digits.recipe import PRESETS as BASES
from core.lab.sweep.plan import MOST_RUNS, USUAL_RUNS, Method, Sweep, sweep_of
from core.lab.sweep.space import NAMES
from core.lab.sweep.text import EXAMPLES
from pages.shared.choice import choice
from pages.shared.i18n import _
from pages.shared.kept_values import kept
from pages.shared.runs.recipe_controls import IMAGES

VARIED = ("sw_a", "sw_b", "sw_c")
"""The keys of the choices of what varies."""
NOTHING = "none"
USUAL_VARIED = ("learning_rate", "batch_size", NOTHING)

USUAL: dict[str, Any] = {
    "sw_base": "modern",
    "sw_epochs": 6,
    "sw_images": 5_000,
    "sw_seed": 0,
    "sw_how": "grid",
    "sw_runs": USUAL_RUNS,
    "sw_prune": True,
    **dict(zip(VARIED, USUAL_VARIED, strict=True)),
}
"""The controls' values where neither the link nor the reader has chosen others."""


def text_key(name: str) -> str:
    """Return the key of the text that says what to try of a hyperparameter."""
    return f"sw_{name}"


TEXTS = {text_key(name): EXAMPLES[name] for name in NAMES}


def sweep_controls() -> Sweep:
    """Show the controls; return the sweep they make. An InputError if it is not allowed."""
    with st.sidebar, kept(*USUAL, *TEXTS):
        st.header(_("What varies"))
        texts = _texts()
        methods: dict[Method, str] = {"grid": _("Grid"), "random": _("Random")}
        method = choice(
            _("Which combinations"),
            methods,
            key="sw_how",
            segmented=True,
            help=_(
                "A grid tries every value with every other. A random search draws each combination "
                "anew: of as many runs, each hyperparameter then sees more different values."
            ),
        )
        n_runs = st.number_input(
            _("Runs"),
            1,
            MOST_RUNS,
            USUAL["sw_runs"],
            key="sw_runs",
            bind="query-params",
            help=_(
                "How many runs there may be. A range without a number of points gets as many as "
                "fit into a grid of so many runs."
            ),
        )
        prunes = st.toggle(
            _("End hopeless runs early"),
            USUAL["sw_prune"],
            key="sw_prune",
            bind="query-params",
            help=_(
                "All runs are compared after a quarter and after half of their epochs, and each "
                "time the worse half ends. That saves about half of all epochs."
            ),
        )
        st.header(_("What all runs share"))
        base = _base()
    return sweep_of(base, texts, method, int(n_runs), prunes=prunes)


def _texts() -> dict[str, str]:
    """Show up to three hyperparameters and what to try of each."""
    ordinals = (_("First"), _("Second"), _("Third"))
    texts: dict[str, str] = {}
    for key, ordinal, usual in zip(VARIED, ordinals, USUAL_VARIED, strict=True):
        options = {name: axis_title(name, _) for name in NAMES if name not in texts}
        if texts:
            options = {NOTHING: _("nothing more")} | options
        name = choice(
            ordinal,
            options,
            key=key,
            default=usual if usual in options else None,
            help=_("A hyperparameter that differs from run to run."),
        )
        if name == NOTHING:
            break
        texts[name] = st.text_input(
            _("Values of {name}").format(name=options[name]),
            EXAMPLES[name],
            key=text_key(name),
            bind="query-params",
            max_chars=300,
            help=_(
                "Choices with commas between, such as 64,256,1024; or a range, such as 1e-4..1e-1, "
                "of which 1e-4..1e-1:5 takes five points."
            ),
        )
    return texts


def _base() -> Recipe:
    """Show what all runs have in common; return a recipe with it."""
    name = choice(
        _("Recipe"),
        {"modern": _("Modern"), "article": _("Article")},
        key="sw_base",
        help=_("Everything that does not vary is as in this recipe of the page Train."),
    )
    n_epochs = st.number_input(
        _("Epochs"),
        *WHOLE_NUMBERS["n_epochs"],
        USUAL["sw_epochs"],
        key="sw_epochs",
        bind="query-params",
        help=_("Of each run that goes to its end."),
    )
    images = st.select_slider(
        _("Training images"),
        IMAGES,
        USUAL["sw_images"],
        format_func=lambda n: f"{n:,}",
        key="sw_images",
        bind="query-params",
        help=_(
            "Fewer images make a quick first search. What is best with few is often, not always, "
            "good with all."
        ),
    )
    seed = st.number_input(
        _("Seed of all chance"),
        0,
        9999,
        USUAL["sw_seed"],
        key="sw_seed",
        bind="query-params",
        help=_("All runs begin alike. Another number gives another start, and other random draws."),
    )
    return dataclasses.replace(
        BASES[name],
        name="own",
        n_epochs=int(n_epochs),
        n_images=MODERN.n_images if images == IMAGES[-1] else images,
        seed=int(seed),
    )
