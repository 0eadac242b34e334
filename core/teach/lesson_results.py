"""What a learner hands in of a lesson: answers, predictions and runs, as a row or as a code.

A row is a CSV's: which lesson, a random name, the name that a teacher asked for, and for each item
what was answered, whether that was right, and at which try; then for each step what was set there.
A code is short enough to paste: it has the answers by their places, and neither numbers nor runs.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.checked_code import read_bits, write_bits
from core.learning.exercises import Question
from core.learning.progress import Entry
from core.teach.lesson_link import ready
from core.teach.lesson_plan import LessonPlan, Step, asked_on, wanted

MOST_ITEMS = 30
"""A code has no more answers than this."""

EDITION = 2
"""Of the code's form; the first is that of the concept test."""

HEAD = [4, 16, 24, 5]
"""Bits of a code's beginning: form, lesson, learner, number of items."""

ITEM = [1, 1, 2, 3]
"""And of each item: answered, right, tries up to 4, the place of the answer from 1."""

FIRST = ("lesson", "mark", "learner", "name")
"""The columns before the answers."""

LONGEST_NAME = 40

Row = dict[str, str]
"""A learner's row, by its columns."""


@dataclass(frozen=True)
class Item:
    """What a lesson asks: its name in a reader's record, and the question, if it is one."""

    name: str
    question: Question | None = None


@dataclass(frozen=True)
class Results:
    """What one learner did.

    Parameters
    ----------
    plan : LessonPlan
    learner : int
        A random number below 2²⁴: two rows of one learner have the same.
    name : str
        What the teacher asked for, if anything; only in the file.
    entries : mapping of str to Entry
        The learner's record.
    runs : mapping of int to str
        What was set at a step when it was last seen, as in a link.
    """

    plan: LessonPlan
    learner: int
    name: str
    entries: Mapping[str, Entry]
    runs: Mapping[int, str]


def items(plan: LessonPlan) -> list[Item]:
    """Return what a lesson asks, in its order, each once.

    Examples
    --------
    >>> [item.name for item in items(ready()["last_sample"])][:2]
    ['one_weight/ow_end', 'one_weight/ow_last']
    """
    found = {item.name: item for step in plan.steps for item in _items(step)}
    return list(found.values())[:MOST_ITEMS]


def _items(step: Step) -> list[Item]:
    asked = asked_on(step.page)
    if asked is None:
        return []
    asked = wanted(step, asked)
    named: dict[str, Question | None] = {asked.prediction.id: None} if asked.prediction else {}
    named |= {question.id: question for question in asked.questions}
    named |= dict.fromkeys(challenge.id for challenge in asked.challenges)
    return [Item(f"{step.page}/{id_}", question) for id_, question in named.items()]


def row(results: Results) -> Row:
    """Return a learner's results as a row."""
    plan = results.plan
    found: Row = {
        "lesson": plan.title.told("en"),
        "mark": f"{plan.mark:04x}",
        "learner": f"{results.learner:06x}",
        "name": results.name[:LONGEST_NAME],
    }
    for item in items(plan):
        entry = results.entries.get(item.name)
        found |= _cells(item, entry)
    for number, step in enumerate(plan.steps, 1):
        found[f"run {number}: {step.page}"] = results.runs.get(number, "")
    return found


def _cells(item: Item, entry: Entry | None) -> Row:
    if entry is None:
        return dict.fromkeys((item.name, f"{item.name} right", f"{item.name} tries"), "")
    place = _place(item, entry)
    return {
        item.name: str(place) if place else entry.answer,
        f"{item.name} right": str(int(entry.is_right)),
        f"{item.name} tries": str(entry.tries),
    }


def _place(item: Item, entry: Entry) -> int:
    """The place of a chosen answer, from 1; 0 of what is no choice."""
    choices = item.question.choices if item.question else ()
    is_choice = entry.answer.isdecimal() and int(entry.answer) < len(choices)
    return int(entry.answer) + 1 if is_choice else 0


def code(results: Results) -> str:
    """Return a learner's results as a code."""
    asked = items(results.plan)
    values = [EDITION, results.plan.mark, results.learner, len(asked)]
    for item in asked:
        entry = results.entries.get(item.name)
        if entry is None:
            values += [0, 0, 0, 0]
        else:
            tries = min(entry.tries, 4) - 1
            values += [1, int(entry.is_right), tries, min(_place(item, entry), 7)]
    return write_bits(values, [*HEAD, *ITEM * len(asked)])


def read_code(text: str, plans: Iterable[LessonPlan] = ()) -> Row | None:
    """Return the row that a code stands for; None if the text is no code.

    Parameters
    ----------
    text : str
        Whatever stands in a cell.
    plans : iterable of LessonPlan
        Lessons whose items it may name, beside those that ship; else they are numbered.
    """
    if len(text) > 100:
        return None
    for n in range(MOST_ITEMS + 1):
        values = read_bits(text, [*HEAD, *ITEM * n])
        if values is not None and values[0] == EDITION and values[3] == n:
            return _row_of(values, [*plans, *ready().values()])
    return None


def _row_of(values: Sequence[int], plans: Sequence[LessonPlan]) -> Row:
    _edition, mark, learner, n, *told = values
    plan = next((one for one in plans if one.mark == mark and len(items(one)) == n), None)
    names = [item.name for item in items(plan)] if plan else [f"item {i}" for i in range(1, n + 1)]
    title = plan.title.told("en") if plan else ""
    found = dict(zip(FIRST, (title, f"{mark:04x}", f"{learner:06x}", ""), strict=True))
    for i, name in enumerate(names):
        answered, right, tries, place = told[4 * i : 4 * i + 4]
        cells = (str(place or ""), str(right), str(tries + 1)) if answered else ("", "", "")
        found |= dict(zip((name, f"{name} right", f"{name} tries"), cells, strict=True))
    return found


def write_csv(rows: Sequence[Row]) -> str:
    """Write rows as one CSV; no cell of it is a formula to a spreadsheet."""
    columns = list(dict.fromkeys(column for one in rows for column in one))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_harmless(one.get(column, "")) for column in columns] for one in rows])
    return text.getvalue()


def _harmless(cell: Any) -> str:
    """A cell that no spreadsheet computes; a number may begin with its sign.

    Examples
    --------
    >>> _harmless("=1+1"), _harmless("-0.5"), _harmless("two")
    ("'=1+1", '-0.5', 'two')
    """
    text = str(cell)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        try:
            float(text)
        except ValueError:
            return f"'{text}"
    return text
