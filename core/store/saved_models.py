"""Models that a reader saved under a name; they outlive the run they come from."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from core.store import tables
from core.store.names import clean_name, is_id, new_id
from core.store.records import SavedModel

models = tables.models.c
MODEL = [models[name] for name in ("id", "owner", "name", "card", "run_id", "created")]


def save(
    connection: Connection,
    now: float,
    owner: str,
    name: str,
    card: dict[str, Any],
    weights: bytes,
    run_id: str | None,
) -> str:
    """Save a model; without its run if that was deleted meanwhile."""
    run = select(tables.runs.c.id).where(tables.runs.c.id == run_id).scalar_subquery()
    values = {
        "id": new_id(),
        "owner": owner,
        "name": clean_name(name),
        "card": card,
        "weights": weights,
        "created": now,
    }
    connection.execute(insert(tables.models).values(**values, run_id=run))
    return str(values["id"])


def of_owner(connection: Connection, owner: str) -> list[SavedModel]:
    query = select(*MODEL).where(models.owner == owner).order_by(models.created.desc(), models.id)
    return [SavedModel(*row) for row in connection.execute(query)]


def one(connection: Connection, model_id: str) -> tuple[SavedModel, bytes] | None:
    if not is_id(model_id):
        return None
    query = select(*MODEL, models.weights).where(models.id == model_id)
    row = connection.execute(query).first()
    return None if row is None else (SavedModel(*row[:-1]), row.weights)


def rename(connection: Connection, model_id: str, name: str) -> None:
    changed = update(tables.models).where(models.id == model_id).values(name=clean_name(name))
    connection.execute(changed)


def remove(connection: Connection, model_id: str) -> None:
    connection.execute(delete(tables.models).where(models.id == model_id))
