"""A person arrives with the first of several opinions of a class within a day, and no later one
moves that"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

CLASS = "CASE WHEN {0}.rating IS NULL THEN 0 WHEN {0}.rating < 2.5 THEN 1 WHEN {0}.rating < 3.5 THEN 2 ELSE 3 END"  # noqa: E501
TWO_WEEKS = 14 * 86_400 * 1_000_000
AGAIN = f"""
UPDATE items SET counts = 2
WHERE written_at IS NOT NULL AND counts = 1 AND EXISTS (
    SELECT 1 FROM items AS e
    WHERE e.app = items.app AND e.source = items.source AND e.item_id = items.item_id
        AND e.counts > 0 AND e.gave_way_at IS NOT NULL AND e.created_at < items.created_at
        AND items.created_at - e.created_at < {TWO_WEEKS}
        AND {CLASS.format("e")} = {CLASS.format("items")}
)
"""  # noqa: S608
APPS = "SELECT DISTINCT app FROM items WHERE gave_way_at IS NOT NULL"
SENT = """
SELECT MAX(at) FROM (SELECT at FROM analyses WHERE app = :app
    UNION ALL SELECT at FROM alarms WHERE app = :app) AS known
"""
KNOWN = "SELECT value FROM meta WHERE key = :key"


def upgrade() -> None:
    """What the detectors know of these apps is made anew; alarms that were sent stay."""
    connection = op.get_bind()
    connection.execute(sa.text(AGAIN))
    for (app,) in connection.execute(sa.text(APPS)).all():
        connection.execute(sa.text("DELETE FROM checkpoints WHERE app = :app"), {"app": app})
        at = connection.execute(sa.text(SENT), {"app": app}).scalar()
        if at is None:
            continue
        key = f"alarms_settled:{app}"
        known = connection.execute(sa.text(KNOWN), {"key": key}).scalar()
        value = str(max(int(at), int(known or 0)))
        statement = "INSERT INTO meta (key, value) VALUES (:key, :value)"
        if known is not None:
            statement = "UPDATE meta SET value = :value WHERE key = :key"
        connection.execute(sa.text(statement), {"key": key, "value": value})
