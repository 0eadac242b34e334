"""The sidebar of Lab → Sweep: the recipe that all runs share, what varies, and how."""

import dataclasses
from typing import Any

import streamlit as st

from core.charts.lab.sweep.run_cells import axis_title
from core.digits.recipe import MODERN, Recipe
from core.digits.recipe import PRESETS as BASES
from core.lab.lesson_run import name_of
from core.lab.playground_run import PlaygroundRecipe
from core.lab.sweep.plan import Method, Sweep, sweep_of
from core.lab.sweep.space import NAMES, PLAYGROUND_NAMES, Base
from core.lab.words import value_text
from core.link.parameters import ALL_IMAGES, usual
from pages.shared import link
from pages.shared.choice import choice
from pages.shared.control import number_field, slider, switch, text_field
from pages.shared.i18n import _

VARIED = ("sw_a", "sw_b", "sw_c")
"""The keys of the choices of what varies."""
NOTHING = "none"

USUAL = usual(
    *("sw_of", "sw_base", "sw_epochs", "sw_images", "sw_seed", "sw_how", "sw_runs", "sw_prune"),
    *VARIED,
)
"""The controls' values where neither the link nor the reader has chosen others."""


def text_key(name: str, subject: str = "digits") -> str:
    """Return the key of the text that says what to try of a hyperparameter."""
    return f"sw_{name}" if subject == "digits" else f"swp_{name}"


TEXTS = usual(*map(text_key, NAMES), *(text_key(name, "playground") for name in PLAYGROUND_NAMES))


def sweep_controls() -> Sweep:
    """Show the controls; return the sweep they make. An InputError if it is not allowed."""
    with st.sidebar:
        st.header(_("What learns"))
        subject = choice(
            _("Runs of the page"),
            {"digits": _("Train"), "playground": _("Playground")},
            key="sw_of",
            segmented=True,
            help=_("Networks that read digits, or the network that the Playground is set to."),
        )
        st.header(_("What varies"))
        texts = _texts(subject)
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
        n_runs = number_field(
            _("Runs"),
            "sw_runs",
            help=_(
                "How many runs there may be. A range without a number of points gets as many as "
                "fit into a grid of so many runs."
            ),
        )
        prunes = subject == "digits" and switch(
            _("End hopeless runs early"),
            "sw_prune",
            help=_(
                "All runs are compared after a quarter and after half of their epochs, and each "
                "time the worse half ends. That saves about half of all epochs."
            ),
        )
        st.header(_("What all runs share"))
        base: Base = _base() if subject == "digits" else _playground()
    return sweep_of(base, texts, method, n_runs, prunes=prunes)


def _texts(subject: str) -> dict[str, str]:
    """Show up to three hyperparameters and what to try of each."""
    names = NAMES if subject == "digits" else PLAYGROUND_NAMES
    ordinals = (_("First"), _("Second"), _("Third"))
    texts: dict[str, str] = {}
    for key, ordinal in zip(VARIED, ordinals, strict=True):
        options = {name: axis_title(name, _) for name in names if name not in texts}
        if texts:
            options = {NOTHING: _("nothing more")} | options
        name = choice(
            ordinal,
            options,
            key=key,
            help=_("A hyperparameter that differs from run to run."),
        )
        if name == NOTHING:
            break
        texts[name] = text_field(
            _("Values of {name}").format(name=options[name]),
            text_key(name, subject),
            help=_(
                "Choices with commas between, such as 64,256,1024; or a range, such as 1e-4..1e-1, "
                "of which 1e-4..1e-1:5 takes five points."
            ),
        )
    return texts


def _playground() -> PlaygroundRecipe:
    """Say what the Playground is set to, and return it as a recipe."""
    from core.link.playground import DATA, USUAL, data_of, network_of  # which load the lesson
    from core.planes.playground import Config

    values: dict[str, Any] = {}
    for name in (*USUAL, *DATA):
        said = link.read(name)
        if said is not None:
            values[name] = said
            link.keep(name, said)
    config, data = Config(**network_of(values)), data_of(values)
    shape = value_text("shape", data.get("shape", "own"), _)
    st.markdown(f"**{shape}** · {name_of(config, [], _)}")
    st.caption(_("All that does not vary is as the Playground is set, and as the link says."))
    st.page_link(
        "pages/planes/playground/playground.py", label=_("Playground"), icon=":material/tune:"
    )
    return PlaygroundRecipe(config, data)


def _base() -> Recipe:
    """Show what all runs have in common; return a recipe with it."""
    name = choice(
        _("Recipe"),
        {
            "modern": _("Modern"),
            "convolutional": _("Convolutional"),
            "article": _("Article"),
        },
        key="sw_base",
        help=_("Everything that does not vary is as in this recipe of the page Train."),
    )
    n_epochs = number_field(_("Epochs"), "sw_epochs", help=_("Of each run that goes to its end."))
    images = slider(
        _("Training images"),
        "sw_images",
        help=_(
            "Fewer images make a quick first search. What is best with few need not be best "
            "with all."
        ),
    )
    seed = number_field(
        _("Seed of all chance"),
        "sw_seed",
        help=_("All runs begin alike. Another number gives another start, and other random draws."),
    )
    return dataclasses.replace(
        BASES[name],
        name="own",
        n_epochs=n_epochs,
        n_images=MODERN.n_images if images == ALL_IMAGES else images,
        seed=seed,
    )
