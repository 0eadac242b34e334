"""The prediction of PyTorch's run on Curves → MLP: asked before it, told once it has ended."""

from collections.abc import Sequence

from core.curves.mlp import torch_lesson
from core.curves.mlp.facts import facts
from core.datasets import Samples
from core.hyperparameters import count_batches
from core.learning.claims import Facts
from core.learning.exercises import Exercises
from pages import asking
from pages.curves.mlp.torch_run import TorchRun


def facts_of(
    run: TorchRun | None, samples: Samples, config: torch_lesson.Config, *, is_own: bool
) -> Facts:
    """Tell the facts of a run, as far as it has come; of one to come, those of its start."""
    records = run.records if run is not None else ()
    history = torch_lesson.to_history(records or [_start(samples, config)], config)
    recipe = f"{config} {hash((samples.x.tobytes(), samples.y.tobytes()))}"
    return {**facts(samples, config, history, is_own=is_own), "recipe": recipe}


def guess_torch_run(
    exercises: Exercises,
    found: Facts,
    run: TorchRun | None,
    samples: Samples,
    config: torch_lesson.Config,
) -> Sequence[float] | None:
    """Ask for the run's losses, and tell how far off one was; return the guess once it is told."""
    if run is not None and run.state == "done":
        history = torch_lesson.to_history(run.records, config)
        told: Sequence[float] | None = asking.prediction(
            exercises, found, asking.Curve(history.update, history.loss)
        )
        return told
    n_updates = config.n_epochs * count_batches(samples.x.size, config.batch_size)
    first_loss = _start(samples, config).loss
    asking.prediction(exercises, found, asking.Curve.to_come(n_updates, first_loss))
    return None


def _start(samples: Samples, config: torch_lesson.Config) -> torch_lesson.Checkpoint:
    return next(torch_lesson.stream(*samples, config))
