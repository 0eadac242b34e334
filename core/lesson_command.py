"""Run a lesson as a program, as in ``python -m core.curves.mlp.lesson``."""

import warnings
from collections.abc import Callable
from typing import ParamSpec

from core.command import quiet
from core.history import History

P = ParamSpec("P")

# A lesson's package has imported the lesson before Python runs it, which does no harm: what the
# program defines anew is the same once more.
warnings.filterwarnings("ignore", r"'core\..*lesson' found in sys.modules", RuntimeWarning, "runpy")


def show(learn: Callable[P, History | float], *args: P.args, **kwargs: P.kwargs) -> None:
    """Learn, and print what came out: the first and last loss, and the parameters.

    Parameters
    ----------
    learn : callable
        A lesson's ``train``, or ``solve``, which gives the one parameter there is.
    *args, **kwargs
        x, y and, for a lesson that is trained, its ``Config``.

    Examples
    --------
    >>> from core.lines.one_weight import Config, train
    >>> show(train, [1, 2], [1, 4], Config(start_weight=0.5, learning_rate=0.5))
    Config(start_weight=0.5, learning_rate=0.5, record_every=None)
    loss 4.625 after update 0
    loss 26 after update 2
    weight 5
    """
    with quiet():
        for config in args[2:]:
            print(config, flush=True)  # before a run that takes its time
        result = learn(*args, **kwargs)
        if isinstance(result, History):
            for record in (0, -1):
                print(f"loss {result.loss[record]:.6g} after update {result.update[record]}")
            parameters = dict(zip(result.param_names, result.params[-1], strict=True))
        else:
            parameters = {"weight": result}
        for name, value in parameters.items():
            print(f"{name} {value:.6g}")
