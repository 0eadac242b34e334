"""A lesson's run as a Jupyter notebook, and as an exercise that grades itself.

The notebooks are of nbformat 4.5. The exercise is of nbgrader's form: cells are marked in their
metadata as the answer, as tests with points, or as locked [1]_.

References
----------
.. [1] nbgrader, "JSON metadata format", schema version 3.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.export.program import Program, drawn
from core.export.source import literal
from core.messages import N_, Translate

MOST_COMPARED = 60
"""An exercise compares so many parameters at most, the first ones."""

POINTS = (1, 2)
"""For the first update, and for those that follow."""

EMPTY = "# YOUR CODE HERE\nraise NotImplementedError()"
"""What nbgrader itself writes in place of a solution."""

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


@dataclass(frozen=True)
class Texts:
    """What a lesson's page says, in the reader's language."""

    title: str
    question: str
    formulas: Sequence[str]
    """In LaTeX."""
    explained: str
    """What the formulas mean."""
    remember: str


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook."""

    name: str
    text: str
    is_code: bool = True
    is_answer: bool = False
    points: int = 0


def as_notebook(program: Program, texts: Texts, translate: Translate = str) -> str:
    """Write a program as a notebook, with the page's texts and formulas.

    Parameters
    ----------
    program : Program
    texts : Texts
        What the page says, in the reader's language.
    translate : callable, default=str
        Gives the notebook's own sentences in that language.

    Returns
    -------
    str
        JSON, for a file with the ending ``.ipynb``.
    """
    about = N_(
        "This notebook makes one run of Neuron Ladder again, and needs nothing of it: run its "
        "cells from top to bottom, then change a setting and run them once more."
    )
    cells = [
        *_opening(program, texts, translate(about), translate),
        Cell("loop", program.loop),
        *_ending(program, texts, translate),
    ]
    return _written(cells, is_graded=False)


def as_exercise(
    program: Program, texts: Texts, translate: Translate = str, *, solved: bool = False
) -> str:
    """Write a program as a notebook whose loop is left empty where it learns.

    Parameters
    ----------
    program, texts, translate
        As for `as_notebook`.
    solved : bool, default=False
        With the solution, between the marks that nbgrader knows: for the teacher.

    Returns
    -------
    str
        JSON. Cells with tests compare what the learner's loop gives with the lesson's own numbers.
    """
    about = N_(
        "In the loop below the lines are missing that learn. Write them from the formulas; the "
        "cells after it compare your numbers with ours. The cells are marked as nbgrader wants "
        "them, so that it can grade the notebook."
    )
    loop = re.sub(r"^@njit.*\n", "", program.loop)  # plain Python tells what is wrong
    fast = ""
    if loop != program.loop:
        decorator = program.loop.splitlines()[0].removeprefix("@")
        fast = f"descend = {decorator}(descend)  # now that it is right, make it fast\n"
    cells = [
        *_opening(program, texts, translate(about), translate),
        Cell("task", "## " + translate(N_("Your turn")), is_code=False),
        Cell("update", with_blanks(loop, program.blanks, solved=solved), is_answer=True),
        Cell("rest", "\n\n\n".join([*program.helpers, program.train])),
        Cell("checks", "## " + translate(N_("Are your numbers ours?")), is_code=False),
        *_checks(program),
        *_ending(program, texts, translate, before_run=fast, with_functions=False),
    ]
    return _written(cells, is_graded=True)


def with_blanks(loop: str, blanks: Sequence[tuple[str, str]], *, solved: bool) -> str:
    r"""Mark the lines that are the solution, or leave them empty.

    Parameters
    ----------
    loop : str
        A function's source.
    blanks : sequence of pairs of str
        How the first and the last line of each place begin, in the order of the source.
    solved : bool
        Keep them.

    Raises
    ------
    ValueError
        If the source has no such line.

    Examples
    --------
    >>> print(with_blanks("def f(w):\n    return 2 * w", [("return", "return")], solved=False))
    def f(w):
        # YOUR CODE HERE
        raise NotImplementedError()
    """
    lines, done = loop.splitlines(), 0
    for first, last in blanks:
        begin = _line(lines, first, done)
        end = _line(lines, last, begin) + 1
        indent = " " * (len(lines[begin]) - len(lines[begin].lstrip()))
        kept = [indent + BEGIN, *lines[begin:end], indent + END]
        empty = [indent + line for line in EMPTY.splitlines()]
        lines[begin:end] = kept if solved else empty
        done = begin + len(kept if solved else empty)
    return "\n".join(lines)


def _line(lines: Sequence[str], beginning: str, after: int) -> int:
    for i in range(after, len(lines)):
        if lines[i].lstrip().startswith(beginning):
            return i
    raise ValueError(f"no line begins with {beginning!r}")


def _opening(program: Program, texts: Texts, about: str, translate: Translate) -> list[Cell]:
    formulas = "\n\n".join(f"$${formula}$$" for formula in texts.formulas)
    return [
        Cell("title", f"# {texts.title}\n\n**{texts.question}**\n\n{about}", is_code=False),
        Cell("imports", program.preamble),
        *(
            [
                Cell("on_settings", "## " + translate(N_("Settings")), is_code=False),
                Cell("settings", program.settings),
            ]
            if program.settings
            else []
        ),
        Cell("on_data", "## " + translate(N_("Data")), is_code=False),
        Cell("data", program.data.code),
        Cell(
            "formula",
            "\n\n".join(["## " + translate(N_("The formula")), formulas, texts.explained]).rstrip(),
            is_code=False,
        ),
    ]


def _ending(
    program: Program,
    texts: Texts,
    translate: Translate,
    *,
    before_run: str = "",
    with_functions: bool = True,
) -> list[Cell]:
    functions = [Cell("rest", "\n\n\n".join([*program.helpers, program.train]))]
    return [
        *(functions if with_functions else []),
        Cell("on_run", "## " + translate(N_("The run")), is_code=False),
        Cell("run", f"{before_run}updates, params, losses = train()\n{program.report}"),
        Cell("on_picture", "## " + translate(N_("The picture")), is_code=False),
        Cell("picture", drawn(program.picture)),
        Cell("remember", texts.remember, is_code=False),
    ]


def _checks(program: Program) -> list[Cell]:
    """Cells that fail unless the learner's first updates are the lesson's."""
    first = program.first()
    last = first.n_records - 1
    cells = [_check("check_first_update", program.few, first, 1, POINTS[0])] if last > 1 else []
    return [*cells, _check("check_more_updates", program.few, first, last, POINTS[1])]


def _check(name: str, few: str, first: Any, record: int, points: int) -> Cell:
    row = first.params[record, :MOST_COMPARED]
    within = "rtol=1e-6, atol=1e-9"
    return Cell(
        name,
        f"""updates, params, losses = train({few})
assert len(updates) == {first.n_records}
{literal("expected", np.asarray(row))}
np.testing.assert_allclose(params[{record}, :{row.size}], expected, {within})
np.testing.assert_allclose(losses[{record}], {float(first.loss[record])!r}, {within})""",
        points=points,
    )


def _written(cells: Sequence[Cell], *, is_graded: bool) -> str:
    notebook = {
        "cells": [_as_json(cell, is_graded=is_graded) for cell in cells],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _as_json(cell: Cell, *, is_graded: bool) -> dict[str, Any]:
    written: dict[str, Any] = {
        "cell_type": "code" if cell.is_code else "markdown",
        "id": cell.name,
        "metadata": {},
        "source": cell.text.splitlines(keepends=True),
    }
    if cell.is_code:
        written |= {"execution_count": None, "outputs": []}
        if is_graded:
            marks = {
                "grade": cell.points > 0,
                "grade_id": cell.name,
                "locked": not cell.is_answer,
                "schema_version": 3,
                "solution": cell.is_answer,
                "task": False,
            }
            written["metadata"]["nbgrader"] = marks | (
                {"points": cell.points} if cell.points else {}
            )
    return written
