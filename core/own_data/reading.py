"""From a text or a table to samples: whatever has one meaning is read, two are asked about.

Whatever is wrong is told in one sentence that names the row and the column, so that it can be found
again in a spreadsheet: rows count from 1, the header and blank rows included.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.datasets import Samples, read_only
from core.hyperparameters import LARGEST, SMALLEST
from core.messages import N_, InputError, require
from core.number import whole
from core.own_data.encodings import decode
from core.own_data.form import XY, Column, Floats, Form, read_classes, short
from core.own_data.notation import Mark, Meanings, is_percent, meanings, plain, unmistakable
from core.own_data.rows import Cut, Row, cuts

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 100_000
"""The most samples a CSV or a table may hold."""

MISSING = {"", "-", "?", "na", "n/a", "#n/a", "#nv", "nan", "null", "none", "inf", "infinity", "∞"}
"""Cells, in lower case and without sign, that say a number is missing or infinite."""


class Reading(NamedTuple):
    """What a text or a table says."""

    columns: tuple[Floats, ...]
    """Those of its form, each of shape (n_samples,)."""
    has_percent: bool = False
    """Whether some numbers were written in hundredths, as ``10%``."""
    classes: tuple[str, ...] = ()
    """What classes 0, 1 and so on were called, if not so."""

    @property
    def samples(self) -> Samples:
        """Inputs and targets; of two inputs x has the shape (n_samples, 2)."""
        *inputs, y = self.columns
        return Samples(inputs[0] if len(inputs) == 1 else np.column_stack(inputs), y)

    @property
    def n_samples(self) -> int:
        """How many samples there are."""
        return self.columns[0].size


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
same column need, and those of all columns; None where nothing does."""


def read_csv(content: bytes | str, form: Form = XY) -> Reading:
    r"""Read samples from the text of a CSV file.

    Cells are parted by commas, semicolons, bars, tabs or spaces, decimals have a point or a comma;
    whatever makes a table of the text is taken. A header is optional: as many columns as the form
    has may have any names (and are taken in its order, unless they are called otherwise), of more
    columns those of its names are read. Blank rows and comments (``#``) are skipped.

    Parameters
    ----------
    content : bytes or str
        The file (see `core.own_data.encodings.decode`), or its text. At most 2 MB and 100,000
        samples.
    form : Form, default=XY
        Which columns there are.

    Returns
    -------
    Reading

    Raises
    ------
    TwoMeaningsError
        If it can be read in two ways.
    InputError
        If it is too large, is no text, has no row, lacks a column, has too many classes, or a cell
        is not a finite number.

    Examples
    --------
    >>> read_csv("x,y\n0,1\n0.5,2e3").samples
    Samples(x=array([0. , 0.5]), y=array([1.e+00, 2.e+03]))
    >>> read_csv("height;weight\n1,8;80\n1,7;70").samples.x
    array([1.8, 1.7])
    >>> from core.own_data.form import TWO_CLASSES
    >>> read_csv("1,2,red\n3,4,blue", TWO_CLASSES).classes
    ('blue', 'red')
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
            N_("There is only one column; {columns} must be separated by comma, semicolon or tab."),
            columns=form.title,
        )
    readings: list[Reading] = []
    asked: list[TwoMeaningsError] = []
    wrong: list[InputError] = []
    for cut in ways:
        try:
            readings.append(_read(cut, form))
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
    raise _two_tables(readings, form)


def from_table(frame: pd.DataFrame, form: Form = XY) -> Reading:
    """Read samples from an editable table.

    Parameters
    ----------
    frame : pandas.DataFrame
        With the form's columns, of text or numbers; in text the point is the decimal mark, or
        where it cannot be, the comma. Rows in which all are empty are skipped; rows count from 1.
    form : Form, default=XY
        Which columns there are.

    Returns
    -------
    Reading

    Raises
    ------
    TwoMeaningsError
        If a cell can be read in two ways.
    InputError
        If a column is missing, no row is filled, there are more than 100,000, or too many classes,
        or a cell is not a finite number.

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
        all(names.count(name) == 1 for name in form.columns),
        N_("The table must have the columns {columns}, each of them once."),
        columns=form.title,
    )
    cells = [_texts(frame[name]) for name in form.columns]
    rows = [row for row in range(len(frame)) if any(column[row] for column in cells)]
    numbers = [row + 1 for row in rows]
    columns = [
        Column(name, numbers, [column[row] for row in rows])
        for name, column in zip(form.columns, cells, strict=True)
    ]
    return _reading(columns, form, decide=_in_a_table)


def reading_of(x: Floats, y: Floats) -> Reading:
    """Return samples as if they had been read; x has the shape (n_samples,) or (n_samples, 2).

    Examples
    --------
    >>> len(reading_of(np.zeros((5, 2)), np.ones(5)).columns)
    3
    """
    return Reading((*np.atleast_2d(x.T), y))


def to_table(columns: Sequence[Floats], form: Form = XY) -> pd.DataFrame:
    """Return columns of numbers as an editable table of text that `from_table` reads back exactly.

    Parameters
    ----------
    columns : sequence of ndarray of float, shape (n_samples,)
    form : Form, default=XY
        What the columns are called.

    Examples
    --------
    >>> to_table([np.array([0, 0.5]), np.array([1, 1e-7])])
         x      y
    0    0      1
    1  0.5  1e-07
    """
    import pandas as pd

    return pd.DataFrame(
        {
            name: [repr(value).removesuffix(".0") for value in values.tolist()]
            for name, values in zip(form.columns, columns, strict=True)
        },
        dtype=object,
    )


def _texts(column: pd.Series) -> list[str]:
    """Each cell as text from which the number comes back exactly; the empty ones as no text."""
    missing = column.isna().tolist()
    return [
        "" if empty else str(cell).strip()
        for cell, empty in zip(column.tolist(), missing, strict=True)
    ]


def _read(cut: Cut, form: Form) -> Reading:
    """Read samples from a text that is cut in one way."""
    rows = list(cut.rows())
    require(len(rows) > 0, N_("There is no row with data."))
    first, names = rows[0]
    names = _shorter(names, len(form.columns))
    if _is_header(names, form):
        del rows[0]
    else:
        require(
            len(names) == len(form.columns),
            N_(
                "Row {row} must have {expected} cells, not {n}, unless a header names {columns}; "
                "where commas are decimal marks, put semicolons between the cells."
            )
            if cut.is_comma
            else N_(
                "Row {row} must have {expected} cells, not {n}, unless a header names {columns}."
            ),
            row=whole(first),
            expected=len(form.columns),
            n=len(names),
            columns=form.title,
        )
        names = list(form.columns)
    places = _places(names, form)
    require(len(rows) > 0, N_("There is no row with data."))
    cells = _rectangle(rows, len(names), is_comma=cut.is_comma)
    numbers = [row for row, _ in rows]
    columns = [Column(names[at], numbers, [row[at] for row in cells]) for at in places]
    return _reading(columns, form, decide=partial(_in_a_text, cut, cut.quoted()))


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
                row=whole(row),
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


def _is_header(cells: list[str], form: Form) -> bool:
    """Whether the first row names the columns."""
    if set(form.columns) <= set(form.named(cells)):
        return True
    return len(cells) > 1 and not any(_like_a_number(cell) for cell in cells)


def _like_a_number(cell: str) -> bool:
    """Whether a cell is meant as a number, though perhaps a bad one, rather than as a name."""
    return _is_missing(cell) or meanings(cell) != (None, None)


def _is_missing(cell: str) -> bool:
    return cell in MISSING or cell.lower().lstrip("+-−") in MISSING


def _places(names: list[str], form: Form) -> list[int]:
    """Where the form's columns are."""
    named = form.named(names)
    for name in form.columns:
        require(named.count(name) <= 1, N_("The header names column {column} twice."), column=name)
    if set(form.columns) <= set(named):
        return [named.index(name) for name in form.columns]
    require(
        len(names) == len(form.columns),
        N_("The header has {n} columns; it must name {columns}."),
        n=len(names),
        columns=form.title,
    )
    return list(range(len(names)))


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


def _reading(columns: list[Column], form: Form, decide: Decide) -> Reading:
    """The numbers and classes that the cells say."""
    n_rows = len(columns[0].cells)
    require(n_rows > 0, N_("There is no row with data."))
    if n_rows > MAX_ROWS:
        raise InputError(N_("There are more than {limit} rows with data."), limit=whole(MAX_ROWS))
    of_numbers = columns[:-1] if form.n_classes else columns
    found = [[meanings(cell) for cell in column.cells] for column in of_numbers]
    for row in range(n_rows):
        for column, meant in zip(of_numbers, found, strict=True):
            _check(column, row, meant[row])
    classes: tuple[str, ...] = ()
    labels: list[Floats] = []
    if form.n_classes:
        label, classes = read_classes(columns[-1], form.n_classes)
        labels = [label]
    needed = [{said.needs for said in meant if said.needs} for meant in found]
    all_needed = set().union(*needed)
    values: dict[Mark, list[Floats]] = {"point": [], "comma": []}
    undecided: list[tuple[int, Column, Meanings]] = []
    for column, meant, marks in zip(of_numbers, found, needed, strict=True):
        decided = {
            row: decide(column.cells[row], marks, all_needed)
            for row, said in enumerate(meant)
            if said.are_two
        }
        undecided += [(row, column, meant[row]) for row, mark in decided.items() if mark is None]
        for mark, numbers in values.items():
            numbers.append(
                np.array([said.under(decided.get(row) or mark) for row, said in enumerate(meant)])
            )
    has_percent = any(is_percent(cell) for column in of_numbers for cell in column.cells)
    readings = {
        mark: Reading(_frozen([*numbers, *labels]), has_percent, classes)
        for mark, numbers in values.items()
    }
    if not undecided:
        return readings["point"]
    raise _two_numbers(*min(undecided, key=lambda cell: cell[0]), readings)


def _frozen(columns: list[Floats]) -> tuple[Floats, ...]:
    """The columns, read-only, each number of a size that can be learned from."""
    for column in columns:
        read_only(column, column)
    return tuple(columns)


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
        row=whole(column.rows[row]),
        column=short(column.name),
        cell=short(column.cells[row]),
        first=plain(first),
        second=plain(second),
        as_first=unmistakable(first),
        as_second=unmistakable(second),
    )


def _check(column: Column, row: int, said: Meanings) -> None:
    """Require that a cell says a finite number, neither too large nor too small to square."""
    cell = column.cells[row]
    value = said.under("point")
    if value == 0 or SMALLEST <= abs(value) <= LARGEST:
        return
    place = {"row": column.rows[row], "column": short(column.name)}
    if abs(value) < SMALLEST:
        raise InputError(
            N_(
                "Row {row}, column {column}: {cell} is nearer to 0 than {least}; write 0 if that "
                "is meant."
            ),
            cell=short(cell),
            least=SMALLEST,
            **place,
        )
    if not cell:
        raise InputError(N_("Row {row}, column {column}: there is no number."), **place)
    if math.isnan(value) and not _is_missing(cell):
        raise InputError(
            N_("Row {row}, column {column}: {cell} is not a number."), cell=short(cell), **place
        )
    raise InputError(
        N_(
            "Row {row}, column {column}: there must be a number between −{limit} and {limit}, "
            "not {cell}."
        ),
        cell=short(cell),
        limit=LARGEST,
        **place,
    )


def _equal(one: Reading, other: Reading) -> bool:
    return all(map(np.array_equal, one.columns, other.columns))


def _two_tables(readings: list[Reading], form: Form) -> TwoMeaningsError:
    """Ask which of the ways to part the cells is meant, by the first sample that tells them."""
    shortest = min(reading.n_samples for reading in readings)
    rows = [np.column_stack(reading.columns)[:shortest] for reading in readings]
    sample = int(np.any(np.array(rows) != rows[0], axis=(0, 2)).argmax())
    named: dict[str, Reading] = {}
    for reading in readings:
        cells = zip(
            form.columns, (column[sample].item() for column in reading.columns), strict=True
        )
        size = reading.n_samples
        says = ", ".join(f"{name} = {plain(value)}" for name, value in cells)
        named[says + (f", N = {whole(size)}" if size > shortest else "")] = reading
    first, second, *_ = named
    return TwoMeaningsError(
        N_("Sample {i} can mean {first} or {second}; put semicolons between the cells."),
        named,
        i=whole(sample + 1),
        first=first,
        second=second,
    )
