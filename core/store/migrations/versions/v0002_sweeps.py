"""Sweeps: what many runs have in common, and the number of a run in its sweep."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "sweeps",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("stopped", sa.Double),
    )
    op.create_index("ix_sweeps_owner", "sweeps", ["owner"])
    op.add_column("runs", sa.Column("trial", sa.Integer))


def downgrade() -> None:
    op.drop_column("runs", "trial")
    op.drop_table("sweeps")
