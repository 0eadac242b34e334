"""Make photos of numbers on lined paper, of MNIST's digits, by a seed."""

import io
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from benchmarks.numbers.composed import Number, compose
from core.digits.mnist import Digits

SIZE = (720, 960)
"""Of a photo, in pixels."""
N_DIGITS = 300
"""So many different digits make all numbers."""


def photos(digits: Digits, n: int, seed: int = 0) -> list[Number]:
    """Photograph numbers on lined paper; the boxes are left out.

    Parameters
    ----------
    digits : Digits
        Images of MNIST.
    n : int
        How many; gaps and lengths take turns as in `compose`.
    seed : int
        The same seed makes the same photos.

    Returns
    -------
    list of Number
        (720, 960, 3) each.
    """
    rng = np.random.default_rng(seed)
    some = rng.choice(len(digits.labels), min(N_DIGITS, len(digits.labels)), replace=False)
    large = Digits(np.stack([inked(image) for image in digits.images[some]]), digits.labels[some])
    numbers = compose(large, np.repeat("MNIST", len(large.labels)), n, seed)
    return [replace(number, image=photographed(number.image, rng), boxes=()) for number in numbers]


def inked(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Give a digit of MNIST in eight times its size, with the sharp edges of a pen."""
    side = 8 * len(image)
    soft = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC))
    return np.asarray(np.clip((soft / 255.0 - 0.25) * 2.5, 0, 1) * 255, np.uint8)


def photographed(ink: npt.NDArray[np.uint8], rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Photograph ink (h, w) on lined paper, a little turned, under light that is not even."""
    height, width = SIZE
    share = rng.uniform(0.55, 0.9) * min(1, (ink.shape[1] + 100) / (3 * ink.shape[0]))
    factor = min(share * width / ink.shape[1], 0.8 * height / ink.shape[0])
    size = (max(1, round(ink.shape[1] * factor)), max(1, round(ink.shape[0] * factor)))
    small = Image.fromarray(ink).resize(size, Image.Resampling.BILINEAR)
    left, top = (
        int(rng.uniform(0.1, 0.9) * (a - b)) for a, b in zip((width, height), size, strict=True)
    )
    sheet = Image.new("L", (width, height))
    sheet.paste(small, (left, top))
    rules = Image.fromarray(ruled(size[1], rng))
    turn = rng.uniform(-2, 2)
    strokes, lines = (
        np.asarray(layer.rotate(turn, Image.Resampling.BILINEAR), np.float64) / 255
        for layer in (sheet, rules)
    )
    y, x = np.mgrid[:height, :width] / max(SIZE)
    angle = rng.uniform(0, 2 * np.pi)
    along = np.cos(angle) * x + np.sin(angle) * y
    light = 1 - rng.uniform(0.1, 0.4) * (along - along.min()) / np.ptp(along)
    taken = np.maximum(rng.uniform(0.55, 0.85) * strokes, rng.uniform(0.1, 0.4) * lines)
    brightness = rng.uniform(190, 245) * light * (1 - taken) + rng.normal(0, 5, SIZE)
    tint = np.array([rng.uniform(0.9, 1), rng.uniform(0.94, 1), 1.0])
    pixels = np.clip(brightness[..., None] * tint, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.7)).save(file, "JPEG", quality=70)
    return np.asarray(Image.open(file))


def ruled(height_of_digits: int, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Draw rules over a whole sheet, about as far apart as a number is high."""
    height = SIZE[0]
    rules = np.zeros(SIZE, np.uint8)
    apart = max(24.0, height_of_digits * rng.uniform(0.6, 1.3))
    for middle in np.arange(rng.uniform(0, apart), height, apart):
        top = int(middle)
        rules[top : top + int(rng.integers(1, 4))] = 255
    return rules
