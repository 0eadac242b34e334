"""The first tables: runs, their epochs, checkpoints and weights, and saved models."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("n_epochs", sa.Integer, nullable=False),
        sa.Column("epochs_done", sa.Integer, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("queued_at", sa.Double, nullable=False),
        sa.Column("started_at", sa.Double),
        sa.Column("heartbeat", sa.Double),
        sa.Column("finished_at", sa.Double),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("message_values", sa.Text, nullable=False),
        sa.Column("sweep", sa.String(80)),
    )
    op.create_index("ix_runs_owner", "runs", ["owner"])
    op.create_index("ix_runs_sweep", "runs", ["sweep"])
    op.create_index("ix_runs_queue", "runs", ["status", "queued_at"])
    op.create_table(
        "epochs",
        run_id(primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("images", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("loss", sa.Double),
        sa.Column("train_loss", sa.Double),
        sa.Column("train_accuracy", sa.Double),
        sa.Column("validation_accuracy", sa.Double),
        sa.Column("test_loss", sa.Double),
        sa.Column("test_accuracy", sa.Double),
    )
    op.create_table(
        "checkpoints",
        run_id(primary_key=True),
        sa.Column("checkpoint", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "weights",
        run_id(primary_key=True),
        sa.Column("which", sa.String(4), primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("weights", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "models",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("card", sa.Text, nullable=False),
        run_id(ondelete="SET NULL"),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("weights", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_models_owner", "models", ["owner"])
    op.create_index("ix_models_run_id", "models", ["run_id"])


def downgrade() -> None:
    for table in ("models", "weights", "checkpoints", "epochs", "runs"):
        op.drop_table(table)


def run_id(primary_key: bool = False, ondelete: str = "CASCADE") -> sa.Column[str]:
    """Give the column that says which run a row belongs to."""
    reference = sa.ForeignKey("runs.id", ondelete=ondelete)
    return sa.Column("run_id", sa.String(16), reference, primary_key=primary_key)
