r"""The formulas of a recipe in LaTeX: its loss, its step, its learning rate.

:math:`z_{i,d}` is the score of image i for digit d, :math:`d_i` its label, g the gradient of the
batch's loss :math:`L_B` by a parameter w, t the number of the update: 1 for the first,
:math:`t_{\max}` for the last. Where the learning rate η changes, :math:`\eta_t` is that of
update t.
"""

from core.digits.recipe import MadeRecipe, Recipe

LOSSES = {
    "cross_entropy": r"L_B = -\frac{1}{|B|} \sum_{i \in B} \ln p_{i,d_i} \qquad"
    r" p_{i,d} = \frac{e^{z_{i,d}}}{\sum_{j=0}^{9} e^{z_{i,j}}}",
    "mean_squared_error": r"L_B = \frac{1}{10\,|B|} \sum_{i \in B} \sum_{d=0}^{9}"
    r" (z_{i,d} - y_{i,d})^2 \qquad y_{i,d_i} = 1, \quad y_{i,d \ne d_i} = 0",
}
"""By the names of a recipe's losses."""

ADAM = (
    r"m \leftarrow 0.9\,m + 0.1\,g \qquad \hat m = \frac{m}{1 - 0.9^t}",
    r"v \leftarrow 0.999\,v + 0.001\,g^2 \qquad \hat v = \frac{v}{1 - 0.999^t}",
)
"""What both forms of Adam keep of the gradient; a line fits on a phone."""

UPDATES = {
    "sgd": (r"w \leftarrow w - \eta\,g",),
    "momentum": (r"m \leftarrow 0.9\,m + g \qquad w \leftarrow w - \eta\,m",),
    "adam": (*ADAM, r"w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + 10^{-8}}"),
    "adamw": (
        *ADAM,
        r"w \leftarrow w - \eta\,\lambda\,w - \eta\,\frac{\hat m}{\sqrt{\hat v} + 10^{-8}}",
    ),
}
"""By its optimisers, at a constant rate; λ is the weight decay, which AdamW takes apart from g."""

DECAY = r"g \leftarrow g + \lambda\,w"
"""What the weight decay is to the other optimisers, before their step."""

COSINE = r"\frac{1 + \cos(\pi\,(t - 1) / t_{\max})}{2}"
"""What becomes of the learning rate, as a share, if it follows half a wave."""


def averaged(most: float) -> str:
    """Give how the average of the weights follows them, keeping a share of itself."""
    return (
        r"\bar w \leftarrow s\,\bar w + (1 - s)\,w \qquad"
        rf" s = \min\!\Big({most},\ \frac{{t}}{{9 + t}}\Big)"
    )


def formulas(recipe: Recipe | MadeRecipe) -> list[str]:
    r"""Return what a recipe computes, in the order in which it does.

    Examples
    --------
    >>> from core.digits.recipe import ARTICLE
    >>> formulas(ARTICLE)[1:]
    ['w \\leftarrow w - \\eta\\,g']
    """
    decays = recipe.weight_decay > 0 and recipe.optimiser != "adamw"
    updates = UPDATES[recipe.optimiser]
    shares = [COSINE] if recipe.schedule == "cosine" else []
    if recipe.warm_up:
        shares.append(rf"\min\!\Big(1,\ \frac{{t}}{{{recipe.warm_up}}}\Big)")
    factors = r" \\ ".join(rf"& \cdot {share}" for share in shares)
    if shares:
        updates = tuple(formula.replace(r"\eta", r"\eta_t") for formula in updates)
    return [
        LOSSES[recipe.loss],
        *([DECAY] if decays else []),
        *updates,
        *([rf"\begin{{aligned}} \eta_t = \eta {factors} \end{{aligned}}"] if shares else []),
        *([averaged(recipe.averaging)] if recipe.averaging > 0 else []),
    ]
