"""An error a person can mend, told on the page."""

from typing import NoReturn

import streamlit as st

from core.messages import InputError
from pages.shared.i18n import _


def stop_with(error: InputError) -> NoReturn:
    """Show the error's sentence in the reader's language, and nothing below it."""
    st.error(error.translated(_))
    st.stop()
