"""What was forgotten on request, as keyed hashes that keep it out of the store for good.

By id, by author, and by content, because the same review comes with another id by another route
(the owner's interface, a file without authors, Floodgauge's own export). Same content: the same app
and words within a day; of words that strangers write, too ("good app"), and of stars alone, the
same stars in the same second. It is somebody else's where the source is another shop's, where both
authors are known and differ, and where the shop itself lists it under another id.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from collector.privacy import protect
from collector.privacy.masking import mask
from collector.records import Item
from collector.shop_sources import routes_of
from collector.store import schema
from collector.store.database import Database
from collector.store.erasing.quotations import Words, without, words_of
from collector.store.reading import search
from collector.store.renaming import buried_as
from collector.text.post_parts import QUOTED, parts_of

T, B, C, R = schema.items, schema.tombstones, schema.content_tombstones, schema.revisions
LOOKUP = 500
ENOUGH_WORDS = 5  # so many words are one person's; fewer are said by many
MADE_ID = re.compile(r"h[0-9a-f]{32}")  # see privacy.content_id
MASKS = frozenset(
    {"email", "phone", "handle", "number", "name"}
)  # as collector.privacy writes them
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Graves:
    """Marks what is forgotten, and knows it again."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def bury_author(
        self, connection: sa.Connection, author_key: str, app: str | None = None
    ) -> None:
        """app: only what the author writes about this app."""
        scope = () if app is None else (buried_as(connection, app),)
        self._put(connection, [("author", self._hash("author", author_key, *scope))])

    def bury_id(self, connection: sa.Connection, app: str, source: str, item_id: str) -> None:
        """By every route of its shop: they share ids."""
        routes = routes_of(source)
        origin = buried_as(connection, app)
        keys = [self._hash("item", origin, route, item_id) for route in routes]
        self._put(connection, [("item", key) for key in keys])

    def bury_items(self, connection: sa.Connection, where: Sequence[Any]) -> None:
        """By id and by content, with every version and every time that one of them names."""
        rows = connection.execute(sa.select(T).where(*where)).all()
        told: dict[tuple[str, str, str], list[datetime | None]] = {}
        for row in rows:
            own = [row.created_at, row.updated_at, row.written_at, row.arrived_at, row.last_seen]
            told.setdefault((row.app, row.source, row.item_id), []).extend(own)
        for row in rows:
            self.bury_id(connection, row.app, row.source, row.item_id)
            said = [row, *self._before_edits(connection, row)]
            moments = told[row.app, row.source, row.item_id]
            origin = buried_as(connection, row.app)
            said += [_masked_anew(one) for one in said]
            found = {key for one in said for key in self._keys(origin, one, moments, around=1)}
            grave = {
                "source": row.source,
                "author": self._author(row) or "",
                "own_id": not MADE_ID.fullmatch(row.item_id),
                "made_at": self.database.clock(),
            }
            self.database.put_missing(
                connection, C, [{"key": key, **grave} for key in sorted(found)]
            )

    def bury_words(self, connection: sa.Connection, said: Iterable[Words], app: str | None) -> None:
        """Words of posts, so that none that quotes them brings them back; app: into this app."""
        scope = "" if app is None else buried_as(connection, app)
        self._put(connection, [("quoted", self._quoted(scope, words)) for words in sorted(said)])

    def allowed(
        self, connection: sa.Connection, items: Sequence[Item], how: str, known: Iterable[Any]
    ) -> list[Item]:
        """The items that were not forgotten, without their quotations of what was. known: keys of
        those that are stored."""
        left = self._without_quotations(connection, self._without_ids(connection, items))
        if connection.execute(sa.select(C.c.key).limit(1)).first() is None:
            return left
        stored = set(known)
        new = [item for item in left if (item.app, item.source, item.item_id) not in stored]
        origins = {app: buried_as(connection, app) for app in {item.app for item in new}}
        keys = {
            item: set(
                self._keys(origins[item.app], item, [item.created_at, item.updated_at], around=0)
            )
            for item in new
        }
        graves = self._contents(connection, {key for found in keys.values() for key in found})
        gone = {
            item
            for item, found in keys.items()
            if any(
                self._is_same(grave, item, how) for key in found for grave in graves.get(key, ())
            )
        }
        return [item for item in left if item not in gone]

    def _without_ids(self, connection: sa.Connection, items: Sequence[Item]) -> list[Item]:
        if connection.execute(sa.select(B.c.key).limit(1)).first() is None:
            return list(items)
        origins = {app: buried_as(connection, app) for app in {item.app for item in items}}
        graves = {
            item: {
                self._hash("item", origins[item.app], item.source, item.item_id),
                self._hash("author", item.author_key or ""),
                self._hash("author", item.author_key or "", origins[item.app]),
            }
            for item in items
        }
        buried = self._buried(connection, sorted({k for found in graves.values() for k in found}))
        return [item for item in items if not buried & graves[item]]

    def _without_quotations(self, connection: sa.Connection, items: Sequence[Item]) -> list[Item]:
        asked = {
            (item.app, words_of(said))
            for item in items
            if item.text is not None and QUOTED in item.text
            for said in parts_of(item.text).quoted
        }
        scopes = {app: ("", buried_as(connection, app)) for app in {app for app, _ in asked}}
        keys = {
            (app, words): [self._quoted(scope, words) for scope in scopes[app]]
            for app, words in asked
        }
        buried = self._buried(connection, sorted({key for each in keys.values() for key in each}))
        gone: dict[str, set[Words]] = {}
        for (app, words), each in keys.items():
            if not buried.isdisjoint(each):
                gone.setdefault(app, set()).add(words)
        return [
            replace(item, text=without(item.text, gone[item.app].__contains__))
            if item.app in gone
            else item
            for item in items
        ]

    def _quoted(self, scope: str, words: Words) -> str:
        return self._hash("quoted", scope, " ".join(words))

    def _buried(self, connection: sa.Connection, keys: Sequence[str]) -> set[str]:
        buried: set[str] = set()
        for start in range(0, len(keys), LOOKUP):
            query = sa.select(B.c.key).where(B.c.key.in_(keys[start : start + LOOKUP]))
            buried.update(connection.execute(query).scalars())
        return buried

    def _contents(self, connection: sa.Connection, keys: set[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), LOOKUP):
            query = sa.select(C).where(C.c.key.in_(wanted[start : start + LOOKUP]))
            for row in connection.execute(query):
                found.setdefault(row.key, []).append(row)
        return found

    def _is_same(self, grave: Any, item: Item, how: str) -> bool:
        """Whether an item of a forgotten item's content and time is that item."""
        if item.source not in routes_of(grave.source) and _is_a_shop(item) and _is_a_shop(grave):
            return False
        if item.source != grave.source:
            return True
        author = self._author(item)
        if grave.author and author and grave.author != author:
            return False
        return how != "poll" or not grave.own_id

    def _keys(
        self, app: str, said: Any, moments: Iterable[datetime | None], *, around: int
    ) -> Iterator[str]:
        """Hashes of a content at some moments; around: also so many days, or seconds, beside."""
        words = _words(said.text or "")
        alone = _weight(words) >= ENOUGH_WORDS
        words = words if alone else _words(f"{said.title or ''} {said.text or ''}")
        long = alone or _weight(words) >= ENOUGH_WORDS
        if not words and said.rating is None:
            return
        stars = "" if long or said.rating is None else f"{said.rating:.1f}"
        # Without long numbers and masks: what was stored before a mask was better is the same.
        bare = [word for word in words if word not in MASKS and not _masked_now(word)]
        for moment in (m for m in moments if m is not None):
            for step in range(-around, around + 1):
                at = moment.astimezone(UTC) + step * (DAY if long else SECOND)
                when = f"{at:%Y-%m-%d}" if long else f"{at:%Y-%m-%dT%H:%M:%S}"
                yield self._hash("content", app, " ".join(words), stars, when)
                if long and _weight(bare) >= ENOUGH_WORDS:
                    yield self._hash("content", app, " ".join(bare), "bare", when)

    def _before_edits(self, connection: sa.Connection, row: Any) -> Sequence[Any]:
        return connection.execute(sa.select(R).where(R.c.item == row.id)).all()

    def _author(self, item: Any) -> str | None:
        return self._hash("author", item.author_key) if item.author_key else None

    def _hash(self, kind: protect.Forgotten, *parts: str) -> str:
        return protect.tombstone(self.database.secret, kind, *parts)

    def _put(self, connection: sa.Connection, graves: Sequence[tuple[str, str]]) -> None:
        now = self.database.clock()
        rows = [{"key": key, "kind": kind, "made_at": now} for kind, key in graves]
        self.database.put_missing(connection, B, rows)


def _masked_anew(said: Any) -> SimpleNamespace:
    """What a row says as it would be stored today: masks find more than when it came in."""
    return SimpleNamespace(title=mask(said.title), text=mask(said.text), rating=said.rating)


def _masked_now(word: str) -> bool:
    """Whether a word may be a part of a number that is masked today."""
    return word.isdecimal() and len(word) >= 3


def _is_a_shop(row: Any) -> bool:
    """Whether a source is one that Floodgauge reads itself, not a name out of a file."""
    return len(routes_of(row.source)) > 1


def _words(text: str) -> list[str]:
    """The words of a text as they were when the first graves were dug: their hashes hold them."""
    return search.words(text, strokes=True)


def _weight(words: Sequence[str]) -> float:
    """How much is said; a character of a script without spaces is half a word."""
    alone = len(search.MARK) + 8  # four bytes in hexadecimal digits
    return sum(0.5 if w.startswith(search.MARK) and len(w) <= alone else 1.0 for w in words)
