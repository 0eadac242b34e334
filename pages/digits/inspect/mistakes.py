"""Digits → Inspect: how many images are read right, which digits are confused, and which images."""

from typing import Any

import numpy as np
import streamlit as st

from core.charts.digits.inspect import accuracy, confusion
from core.digits.network.evaluation import Evaluation
from core.link.parameters import PARAMETERS
from core.number import whole
from core.percent import EXACT, percent
from pages.digits.inspect.inspected import Inspected, gallery
from pages.shared import link
from pages.shared.charts.chart import n_changes, picked, show_chart
from pages.shared.control import bound
from pages.shared.fragment import fragment
from pages.shared.i18n import _

N_WORST, N_IN_CELL = 24, 24
"""As many pictures are shown at most."""

MATRIX = "chart_confusion"
"""The key of the chart whose cells choose one."""

TRUE, READ = "truth", "read_as"
"""The keys of the chosen cell's two controls."""


def show_accuracy(seen: Inspected) -> None:
    """Show the accuracy over all images, and for each digit."""
    evaluation = seen.evaluation
    n = evaluation.labels.size
    total, digits = st.columns([1, 1.4], gap="medium", vertical_alignment="center")
    wrong = n - int(evaluation.is_right.sum())
    total.metric(
        _("Read right"),
        f"{percent(evaluation.accuracy, EXACT)} %",
        _("{wrong} of {n} test images are misread").format(wrong=whole(wrong), n=whole(n)),
        delta_color="off",
        delta_arrow="off",
    )
    total.markdown(
        _(
            "The network has never learned from these images. Each gets its likeliest digit here, "
            "however unsure the network is. The dashed line is the accuracy over all digits."
        )
    )
    if seen.model.card.is_convolutional and seen.model.card.averages_shifts:
        total.markdown(
            _(
                "On Sketch this network averages over five places of the drawing; here it reads "
                "each image once, as it is, because it takes long."
            )
        )
    with digits:
        show_chart(
            accuracy.specification,
            accuracy.tables(evaluation),
            key="chart_accuracy",
            alt=_("For each digit, the share of its test images that is read right"),
            heard=best_and_worst(evaluation),
        )


@fragment
def show_confusion(seen: Inspected) -> None:
    """Show the confusion matrix, and the images of the cell that was clicked or chosen."""
    st.header(_("What is taken for what"))
    evaluation = seen.evaluation
    left, right = st.columns([1.25, 1], gap="medium")
    with right:
        truth_column, read_column = st.columns(2)
        with truth_column:
            truth = _digit(
                _("True digit"),
                TRUE,
                help=_("The row of the matrix: what MNIST says the image is."),
            )
        with read_column:
            read = _digit(
                _("Read as"), READ, help=_("The column of the matrix: what the network answers.")
            )
        rows = evaluation.in_cell(truth, read)
        st.markdown(_how_many(rows.size, truth, read))
        if rows.size:
            gallery(
                seen.digits,
                rows[:N_IN_CELL],
                [f"{percent(evaluation.probabilities[row, read])} %" for row in rows[:N_IN_CELL]],
                key="cell",
                scale=2,
            )
            st.caption(
                _("The surest answers first, with their probability.")
                if rows.size <= N_IN_CELL
                else _("The {n} surest answers, with their probability.").format(n=N_IN_CELL)
            )
    with left:
        show_chart(
            confusion.specification,
            confusion.tables(
                evaluation.confusion, truth, read, n_changes("cell_shown", (truth, read))
            ),
            key=MATRIX,
            alt=_("The confusion matrix: how often each digit is read as each digit"),
            heard=_most_confused(evaluation),
            on_select=_choose_clicked,
        )
        st.caption(_("Click a cell to see its images. Rows add up to all images of a digit."))


def best_and_worst(evaluation: Evaluation) -> str:
    """Say which digits are read right most and least often."""
    of_digit = evaluation.confusion.sum(axis=1).clip(1)
    shares = evaluation.confusion.diagonal() / of_digit
    best, worst = int(shares.argmax()), int(shares.argmin())
    return _(
        "Read right most often: {best}, {best_share} %. Least often: {worst}, {worst_share} %."
    ).format(
        best=best,
        best_share=percent(float(shares[best])),
        worst=worst,
        worst_share=percent(float(shares[worst])),
    )


def _most_confused(evaluation: Evaluation) -> str:
    """Say which digit is taken most often for which other one."""
    wrong = evaluation.confusion * (1 - np.eye(10, dtype=int))
    truth, read = np.unravel_index(int(wrong.argmax()), wrong.shape)
    return _("The most frequent mistake: a {truth} is read as a {read}, {n} times.").format(
        truth=truth, read=read, n=whole(wrong[truth, read])
    )


def _digit(label: str, key: str, *, help: str) -> int:  # noqa: A002
    """Show the choice of a digit; return it."""
    usual: Any = PARAMETERS[key].kind.usual
    return bound(
        key,
        lambda: int(st.selectbox(label, range(10), usual, key=key, bind="query-params", help=help)),
    )


def _how_many(n: int, truth: int, read: int) -> str:
    if n == 0:
        return _("No {truth} is read as a {read}.").format(truth=truth, read=read)
    text = (
        _("**{n}** images of a {truth} are read as a {read}.")
        if n > 1
        else _("**One** image of a {truth} is read as a {read}.")
    )
    return text.format(n=n, truth=truth, read=read)


def _choose_clicked() -> None:
    if found := picked(MATRIX, confusion.PICK, "label", "answer"):
        label, answer = found
        link.go({TRUE: label, READ: answer})


def show_worst(seen: Inspected) -> None:
    """Show the images whose right digit the network finds least likely."""
    st.header(_("The worst mistakes"))
    st.markdown(
        _(
            "Below each image: what it is → what the network reads, and the probability that the "
            "network leaves for the right digit. Would you have read them?"
        )
    )
    evaluation = seen.evaluation
    rows = evaluation.worst_mistakes(N_WORST)
    right = evaluation.probability_of_right
    gallery(
        seen.digits,
        rows,
        [
            f"{evaluation.labels[row]} → {evaluation.answers[row]} · {percent(right[row])} %"
            for row in rows
        ],
        key="worst",
    )
