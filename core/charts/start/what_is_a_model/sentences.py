"""What the chart `tiny_network` writes: values, a sentence, and formulas with numbers."""

from dataclasses import dataclass

from core.charts.start.what_is_a_model.places import BACKWARD, END, FORWARD, LOSS, UPDATE
from core.history import History
from core.messages import Translate
from core.number import factor, number
from core.start import what_is_a_model

N_LINES = 4
"""Lines of formulas."""


@dataclass(frozen=True)
class Moment:
    """One stage of one round of a run."""

    x: float
    y: float
    config: what_is_a_model.Config
    history: History
    update: int
    stage: int

    def at(self, name: str, later: int = 0) -> float:
        """Return a column of the run in this round, or in a later one."""
        return float(self.history.column(name)[self.update + later])

    @property
    def loss(self) -> float:
        """Return the loss of this round."""
        return float(self.history.loss[self.update])

    @property
    def error(self) -> float:
        """Return the target minus the answer."""
        return self.y - self.at("y_hat")


def values(now: Moment) -> dict[str, str]:
    """Return what stands in each circle and on each arrow, by its name."""
    texts = {
        "x": number(now.x),
        "y": number(now.y),
        **{name: number(now.at(name)) for name in ("a1", "a2", "y_hat")},
        "loss": "?" if now.stage == FORWARD else number(now.loss),
        "error": number(now.at("d_c") if now.stage == BACKWARD else now.error),
        "target": "",
    }
    for name in what_is_a_model.Params._fields:
        texts[name] = number(now.at(f"d_{name}" if now.stage == BACKWARD else name))
        if now.stage == UPDATE:
            texts[name] += f" → {number(now.at(name, later=1))}"
    return texts


def sentence(now: Moment, translate: Translate) -> str:
    """Return what happens in this stage, in plain words."""
    history = now.history
    sentences = (
        translate(
            "Round {i} of {n}. Forward: each neuron multiplies what comes in by its weights and "
            "adds its bias; the middle ones squash the sum with σ."
        ),
        translate(
            "Round {i} of {n}. Loss: how wrong is the answer ŷ? Its distance from the target y, "
            "squared."
        ),
        translate(
            "Round {i} of {n}. Backward: from the loss back along each arrow. A gradient says how "
            "fast the loss would grow if this parameter grew."
        ),
        translate(
            "Round {i} of {n}. Update: each parameter takes a step against its gradient, η times "
            "as long. With the new values the next round begins."
        ),
        translate("Diverged in round {n}: the steps are too long, and the loss has run away.")
        if history.diverged
        else translate(
            "Done. After {n} rounds the network says {y_hat}, and the target is {y}. The loss went "
            "from {first} to {last}."
        ),
    )
    return sentences[now.stage].format(
        i=now.update + 1,
        n=history.n_records - 1,
        y_hat=number(now.at("y_hat")),
        y=number(now.y),
        first=number(history.loss[0]),
        last=number(history.loss[-1]),
    )


def lines(now: Moment, *, brief: bool) -> list[str]:
    """Return the stage's formulas with this round's numbers; if `brief`, without the symbols."""
    made = {FORWARD: _forward, END: _forward, LOSS: _loss, BACKWARD: _backward}
    if now.stage == UPDATE:
        written = _update(now)
    else:
        written = [
            f"{left} = {numbers if brief else f'{symbols} = {numbers}'} = {number(value)}"
            for left, symbols, numbers, value in made[now.stage](now)
        ]
    return written + [""] * (N_LINES - len(written))


Formula = tuple[str, str, str, float]
"""The left side, the right side in symbols and in numbers, and the result."""


def _forward(now: Moment) -> list[Formula]:
    v2, c = factor(now.at("v2")), factor(now.at("c"))
    a1, a2 = number(now.at("a1")), number(now.at("a2"))
    hidden: list[Formula] = [
        (
            f"a{sign}",
            f"σ(w{sign}·x + b{sign})",
            f"σ({number(now.at(f'w{i}'))}·{factor(now.x)} + {factor(now.at(f'b{i}'))})",
            now.at(f"a{i}"),
        )
        for i, sign in ((1, "₁"), (2, "₂"))
    ]
    numbers = f"{number(now.at('v1'))}·{a1} + {v2}·{a2} + {c}"
    return [*hidden, ("ŷ", "v₁·a₁ + v₂·a₂ + c", numbers, now.at("y_hat"))]


def _loss(now: Moment) -> list[Formula]:
    return [("L", "(y − ŷ)²", f"({number(now.y)} − {factor(now.at('y_hat'))})²", now.loss)]


def _backward(now: Moment) -> list[Formula]:
    back, a1 = number(now.at("d_c")), number(now.at("a1"))
    slope = f"{back}·{factor(now.at('v1'))}·{a1}·{number(1 - now.at('a1'))}"
    symbols = "∂L/∂ŷ·v₁·a₁·(1 − a₁)"
    return [
        ("∂L/∂ŷ = ∂L/∂c", "−2·(y − ŷ)", f"−2·{factor(now.error)}", now.at("d_c")),
        ("∂L/∂v₁", "∂L/∂ŷ·a₁", f"{back}·{a1}", now.at("d_v1")),
        ("∂L/∂b₁", symbols, slope, now.at("d_b1")),
        ("∂L/∂w₁", f"{symbols}·x", f"{slope}·{factor(now.x)}", now.at("d_w1")),
    ]


def _update(now: Moment) -> list[str]:
    return [
        f"{symbol} ← {symbol} − η·∂L/∂{symbol} = {number(now.at(name))}"
        f" − {number(now.config.learning_rate)}·{factor(now.at(f'd_{name}'))}"
        f" = {number(now.at(name, later=1))}"
        for name, symbol in (("w1", "w₁"), ("b1", "b₁"), ("v1", "v₁"), ("c", "c"))
    ]
