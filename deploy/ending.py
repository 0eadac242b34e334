"""A server that is told to end ends as by Ctrl-C: what is to be done at its exit is done.

uvicorn, which serves an ``st.App``, takes the signal, ends in order, and then sends it again to
whoever had it before. That is nobody, and the process is gone at once: runs that are at work would
not be handed back, so that the next server calls them interrupted.
"""

import signal
import threading


def end_in_order() -> None:
    """Have the signal to end (SIGTERM) be an interrupt (SIGINT); before it serves."""
    if threading.current_thread() is threading.main_thread():  # no other may set a handler
        signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
