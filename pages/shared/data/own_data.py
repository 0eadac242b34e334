"""The reader's own samples: pasted, uploaded, or typed into a table. They stay for the session."""

import pandas as pd
import streamlit as st

from core.datasets import Samples
from core.messages import InputError
from core.own_data import MAX_BYTES, from_table, read_csv
from pages.shared.choice import CURRENT_PAGE
from pages.shared.i18n import _

EXAMPLE = pd.DataFrame({"x": [0.1, 0.3, 0.5, 0.7, 0.9], "y": [0.2, 0.4, 0.8, 1.0, 1.4]})
"""What the table holds at first."""

MAX_EDITED = 2000
"""The most rows that are shown in a table to edit."""

TABLE, LATEST, SAMPLES, EDITOR, ERROR = (
    f"own_{name}" for name in ("table", "latest", "samples", "editor", "error")
)
"""Session state: what the editor began with, what it holds now, the last good samples, its number
and page, and what is wrong with the last CSV."""


def own_samples() -> Samples:
    """Show the reader's data to edit and return the samples; the last good ones if some are bad."""
    state = st.session_state
    page = state[CURRENT_PAGE]
    number, last_page = state.get(EDITOR, (0, page))
    if last_page != page:  # another page's editor is another widget: begin with what is there
        state[TABLE], number = state[LATEST], number + 1
    state[EDITOR] = number, page
    table = state.setdefault(TABLE, EXAMPLE)
    with st.expander(_("Your data"), expanded=True, icon=":material/table:"):
        editor, text = st.tabs([_("Table"), "CSV"])
        with text:
            st.text_area(
                _("Paste a CSV: columns x and y, a header or none"),
                key="own_text",
                height=100,
                placeholder="x,y\n0.1,0.2",
            )
            st.file_uploader(
                _("or upload one, up to 100,000 rows and 2 MB"),
                type=["csv", "tsv", "txt"],
                key="own_file",
                max_upload_size=MAX_BYTES // 2**20,
            )
            st.button(_("Use this CSV"), key="own_use", on_click=_use)
        with editor:
            if len(table) > MAX_EDITED:
                st.caption(_("{n} samples, too many to edit here.").format(n=len(table)))
                edited = table
            else:
                st.caption(_("Change a cell, or add and delete rows."))
                edited = st.data_editor(
                    table, num_rows="dynamic", key=f"own_table_{number}", alt=_("Your samples")
                )
        state[LATEST] = edited
        if ERROR in state:
            st.error(state.pop(ERROR).translated(_))
        try:
            state[SAMPLES] = from_table(edited).samples
        except InputError as error:
            st.error(error.translated(_))
    samples: Samples = state.get(SAMPLES) or from_table(EXAMPLE).samples
    return samples


def _use() -> None:
    """Take the uploaded file, or else the pasted text, as the table."""
    state = st.session_state
    content = state["own_file"].getvalue() if state.get("own_file") else state.get("own_text", "")
    try:
        samples = read_csv(content).samples
    except InputError as error:
        state[ERROR] = error
        return
    number, page = state[EDITOR]
    state[EDITOR] = number + 1, page
    state[TABLE] = pd.DataFrame({"x": samples.x, "y": samples.y})
