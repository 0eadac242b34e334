"""Neuron Ladder: page configuration, navigation, and the frame that every page shares.

Streamlit runs it for each page, and its command imports it to learn how it is served.
"""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":  # worker processes import this script again and must not draw
    from pages import leading
    from pages.asking import experiment, record
    from pages.shared import frame, page_address
    from pages.shared import page_parts as parts
    from pages.shared.charts.orders import bring_in_sight
    from pages.taking.share import share

    with page_address.run():
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
            bring_in_sight("page")
elif __name__ == Path(__file__).stem:
    from starlette.middleware import Middleware

    from deploy.ending import end_in_order
    from deploy.first_paint import FirstPaint
    from deploy.first_run import FirstRun

    end_in_order()
    app = st.App(__file__, middleware=[Middleware(FirstRun), Middleware(FirstPaint)])
