"""What a sight of an item does to the versions of it that the store has.

Each version is a row at its own time and stays as it was first said. What goes with a review and
is none of its words (the reply, votes, the address) is kept on its newest opinion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from collector import record_frames
from collector.records import Item
from collector.store import schema
from collector.store.content_hashes import content_hash, hash_of, text_hash
from collector.store.reading import search
from collector.store.writing.opinions import WITHIN, places
from collector.text.post_parts import own_words, parts
from collector.times import INSTANT

COLUMNS = record_frames.names(Item)
SAID = ("rating", "title", "text", "version")
KEPT_WHEN_MISSING = ("author_key", "country", "lang", "thumbs_up", "url")
COUNTED_BY = frozenset({"counts", "gave_way_at", "written_at", "kind", "country", "lang"})
DERIVED = ("written_at", "rating_before", "counts", "gave_way_at")
PLACES = 10_000  # between two polls


def is_expired(row: Any) -> bool:
    """Whether a stored row lost its texts to retention: its hash is still that of the whole.

    What the platform removed and shows again is read anew.
    """
    no_text = _has_no_text(row) and row.reply_text is None
    return no_text and row.removed_at is None and content_hash(row) != row.content_hash


def _has_no_text(row: Any) -> bool:
    return row.text is None and row.title is None


@dataclass(slots=True)
class Outcome:
    """What is to be written. inserts: new versions. updates: of rows, by id. reworded: those of
    them whose words or reply change. touched: (time, hash of its text) of what reads otherwise now.
    seen: rows that were only seen again: what an item says now, not what it said before."""

    item: Item
    last_seen: datetime
    inserts: list[dict[str, Any]] = field(default_factory=list)
    updates: dict[int, dict[str, Any]] = field(default_factory=dict)
    reworded: list[int] = field(default_factory=list)
    touched: list[tuple[datetime, str | None]] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _Version:
    """One version while its place is looked for: a row of the store, or what is to become one."""

    created_at: datetime
    rating: float | None
    title: str | None
    text: str | None
    text_hash: str | None
    row: Any = None
    new: dict[str, Any] | None = None


def first(item: Item) -> dict[str, Any]:
    """The row of an item that was never seen before."""
    at = said_at(item)
    if at > item.created_at:
        arrived = _arrived_at(item, at)
        item = replace(item, created_at=at, arrived_at=arrived, written_at=item.created_at)
    return values(item) | {"edition": 0, "counts": 1, "gave_way_at": None}


def said_at(item: Item) -> datetime:
    """The time of what an item says now; a post that was touched up stays where it is."""
    if item.kind == "post" or item.updated_at is None:
        return item.created_at
    return max(item.updated_at, item.created_at)


def _arrived_at(item: Item, at: datetime) -> datetime:
    """What is imported counts as known when it was said."""
    return at if item.arrived_at == item.created_at else item.arrived_at


def take(item: Item, rows: Sequence[Any], how: str) -> Outcome:
    """A sight of an item whose versions are known; rows: by time. how: poll or import."""
    out = Outcome(item, max(item.last_seen, *(row.last_seen for row in rows)))
    if how == "import":
        same, at, after = _known_as(item, rows), said_at(item), None
    else:
        same = rows[-1] if says_same(item, rows[-1]) else None
        at, after = _changed_at(item, rows[-1])
    if same is None:
        _add(out, item, rows, at, after, how)
    else:
        _confirm(out, item, rows, same, how)
    if same is not None:
        out.last_seen = max(item.last_seen, same.last_seen)
        if same.id not in out.updates and same.last_seen < out.last_seen:
            out.seen = [same.id]
    return out


def says_same(item: Any, row: Any) -> bool:
    """Whether a row has the words and stars of an item."""
    if _has_no_text(row) and row.text_hash is not None:
        return bool(item.rating == row.rating and text_hash(item) == row.text_hash)
    same = all(getattr(item, n) == getattr(row, n) for n in ("rating", "title"))
    same = same and (item.text == row.text or _are_parts_of_one(item, row))
    return same and (item.version == row.version or None in (item.version, row.version))


def _are_parts_of_one(item: Any, row: Any) -> bool:
    """Whether a post and a row of it differ in no word of the author's: only in the alt texts and
    quoted posts that were shown with it, which not every server and export has."""
    if item.kind != "post" or None in (item.text, row.text):
        return False
    return own_words(item.text) == own_words(row.text)


def placed(rows: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """What the places of an item's versions make of them: changed values by row."""
    versions = [_of_row(row) for row in sorted(rows, key=order)]
    if not versions:
        return {}
    return {
        version.row.id: changed
        for version, derived in zip(versions, _derived(versions), strict=True)
        if (changed := _differing(version.row, derived))
    }


def values(item: Item) -> dict[str, Any]:
    """An item's own columns, and those that follow from its words."""
    return {name: getattr(item, name) for name in COLUMNS} | {
        "content_hash": content_hash(item),
        "text_hash": text_hash(item),
        "search_text": search.search_text(item.title, item.text),
        "text_length": len(item.text or ""),
    }


def revision(row: Any, item: Item, how: str, moment: datetime) -> dict[str, Any]:
    """What a row says until it is changed."""
    names = ("app", "source", "item_id", "rating", "title", "text", "version", "reply_text")
    at = item.reply_at or item.updated_at
    late = at is not None and at > row.created_at
    return {n: getattr(row, n) for n in names} | {
        "item": row.id,
        "replaced_at": at if late else item.last_seen,
        "content_hash": content_hash(row),
        "seen_at": item.last_seen if how == "poll" else None,
        "text_hash": row.text_hash,
        "stored_at": moment,
    }


def _known_as(item: Item, rows: Sequence[Any]) -> Any:
    """The version that an imported row is, by its words and its time."""
    at = said_at(item)
    before = [row for row in rows if row.created_at <= at]
    then = [row for row in before if row.created_at == at] or before[-1:]
    later = rows[len(before) :]
    then += [row for row in before if row.updated_at is not None and row.updated_at >= at]
    found = next((row for row in then if says_same(item, row)), None)
    if found is not None or not later:
        return found
    back = bool(before) and before[-1].updated_at is not None and before[-1].updated_at > at
    if says_same(item, later[0]) and (not before or (item.updated_at is not None and not back)):
        return later[0]  # unless what was said before was said again in between
    if before and item.updated_at is None:  # the time of publication beside what it says today
        return next((row for row in later if says_same(item, row)), None)
    return None


def _changed_at(item: Item, last: Any) -> tuple[datetime, datetime | None]:
    """When a poll's version was said, and the poll before, where the source does not tell.

    Then the moments of many spread evenly between the two polls, each always at the same place.
    """
    told = [m for m in (item.created_at, item.updated_at) if m is not None]
    if max(told) > last.created_at:
        return max(told), None
    earliest = max(last.last_seen, last.created_at)
    if earliest >= item.last_seen:
        return max(item.last_seen, last.created_at + INSTANT), None
    place = int(hash_of(f"{item.source}\x1f{item.item_id}")[:8], 16) % PLACES + 1
    return earliest + (item.last_seen - earliest) * place / PLACES, earliest


def _add(
    out: Outcome, item: Item, rows: Sequence[Any], at: datetime, after: datetime | None, how: str
) -> None:
    """A version that the store did not have."""
    earlier = [row for row in rows if row.created_at <= at]
    this = replace(
        item,
        created_at=at,
        changed_after=after,
        arrived_at=_arrived_at(item, at),
        updated_at=at if earlier else item.updated_at,
        **{n: getattr(rows[-1], n) for n in KEPT_WHEN_MISSING if getattr(item, n) is None},
    )
    new = [this]
    last = earlier[-1] if earlier else None
    if how == "import" and last is not None and last.updated_at and last.updated_at > at:
        # Its words were there before and after: after this version they are said again.
        back = last.updated_at
        new.append(replace(_item(last), created_at=back, arrived_at=back, updated_at=back))
        _set(out, last, {"updated_at": None})
    _insert(out, new, rows)
    if at >= rows[-1].created_at and not out.inserts[-1]["counts"]:
        _go_with_opinion(out, item, rows, how)
    for row in rows:
        _set(out, row, _differing(row, {"removed_at": item.removed_at}))
    out.changed = True


def _go_with_opinion(out: Outcome, item: Item, rows: Sequence[Any], how: str) -> None:
    """What goes with the review, of a newer wording that is no opinion of its own."""
    counted = [row for row in rows if out.updates.get(row.id, {}).get("counts", row.counts)]
    for row in counted[-1:]:
        _set(out, row, _beside(item, row, how, rows, None))


def _insert(out: Outcome, new: Sequence[Item], rows: Sequence[Any]) -> None:
    made = [values(item) for item in new]
    edition = max(row.edition for row in rows) + 1
    versions = [*map(_of_row, rows), *(_new_version(one) for one in made)]
    versions.sort(key=lambda version: version.created_at)
    for version, derived in zip(versions, _derived(versions), strict=True):
        if version.new is None:
            _set(out, version.row, _differing(version.row, derived))
            continue
        written = min(derived["written_at"] or version.created_at, out.item.created_at)
        derived["written_at"] = written if written < version.created_at else None
        derived |= {"edition": edition + len(out.inserts), "last_seen": out.last_seen}
        out.inserts.append(version.new | derived)
        out.touched.append((version.created_at, version.text_hash))


def _confirm(out: Outcome, item: Item, rows: Sequence[Any], same: Any, how: str) -> None:
    """A version seen again: what goes with it may be another."""
    base = next((row for row in reversed(rows) if row.counts), same)
    for row in {same.id: same, base.id: base}.values() if same is rows[-1] else [same]:
        if is_expired(row) and content_hash(item) == row.content_hash:
            continue
        _set(out, row, _beside(item, row, how, rows, same))
    for row in rows:
        _set(out, row, _differing(row, {"removed_at": item.removed_at}))
    moved = out.updates.get(same.id, {}).get("created_at")
    if moved is not None:
        versions = [
            replace(_of_row(row), created_at=moved) if row is same else _of_row(row) for row in rows
        ]
        for version, derived in zip(versions, _derived(versions), strict=True):
            _set(out, version.row, _differing(version.row, derived))


def _beside(
    item: Item, row: Any, how: str, rows: Sequence[Any], same: Any | None
) -> dict[str, Any]:
    """What a sight says beside the words, where it is another than the row's; and the words, where
    they were taken out and are read anew."""
    lost = _has_no_text(row) and row.text_hash is not None
    found = {n: getattr(item, n) for n in KEPT_WHEN_MISSING if getattr(item, n) is not None}
    found["kind"] = item.kind
    for name in ("version", "rating_given"):
        if getattr(row, name) is None:
            found[name] = getattr(item, name)
    if lost and row is not same:
        return {}  # of an earlier wording: nothing comes back with what retention took
    if row is same and _shows_more(item, row):
        found["text"] = item.text
    if lost:
        found |= {name: getattr(item, name) for name in SAID}
    if how == "poll" or _is_newer_reply(item, row):
        found |= {"reply_text": item.reply_text, "reply_at": item.reply_at}
    found["first_seen"] = min(item.first_seen, row.first_seen)
    return _differing(row, found | (_times(item, row, rows, how) if row is same else {}))


def _shows_more(item: Item, row: Any) -> bool:
    """Whether a post is shown with more pictures and quoted posts than were stored of it."""
    return _are_parts_of_one(item, row) and parts(item.text) > parts(row.text)


def _times(item: Item, row: Any, rows: Sequence[Any], how: str) -> dict[str, datetime]:
    """When a version was said, and until when at least it stood, where an import tells more."""
    at, place = said_at(item), rows.index(row)
    found: dict[str, datetime] = {}
    told = item.updated_at is not None or (place == 0 and row.written_at is None)
    earlier = told and at < row.created_at and (place == 0 or rows[place - 1].created_at < at)
    arrived = max(_arrived_at(item, at), at if earlier else row.created_at)
    if arrived < row.arrived_at and (at <= row.created_at or how == "poll"):
        found["arrived_at"] = arrived
    if item.updated_at is not None and (row.updated_at is None or item.updated_at > row.updated_at):
        found["updated_at"] = item.updated_at
    if at - row.created_at >= WITHIN and (row.updated_at is None or at > row.updated_at):
        return found | {"updated_at": at}
    if earlier:
        found["created_at"] = at
        if row.created_at - at >= WITHIN and row.updated_at is None:
            found["updated_at"] = row.created_at
    return found


def _is_newer_reply(item: Item, row: Any) -> bool:
    if item.reply_text is None:
        return False
    if row.reply_text is None:
        return not is_expired(row)
    return None not in (item.reply_at, row.reply_at) and item.reply_at > row.reply_at


def _set(out: Outcome, row: Any, changes: Mapping[str, Any]) -> None:
    """Notes new values of a row."""
    if not changes:
        return
    known = out.updates.setdefault(row.id, {})
    known.update(changes)
    if not {*SAID, "reply_text"}.isdisjoint(changes):
        whole = replace(_item(row), **{n: v for n, v in known.items() if n in COLUMNS})
        own = values(whole)
        restored = text_hash(whole) if not _has_no_text(whole) else row.text_hash
        known |= {n: own[n] for n in ("content_hash", "search_text", "text_length")}
        known["text_hash"] = restored
        out.reworded.append(row.id)
        out.changed = True
        out.touched.append((row.created_at, restored))
    moved = changes.get("created_at")
    if moved is not None:
        out.touched += [(row.created_at, row.text_hash), (moved, row.text_hash)]
    if not COUNTED_BY.isdisjoint(changes):
        out.touched.append((row.created_at, row.text_hash))


def _derived(versions: Sequence[_Version]) -> list[dict[str, Any]]:
    """What follows from the places of an item's versions."""
    began = versions[0].created_at
    if versions[0].row is not None and versions[0].row.written_at is not None:
        began = min(began, versions[0].row.written_at)
    return [
        {f.name: getattr(place, f.name) for f in fields(place)}
        | {"written_at": began if began < version.created_at else None}
        for version, place in zip(versions, places(versions), strict=True)
    ]


def _differing(row: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def _of_row(row: Any) -> _Version:
    return _Version(row.created_at, row.rating, row.title, row.text, row.text_hash, row)


def _new_version(made: dict[str, Any]) -> _Version:
    at, rating = made["created_at"], made["rating"]
    return _Version(at, rating, made["title"], made["text"], made["text_hash"], new=made)


def _item(row: Any) -> Item:
    return Item(**{name: getattr(row, name) for name in COLUMNS})


def order(row: Any) -> tuple[datetime, int]:
    return row.created_at, row.id


assert set(DERIVED) <= set(schema.PAST)  # noqa: S101
