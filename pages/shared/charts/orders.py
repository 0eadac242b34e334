"""What a page tells a player in the browser: where to stand, and that it be brought in sight."""

from typing import Literal

import streamlit as st

from pages.shared.choice import CURRENT_PAGE

_orders = st.components.v2.component(
    "player_order",
    js="""
export default function ({ data }) {
  window.dispatchEvent(new CustomEvent("player-order", { detail: data }));
}
""",
)

WISH = "player_wish"
"""Session state: where the next player that is shown is to stand."""

PLAYER = "player"
"""What is brought in sight is the player itself."""

Place = Literal["start", "play", "end"]
"""Where a player is put: at its start, there and playing, at its end."""


def put_player(where: Place, *, in_sight: str = "") -> None:
    """Have the next player that is shown stand somewhere; for a callback.

    Without it a player stays where the reader put it. One that the reader has not touched shows
    the end of the run once a control has changed the run.

    Parameters
    ----------
    where : {"start", "play", "end"}
    in_sight : str, default=""
        What the page is scrolled to: the key of a container, or `PLAYER`.
    """
    st.session_state[WISH] = st.session_state.get(CURRENT_PAGE), where, in_sight


def order(key: str, run_now: bytes) -> None:
    """Tell the browser where a player is to stand, once for each wish or changed run.

    Parameters
    ----------
    key : str
        The player's name on the page.
    run_now : bytes
        What tells the run that is shown from another.
    """
    state = st.session_state
    number, where, run = state.get(f"{key}_order", (0, "start", run_now))
    page, wish, in_sight = state.pop(WISH, (None, None, ""))
    if wish is not None and page == state.get(CURRENT_PAGE):
        number, where = number + 1, wish
    elif run != run_now:
        number, where = number + 1, "follow"
    state[f"{key}_order"] = number, where, run_now
    _send(key, number, where, in_sight)


def _send(key: str, number: int, where: str, in_sight: str) -> None:
    """Send the browser the order of this number, which it obeys once."""
    shown = f"player_{key}" if in_sight == PLAYER else in_sight
    with st.container(key="order_of_player"):
        _orders(
            key=f"order_{key}",
            data={"player": key, "number": number, "where": where, "inSight": shown},
        )


def bring_in_sight(key: str) -> None:
    """Have the browser scroll to what a callback wants to be seen, if no time line has done it."""
    state = st.session_state
    page, _where, in_sight = state.pop(WISH, (None, None, ""))
    if not in_sight or page != state.get(CURRENT_PAGE):
        return
    state[f"{key}_order"] = number = state.get(f"{key}_order", 0) + 1
    _send(key, number, "follow", in_sight)
