"""Why one digit and not another: what each pixel of ink adds to the lead of one score."""

import math

import numpy as np
import streamlit as st

from core.digits.network.activation import ACTIVATION_FUNCTIONS
from core.digits.network.model import Card
from core.digits.recognise import Recogniser, Recognition
from core.digits.sketch.why import Evidence, evidence
from core.formula import breakable
from core.messages import N_, InputError
from core.number import number, signed, whole
from pages.digits.sketch.signed_numbers import show_cells
from pages.shared.choice import choice
from pages.shared.i18n import _
from pages.shared.networks.network_choice import activation_name

BEST, SECOND = "best", "second"

MOST = 1_000_000
"""More than so many times as likely is told as more than that."""


def why(recogniser: Recogniser, reading: Recognition) -> None:
    """Show the choice of two digits, and what speaks for the one against the other."""
    order = np.argsort(-reading.probabilities, kind="stable")
    digits = {str(digit): str(digit) for digit in range(10)}
    heading = st.container()
    columns = st.columns(2)
    with columns[0]:
        first = choice(_("Why"), {BEST: _("the likeliest"), **digits}, key="why_for")
    with columns[1]:
        second = choice(_("and not"), {SECOND: _("the second"), **digits}, key="why_not")
    one = int(order[0]) if first == BEST else int(first)
    other = int(second) if second != SECOND else int(order[1] if one == order[0] else order[0])
    heading.header(_("Why {one} and not {other}?").format(one=one, other=other))
    try:
        parts = evidence(recogniser.model, reading.pixels, one, other)
    except InputError as error:
        st.info(error.translated(_))
        return
    left, right = st.columns([1, 1.2], gap="medium")
    with right:
        _sum(recogniser, parts, one, other)
    with left:
        show_cells(
            parts.ink,
            N_("adds to the lead"),
            "why",
            _("The drawing with what each pixel adds: blue for the one digit, red for the other"),
            ink=reading.pixels,
        )
        st.caption(
            _(
                "Blue ink speaks for {one}, red ink for {other}; grey ink hardly matters between "
                "the two."
            ).format(one=one, other=other)
        )


def _sum(recogniser: Recogniser, parts: Evidence, one: int, other: int) -> None:
    """Add up what speaks for each, and say what the sum means."""
    card = recogniser.card
    linear = card.n_hidden_layers == 0
    curved = not linear and not ACTIVATION_FUNCTIONS[card.activation].is_straight
    rows = [
        (_("blue ink, for {one}").format(one=one), parts.ink[parts.ink > 0].sum()),
        (_("red ink, for {other}").format(other=other), parts.ink[parts.ink < 0].sum()),
        (_("blank paper") if curved else _("biases"), parts.biases),
    ]
    lead = _("score of {one} minus score of {other}").format(one=one, other=other)
    table = [f"| {name} | {signed(value)} |" for name, value in rows]
    table += [f"| **{lead}** | **{signed(parts.lead)}** |"]
    header = "| {part} | {adds} |".format(part=_("part"), adds=_("adds to the lead"))
    st.markdown("\n".join([header, "| --- | ---: |", *table]))
    lead = f"z_{one} - z_{other}"
    slope = rf"\frac{{\partial ({lead})}}{{\partial x_i}}"
    if curved:
        slope = rf"\int_0^1 {slope}(\alpha x)\,d\alpha \\ &\quad"
    sums = rf"\begin{{aligned}} {lead} &= \sum_i x_i {slope} + c \end{{aligned}}"
    st.latex(breakable(sums))
    exponent = parts.lead / card.temperature
    so = _("So for the network, {likelier} is {times} times as likely as {less}.").format(
        likelier=one if exponent >= 0 else other,
        less=other if exponent >= 0 else one,
        times=_times(abs(exponent)),
    )
    st.markdown(f"{_what_is_added(card, linear, curved)} {so}")
    care = [
        _("Read it with care: empty paper adds nothing here, yet it also matters where no ink is.")
    ]
    if curved:
        care.append(
            _("And it holds for this drawing: with another stroke, each pixel adds something else.")
        )
    elif not linear:
        care.append(_("And it holds for this drawing: another stroke switches units on and off."))
    st.caption(" ".join(care))


def _what_is_added(card: Card, linear: bool, curved: bool) -> str:
    """Say what the terms of the sum are, and how exact it is."""
    function = activation_name(card.activation)
    if linear:
        return _(
            "Each pixel x adds input × weight, the biases add c. Without a hidden layer the sum is "
            "exactly the lead, whatever is drawn."
        )
    if curved:
        return _(
            "Each pixel x adds input × gradient, the biases add c: the lead on blank paper. "
            "Because {function} bends everywhere, the gradient is averaged on the way from blank "
            "paper to the drawing."
        ).format(function=function)
    return _(
        "Each pixel x adds input × gradient, the biases add c; with {function} the sum is exactly "
        "the lead."
    ).format(function=function)


def _times(exponent: float) -> str:
    """Write e to the power of `exponent`, at least 0, as far as its size can be imagined."""
    if exponent > math.log(MOST):
        return f"> {whole(MOST)}"
    times = math.exp(exponent)
    return number(times) if times < 100 else whole(round(times))
