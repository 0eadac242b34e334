"""The frame around every page: configuration, language, and the ladder's rungs as navigation."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page
from streamlit.runtime.pages_manager import PagesManager

from core.messages import N_
from pages.shared import link
from pages.shared.chart import measure
from pages.shared.choice import CURRENT_PAGE, choice
from pages.shared.cookies import remember
from pages.shared.first_visit import compile_for_all, load_page
from pages.shared.i18n import KEY, LANGUAGES, _, browser_language, language, tell_browser
from pages.shared.owner import remember_owner

ASSETS = Path(__file__).resolve().parents[2] / "assets"

APP = "Neuron Ladder"


@dataclass(frozen=True)
class Rung:
    """One page of the ladder: its file, its title, its icon, and what a learner does there."""

    path: str
    title: str
    icon: str
    about: str

    @property
    def name(self) -> str:
        """The last part of its address."""
        return Path(self.path).stem


HOME = Rung(
    "pages/start/home/home.py",
    N_("Home"),
    ":material/home:",
    N_("What the ladder is, and its rungs."),
)

PRIVACY = Rung(
    "pages/start/privacy/privacy.py",
    N_("What is kept of you"),
    ":material/privacy_tip:",
    N_("What the app keeps of a reader, where and how long, and how it is deleted."),
)
"""A page at the foot of all others, and no rung to climb."""

LADDER: dict[str, Sequence[Rung]] = {
    N_("Start"): [
        Rung(
            "pages/start/what_is_a_model/what_is_a_model.py",
            N_("What is a model?"),
            ":material/account_tree:",
            N_("A network of 1-2-1 neurons, stage by stage; and what “7 billion” counts."),
        ),
    ],
    N_("Lines"): [
        Rung(
            "pages/lines/one_weight/one_weight.py",
            N_("One weight"),
            ":material/show_chart:",
            N_("The smallest network there is learns a line, one sample at a time."),
        ),
        Rung(
            "pages/lines/normal_equation/normal_equation.py",
            N_("Normal equation"),
            ":material/functions:",
            N_("All samples at once: the loss is a parabola, and its vertex the best weight."),
        ),
        Rung(
            "pages/lines/gradient_descent/gradient_descent.py",
            N_("Gradient descent"),
            ":material/trending_down:",
            N_("Walk down the loss in small steps: sample by sample, in batches, or all at once."),
        ),
        Rung(
            "pages/lines/weight_and_bias/weight_and_bias.py",
            N_("Weight and bias"),
            ":material/stacked_line_chart:",
            N_("Two parameters at once: a path down a long and narrow valley."),
        ),
    ],
    N_("Curves"): [
        Rung(
            "pages/curves/activations/activations.py",
            N_("Activations"),
            ":material/ssid_chart:",
            N_("What bends a neuron's line, and how much of the gradient gets through it."),
        ),
        Rung(
            "pages/curves/sigmoid_neuron/sigmoid_neuron.py",
            N_("Sigmoid neuron"),
            ":material/moving:",
            N_("A line bent into an S: the chain rule, link by link, and where it stalls."),
        ),
        Rung(
            "pages/curves/mlp/mlp.py",
            N_("MLP"),
            ":material/hub:",
            N_("Neurons that share the work: from scratch, and in PyTorch."),
        ),
    ],
    N_("Planes"): [
        Rung(
            "pages/planes/boundary/boundary.py",
            N_("Boundary"),
            ":material/border_vertical:",
            N_("One neuron with two inputs: a line between two classes, and what none can part."),
        ),
        Rung(
            "pages/planes/playground/playground.py",
            N_("Playground"),
            ":material/scatter_plot:",
            N_("Any small network, and each neuron's own map of the plane while it learns."),
        ),
    ],
    N_("Digits"): [
        Rung(
            "pages/digits/train/train.py",
            N_("Train"),
            ":material/model_training:",
            N_("Train a network on 55,000 digits, live: when does it learn them by heart?"),
        ),
        Rung(
            "pages/digits/sketch/sketch.py",
            N_("Sketch"),
            ":material/draw:",
            N_("Draw a digit and watch a network read it after each stroke."),
        ),
        Rung(
            "pages/digits/handwriting/handwriting.py",
            N_("My handwriting"),
            ":material/ink_pen:",
            N_("Write ten digits: how well does the network read your own hand?"),
        ),
        Rung(
            "pages/digits/inspect/inspect.py",
            N_("Inspect"),
            ":material/frame_inspect:",
            N_("What a network misreads, what its units have learned, and what if one is missing."),
        ),
    ],
    N_("Lab"): [
        Rung(
            "pages/lab/compare/compare.py",
            N_("Compare"),
            ":material/compare:",
            N_("Runs over each other: which learned better, and which setting made it so?"),
        ),
        Rung(
            "pages/lab/sweep/sweep.py",
            N_("Sweep"),
            ":material/grid_on:",
            N_("Many combinations of hyperparameters at once: a map of what works."),
        ),
    ],
}
"""The sections in the order one climbs them, and the rungs of each."""

PATHS = {rung.name: rung.path for rungs in LADDER.values() for rung in rungs}
"""The file of each rung, by the last part of its address."""


def configure() -> DeltaGenerator:
    """Show what stands on every page; return the place of what takes no room."""
    compile_for_all()
    st.logo(str(ASSETS / "logo.svg"), icon_image=str(ASSETS / "icon.svg"))
    place = st.container(key="frame", height=1, border=False, gap=None)  # none of it takes room
    with place:
        st.html(ASSETS / "style.css")
        remember_owner()
        link.begin()
        with st.sidebar:
            _language_switch()
        tell_browser()
        measure()
    about = _("Neuron Ladder: how neural networks learn, rung by rung.")
    privacy = f"[{_(PRIVACY.title)}]({PRIVACY.name}?lang={language()})"
    st.set_page_config(
        layout="wide",
        page_icon=str(ASSETS / "icon.svg"),
        menu_items={"About": f"{about}\n\n{privacy}"},
    )
    return place


def navigation(place: DeltaGenerator) -> Page:
    """Show the ladder as navigation and return the page that the link names.

    Parameters
    ----------
    place : container
        For what takes no room.

    Notes
    -----
    Until ``st.navigation`` has run once in a server, Streamlit takes the folder ``pages`` for a
    list of page files. So it tells the very first visitor, if a deep link brought them, "Page not
    found", and shows the page all the same. Loading it once more is all it takes.
    """
    took_folder_for_pages = PagesManager.uses_pages_directory
    sections = {_(section): [_page(rung) for rung in rungs] for section, rungs in LADDER.items()}
    start = next(iter(sections.values()))
    start.insert(0, _page(HOME, default=True))
    start.append(_page(PRIVACY, visibility="hidden"))
    page = st.navigation(sections, position="top")
    st.set_page_config(page_title=f"{page.title} · {APP}" if page.url_path else APP)
    st.session_state[CURRENT_PAGE] = page.url_path
    if page.url_path not in ("", PRIVACY.name):
        with place:
            remember(page.url_path)
    if took_folder_for_pages and urlsplit(st.context.url or "").path.strip("/"):
        st.html("<script>window.location.reload()</script>", unsafe_allow_javascript=True)
        st.stop()
    link.arrive(page.url_path)
    load_page(PATHS.get(page.url_path, HOME.path))
    return page


def _language_switch() -> None:
    """Show the switch; it comes before any translated text, so that a link's language counts."""
    choice(
        "Language · 语言",
        LANGUAGES,
        key=KEY,
        default=browser_language(),
        segmented=True,
        in_frame=True,
        label_visibility="collapsed",
    )


def neighbours(path: str) -> None:
    """Show the links to the rung below and the rung above the page at `path`."""
    climb = [HOME, *(rung for rungs in LADDER.values() for rung in rungs)]
    here = [rung.path for rung in climb].index(path)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        below = climb[here - 1]
        st.page_link(below.path, label=_(below.title), icon=":material/arrow_back:")
        if here + 1 < len(climb):
            above = climb[here + 1]
            label = _("Next: {rung}").format(rung=_(above.title))
            st.page_link(
                above.path, label=label, icon=":material/arrow_forward:", icon_position="right"
            )
    foot()


def foot() -> None:
    """Show what stands at the foot of every page."""
    st.page_link(PRIVACY.path, label=_(PRIVACY.title), icon=PRIVACY.icon)


def _page(rung: Rung, **place: Any) -> Page:
    return st.Page(rung.path, title=_(rung.title), icon=rung.icon, help=_(rung.about), **place)
