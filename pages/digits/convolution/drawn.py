"""The picture that Digits → Convolution looks at: the reader's own drawing, or a test image."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from core.digits.convolution.sliding import Picture
from core.digits.recognise import Recogniser
from core.messages import InputError
from pages.shared.canvas import canvas
from pages.shared.choice import choice
from pages.shared.control import number_field
from pages.shared.i18n import _
from pages.shared.networks.own_networks import mnist_part
from pages.shared.page import stop_with


class Drawn(NamedTuple):
    """A picture to look at."""

    pixels: Picture
    """(28, 28)"""
    label: int | None
    """Which digit it is; None of a drawing: nobody has said."""


def drawn(recogniser: Recogniser, pen_width: int) -> Drawn:
    """Show the canvas, or the choice of a test image; return the picture.

    It is the canvas of Sketch, and so the drawing that was made there. While it is empty, the test
    image stands in.
    """
    sources = {"draw": _("My drawing"), "mnist": _("A test image")}
    source = choice(
        _("Picture"), sources, key="cv_from", segmented=True, label_visibility="collapsed"
    )
    if source == "mnist":
        shown = _test_image(
            number_field(_("Number of the image"), "cv_image", help=_("The first one is a 7."))
        )
        st.image(
            np.uint8(255 * shown.pixels).repeat(10, axis=0).repeat(10, axis=1),
            width=280,
            caption=_("MNIST says: {label}").format(label=shown.label),
            alt=_("The chosen image of MNIST"),
        )
        return shown
    image = canvas(pen_width)
    reading = None if image is None else recogniser.classify(image)
    if reading is not None and reading.has_ink:
        return Drawn(reading.pixels, None)
    st.caption(_("Nothing is drawn yet: MNIST's first test image stands in, a 7."))
    return _test_image(0)


def _test_image(number: int) -> Drawn:
    try:
        test = mnist_part("test")
    except InputError as error:
        stop_with(error)
    pixels = np.asarray(test.images[number] / np.float32(255), np.float32)
    return Drawn(pixels, int(test.labels[number]))
