"""When a poll saw an edit, beside the platform's own time of it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("revisions", sa.Column("seen_at", sa.BigInteger(), nullable=True))
