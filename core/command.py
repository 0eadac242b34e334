"""What the commands share."""

import argparse
from typing import NoReturn

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print the line and end the program."""
        self.exit(2, f"{message}\n")
