"""Half a star counts up: hours whose halves may have been rounded to the even number are counted
again"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

AGAIN = """
INSERT INTO dirty_hours (app, hour, stamp)
SELECT DISTINCT i.app, i.created_at - i.created_at % 3600000000, CAST(:stamp AS BIGINT)
FROM apps a JOIN items i ON i.app = a.key AND i.rating IN (0.5, 2.5, 4.5)
WHERE i.counts > 0
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.get_bind().execute(sa.text(AGAIN), {"stamp": secrets.randbits(62)})
