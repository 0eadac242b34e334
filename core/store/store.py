"""The store: every run with its epochs, a checkpoint to go on from, and the saved models.

An epoch's row, its checkpoint and its weights are one transaction, so that whatever dies, the
database holds whole epochs, and the checkpoint of the last of them.
"""

from sqlalchemy import delete, func, select

from core.store import tables
from core.store.checkpoints import Checkpoints
from core.store.classes import Classes
from core.store.database import Database
from core.store.queue import Queue
from core.store.runs import Runs
from core.store.saved_models import SavedModels
from core.store.sweeps import Sweeps

OWNED = (tables.runs, tables.sweeps, tables.models, tables.classes, tables.hands)
"""The tables whose rows belong to somebody; the others' rows go with these."""


class Store:
    """A database of runs. Threads may share one; every process makes its own.

    All methods may raise a `StoreError`: one sentence, such as that the disk is full. What was
    stored before is kept, and the same object works again once the cause is gone.

    Parameters
    ----------
    url : str, optional
        See `core.store.address.database_url`. The tables are made, or brought to their newest
        version.

    Attributes
    ----------
    runs : Runs
        What was trained or is to be.
    queue : Queue
        Who has which run, and what is wanted of it.
    sweeps : Sweeps
        Runs that belong together.
    checkpoints : Checkpoints
        What a run learned.
    models : SavedModels
        What outlives its run.
    classes : Classes
        Digits that a class writes together.

    Examples
    --------
    >>> from core.store.records import EpochRow
    >>> from tempfile import TemporaryDirectory
    >>> folder = TemporaryDirectory(ignore_cleanup_errors=True)
    >>> store = Store(f"sqlite:///{folder.name}/runs.sqlite3")
    >>> run = store.runs.create("ada", "first", {"seed": 0}, n_epochs=1)
    >>> attempt = store.queue.claim(run.id)
    >>> epoch = EpochRow(epoch=1, images=60_000, seconds=1.5, loss=0.1)
    >>> store.checkpoints.save_epoch(run.id, attempt, epoch, b"so far", b"weights", best=True)
    >>> store.runs.get(run.id).epochs_done, store.runs.epochs(run.id)[0].loss
    (1, 0.1)
    >>> store.checkpoints.weights(run.id)
    (1, b'weights')
    >>> store.close()
    >>> folder.cleanup()
    """

    def __init__(self, url: str | None = None) -> None:
        self._database = Database(url)
        self.runs = Runs(self._database)
        self.queue = Queue(self._database)
        self.sweeps = Sweeps(self._database)
        self.checkpoints = Checkpoints(self._database)
        self.models = SavedModels(self._database)
        self.classes = Classes(self._database)

    @property
    def url(self) -> str:
        """The database's address for SQLAlchemy, with its password."""
        return self._database.url

    def kept_of(self, owner: str) -> dict[str, int]:
        """Count what an owner has here.

        Returns
        -------
        dict
            How many "runs", "sweeps", "models", "classes" that they lead, and "hands": classes
            that have digits of theirs.
        """
        with self._database.reading() as connection:
            return {
                table.name: connection.scalar(
                    select(func.count()).select_from(table).where(table.c.owner == owner)
                )
                or 0
                for table in OWNED
            }

    def delete_all_of(self, owner: str) -> None:
        """Delete all that an owner has; a worker that has a run of theirs finds that it is gone."""
        with self._database.writing() as (connection, _):
            for table in OWNED:
                connection.execute(delete(table).where(table.c.owner == owner))
        self._database.give_back_space()

    def close(self) -> None:
        """Close the connections; the store opens new ones if it is used again."""
        self._database.close()
