"""How many of the reviews of an hour are changed opinions"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

KEYS = ("app", "hour", "source", "kind", "stars")
GROUPS = (*KEYS, "lean", "country", "lang", "version")
CHANGED = """
SELECT i.app AS app, i.created_at - i.created_at % 3600000000 AS hour, i.source AS source,
    i.kind AS kind, COALESCE(CAST({stars} AS INTEGER), 0) AS stars,
    CASE WHEN i.text_hash IS NULL THEN 3 WHEN s.score IS NULL THEN 2 WHEN s.score < -0.15 THEN -1
        WHEN s.score > 0.15 THEN 1 ELSE 0 END AS lean,
    COALESCE(i.country, '') AS country, COALESCE(i.lang, '') AS lang,
    COALESCE(i.version, '') AS version, COUNT(*) AS changed
FROM items i LEFT JOIN scores s ON s.app = i.app AND s.text_hash = i.text_hash
WHERE i.written_at IS NOT NULL AND i.kind = 'review' AND i.counts > 0 AND i.gave_way_at IS NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""


def upgrade() -> None:
    for table, name in (("hourly", "changed_items"), ("hourly_groups", "changed")):
        op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    sqlite = op.get_bind().dialect.name == "sqlite"
    half_up = "i.rating + 0.5"
    _fill("hourly_groups", "changed", GROUPS, half_up if sqlite else f"FLOOR({half_up})")
    _fill("hourly", "changed_items", KEYS, "ROUND(i.rating)")


def _fill(table: str, name: str, keys: tuple[str, ...], stars: str) -> None:
    """Adds what is known of the changed opinions; the few hours that have any."""
    connection = op.get_bind()
    found: list[dict[str, Any]] = [
        dict(row._mapping) for row in connection.execute(sa.text(CHANGED.format(stars=stars)))
    ]
    if found:
        where = " AND ".join(f"{key} = :{key}" for key in keys)
        added = f"UPDATE {table} SET {name} = {name} + :changed WHERE {where}"  # noqa: S608
        connection.execute(sa.text(added), found)
