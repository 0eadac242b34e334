"""Learners at a server: they open pages, move sliders, draw, watch a run, come and go.

They speak Streamlit's own messages over its WebSocket, so a hundred of them need no browser. What a
browser does besides is not measured: it draws, and once fetches the files of the page.
"""
