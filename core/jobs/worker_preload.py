"""Read by every worker process on this computer as it starts.

Ctrl-C reaches all processes of a terminal. It is meant for the server, which then lets its workers
store what they have, and ends them.
"""

import signal


def dask_setup(worker: object) -> None:  # noqa: ARG001 - Dask gives it
    """Leave Ctrl-C to the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
