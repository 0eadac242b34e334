"""The command that makes one table of a class."""

import sys
from collections.abc import Sequence
from pathlib import Path

from core.command import Parser, text_of_answers
from core.messages import InputError
from core.teach.collected import once, read
from core.teach.lesson_results import Row, write_csv


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files, print the table; return the exit code."""
    parser = Parser(prog="python -m core.teach.collect", description=__doc__)
    parser.add_argument("files", nargs="+", help="learners' CSVs, or tables and lists with codes")
    rows: list[Row] = []
    for name in parser.parse_args(arguments).files:
        try:
            rows += read(text_of_answers(Path(name)))
        except InputError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
    table = once(rows)
    sys.stdout.write(write_csv(table))
    n = len(table)
    print(f"{n} learner{'s' * (n != 1)}, {len(rows) - n} earlier rows left out.", file=sys.stderr)
    return 0
