"""Things to try on Digits → Convolution."""

from core.link.parameters import usual
from pages.shared.i18n import _
from pages.shared.page import presets

PLAIN = usual(
    *("cv_bank", "cv_kernel", "cv_channel", "cv_pad", "cv_stride", "cv_relu", "cv_pool", "cv_shift")
)


def convolution_presets() -> None:
    """Show kernels, layers and shifts to try, each a button."""
    presets(
        [
            (
                _("Edges"),
                _(
                    "Dark on the left, ink on the right: there the sum is large. At the other "
                    "edge it is below 0, and on paper or in the middle of a broad stroke it is 0."
                ),
                PLAIN,
            ),
            (
                _("Blur"),
                _("Nine weights of 1/9: each place becomes the mean of what lies around it."),
                PLAIN | {"cv_kernel": "blur"},
            ),
            (
                _("What was learned"),
                _(
                    "Nobody made these kernels: training found them. Of the project's 16, half "
                    "look for edges of one direction, some for whole strokes, and two find nothing "
                    "at all."
                ),
                PLAIN | {"cv_bank": "learned", "cv_relu": True},
            ),
            (
                _("A whole layer"),
                _(
                    "Convolution, ReLU, the largest of 2×2: what the first layer hands on. The map "
                    "is coarser, and a stroke that moves by a pixel changes less of it."
                ),
                PLAIN | {"cv_bank": "learned", "cv_relu": True, "cv_pool": "max"},
            ),
            (
                _("Move it"),
                _("Four pixels to the right: the map moves along. Do the answers stay?"),
                PLAIN | {"cv_shift": 4},
            ),
        ]
    )
