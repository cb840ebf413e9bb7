"""Full-text search of items, and an index for each order and filter of the explore page"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from collector.store.reading.search import search_text

revision = "0002"
down_revision = "0001"

BATCH = 50_000  # ids
ORDERS = ("rating", "text_length", "thumbs_up", "version", "country", "lang")
RARE = {
    "edited": "updated_at IS NOT NULL",
    "removed": "removed_at IS NOT NULL",
    "replied": "reply_text IS NOT NULL",
    "posts": "kind = 'post'",
}
# The index keeps no copy of the texts, so what is taken out must be said again word for word.
WORDS = "coalesce({0}search_text, coalesce({0}title, '') || ' ' || coalesce({0}text, ''))"
TEXTS = "title, text, search_text"
OLD, NEW = WORDS.format("old."), WORDS.format("new.")
TAKE_OUT = f"INSERT INTO item_words(item_words, rowid, words) VALUES ('delete', old.id, {OLD});"  # noqa: S608
PUT_IN = f"INSERT INTO item_words(rowid, words) VALUES (new.id, {NEW});"  # noqa: S608
CHANGED = f"WHEN {OLD} IS NOT {NEW} BEGIN {TAKE_OUT} {PUT_IN} END"
FTS5 = "words, content='', columnsize=0, tokenize='ascii'"
SQLITE = (
    "CREATE VIRTUAL TABLE item_words USING fts5(words, content='', columnsize=0, tokenize='ascii')",
    f"CREATE TRIGGER items_search_insert AFTER INSERT ON items BEGIN {PUT_IN} END",
    f"CREATE TRIGGER items_search_delete AFTER DELETE ON items BEGIN {TAKE_OUT} END",
    f"CREATE TRIGGER items_search_update AFTER UPDATE OF {TEXTS} ON items {CHANGED}",
)
POSTGRES = (
    "CREATE INDEX item_words ON items USING gin (to_tsvector('simple', regexp_replace("
    "lower((' ' || coalesce(search_text, coalesce(title, '') || ' ' || coalesce(text, '')))"
    " COLLATE \"C\"), '[^a-z0-9]+', ' w', 'g')))"
)


def upgrade() -> None:
    connection = op.get_bind()
    op.add_column("items", sa.Column("search_text", sa.Text(), nullable=True))
    op.add_column(
        "items", sa.Column("text_length", sa.Integer(), nullable=False, server_default="0")
    )
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql(SQLITE[0])
    _fill(connection, words=sqlite)
    for statement in SQLITE[1:] if sqlite else (POSTGRES,):
        connection.exec_driver_sql(statement)
    for name in ORDERS:
        op.create_index(f"ix_items_app_{name}", "items", ["app", name, "created_at"])
    for name, where in RARE.items():
        op.create_index(
            f"ix_items_{name}",
            "items",
            ["app", "created_at"],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def _fill(connection: sa.Connection, *, words: bool) -> None:
    """What items of an older store lack, some ids at a time."""
    progress: Any = op.get_context().config.attributes.get("progress")  # type: ignore[union-attr]
    first, last = connection.execute(sa.text("SELECT min(id), max(id) FROM items")).one()
    if first is None:
        return
    between = "WHERE id >= :low AND id < :high"
    read = sa.text(f"SELECT id, title, text FROM items {between}")  # noqa: S608
    measure = sa.text(f"UPDATE items SET text_length = length(text) {between} AND text <> ''")  # noqa: S608
    keep = sa.text("UPDATE items SET search_text = :found WHERE id = :id")
    index = sa.text(
        f"INSERT INTO item_words(rowid, words) SELECT id, {WORDS.format('')} FROM items {between}"  # noqa: S608
    )
    for low in range(first, last + 1, BATCH):
        span = {"low": low, "high": low + BATCH}
        connection.execute(measure, span)
        rows = connection.execute(read, span).all()
        made = [{"id": row.id, "found": search_text(row.title, row.text)} for row in rows]
        made = [row for row in made if row["found"] is not None]
        if made:
            connection.execute(keep, made)
        if words:
            connection.execute(index, span)
        if progress is not None:
            progress("making the store searchable", min(low + BATCH, last) - first, last - first)
