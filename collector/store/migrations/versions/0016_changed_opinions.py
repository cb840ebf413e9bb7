"""Changed opinions are found without looking at every item"""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_items_changed ON items (app, created_at) WHERE written_at IS NOT NULL"
    )
