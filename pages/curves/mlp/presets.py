"""Things to try on Curves → MLP."""

from pages.curves.mlp.controls import MADE, USUAL_TORCH
from pages.shared.i18n import _
from pages.shared.page import presets


def things_to_try() -> None:
    """Show networks to try, each a button."""
    presets(
        [
            (
                _("One neuron is not enough"),
                _("A single S can rise or fall once. The loss stays high, however long it learns."),
                MADE | {"mlp_h": 1},
            ),
            (
                _("Two can do it"),
                _(
                    "From seed 0 one S rises slowly over all x, and a steep one pulls it down in "
                    "the middle. Train many starts: most of them do not find that."
                ),
                MADE | {"mlp_h": 2},
            ),
            (
                _("Stuck on a plateau"),
                _(
                    "Seed 39 misses a step after 20,000 epochs, with a neuron that is saturated on "
                    "all samples. Train on: after 50,000 it has found the curve."
                ),
                MADE | {"mlp_seed": 39},
            ),
            (
                _("More than enough"),
                _("With 16 neurons nearly every start finds the curve: there are many ways to it."),
                MADE | {"mlp_h": 16},
            ),
            (
                _("Adam and ReLU"),
                _("In PyTorch: straight pieces instead of S-curves, found within 500 epochs."),
                MADE
                | USUAL_TORCH
                | {
                    "engine": "torch",
                    "mlp_h": 16,
                    "mlp_act": "relu",
                    "mlp_opt": "adam",
                    "mlp_rate": 0.01,
                    "mlp_epochs": 500,
                },
            ),
        ]
    )
