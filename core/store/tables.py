"""The tables. What is here and what the migrations make is the same; a test compares them."""

import json
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)


class Json(TypeDecorator[dict[str, Any]]):
    """A dictionary as text. PostgreSQL's own type refuses NaN, the loss of a run that diverged."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, _: object) -> str:
        return json.dumps(value)

    def process_result_value(self, value: str | None, _: object) -> Any:
        return json.loads(value or "null")


metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("recipe", Json, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("n_epochs", Integer, nullable=False),
    Column("epochs_done", Integer, nullable=False),
    Column("created", Double, nullable=False),  # seconds since 1970, as all times
    Column("queued_at", Double, nullable=False),
    Column("started_at", Double),
    Column("heartbeat", Double),
    Column("finished_at", Double),
    Column("seconds", Double, nullable=False),
    Column("message", Text),
    Column("message_values", Json, nullable=False),
    Column("sweep", String(80), index=True),
    Column("trial", Integer),
    Column("wanted", String(16)),  # of whoever has it: "pause", "stop", "make room"
    Column("spared", Boolean, nullable=False, server_default=false()),  # from being ended early
    Index("ix_runs_queue", "status", "queued_at"),
)

sweeps = Table(
    "sweeps",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("settings", Json, nullable=False),
    Column("created", Double, nullable=False),
    Column("stopped", Double),
)

epochs = Table(
    "epochs",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("images", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("loss", Double),
    Column("train_loss", Double),
    Column("train_accuracy", Double),
    Column("validation_accuracy", Double),
    Column("test_loss", Double),
    Column("test_accuracy", Double),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("checkpoint", LargeBinary, nullable=False),
)

weights = Table(
    "weights",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("which", String(4), primary_key=True),  # last or best
    Column("epoch", Integer, nullable=False),
    Column("weights", LargeBinary, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("owner", String, nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("card", Json, nullable=False),
    Column("run_id", ForeignKey("runs.id", ondelete="SET NULL"), index=True),
    Column("created", Double, nullable=False),
    Column("weights", LargeBinary, nullable=False),
)

classes = Table(
    "classes",
    metadata,
    Column("id", String(64), primary_key=True),  # a hash of the code, which is not kept
    Column("owner", String, nullable=False, index=True),  # the teacher
    Column("key_hash", String(64), nullable=False),  # of the teacher's secret
    Column("created", Double, nullable=False),
    Column("until", Double, nullable=False, index=True),
    Column("n_joined", Integer, nullable=False),  # so far: no two hands ever have one number
    Column("learned", Json),  # how many of its digits were read right by what last learned from it
)

hands = Table(
    "hands",
    metadata,
    Column("class_id", ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("owner", String, nullable=False, index=True),
    Index("ix_hands_class_id_owner", "class_id", "owner", unique=True),
)

class_digits = Table(
    "class_digits",
    metadata,
    Column("class_id", String(64), primary_key=True),
    Column("hand", Integer, primary_key=True, autoincrement=False),
    Column("label", Integer, primary_key=True, autoincrement=False),
    Column("written", Double, nullable=False),
    Column("pixels", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["class_id", "hand"], ["hands.class_id", "hands.number"], ondelete="CASCADE"
    ),
)
