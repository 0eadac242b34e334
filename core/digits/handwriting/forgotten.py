"""What a network has forgotten of MNIST while it learned something else, in a sentence."""

import numpy as np

from core.digits.network.evaluation import Evaluation
from core.messages import Translate
from core.number import whole
from core.percent import percent


def told(before: Evaluation, after: Evaluation, translate: Translate = str) -> str:
    """Say how many more of MNIST's test images are misread than before, or how many fewer.

    Parameters
    ----------
    before, after : Evaluation
        Of all test images.
    translate : callable, default=str
        Gives the sentence in the reader's language.
    """
    lost = int(before.is_right.sum() - after.is_right.sum())
    if lost > 0:
        sentence = translate("MNIST has lost: {n} more of its 10,000 test images are misread.")
    elif lost < 0:
        sentence = translate(
            "MNIST has lost nothing: {n} fewer of its 10,000 test images are misread."
        )
    else:
        sentence = translate(
            "MNIST has lost nothing: as many of its 10,000 test images are misread."
        )
    return sentence.format(n=whole(abs(lost)))


def most_changed(before: Evaluation, after: Evaluation, translate: Translate = str) -> str:
    """Say of which digit MNIST has changed most, for those who cannot see it drawn."""
    was, now = before.accuracy_per_digit, after.accuracy_per_digit
    digit = int(np.nanargmax(np.abs(now - was)))
    return translate("The largest change: of the {digit}, from {before} % to {after} %.").format(
        digit=digit, before=percent(was[digit]), after=percent(now[digit])
    )
