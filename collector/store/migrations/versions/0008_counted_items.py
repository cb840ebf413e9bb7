"""How many items of each app the hours hold, so that nobody adds them up"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "counted",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("app", name="pk_counted"),
    )
    op.execute("INSERT INTO counted SELECT app, SUM(items) FROM hourly GROUP BY app")
