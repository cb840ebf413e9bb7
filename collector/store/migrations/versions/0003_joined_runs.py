"""Runs that were joined: how many a row stands for, and when the first of them ended"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("runs", sa.Column("runs", sa.BigInteger(), nullable=False, server_default="1"))
    op.add_column("runs", sa.Column("first_ended_at", sa.BigInteger(), nullable=True))
