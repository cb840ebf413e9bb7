"""What is said without stars is found by an index of its own"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

WITHOUT_STARS = sa.text("(kind = 'post' OR rating IS NULL) AND text_hash IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_items_without_stars",
        "items",
        ["app", "created_at"],
        sqlite_where=WITHOUT_STARS,
        postgresql_where=WITHOUT_STARS,
    )
