"""All that a page is set to, as the query of its address, and back.

A query says only what is not as usual. Whatever stands in one, reading it gives values that are
allowed: what is not known there, or makes no sense, is left out.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from core.link.parameters import PARAMETERS, of_page

LONGEST = 32_000
"""Characters: a longer query is not read."""

MOST = 500
"""Nor is one with more parameters."""


def to_query(values: Mapping[str, Any]) -> str:
    """Return what is not as usual as a query.

    Parameters
    ----------
    values : mapping of str to value
        By the parameters' names.

    Examples
    --------
    >>> to_query({"n": 37, "bad": False, "act": ["ReLU"]})
    'n=37&act=ReLU'
    """
    kinds = {name: PARAMETERS[name].kind for name in values}
    said = {name: kinds[name].write(v) for name, v in values.items() if not is_usual(name, v)}
    return urlencode(said, doseq=True)


def from_query(page: str, query: str) -> dict[str, Any]:
    """Return what a query says of the page at an address, without what is as usual.

    Parameters
    ----------
    page : str
    query : str
        Whatever stands behind the question mark of a link.

    Examples
    --------
    >>> from_query("one_weight", "n=37&bad=maybe&seed=0&mlp_h=3")
    {'n': 37}
    """
    if len(query) > LONGEST:
        return {}
    try:
        said = parse_qs(query, keep_blank_values=True, max_num_fields=MOST)
    except ValueError:
        return {}
    values = {p.name: p.kind.read(said[p.name]).value for p in of_page(page) if p.name in said}
    return {name: value for name, value in values.items() if not is_usual(name, value)}


def is_usual(name: str, value: Any) -> bool:
    """Tell whether a parameter has its usual value.

    Examples
    --------
    >>> is_usual("act", ["sigmoid", "tanh", "ReLU"]), is_usual("n", 37)
    (True, False)
    """
    usual = PARAMETERS[name].kind.usual
    return bool((list(value) if isinstance(usual, tuple) else value) == _plain(usual))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
