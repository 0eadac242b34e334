"""The lines of numbers of Planes → Boundary: a sample's way forward, and the three steps.

The last frame, which no step follows, says how the run ended instead.
"""

import numpy as np
from numpy.typing import NDArray

from core.charts.layout import Layout
from core.curves.activations.functions import sigmoid
from core.history import History
from core.hyperparameters import size_of_batch
from core.messages import Translate
from core.number import factor, number
from core.planes import boundary
from core.planes.points import Points


def n_lines(*, layout: Layout) -> int:
    """Return how many lines stand below each frame: more and shorter ones on a phone."""
    return 9 if layout.stacked else 6


def lines(
    points: Points,
    config: boundary.Config,
    history: History,
    rows: NDArray[np.intp],
    layout: Layout,
    translate: Translate,
) -> list[list[str]]:
    """Return what stands below each frame.

    Parameters
    ----------
    points : Points
        The samples.
    config : Config
        The run's hyperparameters.
    history : History
        The run.
    rows : ndarray of int
        Its records that are frames.
    layout : Layout
        Short lines, for a phone.
    translate : callable
        Gives each text in the reader's language.
    """
    size = size_of_batch(config.batch_size, points.y.size)
    params, eta = history.params[rows], number(config.learning_rate)
    columns = [history.column(f"gradient_{name}")[rows] for name in history.param_names]
    slopes = np.column_stack(columns)
    sample = history.column("next_sample")[rows].astype(int)
    z = boundary.weighted_sum(points.x[sample], *params.T)
    y_hat, dl_dz = sigmoid(z), boundary.slopes(z, points.y[sample], config.loss)
    formula = "ŷ − y" if config.loss == "binary_cross_entropy" else "−2·(y − ŷ)·ŷ·(1 − ŷ)"
    which = (
        translate("Sample {i} of {n}: y = {y}")
        if size == 1
        else translate("Its first sample, {i} of {n}: y = {y}")
    )
    when = translate("Epoch {epoch}, update {update}, batch of {size}")
    made = []
    for k, (w, slope, i) in enumerate(zip(params, slopes, sample, strict=True)):
        moment = when.format(
            epoch=history.epoch[rows[k]] + 1, update=history.update[rows[k]] + 1, size=size
        )
        of = which.format(i=i + 1, n=points.y.size, y=f"{points.y[i]:g}")
        (w1, w2, b), (x1, x2) = map(number, w), map(factor, points.x[i])
        answer = f"ŷ = σ(z) = {number(y_hat[k])}"
        link = f"∂L/∂z = {formula} = {number(dl_dz[k])}"
        after = w - config.learning_rate * slope
        steps = [
            f"{old} − {eta}·{factor(by)} = {number(new)}"
            for old, by, new in zip((w1, w2, b), slope, after, strict=True)
        ]
        names = "w₁", "w₂", "b"
        if layout.stacked:
            made.append(
                [
                    *(moment, of),
                    f"z = {w1}·{x1} + {factor(w[1])}·{x2}",
                    f"+ {factor(w[2])} = {number(z[k])}",
                    *(answer, link),
                    *(f"{name} ← {step}" for name, step in zip(names, steps, strict=True)),
                ]
            )
        else:
            total = f"{w1}·{x1} + {factor(w[1])}·{x2} + {factor(w[2])} = {number(z[k])}"
            made.append(
                [
                    f"{moment}  ·  {of}",
                    f"z = w₁·x₁ + w₂·x₂ + b = {total}",
                    f"{answer},  {link}",
                    *(
                        f"{name} ← {name} − η·∂L/∂{name} = {step}"
                        for name, step in zip(names, steps, strict=True)
                    ),
                ]
            )
    made[-1] = _last_lines(points, config, history, layout, translate)
    return made


def _last_lines(
    points: Points,
    config: boundary.Config,
    history: History,
    layout: Layout,
    translate: Translate,
) -> list[str]:
    """What stands below once there is no next sample."""
    headline = (
        translate("Diverged at update {i}: the weight has run away.")
        if history.diverged
        else translate("Done: {i} updates.")
    )
    loss = (
        translate("mean squared error = {loss}")
        if config.loss == "mean_squared_error"
        else translate("binary cross-entropy = {loss}")
    )
    w1, w2, b = history.params[-1]
    is_one = points.y >= 0.5
    right = (boundary.weighted_sum(points.x, w1, w2, b) >= 0) == is_one
    of_class = translate("right: {right} of {n} of class {label}")
    lines = [
        headline.format(i=int(history.update[-1])),
        f"w₁ = {number(w1)},  w₂ = {number(w2)},  b = {number(b)}",
        loss.format(loss=number(history.loss[-1])),
        *(
            of_class.format(right=int((right & of).sum()), n=int(of.sum()), label=label)
            for label, of in enumerate((~is_one, is_one))
        ),
    ]
    return lines + [""] * (n_lines(layout=layout) - len(lines))
