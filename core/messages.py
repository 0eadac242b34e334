"""Sentences that ``core`` says to a person, which a page can say in the reader's language.

``core`` writes English. It marks a sentence with `N_`, which changes nothing but lets Babel find
it, and raises it as an `InputError`, which keeps the sentence and its values apart. A page then
translates the sentence and fills in the values; everyone else reads ``str(error)``.
"""

from collections.abc import Callable

Translate = Callable[[str], str]
"""A function from an English sentence to the reader's language; `str` leaves it English."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "marked, not translated yet"
    """Return `message` unchanged; the name marks it for the message catalogue.

    Examples
    --------
    >>> N_("draw a digit")
    'draw a digit'
    """
    return message


class InputError(ValueError):
    """Bad input, told in one sentence: what is wrong and what is allowed.

    Parameters
    ----------
    message : str
        The English sentence, with ``{name}`` where a value belongs; mark it with `N_`.
    **values
        The values for the names in `message`.

    Examples
    --------
    >>> raise InputError(N_("{name} must be at least 1, not {value}."), name="n_samples", value=0)
    Traceback (most recent call last):
    core.messages.InputError: n_samples must be at least 1, not 0.
    """

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))

    def translated(self, translate: Translate) -> str:
        """Return the sentence in the reader's language.

        Parameters
        ----------
        translate : callable
            Takes the English sentence, returns the translated one.

        Returns
        -------
        str

        Examples
        --------
        >>> InputError("{n} rows", n=3).translated({"{n} rows": "{n} 行"}.__getitem__)
        '3 行'
        """
        return translate(self.message).format(**self.values)


def require(condition: bool, message: str, **values: object) -> None:
    """Raise `InputError` with the sentence `message` unless `condition` holds.

    Examples
    --------
    >>> require(2 > 1, "never said")
    >>> require(1 > 2, "{name} must be positive, not {value}.", name="noise", value=-1)
    Traceback (most recent call last):
    core.messages.InputError: noise must be positive, not -1.
    """
    if not condition:
        raise InputError(message, **values)
