"""Answers as a CSV, one row a learner: written for a teacher, read with care.

It may have been through a spreadsheet, which parts cells by other signs, or be a list of codes.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from core.learning import concepts
from core.learning.answer_code import read_code
from core.learning.answers import LONGEST, Answers
from core.learning.arms import ARMS, MOST_CLASSES
from core.learning.concepts import DO_NOT_KNOW, HALVES, Answer
from core.messages import N_, require

LONGEST_LINE = 10_000
"""Characters of a row; what is longer is none."""

COLUMNS = ("learner", "class", "arm", "test", "seconds_before", "seconds_after")


def header() -> list[str]:
    """Return the names of the columns."""
    return [*COLUMNS, *(f"{half}_{item.id}" for half in HALVES for item in concepts.items())]


def write_csv(rows: Iterable[Answers]) -> str:
    """Write answers as a CSV, one row a learner."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header())
    for row in rows:
        times = (row.seconds_before, row.seconds_after)
        cells = ("" if a is None else "?" if a == DO_NOT_KNOW else a for a in row.answers)
        writer.writerow([row.learner, row.class_number, row.arm, concepts.mark(), *times, *cells])
    return text.getvalue()


def read(text: str) -> list[Answers]:
    """Read a CSV, or a text with one code a line.

    Raises
    ------
    InputError
        If a row is bad; the sentence says which, and why.
    """
    lines = [
        (i, line) for i, line in enumerate(text.lstrip("\ufeff").splitlines(), 1) if line.strip()
    ]
    if lines and lines[0][1].strip().strip('"').lower().startswith(COLUMNS[0]):
        return list(_read_rows(lines))
    return [read_code(line, i) for i, line in lines]


def _read_rows(lines: Sequence[tuple[int, str]]) -> Iterator[Answers]:
    """Read the rows below a header; a spreadsheet may have put other signs between the cells."""
    first = lines[0][1]
    between = max(",;\t", key=first.count)
    names = _cells(first, between)
    missing = [name for name in header() if name not in names]
    require(
        not missing,
        N_("Row {row}: there is no column “{column}”."),
        row=lines[0][0],
        column="".join(missing[:1]),
    )
    for number, line in lines[1:]:
        cells = _cells(line, between)
        require(
            len(cells) == len(names),
            N_("Row {row}: it has {n} cells, and the header {all}."),
            row=number,
            n=len(cells),
            all=len(names),
        )
        yield _read_row(dict(zip(names, cells, strict=True)), number)


def _cells(line: str, between: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line[:LONGEST_LINE]], delimiter=between))]


def _read_row(cells: dict[str, str], number: int) -> Answers:
    require(
        re.fullmatch(r"L[0-9a-f]{8}", cells["learner"]) is not None,
        N_("Row {row}: “{text}” is no learner's name, such as L0a1b2c3d."),
        row=number,
        text=cells["learner"],
    )
    require(
        cells["arm"] in ARMS,
        N_("Row {row}: the arm must be asks or shows, not “{text}”."),
        row=number,
        text=cells["arm"],
    )
    require(
        cells["test"] == str(concepts.mark()),
        N_("Row {row}: these are answers to another edition of the test."),
        row=number,
    )
    before, after = (_read_half(cells, half, number) for half in HALVES)
    return Answers(
        cells["learner"],
        _whole(cells, "class", MOST_CLASSES, number),
        next(arm for arm in ARMS if arm == cells["arm"]),
        before,
        after,
        _whole(cells, "seconds_before", LONGEST, number),
        _whole(cells, "seconds_after", LONGEST, number),
    )


def _read_half(cells: dict[str, str], half: str, number: int) -> tuple[Answer, ...]:
    answers: list[Answer] = []
    for item in concepts.items():
        name = f"{half}_{item.id}"
        text, most = cells[name], len(item.choices)
        require(
            text in ("", "?") or (text.isdecimal() and 1 <= int(text) <= most),
            N_("Row {row}: “{text}” is no answer to {item}: 1 to {most}, ? or nothing."),
            row=number,
            text=text,
            item=name,
            most=most,
        )
        answers.append(None if not text else DO_NOT_KNOW if text == "?" else int(text))
    return tuple(answers)


def _whole(cells: dict[str, str], name: str, most: int, number: int) -> int:
    text = cells[name]
    require(
        re.fullmatch(r"[0-9]{1,6}", text) is not None and int(text) <= most,
        N_("Row {row}: {column} must be a whole number up to {most}, not “{text}”."),
        row=number,
        column=name,
        most=most,
        text=text,
    )
    return int(text)
