"""What the commands share."""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the line and end the program."""
        self.exit(2, f"{message}\n")


@contextmanager
def importing() -> Iterator[None]:
    """Let Ctrl-C end the program at once, while it imports what it needs.

    As an exception it would end in a traceback, or pass for a broken package.
    """
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    yield
    signal.signal(signal.SIGINT, before)


def run(module: str) -> NoReturn:
    """Import a module and end with what its ``main`` gives: the whole of a command's entry."""
    with importing():
        main = importlib.import_module(module).main
    with quiet():
        sys.exit(main())


@contextmanager
def quiet() -> Iterator[None]:
    """Let Ctrl-C end the program without a traceback, wherever it does not see to it itself."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
