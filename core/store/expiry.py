"""What is kept for a time is deleted when that is over, whether or not anybody asks for it."""

import logging
import threading

from core.store.errors import StoreError
from core.store.store import Store

HOUR = 3_600.0
"""Seconds between two looks: nothing stays longer than this after its time."""

log = logging.getLogger(__name__)


def delete_in_time(store: Store, every: float = HOUR) -> threading.Event:
    """Delete what is over now, and again and again as long as this process lives.

    Parameters
    ----------
    store : Store
    every : float
        Seconds.

    Returns
    -------
    threading.Event
        Set it to have an end of it.
    """
    ended = threading.Event()
    looks = threading.Thread(target=_go_on, args=(store, every, ended), name="expiry", daemon=True)
    looks.start()
    return ended


def _go_on(store: Store, every: float, ended: threading.Event) -> None:
    while True:
        try:
            store.classes.close_over()
        except StoreError as error:  # it is tried again
            log.warning("%s", error)
        if ended.wait(every):
            return
