"""The reader's own samples: a CSV, or an editable table, with the columns x and y.

Whatever is wrong with them is told in one sentence that names the row and the column, so that it
can be found again in a spreadsheet: rows count from 1, the header and blank rows included.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.datasets import Samples, as_samples
from core.hyperparameters import LARGEST
from core.messages import N_, InputError, require

if TYPE_CHECKING:
    import pandas as pd

MAX_ROWS = 100_000
"""The most samples a CSV or a table may hold."""

MAX_BYTES = 2 * 1024**2
"""The largest CSV: 2 MB."""

SEPARATORS = ("\t", ";", ",")
"""What may stand between two cells; where several could split the first row, the first does."""

MISSING = {"", "-", "?", "na", "n/a", "#n/a", "nan", "null", "none", "inf", "infinity"}
"""Cells, in lower case and without sign, that say a number is missing or infinite."""

Row = tuple[int, list[str]]


def read_csv(content: bytes | str) -> Samples:
    r"""Read x and y from the text of a CSV file.

    Cells are separated by commas, semicolons or tabs; the first row decides by which. A header is
    optional: two columns may have any names (and are taken as x and y, unless they are called y
    and x), of more columns those called x and y are read. Blank rows are skipped.

    Parameters
    ----------
    content : bytes or str
        The file (UTF-8, with or without byte order mark, or UTF-16 with one), or its text. At most
        2 MB and 100,000 samples.

    Returns
    -------
    Samples

    Raises
    ------
    InputError
        If it is too large, is no text, has no row, lacks a column, or a cell is not a finite
        number with a decimal point.

    Examples
    --------
    >>> read_csv("x,y\n0,1\n0.5,2e3")
    Samples(x=array([0. , 0.5]), y=array([1.e+00, 2.e+03]))
    >>> read_csv("year;height;x;y\n2024;1;2;3").y
    array([3.])
    >>> read_csv("height;weight\n1.8;80\n1,7;70")
    Traceback (most recent call last):
    core.messages.InputError: Row 3, column height: write 1,7 with a decimal point, as 1.7.
    """
    text = _decode(content)
    separator = _separator(text)
    rows = _rows(text, separator)
    row, cells = next(rows, (0, []))
    require(row > 0, N_("There is no row with data."))
    header = _header(cells)
    names = cells if header else ["x", "y"]
    if not header:
        require(
            len(cells) != 1,
            N_("There is only one column; x and y must be separated by comma, semicolon or tab."),
        )
        require(
            len(cells) == 2,
            N_(
                "Row {row} must have two cells, not {n}, unless a header names x and y; "
                "decimals need a point."
            ),
            row=row,
            n=len(cells),
        )
    at_x, at_y = _columns(names)
    x: list[float] = []
    y: list[float] = []
    if not header:
        x.append(_number(cells[0], row, "x"))
        y.append(_number(cells[1], row, "y"))
    for row, cells in rows:
        if len(cells) != len(names):
            raise InputError(
                N_("Row {row} must have {expected} cells, not {n}; decimals need a point."),
                row=row,
                n=len(cells),
                expected=len(names),
            )
        x.append(_number(cells[at_x], row, names[at_x]))
        y.append(_number(cells[at_y], row, names[at_y]))
        if len(x) > MAX_ROWS:
            raise _too_many_rows()
    require(len(x) > 0, N_("There is no row with data."))
    return as_samples(x, y)


def from_table(frame: pd.DataFrame) -> Samples:
    """Read x and y from an editable table.

    Parameters
    ----------
    frame : pandas.DataFrame
        With the columns x and y. Rows in which both are empty are skipped; rows count from 1.

    Returns
    -------
    Samples

    Raises
    ------
    InputError
        If a column is missing, no row is filled, there are more than 100,000, or a cell is not a
        finite number.

    Examples
    --------
    >>> import pandas as pd
    >>> from_table(pd.DataFrame({"x": [0, None, 1], "y": [1, None, 3]})).x
    array([0., 1.])
    >>> from_table(pd.DataFrame({"x": [0, 1], "y": [1, None]}))
    Traceback (most recent call last):
    core.messages.InputError: Row 2, column y: there is no number.
    """
    names = list(frame.columns)
    require(
        names.count("x") == 1 and names.count("y") == 1,
        N_("The table must have one column x and one column y."),
    )
    x: list[float] = []
    y: list[float] = []
    cells = [_texts(frame[name]) for name in ("x", "y")]
    for row, (cell_x, cell_y) in enumerate(zip(*cells, strict=True), start=1):
        if not cell_x and not cell_y:
            continue
        x.append(_number(cell_x, row, "x"))
        y.append(_number(cell_y, row, "y"))
        if len(x) > MAX_ROWS:
            raise _too_many_rows()
    require(len(x) > 0, N_("There is no row with data."))
    return as_samples(x, y)


def _texts(column: pd.Series) -> list[str]:
    """Each cell as text that `float` reads back exactly; the empty ones as the empty text."""
    missing = column.isna().tolist()
    return [
        "" if empty else str(cell).strip()
        for cell, empty in zip(column.tolist(), missing, strict=True)
    ]


def _decode(content: bytes | str) -> str:
    """The text of the file, without a byte order mark."""
    size = len(content) if isinstance(content, bytes) else _size(content)
    if size > MAX_BYTES:
        raise InputError(N_("The data are larger than {limit} MB."), limit=MAX_BYTES // 1024**2)
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(N_("The file is no text in UTF-8 or UTF-16; save it as UTF-8.")) from None


def _size(text: str) -> int:
    """The bytes of `text` in UTF-8."""
    return len(text.encode("utf-8", errors="surrogatepass"))


def _separator(text: str) -> str:
    """The first of the separators that splits the first row which is not blank."""
    for separator in SEPARATORS:
        _, cells = next(_rows(text, separator), (0, []))
        if len(cells) > 1:
            return separator
    return ","


def _rows(text: str, separator: str) -> Iterator[Row]:
    """Every row that is not blank, with its number as a spreadsheet shows it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError(N_("Row {row} cannot be read: is a quote open?"), row=row) from None
        cells = [cell.strip() for cell in cells]
        if any(cells):
            yield row, cells


def _header(cells: list[str]) -> bool:
    """Whether the first row names the columns."""
    names = [name.lower() for name in cells]
    if "x" in names and "y" in names:
        return True
    return len(cells) > 1 and not any(_like_a_number(cell) for cell in cells)


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


def _like_a_number(cell: str) -> bool:
    """Whether a cell is meant as a number, though perhaps a bad one, rather than as a name."""
    if cell.lower().lstrip("+-−") in MISSING or cell in MISSING:
        return True
    return _float(cell) is not None or _float(cell.replace(",", ".")) is not None


def _float(cell: str) -> float | None:
    """The number that `cell` says, or None."""
    try:
        return None if "_" in cell else float(cell)
    except ValueError:
        return None


def _number(cell: str, row: int, column: str) -> float:
    """The finite number that `cell` says."""
    value = _float(cell)
    if value is not None and -LARGEST <= value <= LARGEST:
        return value
    place = {"row": row, "column": _short(column)}
    if not cell:
        raise InputError(N_("Row {row}, column {column}: there is no number."), **place)
    if value is not None or cell.lower().lstrip("+-−") in MISSING:
        raise InputError(
            N_(
                "Row {row}, column {column}: there must be a number between −{limit} and {limit}, "
                "not {cell}."
            ),
            cell=_short(cell),
            limit=LARGEST,
            **place,
        )
    point = cell.replace(",", ".")
    if _float(point) is not None:
        raise InputError(
            N_("Row {row}, column {column}: write {cell} with a decimal point, as {point}."),
            cell=_short(cell),
            point=_short(point),
            **place,
        )
    raise InputError(
        N_("Row {row}, column {column}: {cell} is not a number."), cell=_short(cell), **place
    )


def _short(text: str) -> str:
    """The beginning of a cell, on one line, for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:19] + "…"


def _too_many_rows() -> InputError:
    return InputError(N_("There are more than {limit} rows with data."), limit=f"{MAX_ROWS:,}")
