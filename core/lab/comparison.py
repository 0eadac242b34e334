"""Which runs are compared, in which places, and the link that says so.

A place is a colour. A run keeps its place as others come and go, so that its curve keeps its
colour; an empty place is an empty text. Whoever opens the link sees the same runs in the same
colours.
"""

from collections.abc import Iterable, Sequence

from core.store.names import is_id

PLACES = 8
"""So many runs are drawn at once; no more can be told apart."""


def choose(places: Sequence[str], ids: Iterable[str]) -> list[str]:
    """Give the new places after the chosen runs have changed.

    Parameters
    ----------
    places : sequence of str
        Before: the runs' ids, and empty texts. Those beyond `PLACES` wait.
    ids : iterable of str
        The runs that are chosen now.

    Returns
    -------
    list of str
        Who was there and is still chosen keeps its place; the others fill the empty ones.

    Examples
    --------
    >>> choose(["a", "b"], ["b", "c", "d"])
    ['c', 'b', 'd']
    >>> choose(["a", "b", "c"], ["a", "c"])
    ['a', '', 'c']
    """
    chosen = dict.fromkeys(ids)
    kept = [one if one in chosen else "" for one in places[:PLACES]]
    new = [one for one in [*places[PLACES:], *chosen] if one in chosen and one not in kept]
    for one in dict.fromkeys(new):
        if "" in kept:
            kept[kept.index("")] = one
        else:
            kept.append(one)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def to_link(places: Sequence[str]) -> str:
    """Give the places that are drawn as a link has them.

    Examples
    --------
    >>> to_link(["a", "", "c"])
    'a,,c'
    """
    return ",".join(places[:PLACES])


def from_link(text: str) -> list[str]:
    """Read the places out of a link; what cannot be a run's id is left out.

    Examples
    --------
    >>> from_link("0123456789abcdef,,no run,fedcba9876543210")
    ['0123456789abcdef', '', 'fedcba9876543210']
    """
    named = [one.strip() for one in text.split(",")]
    places: list[str] = []
    for one in named:
        if one == "" or (is_id(one) and one not in places):
            places.append(one)
    return choose(places[:PLACES], filter(None, places))
