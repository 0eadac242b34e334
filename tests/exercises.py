"""What pages ask, for tests of all of it: the files, and what is in them wherever it stands."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from core.learning.exercises import Challenge, Exercises, Refutation, Text, load
from tests import ROOT

FILES = {path.parent.name: path for path in sorted((ROOT / "pages").glob("*/*/exercises.toml"))}
"""The file of each page that asks something, by the page's name."""

Part = TypeVar("Part")


def parts(whole: object, kind: type[Part]) -> Iterator[Part]:
    """Give all parts of a kind in what a page asks, in the order of the file."""
    if isinstance(whole, kind):
        yield whole
    elif isinstance(whole, tuple):
        for one in whole:
            yield from parts(one, kind)
    elif is_dataclass(whole):
        for field in fields(whole):
            yield from parts(getattr(whole, field.name), kind)


def texts(path: Path) -> list[Text]:
    """Return all that a page may say."""
    return list(parts(load(path), Text))


def settings(exercises: Exercises) -> list[Mapping[str, Any]]:
    """Return all settings that a page offers to show."""
    refutations = [one.settings for one in parts(exercises, Refutation)]
    return refutations + [one.way for one in parts(exercises, Challenge)]


def placeholders(text: str) -> set[str]:
    """Return the names of what is filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
