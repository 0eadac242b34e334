"""A class's results as one table, from codes or files; nothing of it is kept."""

import csv
import io

import pandas as pd
import streamlit as st

from core.messages import InputError
from core.teach.collected import once, read
from core.teach.lesson_results import write_csv
from pages.shared.fragment import fragment
from pages.shared.i18n import _

LONGEST = 20_000
"""Characters of the codes of a few hundred learners."""


@fragment
def class_table() -> None:
    """Show the fold; what is pasted runs nothing else of the page."""
    fold = st.expander(
        _("The results of a class"), icon=":material/table:", key="teach_class", on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        _table()


def _table() -> None:
    text = st.text_area(
        _("Paste your learners' codes, one a line, or a table with them"),
        key="teach_codes",
        max_chars=LONGEST,
        help=_("A name may stand before each code, parted by a comma."),
    )
    if not text.strip():
        return
    try:
        rows = once(read(text))
    except InputError as error:
        st.error(error.translated(_))
        return
    content = write_csv(rows)
    header, *cells = csv.reader(io.StringIO(content))
    st.dataframe(pd.DataFrame(cells, columns=header), hide_index=True)
    st.download_button(
        _("Download the table of {n} learners (CSV)").format(n=len(rows)),
        content,
        file_name="class.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(_("From files: `python -m core.teach.collect *.csv > class.csv`"))
