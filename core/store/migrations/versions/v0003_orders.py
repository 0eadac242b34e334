"""Orders: what is wanted of a run, and that a run is no longer compared with its sweep."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("runs", sa.Column("wanted", sa.String(16)))
    spared = sa.Column("spared", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("runs", spared)


def downgrade() -> None:
    op.drop_column("runs", "spared")
    op.drop_column("runs", "wanted")
