"""Photos of digits on paper, made by code: dark ink on light paper under light that is not even."""

import io

import numpy as np
from PIL import Image, ImageFilter


def photo_of(
    digit,
    rng,
    *,
    size=(480, 640),
    share=None,
    gradient=0.4,
    shadow=0.35,
    noise=6.0,
    specks=6,
    page_edge=0.3,
    quality=60,
):
    """Photograph a digit (28, 28, 255 is ink) on paper; (H, W, 3) of uint8.

    Parameters
    ----------
    share : float, optional
        Height of the digit's field as a share of the photo's; 0.3 to 0.9 at random.
    gradient : float
        By how much, of the light, one side is darker than the other, at most.
    shadow : float
        How much light a shadow with a straight edge takes, at most.
    noise : float
        Standard deviation, in grey levels.
    specks : int
        Small dark dots anywhere.
    page_edge : float
        How often a darker table is seen beyond one side of the paper.
    quality : int
        Of the JPEG file that it was.
    """
    height, width = size
    share = rng.uniform(0.3, 0.9) if share is None else share
    side = int(share * min(size))
    ink = np.zeros(size, np.float32)
    field = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC)
    turned = field.rotate(rng.uniform(-8, 8), Image.Resampling.BILINEAR)
    middle_y, middle_x = (np.array(size) - side) / 2
    top = int(np.clip(middle_y + rng.normal(0, 0.08) * height, 0, height - side))
    left = int(np.clip(middle_x + rng.normal(0, 0.08) * width, 0, width - side))
    # A pen's edge is sharp, at whatever size: MNIST's soft one is steepened.
    strokes = np.clip((np.asarray(turned, np.float32) / 255 - 0.25) * 2.5, 0, 1)
    ink[top : top + side, left : left + side] = strokes
    for _ in range(specks):
        y, x = rng.integers(0, height - 4), rng.integers(0, width - 4)
        ink[y : y + 3, x : x + 3] = rng.uniform(0.3, 1)

    y, x = np.mgrid[0:height, 0:width] / max(size)
    angle = rng.uniform(0, 2 * np.pi)
    along = np.cos(angle) * x + np.sin(angle) * y
    along = (along - along.min()) / np.ptp(along)
    light = 1 - gradient * rng.uniform(0.3, 1) * along
    angle = rng.uniform(0, 2 * np.pi)
    distance = np.cos(angle) * (x - rng.uniform(0.2, 0.6)) + np.sin(angle) * (
        y - rng.uniform(0.2, 0.5)
    )
    light -= shadow * rng.uniform(0.3, 1) / (1 + np.exp(-distance / 0.01))
    paper = rng.uniform(190, 245)
    darkness = rng.uniform(0.5, 0.85)
    brightness = paper * light * (1 - darkness * ink)
    if rng.random() < page_edge:
        edge = int(rng.uniform(0.03, 0.12) * width)
        beyond = np.s_[:, :edge] if rng.random() < 0.5 else np.s_[:, width - edge :]
        if left < edge + 4 or left + side > width - edge - 4:
            edge = 0
        else:
            brightness[beyond] = rng.uniform(40, 120)
    brightness += rng.normal(0, noise, size)
    tint = np.array([1.0, rng.uniform(0.94, 1), rng.uniform(0.82, 0.97)])
    pixels = np.clip(brightness[..., None] * tint, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.7)).save(
        file, "JPEG", quality=quality
    )
    return np.asarray(Image.open(file))
