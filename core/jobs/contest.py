"""Whether a run is worth going on, among the others of its sweep."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.lab.sweep.plan import from_settings
from core.lab.sweep.rounds import least, rounds
from core.messages import N_
from core.store.records import Run
from core.store.store import Store

HOPELESS = N_(
    "Ended early: after epoch {epoch} it had read {own} % of the held-out images right, and the"
    " better half of the runs at least {least} %."
)
"""Why a run was pruned."""


@dataclass(frozen=True)
class Hopeless:
    """Why a run is ended early.

    Parameters
    ----------
    epoch : int
        After which the runs were compared.
    own : float
        The validation accuracy that this one had reached.
    least : float
        What the better half had reached at least.
    """

    epoch: int
    own: float
    least: float


def rounds_of(store: Store, run: Run) -> tuple[int, ...]:
    """Give the epochs after which a run is compared with the others of its sweep.

    Parameters
    ----------
    store : Store
    run : Run

    Returns
    -------
    tuple of int
        Empty where nobody compares it: it belongs to no sweep, to one that ends no run early, or
        to one that was stopped, and the run was resumed alone; or it was resumed after its sweep
        had ended it.
    """
    row = store.sweeps.get(run.sweep) if run.sweep is not None else None
    if row is None or row.stopped is not None or store.sweeps.is_spared(run.id):
        return ()
    sweep = from_settings(row.settings)
    return rounds(sweep.base.n_epochs) if sweep.prunes else ()


def hopeless(run_id: str, epoch: int, reached: Mapping[str, float]) -> Hopeless | None:
    """Say why a run is not worth going on, if it is not: it is not in the better half.

    Parameters
    ----------
    run_id : str
    epoch : int
    reached : mapping of str to float
        What all runs that have come as far had reached by then, as `Sweeps.reached` reads it.

    Examples
    --------
    >>> hopeless("b", 2, {"a": 0.9, "b": 0.5})
    Hopeless(epoch=2, own=0.5, least=0.9)
    >>> hopeless("a", 2, {"a": 0.9, "b": 0.5}) is None
    True
    """
    bar = least(list(reached.values()))
    return Hopeless(epoch, reached[run_id], bar) if reached[run_id] < bar else None
