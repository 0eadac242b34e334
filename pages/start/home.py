"""Home: what the ladder is, and its rungs."""

import streamlit as st

from pages.shared.frame import LADDER
from pages.shared.i18n import _

st.title("Neuron Ladder")
st.markdown(
    _(
        "How does a neural network learn? Climb from a network with **one weight** to one that "
        "reads the **digit you draw**. Every page asks one question, and lets you play with the "
        "answer."
    )
)

for section, rungs in LADDER.items():
    st.subheader(_(section))
    for rung in rungs:
        with st.container(border=True):
            st.page_link(rung.path, label=f"**{_(rung.title)}**", icon=rung.icon)
            st.markdown(_(rung.about))

st.subheader(_("How a page works"))
st.markdown(
    _(
        "- **Turn the knobs** in the sidebar. The picture answers at once, and the link in your "
        "browser keeps every setting: send it to a friend or a class.\n"
        "- **Play, stop, go back.** Scrub through the training step by step, with this step's "
        "numbers written out.\n"
        "- **Read the code that ran.** It is the textbook's loop, and it is all there is."
    )
)
