"""A player as an animated picture, made once it is asked for."""

import pandas as pd
import streamlit as st

from pages.shared.charts.chart import Shown
from pages.shared.i18n import LANGUAGES, _, language
from pages.taking.made import made_once_asked_for


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
    gif = made_once_asked_for(
        "animation",
        wanted,
        lambda: as_gif(player.specification, player.tables, LANGUAGES[language()][:2]),
        ask=_("Make an animation (GIF)"),
        icon=":material/gif_box:",
        wait=_("Each frame is drawn: this takes about twenty seconds."),
    )
    if gif:
        st.download_button(
            _("Animation (GIF)"),
            gif,
            file_name=f"{name}.gif",
            mime="image/gif",
            icon=":material/download:",
            on_click="ignore",
        )
