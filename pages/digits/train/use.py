"""From Digits → Train to the canvas, with a network of one's own."""

import streamlit as st

from pages.shared.networks.network_choice import NET, choose_network


def sketch_with(network: str, label: str, *, key: str) -> None:
    """Show a button that opens Sketch with a network.

    Parameters
    ----------
    network : str
        ``model-`` or ``run-`` and an id.
    label : str
        Of the button.
    key : str
    """
    if st.button(label, key=key, icon=":material/draw:", on_click=choose_network, args=(network,)):
        st.switch_page("pages/digits/sketch/sketch.py", query_params={NET: network})
