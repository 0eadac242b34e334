"""From a text or a table to samples: whatever has one meaning is read, two are asked about.

Whatever is wrong is told in one sentence that names the row and the column, so that it can be found
again in a spreadsheet: rows count from 1, the header and blank rows included.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.datasets import Samples, as_samples
from core.hyperparameters import LARGEST
from core.messages import N_, InputError, require
from core.own_data.encodings import decode
from core.own_data.notation import Mark, Meanings, is_percent, meanings, plain, unmistakable
from core.own_data.rows import Cut, Row, cuts

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 100_000
"""The most samples a CSV or a table may hold."""

MISSING = {"", "-", "?", "na", "n/a", "#n/a", "#nv", "nan", "null", "none", "inf", "infinity", "∞"}
"""Cells, in lower case and without sign, that say a number is missing or infinite."""


class Reading(NamedTuple):
    """Samples, and whether some of them were written in hundredths, as ``10%``."""

    samples: Samples
    has_percent: bool = False


class TwoMeaningsError(InputError):
    """Data that can be read in two ways.

    Parameters
    ----------
    message : str
        The English sentence, which names both.
    readings : dict of str to Reading
        What is read in each case, by what the sentence calls it.
    **values
        The values for the names in `message`.
    """

    def __init__(self, message: str, readings: dict[str, Reading], **values: object) -> None:
        self.readings = readings
        super().__init__(message, **values)


Decide = Callable[[str, set[Mark], set[Mark]], Mark | None]
"""What decides the decimal mark of a cell with two meanings, from the marks that other cells of the
same column need, and those of both columns; None where nothing does."""


class Column(NamedTuple):
    """The cells of x or of y, with the rows in which they stand."""

    name: str
    rows: list[int]
    cells: list[str]


def read_csv(content: bytes | str) -> Reading:
    r"""Read x and y from the text of a CSV file.

    Cells are parted by commas, semicolons, bars, tabs or spaces, decimals have a point or a comma;
    whatever makes a table of numbers of the text is taken. A header is optional: two columns may
    have any names (and are taken as x and y, unless they are called y and x), of more columns those
    called x and y are read. Blank rows and comments (``#``) are skipped.

    Parameters
    ----------
    content : bytes or str
        The file (see `core.own_data.encodings.decode`), or its text. At most 2 MB and 100,000
        samples.

    Returns
    -------
    Reading

    Raises
    ------
    TwoMeaningsError
        If it can be read in two ways.
    InputError
        If it is too large, is no text, has no row, lacks a column, or a cell is not a finite
        number.

    Examples
    --------
    >>> read_csv("x,y\n0,1\n0.5,2e3").samples
    Samples(x=array([0. , 0.5]), y=array([1.e+00, 2.e+03]))
    >>> read_csv("height;weight\n1,8;80\n1,7;70").samples.x
    array([1.8, 1.7])
    >>> read_csv("1.234;2.5")
    Traceback (most recent call last):
    core.own_data.reading.TwoMeaningsError: Row 1, column x: 1.234 can mean 1.234 or 1234; write
    1.2340 or 1234.
    """
    text = decode(content)
    ways = cuts(text)
    if not ways:
        require(any(Cut(",", text).rows()), N_("There is no row with data."))
        raise InputError(
            N_("There is only one column; x and y must be separated by comma, semicolon or tab.")
        )
    readings: list[Reading] = []
    asked: list[TwoMeaningsError] = []
    wrong: list[InputError] = []
    for cut in ways:
        try:
            readings.append(_read(cut))
        except TwoMeaningsError as error:
            asked.append(error)
            readings += error.readings.values()
        except InputError as error:
            wrong.append(error)
    if not readings:
        raise wrong[0]
    if all(_equal(reading, readings[0]) for reading in readings):
        return readings[0]
    if len(asked) == 1 and len(readings) == len(asked[0].readings):
        raise asked[0]
    raise _two_tables(readings)


def from_table(frame: pd.DataFrame) -> Reading:
    """Read x and y from an editable table.

    Parameters
    ----------
    frame : pandas.DataFrame
        With the columns x and y, of text or numbers; in text the point is the decimal mark, or
        where it cannot be, the comma. Rows in which both are empty are skipped; rows count from 1.

    Returns
    -------
    Reading

    Raises
    ------
    TwoMeaningsError
        If a cell can be read in two ways.
    InputError
        If a column is missing, no row is filled, there are more than 100,000, or a cell is not a
        finite number.

    Examples
    --------
    >>> import pandas as pd
    >>> from_table(pd.DataFrame({"x": ["0,5", None, "−1"], "y": [1, None, 3]})).samples.x
    array([ 0.5, -1. ])
    >>> from_table(pd.DataFrame({"x": [0, 1], "y": [1, None]}))
    Traceback (most recent call last):
    core.messages.InputError: Row 2, column y: there is no number.
    """
    names = list(frame.columns)
    require(
        names.count("x") == 1 and names.count("y") == 1,
        N_("The table must have one column x and one column y."),
    )
    cells_x, cells_y = (_texts(frame[name]) for name in ("x", "y"))
    rows = [row for row in range(len(frame)) if cells_x[row] or cells_y[row]]
    numbers = [row + 1 for row in rows]
    return _samples(
        Column("x", numbers, [cells_x[row] for row in rows]),
        Column("y", numbers, [cells_y[row] for row in rows]),
        decide=_in_a_table,
    )


def to_table(samples: Samples) -> pd.DataFrame:
    """Return samples as an editable table: columns of text that `from_table` reads back exactly.

    Examples
    --------
    >>> to_table(as_samples([0, 0.5], [1, 1e-7]))
         x      y
    0    0      1
    1  0.5  1e-07
    """
    import pandas as pd

    return pd.DataFrame(
        {
            name: [repr(value).removesuffix(".0") for value in values.tolist()]
            for name, values in samples._asdict().items()
        }
    )


def _texts(column: pd.Series) -> list[str]:
    """Each cell as text from which the number comes back exactly; the empty ones as no text."""
    missing = column.isna().tolist()
    return [
        "" if empty else str(cell).strip()
        for cell, empty in zip(column.tolist(), missing, strict=True)
    ]


def _read(cut: Cut) -> Reading:
    """Read x and y from a text that is cut in one way."""
    rows = list(cut.rows())
    require(len(rows) > 0, N_("There is no row with data."))
    first, names = rows[0]
    names = _shorter(names, 2)
    if _is_header(names):
        del rows[0]
    else:
        require(
            len(names) == 2,
            N_(
                "Row {row} must have two cells, not {n}, unless a header names x and y; where "
                "commas are decimal marks, put semicolons between the cells."
            )
            if cut.is_comma
            else N_("Row {row} must have two cells, not {n}, unless a header names x and y."),
            row=first,
            n=len(names),
        )
        names = ["x", "y"]
    at_x, at_y = _columns(names)
    require(len(rows) > 0, N_("There is no row with data."))
    cells = _rectangle(rows, len(names), is_comma=cut.is_comma)
    numbers = [row for row, _ in rows]
    x, y = (Column(names[at], numbers, [row[at] for row in cells]) for at in (at_x, at_y))
    return _samples(x, y, decide=partial(_in_a_text, cut, cut.quoted()))


def _rectangle(rows: list[Row], n_cells: int, *, is_comma: bool) -> list[list[str]]:
    """The cells of each row, as many as the first has; separators may end a row."""
    table = []
    for row, cells in rows:
        cells = _shorter(cells, n_cells)
        if len(cells) != n_cells:
            raise InputError(
                N_(
                    "Row {row} must have {expected} cells, not {n}; where commas are decimal "
                    "marks, put semicolons between the cells."
                )
                if is_comma and len(cells) > n_cells
                else N_("Row {row} must have {expected} cells, not {n}."),
                row=row,
                n=len(cells),
                expected=n_cells,
            )
        table.append(cells)
    return table


def _shorter(cells: list[str], least: int) -> list[str]:
    """Without the empty cells at the end, but for the first `least` cells."""
    while len(cells) > least and not cells[-1]:
        cells = cells[:-1]
    return cells


def _is_header(cells: list[str]) -> bool:
    """Whether the first row names the columns."""
    names = [name.lower() for name in cells]
    if "x" in names and "y" in names:
        return True
    return len(cells) > 1 and not any(_like_a_number(cell) for cell in cells)


def _like_a_number(cell: str) -> bool:
    """Whether a cell is meant as a number, though perhaps a bad one, rather than as a name."""
    return _is_missing(cell) or meanings(cell) != (None, None)


def _is_missing(cell: str) -> bool:
    return cell in MISSING or cell.lower().lstrip("+-−") in MISSING


def _columns(names: list[str]) -> tuple[int, int]:
    """Where x and y are."""
    lower = [name.lower() for name in names]
    require(
        lower.count("x") <= 1 and lower.count("y") <= 1,
        N_("The header names column x or y more than once."),
    )
    if "x" in lower and "y" in lower:
        return lower.index("x"), lower.index("y")
    require(
        len(names) == 2,
        N_("Of {n} columns the header must name one x and one y."),
        n=len(names),
    )
    return 0, 1


def _in_a_text(
    cut: Cut, quoted: set[str], cell: str, column: set[Mark], both: set[Mark]
) -> Mark | None:
    """A column is written in one way; where commas part the cells, decimals have a point."""
    if cut.is_comma and "," not in cell and cell not in quoted and "comma" not in both:
        return "point"
    return next(iter(both)) if len(both) == 1 and column == both else None


def _in_a_table(cell: str, column: set[Mark], both: set[Mark]) -> Mark | None:
    """The app itself writes a decimal point there."""
    if "," not in cell:
        return "point"
    return "comma" if column == both == {"comma"} else None


def _samples(x: Column, y: Column, decide: Decide) -> Reading:
    """The numbers that the cells say."""
    require(len(x.cells) > 0, N_("There is no row with data."))
    if len(x.cells) > MAX_ROWS:
        raise InputError(N_("There are more than {limit} rows with data."), limit=f"{MAX_ROWS:,}")
    found = [[meanings(cell) for cell in column.cells] for column in (x, y)]
    for row in range(len(x.cells)):
        for column, meant in zip((x, y), found, strict=True):
            _check(column, row, meant[row])
    needed = [{said.needs for said in meant if said.needs} for meant in found]
    both = needed[0] | needed[1]
    values: dict[Mark, list[list[float]]] = {"point": [], "comma": []}
    undecided: list[tuple[int, Column, Meanings]] = []
    for column, meant, marks in zip((x, y), found, needed, strict=True):
        decided = {
            row: decide(column.cells[row], marks, both)
            for row, said in enumerate(meant)
            if said.are_two
        }
        undecided += [(row, column, meant[row]) for row, mark in decided.items() if mark is None]
        for mark, columns in values.items():
            columns.append([said.under(decided.get(row) or mark) for row, said in enumerate(meant)])
    has_percent = any(map(is_percent, [*x.cells, *y.cells]))
    readings = {mark: Reading(as_samples(*values[mark]), has_percent) for mark in values}
    if not undecided:
        return readings["point"]
    raise _two_numbers(*min(undecided, key=lambda cell: cell[0]), readings)


def _two_numbers(
    row: int, column: Column, said: Meanings, readings: dict[Mark, Reading]
) -> TwoMeaningsError:
    """Ask what a cell means, the smaller number first."""
    numbers = {said.under(mark): reading for mark, reading in readings.items()}
    first, second = sorted(numbers, key=abs)
    return TwoMeaningsError(
        N_(
            "Row {row}, column {column}: {cell} can mean {first} or {second}; write {as_first} or "
            "{as_second}."
        ),
        {plain(first): numbers[first], plain(second): numbers[second]},
        row=column.rows[row],
        column=_short(column.name),
        cell=_short(column.cells[row]),
        first=plain(first),
        second=plain(second),
        as_first=unmistakable(first),
        as_second=unmistakable(second),
    )


def _check(column: Column, row: int, said: Meanings) -> None:
    """Require that a cell says a finite number."""
    cell = column.cells[row]
    value = said.under("point")
    if abs(value) <= LARGEST:
        return
    place = {"row": column.rows[row], "column": _short(column.name)}
    if not cell:
        raise InputError(N_("Row {row}, column {column}: there is no number."), **place)
    if math.isnan(value) and not _is_missing(cell):
        raise InputError(
            N_("Row {row}, column {column}: {cell} is not a number."), cell=_short(cell), **place
        )
    raise InputError(
        N_(
            "Row {row}, column {column}: there must be a number between −{limit} and {limit}, "
            "not {cell}."
        ),
        cell=_short(cell),
        limit=LARGEST,
        **place,
    )


def _equal(one: Reading, other: Reading) -> bool:
    return all(map(np.array_equal, one.samples, other.samples))


def _two_tables(readings: list[Reading]) -> TwoMeaningsError:
    """Ask which of the ways to part the cells is meant, by the first sample that tells them."""
    shortest = min(reading.samples.x.size for reading in readings)
    rows = [np.column_stack(reading.samples)[:shortest] for reading in readings]
    sample = int(np.any(np.array(rows) != rows[0], axis=(0, 2)).argmax())
    named: dict[str, Reading] = {}
    for reading in readings:
        x, y = (plain(values[sample].item()) for values in reading.samples)
        size = reading.samples.x.size
        named[f"x = {x}, y = {y}" + (f", N = {size}" if size > shortest else "")] = reading
    first, second, *_ = named
    return TwoMeaningsError(
        N_("Sample {i} can mean {first} or {second}; put semicolons between the cells."),
        named,
        i=sample + 1,
        first=first,
        second=second,
    )


def _short(text: str) -> str:
    """The beginning of a cell, on one line, for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:19] + "…"
