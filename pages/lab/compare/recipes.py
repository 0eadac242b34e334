"""In what the chosen runs' recipes differ, on Lab → Compare."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.lab.recipes import compare
from core.lab.words import field_name, value_text
from core.store.names import distinct_names
from core.store.records import Run
from pages.runs.run_words import plain
from pages.shared.i18n import _


def show_recipes(runs: Sequence[Run]) -> None:
    """Show the fields that differ, a run a column, and the others folded."""
    st.header(_("What differs"))
    differing, same = compare([run.recipe for run in runs])
    if len(runs) == 1:
        st.caption(_("Choose a second run to see in what the two differ."))
    elif differing:
        _table(differing, distinct_names([run.name for run in runs]))
        st.caption(_("Bold: not as in the first run."))
    else:
        st.markdown(_("Nothing: all settings are the same, the seed of all chance too."))
    if same:
        label = _("The same in all: {n} settings") if len(runs) > 1 else _("Its {n} settings")
        with st.expander(label.format(n=len(same)), icon=":material/drag_handle:"):
            _table({name: [value] for name, value in same.items()}, [_("Value")])


def _table(fields: dict[str, list[Any]], columns: Sequence[str]) -> None:
    """Show a row a field; the values that are not the first run's are bold."""
    rows = {}
    for name, values in fields.items():
        texts = [plain(value_text(name, value, _)) for value in values]
        rows[field_name(name, _)] = [
            text if value == values[0] else f"**{text}**"
            for text, value in zip(texts, values, strict=True)
        ]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=[plain(one) for one in columns])
    with st.container(key=f"settings_{len(columns)}"):
        st.table(frame, border="horizontal", width="content", alt=_("Settings and their values"))
