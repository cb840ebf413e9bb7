"""How far scores lie apart, for the uncertainty of their means"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("hourly", sa.Column("sentiment_squares", sa.Double(), nullable=True))
