"""Ports for servers that tests start."""

import random
import socket
from collections.abc import Iterable
from contextlib import suppress

OWN = range(11_000, 32_000)
"""Ports that no system gives to a connection: one stays free until the server takes it."""


def free_port(ports: Iterable[int] | None = None) -> int:
    """The first of these ports that nobody listens at; any of `OWN` by default."""
    for port in ports or random.SystemRandom().sample(OWN, 100):
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("Somebody listens at each of these ports.")
