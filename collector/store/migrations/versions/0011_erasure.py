"""Contents that were forgotten; and older files that hold remains are cleaned at the next chance"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "content_tombstones",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "source", "author")),
        sa.Column("own_id", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "source", "author", name="pk_content_tombstones"),
    )
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT key FROM apps LIMIT 1")).first() is None:
        return
    noted = sa.text("INSERT INTO meta (key, value) VALUES ('erasure', :stamp)")
    connection.execute(noted, {"stamp": secrets.token_hex(8)})
