"""Things to try on Planes → Playground."""

from pages.planes.playground.drawn_points import USUAL as USUAL_DATA
from pages.planes.playground.settings import INPUTS
from pages.planes.playground.settings import USUAL as USUAL_NETWORK
from pages.planes.playground.train_on import NOTHING_BEFORE
from pages.shared.i18n import _
from pages.shared.page import presets

PLAIN = USUAL_NETWORK | USUAL_DATA | NOTHING_BEFORE

ALL_INPUTS = [*INPUTS]


def things_to_try() -> None:
    """Show ten settings that teach something, each a button."""
    presets([*_shapes(), *_troubles()])


def _shapes() -> list[tuple[str, str, dict[str, object]]]:
    """What a network of some size can do."""
    return [
        (
            _("A line for xor"),
            _(
                "Without a hidden layer there is one neuron, and it draws one line. No line parts "
                "xor, so it answers about ½ everywhere."
            ),
            PLAIN | {"pg_shape": "xor", "pg_layers": 0},
        ),
        (
            _("One neuron too few"),
            _(
                "Two neurons cannot close a curve around the circle: somewhere it stays open. "
                "Three can: give layer 1 one more."
            ),
            PLAIN | {"pg_layers": 1, "pg_h1": 2},
        ),
        (
            _("Squares alone"),
            _(
                "One neuron without a hidden layer, given x₁² and x₂² instead of x₁ and x₂: what "
                "is a line to it is an ellipse in the plane."
            ),
            PLAIN | {"pg_layers": 0, "pg_x": ["x₁²", "x₂²"]},
        ),
        (
            _("Spiral"),
            _(
                "All seven inputs, two layers of eight, Adam. With x₁ and x₂ alone the same "
                "network is far from done after as many epochs."
            ),
            PLAIN
            | {
                "pg_shape": "spiral",
                "pg_noise": 0.05,
                "pg_x": ALL_INPUTS,
                "pg_h1": 8,
                "pg_h2": 8,
                "pg_opt": "adam",
                "pg_rate": 0.01,
            },
        ),
        (
            _("Three classes"),
            _(
                "Three output neurons, each with a map of its own, and softmax makes of them "
                "probabilities that add up to 1. Their borders are three lines from one point."
            ),
            PLAIN | {"pg_shape": "three", "pg_noise": 0.5, "pg_layers": 0},
        ),
    ]


def _troubles() -> list[tuple[str, str, dict[str, object]]]:
    """What goes wrong, and why."""
    return [
        (
            _("Ten samples by heart"),
            _(
                "32 neurons learn ten noisy samples without a mistake. The test loss falls at "
                "first and then rises: what they learn now is the noise."
            ),
            PLAIN
            | {
                "pg_n": 20,
                "pg_noise": 0.8,
                "pg_test": 0.5,
                "pg_h1": 16,
                "pg_h2": 16,
                "pg_opt": "adam",
                "pg_rate": 0.01,
                "pg_epochs": 500,
            },
        ),
        (
            _("L1 removes weights"),
            _(
                "All seven inputs for a circle. L1 takes the same from each weight at every step, "
                "until only those are left that are worth it: watch the lines disappear."
            ),
            PLAIN
            | {
                "pg_x": ALL_INPUTS,
                "pg_layers": 1,
                "pg_l1": 0.01,
                "pg_epochs": 500,
            },
        ),
        (
            _("Too fast"),
            _(
                "A number to learn, and η = 1: each step goes beyond the valley, to where the "
                "slope is steeper still, until the numbers run away."
            ),
            PLAIN | {"pg_shape": "bump", "pg_rate": 1.0},
        ),
        (
            _("All weights 0"),
            _(
                "All neurons of a layer begin alike, get the same slope, and stay alike. Nothing "
                "tells them apart but chance: the first weights must be drawn."
            ),
            PLAIN | {"pg_init": "zero"},
        ),
        (
            _("Dead ReLUs"),
            _(
                "η = 1 throws ReLU neurons so far that they give 0 for every sample. Then their "
                "slope is 0, and they never come back: their maps stay empty."
            ),
            PLAIN | {"pg_act": "relu", "pg_rate": 1.0},
        ),
    ]
