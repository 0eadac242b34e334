"""The command that makes one table of a class."""

import sys
from collections.abc import Sequence
from pathlib import Path

from core.command import Parser
from core.messages import InputError, require
from core.teach.collected import once, read
from core.teach.lesson_results import Row, write_csv

LARGEST = 2_000_000
"""Bytes of a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files, print the table; return the exit code."""
    parser = Parser(prog="python -m core.teach.collect", description=__doc__)
    parser.add_argument("files", nargs="+", help="learners' CSVs, or tables and lists with codes")
    rows: list[Row] = []
    for name in parser.parse_args(arguments).files:
        try:
            rows += read(_text(Path(name)))
        except InputError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
    table = once(rows)
    sys.stdout.write(write_csv(table))
    n = len(table)
    print(f"{n} learner{'s' * (n != 1)}, {len(rows) - n} earlier rows left out.", file=sys.stderr)
    return 0


def _text(path: Path) -> str:
    try:
        require(path.stat().st_size <= LARGEST, "A file of answers has no more than 2 MB.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("It cannot be read: {why}.", why=error.strerror or error) from None
    except UnicodeDecodeError:
        raise InputError("It is no text in UTF-8.") from None
