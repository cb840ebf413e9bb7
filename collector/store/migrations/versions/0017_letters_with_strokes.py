"""Dotless i and letters with a stroke are found by the plain letter"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from collector.store.reading.search import search_text

revision = "0017"
down_revision = "0016"

LETTERS = "ıđĐłŁøØ"
BATCH = 50_000  # ids


def upgrade() -> None:
    connection = op.get_bind()
    progress: Any = op.get_context().config.attributes.get("progress")  # type: ignore[union-attr]
    first, last = connection.execute(sa.text("SELECT min(id), max(id) FROM items")).one()
    if first is None:
        return
    has = " OR ".join(
        f"{column} LIKE '%{letter}%'" for column in ("title", "text") for letter in LETTERS
    )
    read = sa.text(
        "SELECT id, title, text, search_text FROM items"  # noqa: S608
        f" WHERE id >= :low AND id < :high AND search_text IS NOT NULL AND ({has})"
    )
    keep = sa.text("UPDATE items SET search_text = :found WHERE id = :id")
    for low in range(first, last + 1, BATCH):
        rows = connection.execute(read, {"low": low, "high": low + BATCH}).all()
        made = [(row, search_text(row.title, row.text)) for row in rows]
        changed = [{"id": row.id, "found": now} for row, now in made if now != row.search_text]
        if changed:
            connection.execute(keep, changed)
        if progress is not None:
            progress("making the store searchable", min(low + BATCH, last) - first, last - first)
