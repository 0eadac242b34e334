"""The reader's own samples: pasted, uploaded, or typed into a table. They stay for the session."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from numpy.typing import ArrayLike

from core.charts.player import MAX_SAMPLES
from core.datasets import Samples, as_samples
from core.messages import InputError
from core.own_data import MAX_BYTES, Reading, TwoMeaningsError, from_table, read_csv, to_table
from pages.shared.choice import CURRENT_PAGE, choice
from pages.shared.i18n import _

EXAMPLE = as_samples([0.1, 0.3, 0.5, 0.7, 0.9], [0.2, 0.4, 0.8, 1.0, 1.4])
"""What the table holds at first."""

MAX_EDITED = 2000
"""The most rows that are shown in a table to edit."""

MAX_PASTED = 50_000
"""The most characters in the box for text: a browser takes minutes to lay out a million."""

SCRIPT = Path(__file__).resolve().parents[3] / "assets" / "large_paste.js"

large_paste = st.components.v2.component("large_paste", js=SCRIPT.read_text("utf-8"))
"""A paste that is too large for the box comes to us without being laid out in it."""

LARGE_PASTE = "own_large_paste"

TABLE, LATEST, READ, GOOD, EDITOR, ERROR, SOURCE, OPEN, WAS_OPEN, BY_LINK = (
    f"own_{name}"
    for name in (
        *("table", "latest", "read", "good", "editor"),
        *("error", "source", "open", "was_open", "by_link"),
    )
)
"""Session state: what the editor began with, what it holds now, what that says, the last samples
that a check let pass, by its name; the editor's number and page; what is wrong with the last CSV;
what was handed in last; whether the box is open, and was on the last page; whether own samples were
asked for by the link that this session began with."""


class Source(NamedTuple):
    """What was handed in last, by its file's name or by what the page calls it."""

    name: str | None
    reading: Reading | None = None


def source(made: str, help: str) -> bool:  # noqa: A002 - what Streamlit calls it
    """Show the choice between the lesson's samples, called `made`, and the reader's own.

    Returns
    -------
    bool
        Whether they are the reader's own.
    """
    chosen = choice(
        _("Samples"), {"made": made, "own": _("your own")}, key="src", segmented=True, help=help
    )
    st.session_state.setdefault(BY_LINK, chosen == "own")
    return chosen == "own"


def own_samples(
    example: Samples = EXAMPLE, check: Callable[[ArrayLike, ArrayLike], Samples] = as_samples
) -> Samples:
    """Show the reader's data to edit and return the samples; the last good ones if some are bad.

    Parameters
    ----------
    example : Samples
        What the table holds until the reader hands something in; it passes the check.
    check : callable
        Called with x and y; it raises `InputError` where a lesson cannot learn from them.
    """
    state = st.session_state
    page = state[CURRENT_PAGE]
    number, last_page = state.get(EDITOR, (0, page))
    if last_page != page:  # another page's editor is another widget: begin with what is there
        state[TABLE], number = state[LATEST], number + 1
    state[EDITOR] = number, page
    handed_in: Source | None = state.get(SOURCE)
    if handed_in is None:
        state[TABLE] = to_table(example)
    state.setdefault(OPEN, state.get(WAS_OPEN, True))
    with st.expander(_("Your data"), icon=":material/table:", key=OPEN, on_change="rerun"):
        editor, text = st.tabs([_("Table"), "CSV"])
        with text:
            _ask_for_text(number)
        with editor:
            read = _edited(state[TABLE], number, handed_in)
    state[WAS_OPEN] = state[OPEN]
    _tell_error()
    good: dict[str, Samples] = state.setdefault(GOOD, {})
    try:
        if isinstance(read, InputError):
            raise read
        good[check.__name__] = check(*read.samples)
    except InputError as error:
        st.error(error.translated(_))
    samples = good.get(check.__name__, example)
    _tell_source(read, samples)
    return samples


def _ask_for_text(number: int) -> None:
    st.text_area(
        _("Paste a CSV: columns x and y, a header or none"),
        key="own_text",
        height=100,
        max_chars=MAX_PASTED,
        placeholder="x,y\n0.1,0.2",
        help=_(
            "Columns parted by commas, semicolons, tabs or spaces; decimals with a point or a "
            "comma; 10% is 0.1. More than {n} characters are used as they are pasted."
        ).format(n=f"{MAX_PASTED:,}"),
    )
    large_paste(key=LARGE_PASTE, data=MAX_PASTED, on_text_change=_use_large_paste, height=1)
    st.button(_("Use this CSV"), key="own_use", on_click=_use_text)
    key = f"own_file_{number}"
    st.file_uploader(
        _("or upload one, up to 100,000 rows and 2 MB"),
        type=["csv", "tsv", "txt"],
        key=key,
        max_upload_size=MAX_BYTES // 2**20,
        on_change=_use_file,
        args=(key,),
    )


def _edited(table: pd.DataFrame, number: int, handed_in: Source | None) -> Reading | InputError:
    """Show the samples to edit; return what they say now."""
    state = st.session_state
    if handed_in is not None and handed_in.reading is not None and table.empty:
        reading = handed_in.reading
        st.caption(_("{n} samples, too many to edit here.").format(n=f"{reading.samples.x.size:,}"))
        state[LATEST] = table
        return reading
    st.caption(_("Change a cell, or add and delete rows; 10% is 0.1."))
    text: dict[str, Any] = {name: st.column_config.TextColumn(name) for name in ("x", "y")}
    edited = st.data_editor(
        table,
        num_rows="dynamic",
        key=f"own_table_{number}",
        alt=_("Your samples"),
        column_config=text,
        on_change=_note_edit,
    )
    state[LATEST] = edited
    last: tuple[pd.DataFrame, Reading | InputError] | None = state.get(READ)
    if last is None or not last[0].equals(edited):
        try:
            last = edited, from_table(edited)
        except InputError as error:
            last = edited, error
        state[READ] = last
    return last[1]


def _tell_error() -> None:
    """Say what is wrong with the last CSV; where it has two meanings, let the reader choose."""
    error, name = st.session_state.get(ERROR, (None, None))
    if error is None:
        return
    st.error(error.translated(_))
    if isinstance(error, TwoMeaningsError):
        with st.container(horizontal=True):
            for meaning, reading in error.readings.items():
                st.button(
                    _("It means {meaning}").format(meaning=meaning),
                    key=f"own_means_{meaning}",
                    on_click=_take,
                    args=(reading, name),
                )


def _tell_source(read: Reading | InputError, samples: Samples) -> None:
    """Say in one quiet line where the samples are from, and what the reader may not expect."""
    state = st.session_state
    handed_in: Source | None = state.get(SOURCE)
    name = _("an example") if handed_in is None else handed_in.name or _("the pasted text")
    if handed_in is not None and handed_in.reading is None:
        name = _("the table")
    told = [_("In use: {source}, N = {n}.").format(source=name, n=f"{samples.x.size:,}")]
    if samples.x.size > MAX_SAMPLES:
        told.append(
            _("Charts show {n} of them, evenly chosen; the lesson learns from all.").format(
                n=f"{MAX_SAMPLES:,}"
            )
        )
    reading = handed_in.reading if handed_in and handed_in.reading else read
    if isinstance(reading, Reading) and reading.has_percent:
        told.append(_("10% is read as 0.1."))
    if handed_in is None and state[BY_LINK]:
        told.append(
            _("Own data live in this tab alone: neither a reload nor a link brings them back.")
        )
    st.caption(" ".join(told))


def _note_edit() -> None:
    """The table is what the reader handed in last."""
    st.session_state[SOURCE] = Source(None)
    st.session_state.pop(ERROR, None)


def _use_text() -> None:
    _use(st.session_state.get("own_text", ""), None)


def _use_large_paste() -> None:
    if text := st.session_state[LARGE_PASTE].get("text"):
        _use(text, None)


def _use_file(key: str) -> None:
    if file := st.session_state.get(key):
        _use(file.getvalue(), file.name)


def _use(content: bytes | str, name: str | None) -> None:
    """Read what was handed in last, a file by its name, and take it."""
    try:
        reading = read_csv(content)
    except InputError as error:
        st.session_state[ERROR] = error, name
        return
    _take(reading, name)


def _take(reading: Reading, name: str | None) -> None:
    """Make these samples the table, and close the box: what comes next is the lesson."""
    state = st.session_state
    state.pop(ERROR, None)
    state[SOURCE] = Source(name, reading)
    few = reading.samples.x.size <= MAX_EDITED
    state[TABLE] = to_table(reading.samples) if few else to_table(EXAMPLE).head(0)
    number, page = state[EDITOR]
    state[EDITOR] = number + 1, page
    state[OPEN] = False
