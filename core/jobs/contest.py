"""What a worker asks of the sweep that its run belongs to: whether the run is worth going on."""

from typing import TYPE_CHECKING

from core.lab.sweep.plan import from_settings
from core.lab.sweep.rounds import rounds
from core.messages import N_
from core.store.records import Run
from core.store.store import Store

if TYPE_CHECKING:
    from core.lab.sweep.pruning import Contest

HOPELESS = N_(
    "Ended early: after epoch {epoch} it had read {own} % of the held-out images right, and the"
    " better half of the runs at least {least} %."
)
"""Why a run was pruned."""


def join(store: Store, run: Run) -> "Contest | None":
    """Let a run take part in the contest of its sweep, with all that it has reached so far.

    Parameters
    ----------
    store : Store
    run : Run

    Returns
    -------
    Contest or None
        None where nobody compares it: it belongs to no sweep, to one that ends no run early, or to
        one that was stopped, and the run was resumed alone.
    """
    row = store.sweep(run.sweep) if run.sweep is not None else None
    if row is None or row.stopped is not None:
        return None
    sweep = from_settings(row.settings)
    if not sweep.prunes or not rounds(sweep.base.n_epochs):
        return None
    from core.lab.sweep.pruning import Contest  # Optuna: only who needs it waits for it

    contest = Contest(
        store.url, row.id, sweep, run.id, {name: run.recipe[name] for name in sweep.names}
    )
    contest.report(store.epochs(run.id))
    return contest
