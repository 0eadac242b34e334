"""Start → Teach: lessons that are ready, one put together here, and a class's results."""

import streamlit as st

from pages.shared.frame import foot
from pages.shared.i18n import _
from pages.start.teach.draft import draft
from pages.start.teach.ready import ready_lessons
from pages.start.teach.table import class_table

st.title(_("Teach"))
st.markdown(
    _(
        "A lesson leads learners through pages of the ladder: what is set there, which controls "
        "are locked or hidden, a task in your words, questions of yours and ours. **It is a link "
        "or a small file: nothing of it is kept on the server.**"
    )
)
ready_lessons()
draft()
class_table()
foot()
