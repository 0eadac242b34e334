"""Start → What do you know?: a concept test, before the climb and after it."""

import streamlit as st

from core.learning import concepts
from core.learning.answers import answered
from pages.asking import record
from pages.shared.frame import neighbours
from pages.shared.i18n import _
from pages.start.check.compared import compare
from pages.start.check.for_teachers import for_teachers
from pages.start.check.handing_in import hand_in, membership
from pages.start.check.taking import begin_button, half_being_taken, take

st.title(_("What do you know?"))
st.markdown(
    _(
        "What do networks learn, and how? **Twelve questions, before you climb and after**, about "
        "ten minutes each time. At the end you see both side by side."
    )
)
before, after = (answered(record.progress(), half) for half in concepts.HALVES)
half = half_being_taken()
if half:
    take(half)
elif None in before:
    st.markdown(
        _(
            "No question needs more than mental arithmetic, and none is a trap. If you do not "
            "know, say so: a guess tells you less afterwards."
        )
    )
    begin_button("before", before)
elif None in after:
    st.success(
        _("Before: {n} of {all} right.").format(n=concepts.score(before), all=len(before)),
        icon=":material/check_circle:",
    )
    st.markdown(
        _(
            "Which ones is told when you have answered them again. Who knows the answers now "
            "remembers twelve sentences afterwards; who does not finds out on the way."
        )
    )
    begin_button("after", after)
else:
    compare(before, after)
    hand_in(before, after)

if not half:
    membership()
    for_teachers()
neighbours("pages/start/check/check.py")
