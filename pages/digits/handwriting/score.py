"""My handwriting: how well the digits are read, beside MNIST's, and files of them."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.charts.digits import handwriting as charts
from core.charts.digits import own_digits
from core.digits.handwriting import files
from core.digits.handwriting.asking import Sample
from core.digits.handwriting.score import UNSURE, Score, plausible_accuracy, score
from core.digits.recognise import Recogniser
from core.number import whole
from pages.digits.handwriting.writing import enlarged
from pages.shared.charts.chart import show_chart
from pages.shared.i18n import _
from pages.shared.networks.own_networks import test_evaluation


def show_score(recogniser: Recogniser, samples: Sequence[Sample]) -> None:
    """Show the personal confusion and accuracy beside MNIST's, the misread digits, and the files.

    Parameters
    ----------
    recogniser : Recogniser
    samples : sequence of Sample
        At least one.
    """
    result = score(recogniser, samples)
    confusion = result.confusion
    st.header(_("What was read"))
    yours, mnist = st.columns(2, gap="medium")
    with yours:
        st.markdown(_("**Your digits**"))
        n_right = int(result.right.sum())
        show_chart(
            own_digits.confusion_specification,
            {"cells": own_digits.confusion_table(confusion)},
            key="hand_confusion",
            alt=_("A table of the digits you wrote against the digits that were read"),
            heard=_read_right(n_right, len(samples)),
            large_counts=False,
        )
        st.caption(_range(n_right, len(samples)))
    with mnist:
        st.markdown(_("**MNIST's 10,000 test images**"))
        evaluation = test_evaluation(recogniser)
        likeliest = np.pad(evaluation.confusion, ((0, 0), (0, 1)))
        show_chart(
            own_digits.confusion_specification,
            {"cells": own_digits.confusion_table(likeliest)},
            key="hand_mnist",
            alt=_("A table of MNIST's test images against the digits that were read"),
            heard=_read_right(int(evaluation.is_right.sum()), evaluation.labels.size),
            large_counts=True,
        )
        st.caption(_("Here each image counts as its likeliest digit, however unsure."))
    shares = charts.share_table(confusion, evaluation.accuracy_per_digit)
    show_chart(
        charts.share_specification,
        {"shares": shares},
        key="hand_shares",
        alt=_("For each digit, the share read right: yours, and of MNIST's test images"),
        heard=_by_digit(confusion),
    )
    _misread(samples, result)
    _downloads(samples, result)


def _read_right(n_right: int, n: int) -> str:
    return _("Read right: {right} of {n}.").format(right=whole(n_right), n=whole(n))


def _by_digit(confusion: NDArray[np.intp]) -> str:
    """Say how many of each digit are read right, for those who cannot see the bars."""
    written = confusion.sum(axis=1)
    parts = [
        _("of the {digit} {right} of {n}").format(digit=i, right=confusion[i, i], n=written[i])
        for i in np.flatnonzero(written)
    ]
    return _("Yours that are read right: {digits}.").format(digits=_("; ").join(parts))


def _range(n_right: int, n: int) -> str:
    """Say how far so few digits may mislead."""
    low, high = plausible_accuracy(n_right, n)
    return _(
        "Few digits ({n}) say little: by this count, the accuracy on your hand may be anywhere "
        "from {low} % to {high} % (95 % interval)."
    ).format(n=n, low=f"{100 * low:.0f}", high=f"{100 * high:.0f}")


def _misread(samples: Sequence[Sample], result: Score) -> None:
    """Show the digits that were not read as what they are."""
    wrong = np.flatnonzero(~result.right).tolist()
    if not wrong:
        return
    st.markdown(_("**Not read right**"))
    unsure = _("unsure")
    captions = [
        f"{result.labels[i]} → {unsure if result.read_as[i] == UNSURE else result.read_as[i]}"
        for i in wrong
    ]
    st.image([enlarged(samples[i]) for i in wrong], width=84, caption=captions, alt=captions)


def _downloads(samples: Sequence[Sample], result: Score) -> None:
    with st.container(horizontal=True):
        st.download_button(
            _("Download the digits (CSV)"),
            lambda: files.to_csv(samples, result),
            file_name="handwriting.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="hand_csv",
            help=_(
                "A row for each digit: label, read_as (empty if unsure), probability, and "
                "pixel_0 to pixel_783, row by row, from 0 for paper to 255 for ink."
            ),
        )
        st.download_button(
            _("Download a picture (PNG)"),
            lambda: files.to_png(files.contact_sheet(samples, result)),
            file_name="handwriting.png",
            mime="image/png",
            icon=":material/image:",
            on_click="ignore",
            key="hand_png",
            help=_("All digits on one sheet, each with what was read; wrong ones have a frame."),
        )
