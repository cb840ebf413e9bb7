"""An index of the texts that a star model can learn from, to count them without reading them"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

RATED = "rating IS NOT NULL AND text_hash IS NOT NULL"


def upgrade() -> None:
    op.create_index(
        "ix_items_rated",
        "items",
        ["app", "created_at"],
        sqlite_where=sa.text(RATED),
        postgresql_where=sa.text(RATED),
    )
