"""What is a model?'s run as a program of its own."""

import dataclasses

from core.export.program import DIVERGED, LOSS_CURVE, Data, Program, report_of, settings_of
from core.export.source import source
from core.start.what_is_a_model import lesson
from core.start.what_is_a_model.lesson import Config, Params

TRAIN = '''def train(n_updates=N_UPDATES):
    """Return the updates, and the parameters and the loss after each."""
    params = draw_start(np.random.default_rng(SEED))
    highest_loss = DIVERGED_AT * max(loss(x, y, params), 1.0)
    rounds = np.array(learn(x, y, params, LEARNING_RATE, n_updates, highest_loss))
    rounds = rounds[np.isfinite(rounds).all(axis=1)]
    return np.arange(len(rounds)), rounds[:, :7], rounds[:, 7]'''

PICTURE = f"""grid = np.linspace(x - 3, x + 3, 300)
left.plot(grid, [predict(one, params[-1]) for one in grid], color="tab:red")
left.scatter([x], [y], color="tab:gray")
left.set(xlabel="x", ylabel="y")
{LOSS_CURVE}"""

FEW = 3
"""An exercise compares so many updates."""


def program(x: float, y: float, config: Config) -> Program:
    """Write a run as a program.

    Parameters
    ----------
    x, y : float
        The one sample.
    config : Config
        The run's hyperparameters.
    """
    few = min(config.n_updates, FEW)
    return Program(
        title="What is a model?",
        settings=settings_of(config, 1, None) + "\n" + DIVERGED,
        data=Data(f"x, y = {x!r}, {y!r}"),
        imports=("import math", "from typing import NamedTuple"),
        helpers=(
            source(Params),
            *(source(one, brief=True) for one in (lesson.sigmoid, lesson.predict, lesson.loss)),
            source(lesson.draw_start),
        ),
        loop=source(lesson.learn),
        blanks=(("d_y_hat = -2", "d_b2 = "), ("w1 -= ", "c -= ")),
        train=TRAIN,
        picture=PICTURE,
        report=report_of(Params._fields),
        few=f"n_updates={few}",
        first=lambda: lesson.train(x, y, dataclasses.replace(config, n_updates=few)),
    )
