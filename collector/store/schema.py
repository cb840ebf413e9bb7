"""The tables. Columns come from the record classes; keys and indexes are added here."""

from datetime import datetime

import sqlalchemy as sa

from collector import records
from collector.store.columns import UtcTime, columns_of, places, row_id

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


apps = sa.Table(
    "apps",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("simulated", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
)

items = sa.Table(
    "items",
    metadata,
    row_id(),
    *columns_of(records.Item),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text),
    sa.Column("search_text", sa.Text),  # see search.py
    sa.Column("text_length", sa.Integer, nullable=False, server_default="0"),
    sa.Column("stored_at", UtcTime),  # moment of the write; null: before moments were kept
    # Versions of one item, numbered as they came; what each is among them: see opinions.py.
    sa.Column("edition", sa.Integer, nullable=False, server_default="0"),
    *places(),
    sa.UniqueConstraint("app", "source", "item_id", "edition"),
    sa.Index(None, "app", "created_at"),
    sa.Index(None, "app", "text_hash"),
    sa.Index(None, "author_key"),
    *(
        sa.Index(f"ix_items_app_{name}", "app", name, "created_at")
        for name in ("rating", "text_length", "thumbs_up", "version", "country", "lang")
    ),
)
_rated = sa.and_(items.c.rating.is_not(None), items.c.text_hash.is_not(None))
sa.Index(
    "ix_items_rated",
    items.c.app,
    items.c.created_at,
    sqlite_where=_rated,
    postgresql_where=_rated,
)
without_stars = sa.and_(
    sa.or_(items.c.kind == sa.literal_column("'post'"), items.c.rating.is_(None)),
    items.c.text_hash.is_not(None),
)
for _name, _rare in (
    ("without_stars", without_stars),
    ("edited", items.c.updated_at.is_not(None)),
    ("removed", items.c.removed_at.is_not(None)),
    ("changed", items.c.written_at.is_not(None)),
    ("replied", items.c.reply_text.is_not(None)),
    ("posts", items.c.kind == sa.literal_column("'post'")),
):
    sa.Index(
        f"ix_items_{_name}",
        items.c.app,
        items.c.created_at,
        sqlite_where=_rare,
        postgresql_where=_rare,
    )

import_samples = sa.Table(
    "import_samples",
    metadata,
    row_id(),
    *columns_of(records.ImportSample),
    sa.Index(None, "app"),
)


ONCE, AGAIN = 1, 2  # items.counts of an opinion: see writing/opinions.py


def is_changed() -> "sa.ColumnElement[bool]":
    """Rows of items that are a changed opinion: of a review that was written before."""
    return sa.and_(items.c.written_at.is_not(None), items.c.kind == sa.literal_column("'review'"))


def counting(as_of: datetime | None = None) -> "sa.ColumnElement[bool]":
    """Rows of items that are an opinion, and had not given way to another by a moment."""
    c = items.c
    stands: sa.ColumnElement[bool] = c.gave_way_at.is_(None)
    if as_of is not None:
        stands = sa.or_(stands, c.gave_way_at > as_of)
    return sa.and_(c.counts > 0, stands)


revisions = sa.Table(
    "revisions",
    metadata,
    row_id(),
    *columns_of(records.Revision),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("seen_at", UtcTime),  # the poll that saw the edit; null: an import's, known at once
    sa.Column("text_hash", sa.Text),
    sa.Column("stored_at", UtcTime),  # until when the store showed it; null: never, or long ago
    sa.Column("item", sa.BigInteger),  # items.id
    sa.Index(None, "item"),
    sa.Index(None, "app", "source", "item_id"),
    sa.Index(None, "app", "stored_at"),
    sa.Index(None, "app", "text_hash"),
)

# The newest write that changed what is known of an app: see knowledge_clock.py.
moments = sa.Table(
    "moments",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
)

# What a row of items said until stored_at, but for its content, which the revisions keep.
PAST = (
    "created_at", "updated_at", "arrived_at", "first_seen", "author_key", "country", "lang",
    "thumbs_up", "reply_at", "url", "removed_at", "written_at", "rating_before", "changed_after",
    "counts", "gave_way_at",
)  # fmt: skip
item_changes = sa.Table(
    "item_changes",
    metadata,
    row_id(),
    sa.Column("app", sa.Text, nullable=False),
    sa.Column("item", sa.BigInteger, nullable=False),  # items.id
    sa.Column("stored_at", UtcTime, nullable=False),
    *(c for c in columns_of(records.Item) if c.name in PAST),
    *places(),
    sa.Index(None, "app", "stored_at"),
    sa.Index(None, "item"),
)

rating_snapshots = sa.Table(
    "rating_snapshots",
    metadata,
    *columns_of(records.RatingSnapshot),
    sa.PrimaryKeyConstraint("app", "source", "country", "at"),
)

releases = sa.Table(
    "releases",
    metadata,
    *columns_of(records.Release),
    sa.PrimaryKeyConstraint("app", "source", "version"),
)

context_events = sa.Table(
    "context_events",
    metadata,
    *columns_of(records.ContextEvent),
    sa.PrimaryKeyConstraint("app", "source", "event_id"),
)

annotations = sa.Table("annotations", metadata, row_id(), *columns_of(records.StoredDecision))

runs = sa.Table(
    "runs",
    metadata,
    row_id(),
    *columns_of(records.RunReport),
    sa.Column("first_ended_at", UtcTime),
    sa.Column("message", sa.Text),
    sa.Column("details", sa.Text),
    sa.Index(None, "app", "source", "started_at"),
)

cursors = sa.Table(
    "cursors",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

tombstones = sa.Table(
    "tombstones",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
)

# Contents that were forgotten, see forgotten.py. own_id: the store itself had named the item.
content_tombstones = sa.Table(
    "content_tombstones",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("author", sa.Text, primary_key=True),
    sa.Column("own_id", sa.Boolean, nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
)

# Counts per hour; rebuilt for the hours in dirty_hours only.
hourly = sa.Table(
    "hourly",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("hour", UtcTime, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("stars", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("items", sa.BigInteger, nullable=False),
    sa.Column("rating_sum", sa.Double, nullable=False),
    sa.Column("sentiment_sum", sa.Double, nullable=False),
    sa.Column("sentiment_items", sa.BigInteger, nullable=False),
    sa.Column("sentiment_squares", sa.Double),  # null: counted before they were kept
    sa.Column("changed_items", sa.BigInteger, nullable=False, server_default="0"),
)

# The same hours told apart by all that trends are split by; kept and rebuilt with `hourly`.
# Text columns are empty where an item does not say. lean: see counts/groups.py.
hourly_groups = sa.Table(
    "hourly_groups",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("hour", UtcTime, primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("stars", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("lean", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("country", sa.Text, primary_key=True),
    sa.Column("lang", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("items", sa.BigInteger, nullable=False),
    sa.Column("rating_sum", sa.Double, nullable=False),
    sa.Column("rating_squares", sa.Double, nullable=False),
    sa.Column("score_sum", sa.Double, nullable=False),
    sa.Column("score_squares", sa.Double, nullable=False),
    sa.Column("answered", sa.BigInteger, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

# The items of each app that are in `hourly`.
counted = sa.Table(
    "counted",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("items", sa.BigInteger, nullable=False),
)

dirty_hours = sa.Table(
    "dirty_hours",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("hour", UtcTime, primary_key=True),
    sa.Column("stamp", sa.BigInteger, nullable=False),
)

# One row for each distinct text of an app; engine is null until it has been scored.
scores = sa.Table(
    "scores",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("text_hash", sa.Text, primary_key=True),
    sa.Column("first_at", UtcTime, nullable=False),
    sa.Column("engine", sa.Text),
    sa.Column("score", sa.Double),
    sa.Column("scored_at", UtcTime),  # moment of the write; null: before moments were kept
)
# Scores that were made anew: valid from scored_at until stored_at.
score_changes = sa.Table(
    "score_changes",
    metadata,
    row_id(),
    sa.Column("app", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text, nullable=False),
    sa.Column("engine", sa.Text),
    sa.Column("score", sa.Double),
    sa.Column("scored_at", UtcTime),
    sa.Column("stored_at", UtcTime, nullable=False),
    sa.Index(None, "app", "text_hash"),
)
sa.Index(
    "ix_scores_pending",
    scores.c.app,
    scores.c.first_at,
    sqlite_where=scores.c.engine.is_(None),
    postgresql_where=scores.c.engine.is_(None),
)

models = sa.Table(
    "models",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("trained_until", UtcTime, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("blob", sa.LargeBinary, nullable=False),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("app", sa.Text, nullable=False),
    sa.Column("onset_at", UtcTime, nullable=False),
    sa.Column("alarmed_at", UtcTime, nullable=False),
    sa.Column("ended_at", UtcTime),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("listed", sa.Text, nullable=False, server_default="{}"),  # without the details
    sa.Index(None, "app", "onset_at"),
)

# Ids that were given, by what a swing is known by from one analysis to the next.
incident_names = sa.Table(
    "incident_names",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("swing", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
)

# How each app's last analysis ended. failure: null where it worked. worked_at: the last that did.
analyses = sa.Table(
    "analyses",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("failure", sa.Text),
    sa.Column("worked_at", UtcTime),
)

alarms = sa.Table(
    "alarms",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("incident", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, nullable=False),
)

# What each alert channel was told, and what it has not taken: see deliveries.py.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("due_at", UtcTime, nullable=False),
    sa.Column("failed_at", UtcTime),
    sa.Column("tried_at", UtcTime),
    sa.Column("told_at", UtcTime),
)

# Where an incremental analysis left off.
checkpoints = sa.Table(
    "checkpoints",
    metadata,
    sa.Column("app", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, primary_key=True),
    sa.Column("blob", sa.LargeBinary, nullable=False),
)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
