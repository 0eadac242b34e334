"""What is true of a run, by name: the numbers that questions ask for, and what challenges want."""

from collections.abc import Sequence
from typing import Literal

from core.history import History
from core.learning.claims import Facts
from core.number import as_written
from core.start.what_is_a_model.lesson import Config
from core.start.what_is_a_model.parameter_count import count

FirstStep = Literal["part", "arrives", "past", "still"]
"""Where the first update leads the answer, on its way to the target."""

ARRIVES = 0.02
"""An answer has arrived within this share of the way."""


def facts(y: float, config: Config, history: History, sizes: Sequence[int]) -> Facts:
    """Tell the facts of a run, and of the network whose parameters are counted.

    Parameters
    ----------
    y : float
        The target.
    config : Config
    history : History
        The run.
    sizes : sequence of int
        The layers of the network that the reader has typed; empty where it is none.

    Returns
    -------
    dict of str to int, float or str
        Those called ``asked_`` are of the start, rounded as they are written.

    Examples
    --------
    >>> from core.start.what_is_a_model.lesson import Params, train
    >>> start = Params(w1=0, w2=0, b1=0, b2=0, v1=1, v2=3, c=1)
    >>> history = train(2.0, 5.0, Config(), start=start)
    >>> found = facts(5.0, Config(), history, (1, 3, 1))
    >>> found["asked_answer"], found["without_bias"], found["first_step"], found["n_params"]
    (3.0, 2.0, 'part', 10)
    """
    v1, v2, c = (as_written(float(history.column(name)[0])) for name in ("v1", "v2", "c"))
    a1, a2 = (as_written(float(history.column(name)[0])) for name in ("a1", "a2"))
    answers = history.column("y_hat")
    return {
        "rate": config.learning_rate,
        "n_rounds": config.n_updates,
        "target": y,
        "asked_a1": a1,
        "asked_a2": a2,
        "asked_v1": v1,
        "asked_v2": v2,
        "asked_c": c,
        "asked_answer": v1 * a1 + v2 * a2 + c,
        "without_bias": v1 * a1 + v2 * a2,
        "without_weights": a1 + a2 + c,
        "first_answer": float(answers[0]),
        "second_answer": float(answers[:2][-1]),
        "end_answer": float(answers[-1]),
        "end_error": float(abs(y - answers[-1])),
        "first_loss": float(history.loss[0]),
        "end_loss": float(history.loss[-1]),
        "first_step": _first_step(y, history),
        "n_params": count(sizes) if sizes else 0,
        "n_layers": max(len(sizes) - 1, 0),
        "n_in": sizes[0] if sizes else 0,
        "n_out": sizes[-1] if sizes else 0,
    }


def _first_step(y: float, history: History) -> FirstStep:
    answers = history.column("y_hat")
    way, step = y - float(answers[0]), float(answers[:2][-1] - answers[0])
    if abs(step) <= 1e-9 * max(abs(y), 1.0):
        return "still"
    left = y - float(answers[1])
    if abs(left) <= ARRIVES * abs(way):
        return "arrives"
    return "past" if left * way < 0 else "part"
