"""The lines of numbers of Planes → Playground: where the run is, and its steepest slope."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.charts.layout import Layout
from core.messages import Translate
from core.number import number, whole
from core.percent import percent
from core.planes.playground import Run


def n_lines(*, layout: Layout) -> int:
    """Return how many lines stand below each frame: more and shorter ones on a phone."""
    return 5 if layout.stacked else 3


def lines(
    run: Run,
    rows: NDArray[np.intp],
    params: NDArray[np.float64],
    slopes: NDArray[np.float64],
    labels: Sequence[str],
    layout: Layout,
    translate: Translate,
) -> list[list[str]]:
    """Return what stands below each frame.

    Parameters
    ----------
    run : Run
        The run.
    rows : ndarray of int
        Its records that are frames.
    params, slopes : ndarray of float, shape (n_frames, n_params)
        The network at each of them, and the gradient of the loss over all samples.
    labels : sequence of str
        What each parameter is called.
    layout : Layout
        Short lines, for a phone.
    translate : callable
        Gives each text in the reader's language.
    """
    where = translate("Epoch {epoch}, update {update}, η = {rate}")
    training, test = translate("training: {numbers}"), translate("test: {numbers}")
    length = translate("gradient {length} long")
    steepest = translate("steepest: {name} = {value}, slope {slope}")
    made = []
    for row, values, slope in zip(rows.tolist(), params, slopes, strict=True):
        moment = where.format(
            epoch=whole(run.epoch[row]),
            update=whole(run.update[row]),
            rate=number(run.column("learning_rate")[row]),
        )
        measured = [training.format(numbers=_measured(run, row, "", translate))]
        if "test_loss" in run.extra:
            measured.append(test.format(numbers=_measured(run, row, "test_", translate)))
        place = int(np.abs(np.nan_to_num(slope)).argmax())
        gradient = [
            length.format(length=number(float(np.linalg.norm(slope)))),
            steepest.format(
                name=labels[place],
                value=number(values[place]),
                slope=number(slope[place]),
            ),
        ]
        if layout.stacked:
            made.append([moment, *measured, *gradient])
        else:
            made.append([moment, "   ·   ".join(measured), ",   ".join(gradient)])
    if run.diverged and rows[-1] == run.n_records - 1:
        told = translate("Diverged at update {i}: a weight has run away.")
        made[-1][0] = told.format(i=whole(run.ended_at))
    n = n_lines(layout=layout)
    return [(one + [""] * n)[:n] for one in made]


def _measured(run: Run, row: int, prefix: str, translate: Translate) -> str:
    loss = run.column("test_loss") if prefix else run.loss
    text = translate("loss {loss}").format(loss=number(loss[row]))
    if f"{prefix}accuracy" in run.extra:
        share = percent(float(run.column(f"{prefix}accuracy")[row]))
        text += ", " + translate("accuracy {percent} %").format(percent=share)
    return text
