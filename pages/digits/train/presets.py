"""Things to try on Digits → Train: recipes that each show one thing."""

import dataclasses

from core.digits.recipe import ARTICLE, CONVOLUTIONAL, MODERN
from pages.runs.recipe_controls import values_of
from pages.shared.i18n import _
from pages.shared.page import presets

FEW = dataclasses.replace(
    MODERN, n_images=300, batch_size=30, distortion=0.0, schedule="constant", n_epochs=20
)
"""Learned by heart within ten epochs, in a few seconds."""

TOO_FAST = dataclasses.replace(MODERN, learning_rate=10.0, n_epochs=5)

NO_HIDDEN_LAYER = dataclasses.replace(MODERN, layer_sizes=(784, 10), distortion=0.0, n_epochs=10)


def things_to_try() -> None:
    """Show recipes to try, each a button that sets the controls."""
    presets(
        [
            (
                _("Only 300 images"),
                _(
                    "Learned by heart within ten epochs: every training image right, and one in "
                    "five test images wrong. Then add distortion or dropout, and watch the gap."
                ),
                values_of(FEW),
            ),
            (
                _("As the article did it"),
                _(
                    "Squared error and plain SGD, 6,000 images to an update: 97 % too, but only "
                    "after 200 epochs. Run Modern beside it: it is there after three."
                ),
                values_of(ARTICLE),
            ),
            (
                _("Learning rate 10"),
                _("Each step overshoots. The loss explodes, and no epoch reads more than a guess."),
                values_of(TOO_FAST),
            ),
            (
                _("No hidden layer"),
                _(
                    "Ten neurons, one for each digit, and nothing in between: about 92 %. Its "
                    "weights are pictures of what it takes for a 0, a 1, a 2 …"
                ),
                values_of(NO_HIDDEN_LAYER),
            ),
            (
                _("Small kernels"),
                _(
                    "Two blocks of convolution, 24 kernels of 5×5: 11,274 parameters, a twentieth "
                    "of Modern's, read about 99 % after three epochs. Each epoch takes longer: "
                    "every kernel works at all places."
                ),
                values_of(CONVOLUTIONAL),
            ),
        ],
        key="tr_try",
    )
