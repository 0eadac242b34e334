"""Classes: whose they are and how long they last, the hands in them, and the digits of each."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "classes",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.Column("n_joined", sa.Integer, nullable=False),
    )
    op.create_index("ix_classes_owner", "classes", ["owner"])
    op.create_index("ix_classes_until", "classes", ["until"])
    op.create_table(
        "hands",
        sa.Column(
            "class_id",
            sa.String(64),
            sa.ForeignKey("classes.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.String, nullable=False),
    )
    op.create_index("ix_hands_owner", "hands", ["owner"])
    op.create_index("ix_hands_class_id_owner", "hands", ["class_id", "owner"], unique=True)
    op.create_table(
        "class_digits",
        sa.Column("class_id", sa.String(64), primary_key=True),
        sa.Column("hand", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("label", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("written", sa.Double, nullable=False),
        sa.Column("pixels", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "hand"], ["hands.class_id", "hands.number"], ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    for table in ("class_digits", "hands", "classes"):
        op.drop_table(table)
