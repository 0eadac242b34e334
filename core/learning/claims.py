"""What is true of a run: comparisons of its facts, written as in ``last_loss > 2 * first_loss``.

A page's core tells the facts of the run that is shown, by names. Questions take their numbers from
them, and what refutes an answer and what a challenge wants are claims about them.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Fact = int | float | str
"""A count, a number, or the name of what happened."""

Facts = Mapping[str, Fact]
"""What is true of a run, by name."""

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_SIDE = re.compile(
    rf"(?:(?P<factor>{_NUMBER})\s*\*\s*)?(?P<name>[a-z_][a-z0-9_]*)|(?P<number>{_NUMBER})"
)
_CLAIM = re.compile(r"(?P<left>[^<>=!]+?)\s*(?P<operator><=|>=|==|!=|<|>)\s*(?P<right>[^<>=!]+)")


@dataclass(frozen=True)
class Claim:
    """A comparison of two sides: a number, a fact, or a number times a fact.

    Parameters
    ----------
    text : str
        What is not the name of a fact is, in a comparison with ``==`` or ``!=``, a word: the value
        of a fact that is the name of what happened.

    Raises
    ------
    ValueError
        If the text is no comparison.

    Examples
    --------
    >>> Claim("last_loss > 2 * first_loss").holds({"first_loss": 1.0, "last_loss": 3.0})
    True
    >>> Claim("ending == diverged").holds({"ending": "settled"})
    False
    >>> Claim("last_loss")
    Traceback (most recent call last):
    ValueError: 'last_loss' compares nothing.
    """

    text: str

    def __post_init__(self) -> None:
        parts = _CLAIM.fullmatch(self.text)
        if parts is None or not all(_SIDE.fullmatch(parts[side]) for side in ("left", "right")):
            raise ValueError(f"{self.text!r} compares nothing.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it: those of facts, and the word that one is compared with.

        Examples
        --------
        >>> Claim("last_loss > 2 * first_loss").names, Claim("rate < 0.5").names
        (('last_loss', 'first_loss'), ('rate',))
        """
        sides = _CLAIM.fullmatch(self.text)
        assert sides is not None
        parts = (_SIDE.fullmatch(sides[side]) for side in ("left", "right"))
        return tuple(part["name"] for part in parts if part is not None and part["name"])

    def holds(self, facts: Facts) -> bool:
        """Tell whether it is true of a run.

        Raises
        ------
        KeyError
            If it is about a fact that the run does not have.
        """
        parts = _CLAIM.fullmatch(self.text)
        assert parts is not None
        compare = OPERATORS[parts["operator"]]
        left, right = _value(parts["left"], facts), _value(parts["right"], facts)
        if isinstance(left, str) or isinstance(right, str):
            if parts["operator"] not in ("==", "!="):
                raise KeyError(left if isinstance(left, str) else right)
            return (left == right) == (parts["operator"] == "==")
        return compare(left, right)


def all_hold(claims: Sequence[str], facts: Facts) -> bool:
    """Tell whether all of these comparisons are true of a run.

    Examples
    --------
    >>> all_hold(["n_neurons <= 3", "accuracy >= 0.8"], {"n_neurons": 3, "accuracy": 0.85})
    True
    """
    return all(Claim(claim).holds(facts) for claim in claims)


def _value(side: str, facts: Facts) -> Fact:
    parts = _SIDE.fullmatch(side)
    assert parts is not None
    if parts["number"] is not None:
        return float(parts["number"])
    fact = facts.get(parts["name"], parts["name"])
    if parts["factor"] is None:
        return fact
    if isinstance(fact, str):
        raise KeyError(fact)
    return float(parts["factor"]) * fact
