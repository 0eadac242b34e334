"""The words of the ladder, each with a sentence and the rung that explains it, from two files."""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.learning.exercises import Text

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Term:
    """A word of the field.

    Parameters
    ----------
    name : Text
        As each language has it.
    text : Text
        What it means, in a sentence.
    rung : str
        The address of the page that explains it.
    first : str
        The address of the lowest page that says it.
    letter : str
        What formulas write for it; "" for none.
    """

    name: Text
    text: Text
    rung: str
    first: str
    letter: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the tutorial that the ladder follows, and where one finds it here.

    Parameters
    ----------
    theirs : Text
        What stands there.
    rung : str
        The address of the page here.
    ours : Text
        What it is called here, or what is different.
    """

    theirs: Text
    rung: str
    ours: Text


@functools.cache
def terms() -> tuple[Term, ...]:
    """Return all words, in the order in which one meets them."""
    return tuple(
        Term(
            Text(one["name"]),
            Text(one["text"]),
            one["rung"],
            one.get("first", one["rung"]),
            one.get("letter", ""),
        )
        for one in _read("terms")
    )


@functools.cache
def lines() -> tuple[Line, ...]:
    """Return the tutorial's lines, in its order."""
    return tuple(
        Line(Text(one["theirs"]), one["rung"], Text(one["ours"])) for one in _read("lines")
    )


@functools.lru_cache(maxsize=50)  # one a page
def first_said_on(page: str) -> tuple[Term, ...]:
    """Return the words that no page below the one at this address says."""
    return tuple(term for term in terms() if term.first == page)


def found(wanted: str) -> Sequence[Term]:
    """Return the words that a reader may mean, in any language.

    Parameters
    ----------
    wanted : str
        A part of a name, a letter as formulas write it, or a word of the sentence that explains it.

    Examples
    --------
    >>> [term.name.told("en") for term in found("学习率")]
    ['learning rate']
    >>> [term.name.told("en") for term in found("η")]
    ['learning rate']
    >>> len(found("")) == len(terms())
    True
    """
    sought = wanted.strip().casefold()
    by_name = [term for term in terms() if any(sought in name for name in _names(term))]
    texts = (term for term in terms() if any(sought in text.casefold() for text in _texts(term)))
    return by_name or list(texts)


def _names(term: Term) -> list[str]:
    letters = term.letter.casefold().split(", ") if term.letter else []
    return [name.casefold() for name in term.name.by_language.values()] + letters


def _texts(term: Term) -> Sequence[str]:
    return list(term.text.by_language.values())


def _read(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))[name]
    return read
