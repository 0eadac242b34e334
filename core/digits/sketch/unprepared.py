"""What a network reads when a drawing is only shrunk, and not prepared as MNIST's digits were.

To show how much of the reading is the preparation's work: `core.digits.image.preparation` crops to
the ink, scales it and centres it; here nothing is cropped, scaled to a box or centred.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.digits.doubts import BLANK
from core.digits.image.ink import LEAST_CONTRAST, Grey, border, check_image, shrink, to_grey
from core.digits.image.preparation import FIELD
from core.digits.network.temperature import softmax
from core.digits.recognise import Recogniser, Recognition, named


def straight_resize(image: npt.NDArray[np.uint8]) -> Grey:
    """Shrink the whole image to 28×28 pixels, and turn dark ink on light paper round.

    Parameters
    ----------
    image : ndarray of uint8
        (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, any size; an image that is not square is
        squeezed.

    Returns
    -------
    ndarray of float32
        (28, 28), from 0 for black to 1 for white.

    Raises
    ------
    InputError
        If the array has another type or shape.

    Examples
    --------
    A stroke in a corner stays where it is, and as small as it is:

    >>> drawing = np.zeros((280, 280), np.uint8)
    >>> drawing[:100, :10] = 255
    >>> np.argwhere(straight_resize(drawing) > 0.5).max(axis=0).tolist()
    [9, 0]
    """
    check_image(image)
    grey = to_grey(shrink(image))
    if np.median(border(grey)) > 127.5:
        grey = 255 - grey
    shrunk = Image.fromarray(grey).resize((FIELD, FIELD), Image.Resampling.BOX)
    return np.clip(np.asarray(shrunk, np.float32) / 255, 0, 1)


def classify_straight(recogniser: Recogniser, image: npt.NDArray[np.uint8]) -> Recognition:
    """Read an image that is only shrunk.

    Parameters
    ----------
    recogniser : Recogniser
        The network, asked as `Recogniser.classify` asks it.
    image : ndarray of uint8
        As `straight_resize` takes it.

    Returns
    -------
    Recognition

    Raises
    ------
    InputError
        If the array has another type or shape.

    Examples
    --------
    A thin and small 1 in the corner: prepared it is read, only shrunk it is not.

    >>> from core.digits.recognise import load_recogniser
    >>> recogniser, drawing = load_recogniser(), np.zeros((280, 280), np.uint8)
    >>> drawing[10:70, 20:28] = 255
    >>> recogniser.classify(drawing).label, classify_straight(recogniser, drawing).label
    (1, None)
    """
    pixels = straight_resize(image)
    logits = recogniser.model.scores(pixels[None])[0]
    probabilities = softmax(logits, recogniser.card.temperature)
    reason = recogniser.doubt(logits, probabilities)
    if np.ptp(pixels) < LEAST_CONTRAST / 255:
        probabilities, reason = np.full(10, 0.1), BLANK
    pixels.flags.writeable = False
    probabilities.flags.writeable = False
    return named(probabilities, pixels, reason)
