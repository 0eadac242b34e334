"""Neuron Ladder: page configuration, navigation, and the frame that every page shares."""

import streamlit as st

from pages import leading
from pages.asking import experiment, record
from pages.shared import frame
from pages.shared import page_parts as parts
from pages.taking.share import share

if __name__ == "__main__":  # worker processes import this script again and must not draw
    place = frame.configure()
    page = frame.navigation(place)
    with place:
        experiment.arrive()
        record.keep()
        leading.arrive(page.url_path)
    with st.sidebar:
        share(page.url_path)
    with frame.page_place(), parts.of_page():
        leading.bar()
        page.run()
