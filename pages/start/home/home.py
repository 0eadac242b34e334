"""Home: what the ladder is, and its rungs."""

import streamlit as st

from core.charts.start.home.pictures import rung_picture
from core.ladder import LADDER
from pages.asking.experiment import asks
from pages.shared.frame import foot
from pages.shared.i18n import _, language
from pages.shared.owner import last_rung
from pages.start.home.where_one_stands import (
    asked_by_rung,
    next_rung,
    tell_on_card,
    where_one_stands,
)


@st.cache_data(max_entries=100, show_spinner=False)  # of each rung in each language
def picture(name: str, language: str) -> str:
    """`language` is what `_` depends on, and so part of the cache's key."""
    del language
    return rung_picture(name, _)


st.title("Neuron Ladder")
st.markdown(
    _(
        "How does a neural network learn? Climb from a network with **one weight** to one that "
        "reads the **digit you draw**. Every page asks one question, and lets you play with the "
        "answer."
    )
)

asked = asked_by_rung() if asks() else {}
rungs = [(section, rung) for section, rungs in LADDER.items() for rung in rungs]
last = last_rung()
left_off = next((rung for _section, rung in rungs if rung.name == last), None)
with st.container(key="climb"):
    if left_off:
        label = _("Continue where you were: {rung}").format(rung=_(left_off.title))
        st.page_link(left_off.path, label=label, icon=":material/resume:")
    else:
        st.page_link(rungs[0][1].path, label=_("Start climbing"), icon=":material/stairs_2:")
upcoming = next_rung(asked, last)
if upcoming is not None and (left_off is None or upcoming != left_off.name):
    rung = next(rung for _section, rung in rungs if rung.name == upcoming)
    label = _("What comes next: {rung}").format(rung=_(rung.title))
    st.page_link(rung.path, label=label, icon=":material/arrow_forward:")

with st.container(key="cards"):
    for number, (section, rung) in enumerate(rungs, start=1):
        with st.container(border=True, key=f"card_{rung.name}"):
            st.markdown(picture(rung.name, language()), unsafe_allow_html=True)
            st.caption(f"{number} · {_(section)}")
            st.page_link(rung.path, label=f"**{_(rung.title)}**", icon=rung.icon)
            st.markdown(_(rung.about))
            if rung.name in asked:
                tell_on_card(asked[rung.name])

if asked:
    where_one_stands(asked)

st.header(_("How a page works"))
st.markdown(
    _(
        "- **Guess first.** Say what the run will do, and see your guess beside it; one key skips "
        "it. Questions and challenges follow, and nothing is ever locked.\n"
        "- **Turn the knobs** in the sidebar, on a phone under Settings. The picture answers at "
        "once, and the link in your browser keeps every setting: send it to a friend or a class.\n"
        "- **Play, stop, go back.** Scrub through the training step by step, with this step's "
        "numbers written out.\n"
        "- **Read the code that ran.** It is the textbook's loop, and it is all there is."
    )
)
foot()
