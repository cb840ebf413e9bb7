"""A simulated world -> the store, as a collector that never slept would have left it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from analysis.simulate.world import Edit, World
from collector.privacy.protect import protect
from collector.records import Item, RawItem
from collector.store import Store

BATCH = 2000


def load_world(store: Store, world: World, *, until: datetime | None = None) -> None:
    """Writes the world's history up to `until` (default: all of it); loading twice changes nothing.

    Items pass through the same protection as collected ones. Replies, edits and removals after
    `until` are not there yet.
    """
    until = world.end if until is None else min(until, world.end)
    store.apps.ensure(world.app, world.name, simulated=True)
    batch: list[Item] = []
    for item in protected_items(world, until, store.database.secret):
        batch.append(item)
        if len(batch) == BATCH:
            store.items.write(batch, how="import")
            batch = []
    store.items.write(batch, how="import")
    store.timeline.write_snapshots([row for row in world.snapshots if row.at <= until])
    store.timeline.write_releases([row for row in world.releases if row.released_at <= until])
    store.timeline.write_context([row for row in world.context if row.at <= until])


def protected_items(world: World, until: datetime, secret: bytes) -> Iterator[Item]:
    """Every version of every item up to `until`, oldest first within an item."""
    edits: dict[str, list[Edit]] = {}
    for edit in world.edits:
        if edit.at <= until:
            edits.setdefault(edit.item_id, []).append(edit)
    removed = {r.item_id: r.at for r in world.removals if r.at <= until}
    for raw in world.items:
        if raw.created_at > until or raw.item_id is None:
            continue
        gone = removed.get(raw.item_id)
        for version in versions(raw, edits.get(raw.item_id, []), until):
            seen = version.updated_at or version.created_at
            item = protect(
                version,
                app=world.app,
                secret=secret,
                seen_at=seen,
                arrived_at=version.created_at,
            )
            yield replace(item, first_seen=raw.created_at, last_seen=gone or until, removed_at=gone)


def versions(raw: RawItem, edits: list[Edit], until: datetime) -> Iterator[RawItem]:
    """The item as first published and after each edit, each with the reply it had by then."""
    ends = [edit.at for edit in edits] + [until]
    current = raw
    for number, end in enumerate(ends):
        if number:
            current = edited(current, edits[number - 1])
        answered = raw.reply_at is not None and raw.reply_at <= end
        yield current if answered else replace(current, reply_text=None, reply_at=None)


def edited(raw: RawItem, edit: Edit) -> RawItem:
    """The item after its author's edit; the reply stays."""
    return replace(
        raw,
        rating=raw.rating if edit.rating is None else edit.rating,
        text=raw.text if edit.text is None else edit.text,
        updated_at=edit.at,
    )
