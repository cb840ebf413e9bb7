"""Sums by hour and by all that trends are split by"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEYS = ("app", "hour", "source", "kind", "stars", "lean", "country", "lang", "version")
FILLED = """
INSERT INTO hourly_groups (app, hour, source, kind, stars, lean, country, lang, version,
    items, rating_sum, rating_squares, score_sum, score_squares, answered)
SELECT i.app, i.created_at - i.created_at % 3600000000, i.source, i.kind,
    COALESCE(CAST({stars} AS INTEGER), 0),
    CASE WHEN i.text_hash IS NULL THEN 3 WHEN s.score IS NULL THEN 2 WHEN s.score < -0.15 THEN -1
        WHEN s.score > 0.15 THEN 1 ELSE 0 END,
    COALESCE(i.country, ''), COALESCE(i.lang, ''), COALESCE(i.version, ''),
    COUNT(*), COALESCE(SUM(i.rating), 0.0), COALESCE(SUM(i.rating * i.rating), 0.0),
    COALESCE(SUM(s.score), 0.0), COALESCE(SUM(s.score * s.score), 0.0),
    COUNT(CASE WHEN i.reply_at IS NOT NULL OR i.reply_text IS NOT NULL THEN 1 END)
FROM items i LEFT JOIN scores s ON s.app = i.app AND s.text_hash = i.text_hash
WHERE i.counts > 0 AND i.gave_way_at IS NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""


def upgrade() -> None:
    texts = ("app", "source", "kind", "country", "lang", "version")
    kinds: dict[str, Any] = {name: sa.Text() for name in texts}
    kinds |= {"hour": sa.BigInteger(), "stars": sa.Integer(), "lean": sa.Integer()}
    op.create_table(
        "hourly_groups",
        *(sa.Column(name, kinds[name], nullable=False, autoincrement=False) for name in KEYS),
        sa.Column("items", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Double(), nullable=False)
            for name in ("rating_sum", "rating_squares", "score_sum", "score_squares")
        ),
        sa.Column("answered", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*KEYS, name="pk_hourly_groups"),
        sqlite_with_rowid=False,
    )
    half_up = "i.rating + 0.5"
    stars = half_up if op.get_bind().dialect.name == "sqlite" else f"FLOOR({half_up})"
    op.execute(FILLED.format(stars=stars))
