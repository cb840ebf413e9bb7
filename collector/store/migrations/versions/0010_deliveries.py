"""What each alert channel was told, and what it did not take, as rows instead of cursors"""

import re
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

MARK = re.compile(r"([0-9a-f]{12}):(.+)")  # a channel and an event of the alarm log


def upgrade() -> None:
    made = op.create_table(
        "deliveries",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("failed_at", sa.BigInteger()),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("channel", "app", "event", name="pk_deliveries"),
    )
    connection = op.get_bind()
    kept = sa.text("SELECT app, name, value FROM cursors WHERE source = 'alerts' AND app <> '*'")
    rows = []
    for row in connection.execute(kept):
        if mark := MARK.fullmatch(row.name):
            told = (datetime.fromisoformat(row.value) - datetime(1970, 1, 1, tzinfo=UTC)) // (
                timedelta(microseconds=1)
            )
            names = {"channel": mark[1], "app": row.app, "event": mark[2]}
            rows.append({**names, "due_at": told, "told_at": told})
    if rows:
        connection.execute(sa.insert(made), rows)
    op.execute("DELETE FROM cursors WHERE source = 'alerts' AND (app <> '*' OR name = 'failing')")
