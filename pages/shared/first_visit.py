"""What a page's first visit waits for, done once in a server and told while it takes long."""

import functools
import re
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit import runtime
from streamlit.runtime import Runtime, RuntimeState

from core.compiling.loops import LOOPS
from core.compiling.process import compile_in_background
from core.ladder import PATHS
from pages.shared.i18n import _

ROOT = Path(__file__).parents[2]

IMPORT = re.compile(r"^(?:from|import) [^\n(]*(?:\([^)]*\))?", re.MULTILINE)
"""An import at the left edge of a file; its names may stand in brackets over several lines."""

PAUSE = 0.5
"""Seconds between two pages that are loaded ahead: readers use the processor, too."""

ENDING = {RuntimeState.STOPPING, RuntimeState.STOPPED}

_DONE: set[str] = set()
"""What this server has done already."""

_STARTING = threading.Lock()
"""Of two first readers one starts to compile. Streamlit's cache forgets when anybody asks it to."""


def compile_for_all() -> None:
    """Start to compile all loops in the background, once in a server (which an AppTest is not)."""
    if is_served():
        with _STARTING:
            _compiling()


def is_served() -> bool:
    """Whether a server shows this page to a browser, and not an AppTest."""
    connected = RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED
    return runtime.exists() and runtime.get_instance().state is connected


@functools.cache
def _compiling() -> "subprocess.Popen[bytes]":
    process = compile_in_background()
    threading.Thread(target=_load_ahead, args=(process, runtime.get_instance())).start()
    return process


def _load_ahead(compiling: "subprocess.Popen[bytes]", server: Runtime) -> None:
    """Load every page and its loops, once these are compiled, before anybody asks for them.

    At the end a store that is there is opened: what was kept for a time may be over by now.

    The thread is no daemon: one that was left in the middle of an import kept a server from ending,
    which at its end imports, too. It looks whether the server ends instead.
    """
    while compiling.poll() is None and server.state not in ENDING:
        time.sleep(PAUSE)
    pages = {path: functools.partial(_import, ROOT / path) for path in PATHS.values()}
    for name, load in (pages | LOOPS).items():
        if name not in _DONE:
            time.sleep(PAUSE)
            if server.state in ENDING:
                return
            _once(name, load)
    from pages.shared.jobs import look_after_store  # loaded by now, with its database

    look_after_store()


def load_page(path: str) -> None:
    """Import what the page at `path` imports, so that it can begin to draw at once."""
    if path not in _DONE:
        with st.spinner(_("Loading what this page needs: once, a few seconds or more.")):
            _once(path, lambda: _import(ROOT / path))


def compile_for_page(page: str) -> None:
    """Compile the loops of a page, such as ``lines/one_weight``, unless that has been done.

    A page calls it where it has drawn all that needs none of them.
    """
    if page not in _DONE:
        words = _("Compiling the training loop for this computer: once, a few seconds or more.")
        with st.spinner(words, show_time=True):
            _once(page, LOOPS[page])


def _once(name: str, do: Callable[[], object]) -> None:
    do()
    _DONE.add(name)


def _import(file: Path) -> None:
    """Do all that stands at the top of a file to import other modules.

    They are found by their form, not with ``ast``: in Python 3.11 two threads must not be in it at
    once, and Streamlit's may be.
    """
    imports = IMPORT.findall(file.read_text(encoding="utf-8"))
    exec(compile("\n".join(imports), file, "exec"), {})
