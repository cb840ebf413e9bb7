"""When the store came to know what it says, and what it had said before: for snapshot ids"""

import time

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TIMES = ("updated_at", "reply_at", "removed_at")
NEEDED = ("created_at", "arrived_at", "first_seen")


def row_id() -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, sa.Identity(), nullable=False)


def upgrade() -> None:
    op.add_column("items", sa.Column("stored_at", sa.BigInteger(), nullable=True))
    op.add_column("revisions", sa.Column("text_hash", sa.Text(), nullable=True))
    op.add_column("revisions", sa.Column("stored_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_revisions_app_stored_at", "revisions", ["app", "stored_at"])
    op.create_index("ix_revisions_app_text_hash", "revisions", ["app", "text_hash"])
    op.add_column("scores", sa.Column("scored_at", sa.BigInteger(), nullable=True))
    _tables()
    begun = sa.text("INSERT INTO moments (app, at) SELECT key, :now FROM apps")
    op.get_bind().execute(begun, {"now": time.time_ns() // 1000})


def _tables() -> None:
    op.create_table(
        "moments",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("app", name="pk_moments"),
    )
    op.create_table(
        "item_changes",
        row_id(),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("item", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in NEEDED),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in (*TIMES, "thumbs_up")),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("author_key", "country", "lang", "url")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_item_changes"),
    )
    op.create_index("ix_item_changes_app_stored_at", "item_changes", ["app", "stored_at"])
    op.create_index("ix_item_changes_item", "item_changes", ["item"])
    op.create_table(
        "score_changes",
        row_id(),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("scored_at", sa.BigInteger(), nullable=True),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_score_changes"),
    )
    op.create_index("ix_score_changes_app_text_hash", "score_changes", ["app", "text_hash"])
