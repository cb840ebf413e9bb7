"""The same review by two routes: known by text and time within an app, whatever its id.

A scraper's dump and the owner's export give one review two ids, and its time in another zone or
with the day alone, or cut to seconds or minutes. Short texts are many people's; they are only the
same at the same second.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from collector.records import Item
from collector.store import Store
from collector.store.content_hashes import text_hash
from collector.store.records import SameText

LONG_TEXT = 20
"""Characters from which a text is somebody's own."""
FARTHEST_ZONE = timedelta(hours=14)
QUARTER = timedelta(minutes=15)
MILLISECOND, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
NO_SHOP = "file"


class OtherRoutes:
    """What the store had before an import began, which was at `now`."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now = store, now
        self.apps = set(store.apps.keys())

    def new(self, batch: Sequence[Item]) -> tuple[list[Item], int]:
        """The items to write, and how many are in the store by another route. Of these only those
        are written that say more: stars that the store does not have, under the id that it has."""
        wanted = [item for item in batch if item.app in self.apps]
        if not wanted:
            return list(batch), 0
        known: dict[str, Mapping[str, list[SameText]]] = {
            app: self.store.items.of_texts(app, _hashes(i for i in wanted if i.app == app))
            for app in {item.app for item in wanted}
        }
        kept: list[Item] = []
        left_out = 0
        for item in batch:
            row = self._known(item, known.get(item.app, {}))
            if row is None:
                kept.append(item)
            elif row.rating is None and item.rating is not None:
                kept.append(replace(item, source=row.source, item_id=row.item_id))
            left_out += row is not None
        return kept, left_out

    def _known(self, item: Item, known: Mapping[str, list[SameText]]) -> SameText | None:
        """The item of the store that this one is, under another id."""
        rows = known.get(text_hash(item) or "", [])
        if any((row.source, row.item_id) == (item.source, item.item_id) for row in rows):
            return None  # by the same route
        same = (row for row in rows if row.first_seen < self.now and is_same(item, row))
        return next(same, None)


def is_same(item: Item, row: SameText) -> bool:
    """Whether an item is one that the store has under another id, both with the same text."""
    shops = {item.source, row.source} - {NO_SHOP}
    if item.kind != row.kind or len(shops) > 1:
        return False
    if item.rating is not None and row.rating is not None and item.rating != row.rating:
        return False
    apart = abs(item.created_at - row.created_at)
    if apart < _resolution(item, row, coarsest=SECOND):
        return _has_time(item) or _is_long(item)
    return _is_long(item) and (_one_day(item, row) or _one_zone(item, row, apart))


def _resolution(item: Item, row: SameText, coarsest: timedelta) -> timedelta:
    """To what the coarser of two times is told: one route cuts or rounds what another tells."""
    found = timedelta(microseconds=1)
    for step in (MILLISECOND, SECOND, MINUTE):
        if step <= coarsest and any(_is_whole(one.created_at, step) for one in (item, row)):
            found = step
    return found


def _is_whole(moment: datetime, step: timedelta) -> bool:
    return (
        not timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
        % step
    )


def _one_zone(item: Item, row: SameText, apart: timedelta) -> bool:
    """Whether two times differ by no more than their zones, and by what one of them leaves out."""
    off = apart % QUARTER
    told = _resolution(item, row, coarsest=MINUTE)
    return apart <= FARTHEST_ZONE + MINUTE and min(off, QUARTER - off) < told


def _one_day(item: Item, row: SameText) -> bool:
    """Whether one of two times is a day alone, and the other within it."""
    days_alone = not (_has_time(item) and _has_time(row))
    return days_alone and item.created_at.date() == row.created_at.date()


def _has_time(item: Item | SameText) -> bool:
    at = item.created_at
    return bool(at.hour or at.minute or at.second or at.microsecond)


def _is_long(item: Item) -> bool:
    return len(item.text or item.title or "") >= LONG_TEXT


def _hashes(items: Iterable[Item]) -> list[str]:
    return sorted({hashed for item in items if (hashed := text_hash(item)) is not None})
