"""A player as an animated picture, made once it is asked for."""

import pandas as pd
import streamlit as st

from core.messages import InputError
from pages.shared.charts.chart import Shown
from pages.shared.i18n import LANGUAGES, _, language

MADE = "animation"
"""Session state: the last animation, and of which run in which language it is."""


def animation(name: str, player: Shown) -> None:
    """Offer a player as a GIF, for slides and documents.

    Parameters
    ----------
    name : str
        Of the file.
    player : Shown
    """
    from core.charts.animation import as_gif, has_steps

    if not has_steps(player.specification):
        return
    frames = player.tables["frames"]
    wanted = name, language(), int(pd.util.hash_pandas_object(frames).sum()), len(frames)
    if st.button(_("Make an animation (GIF)"), key="animation_make", icon=":material/gif_box:"):
        letters = LANGUAGES[language()][:2]
        try:
            with st.spinner(_("Each frame is drawn: this takes about twenty seconds.")):
                gif = as_gif(player.specification, player.tables, letters)
                st.session_state[MADE] = (wanted, gif)
        except InputError as error:
            st.error(error.translated(_))
    made, gif = st.session_state.get(MADE, (None, b""))
    if made == wanted:
        st.download_button(
            _("Animation (GIF)"),
            gif,
            file_name=f"{name}.gif",
            mime="image/gif",
            icon=":material/download:",
            on_click="ignore",
        )
