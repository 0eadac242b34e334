"""Below a lesson: its run to take away, as code, as a notebook, as an exercise and as tables."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import pandas as pd
import streamlit as st

from core.export.notebook import Texts, as_exercise, as_notebook
from core.export.program import Program, as_file
from core.history import History
from pages.shared import page_parts as parts
from pages.shared.charts.chart import Shown
from pages.shared.i18n import _, language, tag, translator
from pages.taking.animation import animation

FOLD = "take_away"
"""Session state: whether the fold is open."""

NOTEBOOK, PARQUET = "application/x-ipynb+json", "application/vnd.apache.parquet"

Content = str | Callable[[], str | bytes]
"""What a file holds, or what makes it once it is asked for."""


class Table(Protocol):
    """What was learned from, as a table."""

    def to_frame(self) -> pd.DataFrame: ...


class Taken(NamedTuple):
    """A run to take away.

    Parameters
    ----------
    history : History or None
        What the run recorded, once it has.
    samples
        What it learned from, as a table.
    make : callable
        Writes the run as a program.
    texts : Texts
        What the page says, for a notebook.
    player : Shown or None
        The chart that shows the run, where the page alone draws it.
    """

    history: History | None
    samples: Table
    make: Callable[[], Program]
    texts: Texts
    player: Shown | None


def take_away(name: str, find: Callable[[], Taken]) -> None:
    """Offer a run in a fold: nothing is made before it is opened, no file before it is asked for.

    Parameters
    ----------
    name : str
        Of the files.
    find : callable
        Returns the run.
    """

    def take_it_with_you() -> None:
        fold = st.expander(
            _("Take it with you"), icon=":material/download:", key=FOLD, on_change="rerun"
        )
        if not fold.open:
            return
        taken = find()
        with fold:
            _code(name, taken.make(), taken.texts)
            if taken.player is not None:
                _player(name, taken.player, taken.texts)
            _numbers(name, taken.history, taken.samples)

    parts.show(take_it_with_you, follows=parts.in_fold(FOLD, object))


def _code(name: str, program: Program, texts: Texts) -> None:
    """Offer the program, to read and as files."""
    st.subheader(_("Get this as code"))
    st.markdown(
        _(
            "A program that makes this very run again, with the same loop, settings and samples, "
            "and ends with the same numbers. It needs nothing of Neuron Ladder."
        )
    )
    text, translate = as_file(program), translator()
    with st.container(horizontal=True):
        _file(_("Python file"), text, f"{name}.py", "text/x-python")
        _file(
            _("Notebook"),
            lambda: as_notebook(program, texts, translate),
            f"{name}.ipynb",
            NOTEBOOK,
        )
        _file(
            _("Exercise"),
            lambda: as_exercise(program, texts, translate),
            f"{name}_exercise.ipynb",
            NOTEBOOK,
        )
        _file(
            _("Exercise with solution"),
            lambda: as_exercise(program, texts, translate, solved=True),
            f"{name}_solution.ipynb",
            NOTEBOOK,
        )
    st.caption(
        _(
            "The exercise is the notebook without the lines that learn; its cells compare your "
            "numbers with ours. It has the form of nbgrader, which grades a class by the one "
            "with the solution."
        )
    )
    st.code(text, language="python", height=360, wrap_lines=True)


def _player(name: str, player: Shown, texts: Texts) -> None:
    """Offer the player as a page of its own."""
    spoken, translate = tag(language()), translator()

    def write() -> str:
        from core.charts.standalone import as_html  # and with it altair

        return as_html(
            player.specification,
            player.tables,
            title=texts.title,
            about=texts.question,
            alt_text=player.alt,
            language=spoken,
            file_name=name,
            translate=translate,
        )

    st.subheader(_("Get the picture"))
    st.markdown(
        _(
            "The player in a file of its own: it opens in any browser, without this app and "
            "without a network. Its menu saves the step that is shown as PNG or SVG."
        )
    )
    _file(_("Player (HTML)"), write, f"{name}.html", "text/html")
    animation(name, player)


def _numbers(name: str, history: History | None, samples: Table) -> None:
    """Offer the history, and what was learned from, as tables."""
    st.subheader(_("Get the numbers"))
    with st.container(horizontal=True):
        if history is not None:
            run = history.to_frame
            _file(_("This run (CSV)"), lambda: _csv(run()), f"{name}.csv", "text/csv")
            _file(
                _("This run (Parquet)"),
                lambda: run().to_parquet(index=False),
                f"{name}.parquet",
                PARQUET,
            )
        _file(_("The data (CSV)"), lambda: _csv(samples.to_frame()), f"{name}_data.csv", "text/csv")


def _csv(table: pd.DataFrame) -> str:
    text: str = table.to_csv(index=False)
    return text


def _file(label: str, content: Content, file_name: str, kind: str) -> None:
    st.download_button(
        label,
        content,
        file_name=file_name,
        mime=kind,
        icon=":material/download:",
        on_click="ignore",
    )
