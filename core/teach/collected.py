"""What learners have handed in, read from files, tables and lists: each of them once."""

import csv
from collections.abc import Iterator, Sequence

from core.messages import N_, require
from core.teach.lesson_plan import LessonPlan
from core.teach.lesson_results import FIRST, Row, read_code

MOST_COLUMNS = 300
LONGEST_CELL = 4_000


def read(text: str, plans: Sequence[LessonPlan] = ()) -> list[Row]:
    """Read the rows of a learner's file, or the codes in a table or a list.

    Parameters
    ----------
    text : str
        A CSV with a header such as a lesson's file has; or any text in whose cells or lines codes
        stand, with the learner's name before the code if one likes.
    plans : sequence of LessonPlan
        Lessons whose items a code may name.

    Raises
    ------
    InputError
        If there is neither.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    between = max(",;\t", key=lines[0].count) if lines else ","
    table = [_cells(line, between) for line in lines]
    has_header = bool(table) and tuple(table[0][: len(FIRST)]) == FIRST
    found = list(_rows(table) if has_header else _codes(table, plans))
    require(bool(found), N_("There are no results of a lesson in it: neither rows nor codes."))
    return found


def _cells(line: str, between: str) -> list[str]:
    return [cell.strip()[:LONGEST_CELL] for cell in next(csv.reader([line], delimiter=between))]


def _rows(table: Sequence[Sequence[str]]) -> Iterator[Row]:
    header = table[0]
    for number, cells in enumerate(table[1:], 2):
        require(
            len(cells) == len(header) <= MOST_COLUMNS,
            N_("Row {row}: it has {n} cells, and the header {all}."),
            row=number,
            n=len(cells),
            all=len(header),
        )
        yield dict(zip(header, cells, strict=True))


def _codes(table: Sequence[Sequence[str]], plans: Sequence[LessonPlan]) -> Iterator[Row]:
    for cells in table:
        for place, cell in enumerate(cells):
            row = read_code(cell, plans)
            if row is not None:
                yield row | {"name": next((one for one in cells[:place] if one), "")}
                break


def once(rows: Sequence[Row]) -> list[Row]:
    """Return each learner's last row of a lesson, in the order in which they came first."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        found[row["mark"], row["learner"]] = row
    return list(found.values())
