"""What a learner hands in, as a file or a code; and the way out of an experiment."""

from collections.abc import Sequence

import streamlit as st

from core.learning.answer_code import write_code
from core.learning.answer_csv import write_csv
from core.learning.answers import Answers, seconds
from core.learning.concepts import Answer
from pages.asking import experiment, record
from pages.shared.i18n import _


def hand_in(before: Sequence[Answer], after: Sequence[Answer]) -> None:
    """Offer the answers as a file and as a code; nothing is sent."""
    progress = record.progress()
    answers = Answers(
        experiment.current_learner(),
        experiment.current_class(),
        experiment.current_arm(),
        tuple(before),
        tuple(after),
        seconds(progress, "before"),
        seconds(progress, "after"),
    )
    st.header(_("Hand it in"))
    st.markdown(
        _(
            "If your teacher asks for it, send the file, or copy the code. In it are a random "
            "name, your answers, how long you took to the half minute, the class, and whether the "
            "pages asked you questions. Who you are and when it was is not in it, and nothing is "
            "sent by itself."
        )
    )
    st.code(write_code(answers), language=None, wrap_lines=True)
    st.download_button(
        _("Download your answers (CSV)"),
        write_csv([answers]),
        file_name=f"answers_{answers.learner}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def membership() -> None:
    """Say that this browser takes part in an experiment, and offer the way out."""
    class_number = experiment.current_class()
    if not class_number:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            _(
                "This browser takes part in the experiment of class {n}: the pages ask one half of "
                "the class questions, and the other half none."
            ).format(n=class_number),
            width="content",
        )
        st.button(
            _("Take no part"), key="check_no_part", type="tertiary", on_click=experiment.leave
        )
