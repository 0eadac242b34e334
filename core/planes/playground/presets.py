"""Ten settings of the Playground that teach, each with what its run is claimed to do.

The page puts the sentences to them; `tests` run every one.
"""

from dataclasses import dataclass

from core.planes.playground.data import Shape, Split, make, split
from core.planes.playground.lesson import Config
from core.planes.playground.network import INPUTS


@dataclass(frozen=True)
class Preset:
    """Data and settings."""

    shape: Shape
    config: Config
    n_samples: int = 200
    noise: float = 0.2
    data_seed: int = 0
    test_share: float = 0.25

    def samples(self) -> Split:
        """Make the samples, and keep some apart."""
        points = make(self.shape, self.n_samples, noise=self.noise, seed=self.data_seed)
        return split(*points, self.test_share, self.data_seed)


EVERY_INPUT = tuple(INPUTS)

PRESETS: dict[str, Preset] = {
    "xor_line": Preset("xor", Config(hidden_sizes=(), n_epochs=100)),
    "too_few": Preset("circle", Config(hidden_sizes=(2,), learning_rate=0.1, n_epochs=400)),
    "circle_squares": Preset(
        "circle",
        Config(
            inputs=("x1_squared", "x2_squared"), hidden_sizes=(), learning_rate=0.1, n_epochs=200
        ),
    ),
    "spiral": Preset(
        "spiral",
        Config(
            inputs=EVERY_INPUT,
            hidden_sizes=(8, 8, 8),
            optimiser="adam",
            learning_rate=0.01,
            n_epochs=200,
        ),
        noise=0.1,
    ),
    "by_heart": Preset(
        "moons",
        Config(hidden_sizes=(16, 16), optimiser="adam", learning_rate=0.03, n_epochs=300),
        n_samples=100,
        noise=0.8,
        test_share=0.9,
    ),
    "l1": Preset(
        "circle",
        Config(
            inputs=EVERY_INPUT,
            hidden_sizes=(),
            l1=0.02,
            learning_rate=0.1,
            batch_size=None,
            n_epochs=1000,
        ),
    ),
    "too_fast": Preset(
        "plane",
        Config(
            hidden_sizes=(),
            loss="mean_squared_error",
            learning_rate=0.5,
            batch_size=None,
            n_epochs=100,
        ),
    ),
    "all_equal": Preset(
        "circle",
        Config(
            hidden_sizes=(4,),
            activation="sigmoid",
            initialisation="zero",
            learning_rate=0.3,
            n_epochs=300,
        ),
    ),
    "dead": Preset(
        "circle",
        Config(hidden_sizes=(8, 8), activation="relu", learning_rate=3.0, n_epochs=100),
    ),
    "three": Preset(
        "three", Config(loss="cross_entropy", hidden_sizes=(), n_epochs=100), noise=0.6
    ),
}
"""By name: a line for xor; one neuron too few for the circle; the circle by x₁² and x₂² alone; the
spiral; many neurons for ten samples; L1, which puts weights to 0; a rate too large; neurons that
all begin equal; ReLUs that die; three classes."""
