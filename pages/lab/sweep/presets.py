"""Things to try on Lab → Sweep."""

from pages.lab.sweep.controls import TEXTS, USUAL, text_key
from pages.shared.i18n import _
from pages.shared.page import presets


def things_to_try() -> None:
    """Show sweeps to try, each a button that sets the controls."""
    usual = USUAL | TEXTS
    presets(
        [
            (
                _("Rate and batch"),
                _(
                    "The best cells lie on a diagonal: a batch four times as large wants a larger "
                    "learning rate, because it makes fewer steps."
                ),
                usual
                | {
                    "sw_a": "learning_rate",
                    text_key("learning_rate"): "0.0003..0.03:7",
                    "sw_b": "batch_size",
                    text_key("batch_size"): "16,64,256,1024",
                    "sw_runs": 28,
                },
            ),
            (
                _("Rate and optimiser"),
                _(
                    "SGD is best near 1, Adam near 0.01. Whoever compares them at one rate "
                    "compares nothing."
                ),
                usual
                | {
                    "sw_a": "learning_rate",
                    text_key("learning_rate"): "0.0003..3:9",
                    "sw_b": "optimiser",
                    text_key("optimiser"): "sgd,momentum,adam",
                    "sw_runs": 27,
                },
            ),
            (
                _("Random, over three"),
                _(
                    "30 draws of learning rate, dropout and distortion. A grid of 30 would have "
                    "three values of each. Look at each pair of axes: which one matters?"
                ),
                usual
                | {
                    "sw_a": "learning_rate",
                    text_key("learning_rate"): "0.0003..0.03",
                    "sw_b": "dropout",
                    text_key("dropout"): "0..0.6",
                    "sw_c": "distortion",
                    text_key("distortion"): "0..0.3",
                    "sw_how": "random",
                    "sw_runs": 30,
                    "sw_epochs": 10,
                    "sw_prune": False,
                },
            ),
            (
                _("The Playground's network"),
                _(
                    "28 runs of the network as the Playground is set now, learning rate against "
                    "neurons: each takes a moment."
                ),
                usual
                | {"sw_of": "playground", "sw_b": "hidden_sizes", "sw_runs": 28}
                | {
                    text_key("learning_rate", "playground"): "0.003..3:7",
                    text_key("hidden_sizes", "playground"): "none,2,4,8-8",
                },
            ),
        ],
        key="sw_try",
    )
