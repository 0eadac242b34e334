"""Where an image comes from other than the canvas: a file, or MNIST itself."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core.digits.image.files import MAX_MEGABYTES, read_image
from core.digits.recognise import Recognition
from core.digits.sketch.preview import show_box
from core.messages import InputError
from pages.shared.choice import choice
from pages.shared.control import number_field
from pages.shared.i18n import _
from pages.shared.networks.own_networks import mnist_part
from pages.shared.page import stop_with


def uploaded() -> NDArray[np.uint8] | None:
    """Show a file picker; return the chosen image, None while there is none or it is unreadable."""
    file = st.file_uploader(
        _("An image with a digit or a number: PNG, JPEG, WebP, GIF, BMP or TIFF"),
        type=["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif"],
        max_upload_size=MAX_MEGABYTES,
        key="upload",
        help=_("A photo of pen on paper works too. At most 5 MB and 25 megapixels."),
    )
    if file is None:
        return None
    try:
        image: NDArray[np.uint8] = read_image(file.getvalue())
    except InputError as error:
        st.error(error.translated(_))
        return None
    return image


def show_upload(image: NDArray[np.uint8], reading: Recognition) -> None:
    """Show an uploaded image; of a photo, where the digit was found on it."""
    if reading.box is None:
        st.image(image, width=280, alt=_("The uploaded image"))
        return
    st.image(
        show_box(image, reading.box),
        width=280,
        caption=_("A photo: uneven light is evened out, and only the bright part is read."),
        alt=_("The uploaded photo, dimmed except for the digit that was found"),
    )


def from_mnist() -> tuple[NDArray[np.uint8], int]:
    """Show a choice of MNIST's images; return the chosen one, and which digit it is."""
    splits = {"test": _("Test images"), "train": _("Training images")}
    split = choice(
        _("Part of MNIST"),
        splits,
        key="part",
        help=_("The network learned from the training images; it has never seen the test images."),
    )
    try:
        digits = mnist_part(split)
    except InputError as error:
        stop_with(error)
    index = number_field(
        _("Number of the image"),
        "image",
        high=len(digits.labels) - 1,
        help=_("The first training image, number 0, is a 5."),
    )
    image: NDArray[np.uint8] = digits.images[index]
    label = int(digits.labels[index])
    st.image(
        image.repeat(10, axis=0).repeat(10, axis=1),
        width=280,
        caption=_("MNIST says: {label}").format(label=label),
        alt=_("The chosen image of MNIST"),
    )
    return image, label
