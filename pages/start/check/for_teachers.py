"""For teachers: a class's link, and codes made into one file."""

import secrets
from urllib.parse import urlencode, urlsplit

import streamlit as st

from core.learning.answer_csv import read, write_csv
from core.learning.arms import MOST_CLASSES
from core.messages import InputError
from pages.asking.experiment import CLASS
from pages.shared.i18n import _, language
from pages.start.check.class_result import show_result

DRAWN = "check_class"
"""Session state: the number of the class that was made."""

LONGEST = 20_000
"""Characters of the codes of a few hundred learners."""


def for_teachers() -> None:
    """Show the fold."""
    with st.expander(_("For teachers"), icon=":material/school:", key="check_teachers"):
        st.markdown(
            _(
                "**Does asking help?** With a link of its own, half of a class gets the pages with "
                "predictions, questions and challenges, the other half without; chance decides, in "
                "each browser. Everybody answers the twelve questions before and after, and hands "
                "in a code. How to run it in a lesson, what to ask for first, and what the result "
                "does not say: `docs/study.md`."
            )
        )
        st.button(
            _("Make a link for a class"), key="check_make", icon=":material/link:", on_click=_make
        )
        if DRAWN in st.session_state:
            st.code(_address(st.session_state[DRAWN]), language=None, wrap_lines=True)
        _collect()


def _make() -> None:
    st.session_state[DRAWN] = 1 + secrets.randbelow(MOST_CLASSES)


def _address(class_number: int) -> str:
    """Return the address of this page for the class."""
    here = urlsplit(st.context.url or "")
    query = urlencode({CLASS: class_number, "lang": language()})
    return here._replace(query=query, fragment="").geturl()


def _collect() -> None:
    """Make one file of the codes that are pasted."""
    codes = st.text_area(
        _("Paste the codes of your class, one a line"),
        key="check_codes",
        height=100,
        max_chars=LONGEST,
        help=_("They become a CSV here. It is kept nowhere: download it."),
    )
    if not codes.strip():
        return
    try:
        rows = read(codes)
    except InputError as error:
        st.error(error.translated(_))
        return
    st.download_button(
        _("Download the answers of {n} learners (CSV)").format(n=len(rows)),
        write_csv(rows),
        file_name="answers.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    show_result(rows)
    st.caption(
        _("Item by item, and of several classes: `python -m core.learning.analyse answers.csv`")
    )
