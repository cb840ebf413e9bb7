"""Each version of a review is a row at its own time; kept versions of older stores become such"""

import re
import time
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from collector.store.content_hashes import content_hash, text_hash
from collector.store.reading.search import search_text
from collector.store.writing.item_versions import SAID
from collector.store.writing.opinions import places
from collector.times import from_us, to_us

revision = "0014"
down_revision = "0013"

UNIQUE = re.compile(r"UNIQUE\s*\(\s*app\s*,\s*source\s*,\s*item_id\s*\)", re.IGNORECASE)
ADDED: tuple[tuple[str, Any], ...] = (
    ("written_at", sa.BigInteger()),
    ("rating_before", sa.Double()),
    ("changed_after", sa.BigInteger()),
    ("gave_way_at", sa.BigInteger()),
)
PAST = (
    "created_at", "updated_at", "arrived_at", "first_seen", "author_key", "country", "lang",
    "thumbs_up", "reply_at", "url", "removed_at", "written_at", "rating_before", "changed_after",
    "counts", "gave_way_at",
)  # fmt: skip
LONG_AGO = 0  # replaced_at of what is kept for earlier moments of knowledge alone


def upgrade() -> None:
    for table in ("items", "item_changes"):
        for name, kind in ADDED:
            op.add_column(table, sa.Column(name, kind, nullable=True))
        counts = sa.Column("counts", sa.Integer(), nullable=False, server_default="1")
        op.add_column(table, counts)
    edition = sa.Column("edition", sa.Integer(), nullable=False, server_default="0")
    op.add_column("items", edition)
    op.add_column("revisions", sa.Column("item", sa.BigInteger(), nullable=True))
    op.create_index("ix_revisions_item", "revisions", ["item"])
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _let_editions_in(connection)
    else:
        op.drop_constraint("uq_items_app_source_item_id", "items")
        names = ["app", "source", "item_id", "edition"]
        op.create_unique_constraint("uq_items_app_source_item_id_edition", "items", names)
    connection.execute(
        sa.text(
            "UPDATE revisions SET item = (SELECT id FROM items WHERE items.app = revisions.app "
            "AND items.source = revisions.source AND items.item_id = revisions.item_id)"
        )
    )
    _split(connection)


def _let_editions_in(connection: sa.Connection) -> None:
    """SQLite cannot drop a constraint: the table is copied into one that has the wider."""
    every = "SELECT sql FROM sqlite_master WHERE tbl_name = 'items' AND type = '{}' AND sql <> ''"
    (made,) = connection.exec_driver_sql(every.format("table")).scalars().all()
    beside = [
        *connection.exec_driver_sql(every.format("index")).scalars(),
        *connection.exec_driver_sql(every.format("trigger")).scalars(),
    ]
    wider, found = UNIQUE.subn("UNIQUE (app, source, item_id, edition)", made)
    wider = wider.replace("uq_items_app_source_item_id ", "uq_items_app_source_item_id_edition ")
    if found != 1:
        raise RuntimeError(f"the table of items is not as it was made: {made}")
    wider = re.sub(r'CREATE TABLE "?items"?', "CREATE TABLE items_of_editions", wider, count=1)
    names = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(items)")]
    listed = ", ".join(f'"{name}"' for name in names)
    for statement in (
        wider,
        f"INSERT INTO items_of_editions ({listed}) SELECT {listed} FROM items ORDER BY id",  # noqa: S608
        "DROP TABLE items",
        "ALTER TABLE items_of_editions RENAME TO items",
        *beside,
    ):
        connection.exec_driver_sql(statement)


def _split(connection: sa.Connection) -> None:
    """Items that were edited: what they said goes back to where it was said.

    The moment of this is one of knowledge: as of an earlier one the store shows what it showed.
    """
    tables = sa.MetaData()
    names = ("items", "revisions", "item_changes", "moments", "dirty_hours")
    t = {name: sa.Table(name, tables, autoload_with=connection) for name in names}
    r = t["revisions"].c
    edited = sa.select(r.item).where(r.item.is_not(None)).group_by(r.app, r.item)
    now = time.time_ns() // 1000
    moments: dict[str, int] = {}
    for row_id in connection.execute(edited.order_by(r.app, r.item)).scalars().all():
        row = connection.execute(sa.select(t["items"]).where(t["items"].c.id == row_id)).one()
        if row.app not in moments:
            moments[row.app] = _moment(connection, t["moments"], row.app, now)
        old = connection.execute(
            sa.select(t["revisions"]).where(r.item == row_id).order_by(r.replaced_at, r.id)
        ).all()
        _split_one(connection, t, row, _said(row, old), moments[row.app])
    _settle(connection, moments)


def _settle(connection: sa.Connection, apps: Iterable[str]) -> None:
    """Alarms up to an app's last analysis were sent: they stay, whatever the past reads now."""
    last = sa.text(
        "SELECT max(at) FROM (SELECT at FROM analyses WHERE app = :app"
        " UNION ALL SELECT at FROM alarms WHERE app = :app) AS known"
    )
    keep = sa.text("INSERT INTO meta (key, value) VALUES (:key, :value)")
    for app in apps:
        at = connection.execute(last, {"app": app}).scalar()
        if at is not None:
            connection.execute(keep, {"key": f"alarms_settled:{app}", "value": str(at)})


def _moment(connection: sa.Connection, moments: sa.Table, app: str, now: int) -> int:
    known = connection.execute(sa.select(moments.c.at).where(moments.c.app == app)).scalar()
    moment = max(now, (known or 0) + 1)
    connection.execute(sa.delete(moments).where(moments.c.app == app))
    connection.execute(sa.insert(moments), {"app": app, "at": moment})
    return moment


class _Said:
    """One version: what it said, since when, and how that became known."""

    def __init__(self, content: Any, at: int, seen_at: int | None) -> None:
        self.content = {name: getattr(content, name) for name in (*SAID, "reply_text")}
        self.at, self.seen_at = at, seen_at
        self.created_at = from_us(at)
        self.rating, self.title, self.text = content.rating, content.title, content.text
        self.version, self.reply_text = content.version, content.reply_text
        self.text_hash = content.text_hash or text_hash(content)


def _said(row: Any, old: Sequence[Any]) -> list[_Said]:
    """The versions of an item in order of time; those that differ in the reply alone are one."""
    contents = [*old, row]
    starts = [row.created_at, *(each.replaced_at for each in old)]
    seen = [None, *(each.seen_at for each in old)]
    found: list[_Said] = []
    for content, at, known in zip(contents, starts, seen, strict=True):
        after = max(at, found[-1].at + 1) if found else at
        version = _Said(content, after, known)
        if not found or any(found[-1].content[n] != version.content[n] for n in SAID):
            found.append(version)
    return found


def _split_one(
    connection: sa.Connection, t: dict[str, sa.Table], row: Any, said: list[_Said], moment: int
) -> None:
    if len(said) < 2:
        return
    items = t["items"]
    found = places(said)
    base = {name: getattr(row, name) for name in row._fields if name not in ("id", "search_text")}
    first, *later = zip(said, found, strict=True)
    kept = {name: getattr(row, name) for name in PAST}
    connection.execute(
        sa.insert(t["item_changes"]), kept | {"app": row.app, "item": row.id, "stored_at": moment}
    )
    shown = {n: getattr(row, n) for n in ("app", "source", "item_id", *SAID, "reply_text")}
    connection.execute(
        sa.insert(t["revisions"]),
        shown
        | {"item": row.id, "stored_at": moment, "replaced_at": LONG_AGO, "seen_at": None}
        | {"content_hash": row.content_hash, "text_hash": row.text_hash},
    )
    version, place = first
    own = _columns(version, place) | {"updated_at": None}
    own["rating_given"] = row.rating_given if version.rating == row.rating else None
    connection.execute(sa.update(items).where(items.c.id == row.id).values(own))
    hours = {version.at}
    for edition, (version, place) in enumerate(later, 1):
        known = version.seen_at
        made = base | _columns(version, place) | {
            "edition": edition, "created_at": version.at, "updated_at": version.at,
            "arrived_at": version.at if known is None else known,
            "first_seen": version.at if known is None else known,
            "written_at": row.created_at, "stored_at": moment,
        }  # fmt: skip
        connection.execute(sa.insert(items), made)
        hours.add(version.at)
    _mark(connection, t["dirty_hours"], row.app, hours, moment)


def _columns(version: _Said, place: Any) -> dict[str, Any]:
    gave_way = place.gave_way_at
    whole = type("Whole", (), version.content)
    return version.content | {
        "content_hash": content_hash(whole),
        "text_hash": version.text_hash,
        "search_text": search_text(version.title, version.text),
        "text_length": len(version.text or ""),
        "counts": place.counts,
        "gave_way_at": None if gave_way is None else to_us(gave_way),
        "rating_before": place.rating_before,
    }


def _mark(
    connection: sa.Connection, dirty: sa.Table, app: str, moments: set[int], stamp: int
) -> None:
    for hour in sorted({moment // 3_600_000_000 * 3_600_000_000 for moment in moments}):
        here = (dirty.c.app == app, dirty.c.hour == hour)
        connection.execute(sa.delete(dirty).where(*here))
        connection.execute(sa.insert(dirty), {"app": app, "hour": hour, "stamp": stamp})
