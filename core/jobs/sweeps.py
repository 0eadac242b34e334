"""Start a sweep: ordinary runs, which wait in the same queue."""

from core.lab.sweep.plan import Sweep, name_of, to_dict, to_settings
from core.lab.sweep.sampling import cells
from core.store.records import SweepRow
from core.store.store import Store


def start(
    store: Store, owner: str, name: str, sweep: Sweep, *, sweep_id: str | None = None
) -> SweepRow:
    """Queue all runs of a sweep at once: a server that dies meanwhile leaves all of them or none.

    Parameters
    ----------
    store : Store
        Of the jobs that are to train them.
    owner, name : str
        Whose sweep it is, and what its owner calls it.
    sweep : Sweep
    sweep_id : str, optional
        As in `core.store.sweeps.Sweeps.create`.

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
    settings = to_settings(sweep)
    return store.sweeps.create(owner, name, settings, planned, kind=sweep.kind, sweep_id=sweep_id)
