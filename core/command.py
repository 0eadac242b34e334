"""What the commands share."""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from core.messages import InputError, require

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""

LARGEST = 2_000_000
"""Bytes of a file of answers."""


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


def text_of_answers(path: Path) -> str:
    """Return the text of a file of answers, without the mark that some spreadsheets begin with.

    Raises
    ------
    InputError
        If it is too large, cannot be read, or is no text.
    """
    try:
        require(path.stat().st_size <= LARGEST, "A file of answers has no more than 2 MB.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("It cannot be read: {why}.", why=error.strerror or error) from None
    except UnicodeDecodeError:
        raise InputError("It is no text in UTF-8.") from None
