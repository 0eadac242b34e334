"""What came of it when a network last learned from a class."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("classes", sa.Column("learned", sa.Text))


def downgrade() -> None:
    op.drop_column("classes", "learned")
