"""Start, stop, resume and delete a sweep: ordinary runs, which wait in the same queue."""

from core.digits.recipe import to_dict
from core.jobs.jobs import Jobs
from core.lab.sweep.plan import Sweep, from_settings, name_of, to_settings
from core.lab.sweep.sampling import cells
from core.store.records import SweepRow
from core.store.store import Store


def start(store: Store, owner: str, name: str, sweep: Sweep) -> SweepRow:
    """Queue all runs of a sweep at once: a server that dies meanwhile leaves all of them or none.

    Parameters
    ----------
    store : Store
        Of the jobs that are to train them.
    owner, name : str
        Whose sweep it is, and what its owner calls it.
    sweep : Sweep

    Returns
    -------
    SweepRow

    Raises
    ------
    InputError
        If the name is not allowed, or there are not as many different cells.
    StoreError
        If it cannot be stored.
    """
    planned = [(name_of(cell), to_dict(sweep.recipe(cell))) for cell in cells(sweep)]
    return store.create_sweep(owner, name, to_settings(sweep), planned)


def stop(jobs: Jobs, sweep_id: str) -> None:
    """Let a sweep rest: what is done is kept, what is at work stops after its last whole epoch."""
    jobs.store.stop_sweep(sweep_id)
    for run in jobs.store.runs(sweep=sweep_id):
        if run.status == "running":
            jobs.stop(run.id)


def resume(jobs: Jobs, sweep_id: str) -> None:
    """Let a sweep go on where it was."""
    jobs.store.resume_sweep(sweep_id)


def delete(jobs: Jobs, sweep_id: str) -> None:
    """Delete a sweep and its runs, whatever they are doing."""
    row = jobs.store.sweep(sweep_id)
    if row is None:
        return
    stop(jobs, sweep_id)
    jobs.store.delete_sweep(sweep_id)
    if from_settings(row.settings).prunes:
        from core.lab.sweep.pruning import forget

        forget(jobs.store.url, sweep_id)
