"""Which columns own data have: x and y, or the two inputs of a point and its class."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.messages import N_, InputError
from core.own_data.notation import meanings, plain

Floats = NDArray[np.float64]

MISSING_CLASS = {"", "nan", "na", "n/a", "#n/a", "#nv", "null"}
"""Cells, in lower case, that say a class is missing; ``-`` or ``?`` may be the name of one."""

NAMED = 5
"""A sentence names at most so many classes."""

ALIASES = {
    "x1": {"x₁", "x_1"},
    "x2": {"x₂", "x_2"},
    "class": {"y", "label", "target", "类别", "類別"},
}
"""What else a header may call a column."""


class Form(NamedTuple):
    """The columns of a table, from the left."""

    columns: tuple[str, ...]
    n_classes: int = 0
    """The last column holds the names of at most so many classes; numbers if 0."""

    @property
    def title(self) -> str:
        """The columns' names, for a sentence."""
        return ", ".join(self.columns)

    def named(self, cells: list[str]) -> list[str]:
        """Return the cells of a header as the columns are called here, where they are known.

        Examples
        --------
        >>> TWO_CLASSES.named(["X₁", "x2", "label", "date"])
        ['x1', 'x2', 'class', 'date']
        """
        own = {alias: name for name in self.columns for alias in ALIASES.get(name, ())}
        return [own.get(cell.lower(), cell.lower()) for cell in cells]


XY = Form(("x", "y"))
"""One input and a target."""

TWO_CLASSES = Form(("x1", "x2", "class"), 2)
"""Points of the plane, of two classes."""

FOUR_CLASSES = TWO_CLASSES._replace(n_classes=4)
"""The same, of up to four."""

X1_X2_Y = Form(("x1", "x2", "y"))
"""Points of the plane, each with a number."""


class Column(NamedTuple):
    """The cells of one column, with the rows in which they stand."""

    name: str
    rows: list[int]
    cells: list[str]


def read_classes(column: Column, most: int) -> tuple[Floats, tuple[str, ...]]:
    """Return each row's class as a number from 0, and what the classes are called.

    Whole numbers below `most` stand for themselves. Other names are counted in their order, numbers
    first, whatever the order of the rows.

    Parameters
    ----------
    column : Column
    most : int
        So many classes are allowed.

    Returns
    -------
    tuple of ndarray and tuple of str
        No names, if the numbers stand for themselves.

    Raises
    ------
    InputError
        If a cell has none, or there are more.

    Examples
    --------
    >>> read_classes(Column("class", [1, 2, 3], ["red", "blue", "red"]), 2)
    (array([1., 0., 1.]), ('blue', 'red'))
    >>> read_classes(Column("class", [1, 2], ["1.0", "1"]), 2)
    (array([1., 1.]), ())
    """
    for row, cell in zip(column.rows, column.cells, strict=True):
        if cell.lower() in MISSING_CLASS:
            raise InputError(
                N_("Row {row}, column {column}: there is no class."),
                row=row,
                column=short(column.name),
            )
    names = [_name(cell) for cell in column.cells]
    found = sorted(set(names), key=_order)
    own = [str(number) for number in range(most)]
    if len(found) > most:
        raise InputError(
            N_("There are {n} classes, {names}; there may be {most} at most."),
            n=len(found),
            names=", ".join(map(short, found[:NAMED])) + (", …" if len(found) > NAMED else ""),
            most=most,
        )
    if set(found) <= set(own):
        return np.array([float(name) for name in names]), ()
    return np.array([float(found.index(name)) for name in names]), tuple(found)


def short(text: str) -> str:
    """Return the beginning of a cell, on one line, for a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:19] + "…"


def _name(cell: str) -> str:
    """A class by its name; the same number has one, however it is written."""
    number = meanings(cell).under("point")
    return " ".join(cell.split()) if np.isnan(number) else plain(number)


def _order(name: str) -> tuple[float, str, str]:
    number = meanings(name).under("point")
    return (np.inf if np.isnan(number) else number), name.casefold(), name
