"""What is true of a reading, by name: what a prediction guesses, and what challenges want."""

from core.digits.network.model import Card
from core.digits.recognise import Recognition
from core.learning.claims import Facts

NONE = -1
"""Stands for a digit where there is none."""


def facts(
    card: Card,
    reading: Recognition,
    straight: Recognition | None,
    drew: int | None,
    *,
    by_hand: bool,
) -> Facts:
    """Tell the facts of a reading.

    Parameters
    ----------
    card : Card
        Of the network.
    reading : Recognition
        What it reads.
    straight : Recognition or None
        What it reads where the image is only shrunk; None while nobody has said which digit it is.
    drew : int or None
        Which digit it is: the reader says so, or MNIST does; None while nobody has said it.
    by_hand : bool
        Whether the image is the reader's own, and not one of MNIST's.

    Returns
    -------
    dict of str to int, float or str
        ``shrunk`` is what becomes of the digit without the preparation: "right", "other" or
        "refused"; "" while nobody has said which digit it is.

    Examples
    --------
    >>> from core.digits import mnist
    >>> from core.digits.recognise import load_recogniser
    >>> recogniser = load_recogniser()
    >>> five = recogniser.classify(mnist.load("train").images[0])
    >>> told = facts(recogniser.card, five, five, 5, by_hand=False)
    >>> told["drew"], told["read"], told["refused"], told["shrunk"]
    (5, 5, 0, 'right')
    """
    is_known = drew is not None and reading.has_ink
    return {
        "drew": drew if is_known and drew is not None else NONE,
        "read": NONE if reading.label is None else reading.label,
        "refused": int(reading.has_ink and reading.label is None),
        "sure": 100 * float(reading.probabilities.max()),
        "by_hand": int(by_hand),
        "can_refuse": int(card.least_evidence is not None),
        "shrunk": _outcome(straight, drew) if is_known and straight is not None else "",
        "shrunk_read": NONE if straight is None or straight.label is None else straight.label,
    }


def _outcome(reading: Recognition, drew: int | None) -> str:
    if reading.label is None:
        return "refused"
    return "right" if reading.label == drew else "other"
