"""A whole number: what is read, how it was split, and which digits are doubted."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from core.charts.digits.bars import certainty
from core.digits.recognise import Reading, Recogniser, Recognition
from core.digits.sketch.preview import show_split
from pages.digits.sketch.views import look_inside
from pages.shared.i18n import _
from pages.shared.page import announce


def show_number(
    image: NDArray[np.uint8], reading: Reading, above: DeltaGenerator | None = None
) -> None:
    """Show a number, the boxes of its digits, and how sure each of them is.

    Parameters
    ----------
    image : ndarray of uint8
        What was read.
    reading : Reading
        Of at least two digits.
    above : container, optional
        Above the canvas, where the answer stands on a phone.
    """
    digits = reading.digits
    n_doubted = sum(digit.label is None for digit in digits)
    told = _("{n} digits").format(n=len(digits))
    if n_doubted:
        told += ", " + _("{n} in doubt").format(n=n_doubted)
    (above or st.container(key="answer")).metric(
        _("The network reads"),
        reading.text.replace("\n", " / "),
        told,
        delta_color="off",
        delta_arrow="off",
    )
    announce(
        _("The network reads the number {number}: {told}.").format(
            number=" ".join(reading.text), told=told
        )
    )
    st.image(
        show_split(image, digits),
        width=280,
        caption=_("How it was split; a dashed box is in doubt"),
        alt=_("The image with a box around each digit that was found"),
    )
    heads = [_("digit"), _("sure"), *([_("doubt")] if n_doubted else [])]
    rows = [heads, ["---", "---:", "---"][: len(heads)], *(_row(d)[: len(heads)] for d in digits)]
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in rows))
    st.caption(
        _(
            "The drawing is cut wherever little ink is in the way. Each way to join the pieces "
            "gets points for parts that look like digits, to the network and by their shape; the "
            "best way is shown. A digit is as sure as its cuts and its reading are together."
        )
    )


def look_inside_one(recogniser: Recogniser, digits: tuple[Recognition, ...]) -> None:
    """Show the choice of a digit, and what the network did to read it."""
    chosen = st.segmented_control(
        _("Look inside one of the digits"),
        range(len(digits)),
        default=0,
        format_func=lambda k: f"{k + 1}: {_guess(digits[k])}",
        required=True,
        key=f"inside_digit_{len(digits)}",
    )
    look_inside(recogniser, digits[chosen or 0])


def _row(digit: Recognition) -> list[str]:
    """Write one digit as the cells of a row: the likeliest, how sure, and why it is doubted."""
    reason = "" if digit.reason is None else _(digit.reason)
    return [f"**{_guess(digit)}**", f"{certainty(digit.probabilities.max())} %", reason]


def _guess(digit: Recognition) -> str:
    """Write a digit; one that is doubted with a question mark."""
    if digit.label is not None:
        return str(digit.label)
    return f"{int(digit.probabilities.argmax())}?"
