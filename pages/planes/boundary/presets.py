"""Things to try on Planes → Boundary."""

from pages.planes.boundary.controls import USUAL
from pages.planes.boundary.plane_data import USUAL as USUAL_DATA
from pages.shared.i18n import _
from pages.shared.page import presets

PLAIN = USUAL | USUAL_DATA


def boundary_presets() -> None:
    """Show data, losses, starts and rates to try, each a button."""
    presets(
        [
            (
                _("Two blobs"),
                _(
                    "The line turns until it parts the blobs. After that the arrow still grows: "
                    "longer weights make every right answer surer, and the loss smaller."
                ),
                PLAIN | {"bd_epochs": 100},
            ),
            (
                _("xor"),
                _(
                    "Signs that differ against signs that agree: no line parts them. The arrow "
                    "shrinks to almost nothing, and the neuron answers about ½ everywhere."
                ),
                PLAIN | {"pl_shape": "xor", "bd_variant": "full", "bd_rate": 0.5, "bd_epochs": 100},
            ),
            (
                _("Sure and wrong"),
                _(
                    "Squared error, and a start that is sure of the wrong side: ŷ·(1 − ŷ) is near "
                    "0, and the line stays. Both losses side by side, further down, show how "
                    "cross-entropy gets away from there."
                ),
                PLAIN
                | {
                    "bd_loss": "mean_squared_error",
                    "bd_w1": -5.0,
                    "bd_w2": -5.0,
                    "bd_bias": 0.0,
                },
            ),
            (
                _("Too fast"),
                _(
                    "The full batch at η = 50, far above the safe rate: the line jumps to and fro, "
                    "and the loss with it."
                ),
                PLAIN | {"pl_noise": 1.0, "bd_variant": "full", "bd_rate": 50.0, "bd_epochs": 100},
            ),
            (
                _("Imbalanced"),
                _(
                    "Only each tenth sample is of class 1. At the end 95 % are right, and yet four "
                    "of the ten of class 1 are missed: always answering 0 would be right in 90 %."
                ),
                PLAIN | {"pl_shape": "imbalanced", "pl_noise": 1.0, "bd_epochs": 50},
            ),
            (
                _("Unequal inputs"),
                _(
                    "x₂ is 20 times as large. Its slope is, too, so the loss jumps at η = 1, which "
                    "is safe for equal inputs. A rate small enough for w₂ hardly moves w₁: scale "
                    "the inputs first."
                ),
                PLAIN
                | {
                    "pl_noise": 1.0,
                    "pl_stretch": 20.0,
                    "bd_variant": "full",
                    "bd_rate": 1.0,
                    "bd_epochs": 100,
                },
            ),
        ]
    )
