"""Models that a reader saved under a name; they outlive the run they come from."""

from typing import Any

from sqlalchemy import delete, func, select, update

from core.messages import N_, require
from core.store import tables
from core.store.database import Database, insert_once
from core.store.names import clean_name, is_id, new_id
from core.store.records import SavedModel
from core.store.runs import limit

MOST_MODELS = "NEURON_LADDER_MOST_NETWORKS"
"""The environment variable that says how many networks a person may keep, if there is a limit."""

models = tables.models.c
MODEL = [models[name] for name in ("id", "owner", "name", "card", "run_id", "created")]


class SavedModels:
    """The saved models of a store.

    Parameters
    ----------
    database : Database
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        owner: str,
        name: str,
        card: dict[str, Any],
        weights: bytes,
        run_id: str | None = None,
        *,
        model_id: str | None = None,
    ) -> str:
        """Save a model, without its run if that was deleted meanwhile.

        Parameters
        ----------
        owner, name, card
            As in `SavedModel`.
        weights : bytes
            As safetensors.
        run_id : str, optional
            The run it comes from.
        model_id : str, optional
            As in `Runs.create`: who saves twice with one of them has one model.

        Returns
        -------
        str
            Its id.

        Raises
        ------
        InputError
            If the name is empty or longer than 80 characters, or the owner has as many models as
            `MOST_MODELS` allows.
        """
        row = {
            "id": model_id or new_id(),
            "owner": owner,
            "name": clean_name(name),
            "card": card,
            "run_id": select(tables.runs.c.id).where(tables.runs.c.id == run_id).scalar_subquery(),
            "weights": weights,
        }
        most = limit(MOST_MODELS)
        with self._database.writing() as (connection, now):
            is_new = insert_once(connection, tables.models, row | {"created": now})
            if is_new and most is not None:
                n = connection.scalar(select(func.count()).where(models.owner == owner)) or 0
                sentence = N_("This server keeps {most} networks a person: delete one first.")
                require(n <= most, sentence, most=most)
        return str(row["id"])

    def of_owner(self, owner: str, most: int | None = None) -> list[SavedModel]:
        """Read the owner's models, the newest first and so many at most, without weights."""
        query = select(*MODEL).where(models.owner == owner)
        query = query.order_by(models.created.desc(), models.id).limit(most)
        with self._database.reading() as connection:
            return [SavedModel(*row) for row in connection.execute(query)]

    def get(self, model_id: str) -> tuple[SavedModel, bytes] | None:
        """Read a model and its weights; None if there is none with this id."""
        if not is_id(model_id):
            return None
        query = select(*MODEL, models.weights).where(models.id == model_id)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else (SavedModel(*row[:-1]), row.weights)

    def rename(self, model_id: str, name: str) -> None:
        """Give a model another name; an `InputError` if it is empty or too long."""
        here = update(tables.models).where(models.id == model_id)
        with self._database.writing() as (connection, _):
            connection.execute(here.values(name=clean_name(name)))

    def delete(self, model_id: str) -> None:
        """Delete a model."""
        with self._database.writing() as (connection, _):
            connection.execute(delete(tables.models).where(models.id == model_id))
        self._database.give_back_space()
