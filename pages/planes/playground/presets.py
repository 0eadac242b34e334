"""Things to try on Planes → Playground: the settings are core's, the sentences stand here."""

from core.link.playground import USUAL as USUAL_NETWORK
from core.link.playground import values_of
from core.planes.playground.presets import PRESETS, Preset
from pages.planes.playground.drawn_points import USUAL as USUAL_DATA
from pages.planes.playground.train_on import NOTHING_BEFORE
from pages.shared.i18n import _
from pages.shared.page import presets


def things_to_try() -> None:
    """Show ten settings that teach something, each a button."""
    texts = _shapes() | _troubles()
    presets(
        [(*texts[name], _values(preset)) for name, preset in PRESETS.items()],
        usual=USUAL_DATA | USUAL_NETWORK | NOTHING_BEFORE,
    )


def _values(preset: Preset) -> dict[str, object]:
    data = {
        "src": "made",
        "pg_shape": preset.shape,
        "pg_n": preset.n_samples,
        "pg_noise": preset.noise,
        "pg_test": preset.test_share,
        "seed": preset.data_seed,
    }
    return data | values_of(preset.config) | NOTHING_BEFORE


def _shapes() -> dict[str, tuple[str, str]]:
    """What a network of some size can do: each preset's name and sentence."""
    return {
        "xor_line": (
            _("A line for xor"),
            _(
                "Without a hidden layer there is one neuron, and it draws one line. No line parts "
                "xor, so it answers about ½ everywhere."
            ),
        ),
        "too_few": (
            _("One neuron too few"),
            _(
                "Two neurons cannot close a curve around the circle: somewhere it stays open. "
                "Three can: give layer 1 one more."
            ),
        ),
        "circle_squares": (
            _("Squares alone"),
            _(
                "One neuron without a hidden layer, given x₁² and x₂² instead of x₁ and x₂: what "
                "is a line to it is an ellipse in the plane."
            ),
        ),
        "spiral": (
            _("Spiral"),
            _(
                "All seven inputs, three layers of eight, Adam. Play it, and watch which neuron "
                "sees what. Without the hidden layers the same inputs are not enough."
            ),
        ),
        "three": (
            _("Three classes"),
            _(
                "Three output neurons, each with a map of its own, and softmax makes of them "
                "probabilities that add up to 1. Their borders are three lines from one point."
            ),
        ),
    }


def _troubles() -> dict[str, tuple[str, str]]:
    """What goes wrong, and why: each preset's name and sentence."""
    return {
        "by_heart": (
            _("Ten samples by heart"),
            _(
                "32 neurons learn ten noisy samples without a mistake. The test loss falls at "
                "first and then rises: what they learn now is the noise."
            ),
        ),
        "l1": (
            _("L1 removes weights"),
            _(
                "All seven inputs for a circle. L1 takes the same from each weight at every step, "
                "until only those of x₁² and x₂² are left: watch the lines disappear."
            ),
        ),
        "too_fast": (
            _("Too fast"),
            _(
                "A number to learn, and a rate above the limit that is told below: each step goes "
                "further beyond the valley than the last, until the numbers run away."
            ),
        ),
        "all_equal": (
            _("All weights 0"),
            _(
                "All neurons of a layer begin alike, get the same slope, and stay alike. Nothing "
                "tells them apart but chance: the first weights must be drawn."
            ),
        ),
        "dead": (
            _("Dead ReLUs"),
            _(
                "η = 3 throws most of the ReLU neurons so far that they give 0 for every sample. "
                "Then their slope is 0 too: their maps stay empty."
            ),
        ),
    }
