"""Where numba keeps what it has compiled."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"
"""The environment's name for the folder, which numba reads as it is imported."""


def ensure_cache() -> None:
    """Let numba have a folder, for as long as this process lives, where it would find none.

    By itself it takes the folders of the modules, or else the user's cache; and where neither can
    be written to, as in a container, its functions cannot even be defined.
    """
    if os.environ.get(VARIABLE) or _is_writable(Path(__file__).parents[1]):
        return
    import platformdirs  # which most computers need not wait for

    if _is_writable(Path(platformdirs.user_cache_dir("numba", appauthor=False))):
        return
    folder = tempfile.mkdtemp(prefix="neuron-ladder-")
    os.environ[VARIABLE] = folder  # for the processes that this one starts, too
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _is_writable(folder: Path) -> bool:
    """Whether the folder can be written to, or made."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return os.access(there, os.W_OK)
