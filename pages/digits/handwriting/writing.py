"""My handwriting: ask for digits, keep them for the session, and say what was read in the last."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits.bars import certainty
from core.digits.handwriting import asking
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.score import UNSURE, Score, score
from core.digits.recognise import Recogniser
from core.percent import percent
from pages.shared.canvas import canvas, drawing, empty
from pages.shared.choice import choice
from pages.shared.control import switch
from pages.shared.fragment import fragment
from pages.shared.i18n import _
from pages.shared.networks.own_networks import test_evaluation
from pages.shared.page import announce

SAMPLES = "handwriting"
"""Session state: the digits kept so far, in the order they were written."""

HAND = "hand_"
"""The name of this page's canvas: the drawing on Sketch stays what it is."""


def choose_digits() -> list[int]:
    """Show in the sidebar how often and in which order to ask; return the digits to ask for."""
    with st.sidebar:
        rounds = choice(
            _("Digits to write"),
            {"1": _("0 to 9 once"), "3": _("0 to 9 three times")},
            key="hand_times",
            help=_("Thirty digits say more than ten. You can go on to three times at any moment."),
        )
        shuffled = switch(
            _("Shuffled"),
            "hand_shuffled",
            help=_("Asks for the digits in another order, so that your hand does not just count."),
        )
    return asking.to_ask(int(rounds), shuffled=shuffled)


def kept_digits() -> list[Sample]:
    """Return the digits kept so far, in the order they were written."""
    samples: list[Sample] = st.session_state.setdefault(SAMPLES, [])
    return samples


def keep_writing(recogniser: Recogniser, asked: Sequence[int], pen_width: int) -> None:
    """Ask for the next digit beside what came of the last one.

    Parameters
    ----------
    recogniser : Recogniser
    asked : sequence of int
        The digits to ask for, in their order.
    pen_width : int
        Width of the pen in pixels.
    """
    samples = kept_digits()
    digit = asking.next_digit(asked, [sample.label for sample in samples])
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        if digit is None:
            st.success(_("All of them are there."), icon=":material/check_circle:")
            st.image(
                _mosaic(samples), width=280, alt=_("All your digits, in the order you wrote them")
            )
        else:
            st.header(_("Write a {digit}").format(digit=digit), anchor=False)
            _ask(digit, len(samples), pen_width)
    with right:
        _progress(recogniser, samples, len(asked))


@fragment
def _ask(digit: int, n_kept: int, pen_width: int) -> None:
    """Show the canvas; reruns alone after each stroke, until the drawing is kept."""
    if len(st.session_state[SAMPLES]) != n_kept:
        st.rerun()  # the whole page: the next digit is asked for, and the score has changed
    image = canvas(pen_width, HAND)
    st.button(
        _("Keep this {digit}").format(digit=digit),
        key="hand_keep",
        type="primary",
        icon=":material/check:",
        disabled=image is None or asking.take(digit, image) is None,
        on_click=_keep,
        args=(digit,),
    )


def _keep(digit: int) -> None:
    """Keep what is drawn, unless there are enough digits, and empty the canvas."""
    samples: list[Sample] = st.session_state[SAMPLES]
    image = drawing(HAND)
    sample = None if image is None else asking.take(digit, image)
    if sample is not None and len(samples) < asking.MOST:
        samples.append(sample)
    empty(HAND)


def _take_back() -> None:
    if st.session_state.get(SAMPLES):
        st.session_state[SAMPLES].pop()


def _delete() -> None:
    """Delete all digits, and what is on the canvas."""
    st.session_state[SAMPLES] = []
    empty(HAND)


def _progress(recogniser: Recogniser, samples: list[Sample], n_asked: int) -> None:
    """Show how many digits there are, and what the network read in the last one."""
    n = len(samples)
    st.progress(
        min(n / n_asked, 1.0), text=_("{n} of {all} digits").format(n=n, all=max(n_asked, n))
    )
    if not samples:
        st.caption(
            _(
                "Your digits stay in this session's memory: 28×28 pixels each, at most {most}. "
                "They are gone when you close the page, or at once when you delete them."
            ).format(most=asking.MOST)
        )
        return
    result = score(recogniser, samples)
    st.metric(
        _("Read right"),
        f"{result.right.sum()} / {n}",
        _("MNIST: {percent} %").format(percent=percent(test_evaluation(recogniser).accuracy)),
        delta_color="off",
        delta_arrow="off",
    )
    picture, sentence = st.columns([1, 2.2], vertical_alignment="center")
    last = samples[-1]
    picture.image(
        enlarged(last),
        width=84,
        alt=_("The last digit, as the network sees it"),
    )
    what_was_read = _what_was_read(result, n - 1)
    sentence.markdown(what_was_read)
    announce(what_was_read.replace("**", ""))
    with st.container(horizontal=True):
        st.button(
            _("Take the last one back"),
            key="hand_back",
            icon=":material/undo:",
            on_click=_take_back,
        )
        st.button(_("Delete all"), key="hand_delete", icon=":material/delete:", on_click=_delete)


def enlarged(sample: Sample) -> NDArray[np.uint8]:
    """Return a digit's picture three times as large."""
    return sample.pixels.repeat(3, axis=0).repeat(3, axis=1)


def _mosaic(samples: Sequence[Sample]) -> NDArray[np.uint8]:
    """Put the digits beside each other, five in a row, as one picture."""
    n_rows = -(-len(samples) // 5)
    tiles = np.zeros((5 * n_rows, 28, 28), np.uint8)
    for number, sample in enumerate(samples):
        tiles[number] = sample.pixels
    rows = tiles.reshape(n_rows, 5, 28, 28).swapaxes(1, 2).reshape(28 * n_rows, 5 * 28)
    return rows.repeat(4, axis=0).repeat(4, axis=1)


def _what_was_read(result: Score, number: int) -> str:
    """Say what the network read in one digit."""
    label, read_as = int(result.labels[number]), int(result.read_as[number])
    if read_as == UNSURE:
        return _("You wrote **{label}**. The network is **unsure**.").format(label=label)
    sentence = (
        _("You wrote **{label}**. The network reads **{read}**, {p} % sure.")
        if label == read_as
        else _("You wrote **{label}**, but the network reads **{read}**, {p} % sure.")
    )
    sure = certainty(result.probabilities[number].max()).replace(" ", "\u00a0")
    return sentence.format(label=label, read=read_as, p=sure)
