"""Things to try on Curves → Sigmoid neuron."""

from pages.curves.sigmoid_neuron.controls import USUAL
from pages.curves.sigmoid_neuron.curve_data import USUAL as USUAL_DATA
from pages.shared.i18n import _
from pages.shared.page import presets

PLAIN = USUAL | USUAL_DATA


def neuron_presets() -> None:
    """Show starts, losses and rates to try, each a button."""
    presets(
        [
            (
                _("From the flat start"),
                _(
                    "From w = b = 0.1 the curve is nearly a straight line. The weight stretches it "
                    "into a step, ever more slowly."
                ),
                PLAIN,
            ),
            (
                _("Saturated"),
                _(
                    "From w = −20 with squared error: for most samples ŷ·(1 − ŷ) is near 0, and w "
                    "stays where it is."
                ),
                PLAIN | {"sn_start": -20.0},
            ),
            (
                _("Cross-entropy recovers"),
                _(
                    "The same start with cross-entropy: the slope is ŷ − y, and w turns round in "
                    "the first epoch."
                ),
                PLAIN | {"sn_start": -20.0, "sn_loss": "binary_cross_entropy"},
            ),
            (
                _("Too fast"),
                _(
                    "The full batch at η = 50, far above the safe rate: the loss jumps up and down "
                    "before it settles."
                ),
                PLAIN
                | {
                    "sn_loss": "binary_cross_entropy",
                    "sn_variant": "full",
                    "sn_rate": 50.0,
                    "sn_epochs": 50,
                },
            ),
        ]
    )
