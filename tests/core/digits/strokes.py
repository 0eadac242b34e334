"""Drawings for the tests: strokes of a round pen, white on black."""

import numpy as np
from PIL import Image, ImageDraw

STROKES = {
    0: [[(140 + 55 * np.sin(t), 140 - 80 * np.cos(t)) for t in np.linspace(0, 2 * np.pi, 60)]],
    1: [[(145, 50), (135, 230)]],
    7: [[(85, 65), (195, 65), (125, 225)]],
}
"""The pen's paths on a field of 280 by 280."""


def draw(digit, size=280, pen=20, shift=(0, 0), zoom=1.0):
    """Draw a digit on a canvas of size by size pixels; 4 times larger first, for smooth edges."""
    fine = 4
    image = Image.new("L", (size * fine, size * fine))
    pencil = ImageDraw.Draw(image)
    radius = pen * zoom * fine / 2
    for stroke in STROKES[digit]:
        points = [((x * zoom + shift[0]) * fine, (y * zoom + shift[1]) * fine) for x, y in stroke]
        pencil.line(points, fill=255, width=round(2 * radius))
        for x, y in points:
            pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image.reduce(fine))
