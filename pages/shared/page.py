"""The parts of a lesson's page that are the same on every rung."""

import dataclasses
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import pandas as pd
import streamlit as st

from core.datasets import Samples
from core.history import History
from core.hyperparameters import Descent
from core.messages import InputError
from core.planes.points import Points
from pages.shared import link
from pages.shared.i18n import _

AnyConfig = TypeVar("AnyConfig", bound=Descent)

MAX_SEEN = 5_000_000
"""The most samples, epoch by epoch, that a run sees while the reader waits: half a second."""


def presets(choices: Sequence[tuple[str, str, Mapping[str, Any]]], *, key: str = "preset") -> None:
    """Show things to try, each a button that sets the page's controls and a sentence.

    Parameters
    ----------
    choices : sequence of (label, sentence, values)
        ``values`` maps keys of widgets to what the button sets them to.
    key : str, default="preset"
        Of the buttons; another one where a page has things to try in two places.
    """
    st.header(_("Things to try"))
    for i, (label, sentence, values) in enumerate(choices):
        button, text = st.columns([1, 2.4], vertical_alignment="center")
        button.button(
            label,
            key=f"{key}_{i}",
            on_click=link.go,
            args=(values,),
            width="stretch",
        )
        text.markdown(sentence)


def code_that_ran(*functions: Callable[..., Any] | str) -> None:
    """Show the source of the functions this page has just run; a text is shown as it is."""
    with st.expander(_("The code that ran"), icon=":material/code:"):
        st.code("\n\n".join(_source(function) for function in functions), language="python")


def program(source: str, file_name: str, title: str | None = None) -> None:
    """Show a complete program that does what this page did, and offer it as a file."""
    title = title or _("The code that ran, as a complete program")
    with st.expander(title, icon=":material/code:"):
        st.code(source, language="python")
        st.download_button(
            _("Download the program"),
            source,
            file_name=file_name,
            mime="text/x-python",
            icon=":material/download:",
            on_click="ignore",
        )


def download(history: History | None, name: str, samples: Samples | Points | None = None) -> None:
    """Offer the history, and what was learned from, as CSV files."""
    with st.container(horizontal=True):
        if history is not None:
            _download(_("Download this run (CSV)"), history.to_frame, name)
        if samples is not None:
            _download(_("Download the data (CSV)"), samples.to_frame, f"{name}_data")


def _download(label: str, to_frame: Callable[[], pd.DataFrame], name: str) -> None:
    st.download_button(
        label,
        lambda: to_frame().to_csv(index=False),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def affordable(config: AnyConfig, n_samples: int, n_neurons: int = 1) -> AnyConfig:
    """Return the configuration with no more epochs than a page can wait for, and say so.

    Parameters
    ----------
    config : Descent
        What the controls say.
    n_samples : int
        How many samples an epoch has.
    n_neurons : int, default=1
        A sample takes about so many times as long as with a single neuron.
    """
    fewer = max(1, MAX_SEEN // (n_samples * n_neurons))
    if config.n_epochs <= fewer:
        return config
    st.caption(
        _("{wanted} epochs of {n} samples would take long: this run has {fewer}.").format(
            wanted=f"{config.n_epochs:,}", n=f"{n_samples:,}", fewer=f"{fewer:,}"
        )
    )
    return dataclasses.replace(config, n_epochs=fewer)


def stop_with(error: InputError) -> NoReturn:
    """Show the error's sentence in the reader's language, and nothing below it."""
    st.error(error.translated(_))
    st.stop()


@functools.cache
def _source(function: Callable[..., Any] | str) -> str:
    if isinstance(function, str):
        return function
    return inspect.getsource(getattr(function, "py_func", function)).rstrip()
