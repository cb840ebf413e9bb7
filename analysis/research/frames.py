"""Typed, documented frames for researchers; the same store and arguments give the same frame.

`store` everywhere: an open Store, an address, or None for the default store. Times everywhere: a
datetime, a pandas Timestamp or ISO 8601 text; without a zone they are UTC.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.decisions import Decision, decisions
from analysis.incidents.stored import document, stored_incidents
from analysis.records import Incident
from analysis.research import snapshots
from analysis.research.filters import Filters, Wanted, filters_of
from analysis.research.item_parts import ItemFrames, own_keys, rekeyed
from analysis.research.made_with import made_with
from analysis.scored_items import ItemVersion, ScoredItem, SeriesHour
from analysis.trends.bins import BinLength, chosen_length, known_span, length_for
from analysis.trends.load import chosen_by, trends
from analysis.trends.points import AppTrendPoint
from analysis.trends.seen import Sight
from analysis.words.catalogue import english
from analysis.words.documents import name_of, told_incident
from analysis.words.run_ends import told
from collector import record_frames
from collector.errors import ContractError
from collector.records import RunReport
from collector.store import Store, open_store

Moment = datetime | str | None


def load_items(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    as_of: Moment = None,
    snapshot: str | None = None,
    author_keys: bytes | None = None,
    versions: bool = False,
    source: Wanted = None,
    lang: Wanted = None,
    country: Wanted = None,
) -> pd.DataFrame:
    """Items with their sentiment, by app and time; columns of ScoredItem.

    A review that was changed in substance has a row for each opinion, at its own time, so that a
    span of the past stays what it was. versions: every version that is kept, columns of
    ItemVersion, without an id.

    since inclusive, until exclusive, in UTC. as_of: the state at that moment as published, nothing
    later. `frame.attrs["snapshot"]` names the frame for good, but for one as of a moment.
    snapshot: such an id; gives the same rows again, whatever came later, with last_seen left at
    first_seen. Raises SnapshotChanged where rows have been forgotten or purged since.
    source, lang, country: one or several; en has en-US, too. The id stays that of the whole, and
    `frame.attrs["floodgauge"]` says what was chosen of it.
    author_key is missing unless `author_keys` gives a key of at least 16 bytes for this frame: the
    stored keys are hashed again with it, so that frames made with different keys cannot be joined;
    a store that is opened without its deployment's secret withholds them.
    Raises ContractError for an unknown app or snapshot.

    >>> import floodgauge as fg
    >>> items = fg.load_items("my-app", store="reviews.db")
    >>> len(items), float(items["rating"].mean())
    (10, 3.0)
    """
    _check_keys(author_keys)
    chosen = filters_of(source, lang, country)
    start, end, seen_at = *span_of(since, until), utc("as_of", as_of)
    if as_of is None:
        with opened_store(store) as opened:
            frames = item_frames(
                app,
                store=opened,
                since=since,
                until=until,
                snapshot=snapshot,
                author_keys=author_keys,
                versions=versions,
                filters=chosen,
            )
            parts = list(frames)
        empty = record_frames.empty_frame(frames.record)
        frame = pd.concat(parts, ignore_index=True) if parts else empty
        frame.attrs["snapshot"] = frames.snapshot()
        frame.attrs["floodgauge"] = made_with({"since": start, "until": end, **chosen.plain()})
        return frame
    if versions:
        raise ContractError("versions: a state as of a moment has one of each; leave as_of out")
    if snapshot is not None:
        raise ContractError("snapshot: an id names its frame alone; leave as_of out")

    def read(opened: Store, key: str) -> pd.DataFrame:
        frame = opened.items.frame(key, since=start, until=end, as_of=seen_at, record=ScoredItem)
        frame["author_key"] = rekeyed(frame["author_key"], own_keys(opened, author_keys))
        return chosen.of(frame)

    return per_app(ScoredItem, app, store, read)


def item_frames(
    app: str | None = None,
    *,
    store: Store,
    since: Moment = None,
    until: Moment = None,
    snapshot: str | None = None,
    author_keys: bytes | None = None,
    versions: bool = False,
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> ItemFrames:
    """The rows of `load_items` in parts, for stores that do not fit into memory."""
    _check_keys(author_keys)
    start, end = span_of(since, until)
    if snapshot is None:
        record = ItemVersion if versions else ScoredItem
        readings = [snapshots.taken(store, key, start, end, record) for key in _apps(store, app)]
        return ItemFrames(store, readings, author_keys, record, filters)
    if versions:
        raise ContractError("snapshot: an id names a frame of opinions; leave versions out")
    wanted = snapshots.parse(snapshot)
    if since is not None or until is not None:
        raise ContractError("snapshot: an id names its span; leave since and until out")
    for one in wanted:
        _apps(store, one.app)
        if app is not None and one.app != app:
            raise ContractError(f"snapshot: {one} is of another app than {app!r}")
    again = [snapshots.again(store, one) for one in wanted]
    return ItemFrames(store, again, author_keys, filters=filters)


def load_series(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    source: Wanted = None,
) -> pd.DataFrame:
    """Hourly counts by source, kind and star class; columns of SeriesHour.

    An hour without items has no row.

    >>> import floodgauge as fg
    >>> fg.load_series("my-app", store="reviews.db")["items"].sum().item()
    10
    """
    start, end = span_of(since, until)
    found = per_app(
        SeriesHour,
        app,
        store,
        lambda opened, key: opened.hourly.frame(key, SeriesHour, since=start, until=end),
    )
    return filters_of(source).of(found)


def load_incidents(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
) -> pd.DataFrame:
    """Incidents by onset; columns of Incident, nested ones as JSON text.

    >>> import floodgauge as fg
    >>> fg.load_incidents("my-app", store="reviews.db")["id"].to_list()
    []
    """
    start, end = span_of(since, until)

    def read(opened: Store, key: str) -> pd.DataFrame:
        name, stored = name_of(opened, key), reversed(stored_incidents(opened, key))
        documents = [document(told_incident(one, name, english())) for one in stored]
        rows = [list(one.values()) for one in documents]
        return between(record_frames.frame_from_rows(Incident, rows), "onset_at", start, end)

    return per_app(Incident, app, store, read)


def load_trends(
    app: str,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    bin: BinLength | None = None,  # noqa: A002
    by: str | None = None,
    zone: str = "UTC",
    now: Moment = None,
) -> pd.DataFrame:
    """What the page Trends draws: a row a bin and series; columns of TrendPoint.

    since inclusive, until exclusive, moved out to full hours; without them from the first item to
    the last moment that the reviews are known of. bin: hour, day, week or month of the zone's
    clock; chosen by the span where it is not given. by: source, country, lang, version or reason:
    the panels reviews, stars and sentiment for each value of it, which stands in front (missing:
    unknown). Each opinion of a review counts at its own time; a bin that nobody looked at is
    missing; one of fewer than five has its count and no mean. now: the newest data to look at.
    Of spans with more than 4,000 texts, posts or replies an even part is read:
    `frame.attrs["every"]` says of which panels each so-many-th; counts are multiplied by it, items
    is what was read.
    Raises ContractError for an unknown app, bin, `by`, zone or span.

    >>> import floodgauge as fg
    >>> trends = fg.load_trends("my-app", store="reviews.db", bin="month")
    >>> len(trends) > 0
    True
    """
    start, end = span_of(since, until)
    with opened_store(store) as opened:
        _apps(opened, app)
        moment = utc("now", now) or opened.database.clock()
        span = known_span(opened, app, start, end, moment)
        found = trends(
            opened,
            app,
            span,
            chosen_length(bin) or length_for(span),
            sight=Sight(opened, app, moment),
            by=chosen_by(by),
            zone=_zone(zone),
        )
    frame = found.frame
    frame.attrs["every"] = {str(panel): every for panel, every in found.every.items() if every > 1}
    return frame


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder of zones is an OSError
        raise ContractError(f"zone: {name!r} is not a time zone, like Europe/Berlin") from None


def app_trends(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
) -> pd.DataFrame:
    """The same of one app or of all, with the app's key in front; columns of AppTrendPoint."""
    start, end = span_of(since, until)

    def read(opened: Store, key: str) -> pd.DataFrame:
        frame = load_trends(key, store=opened, since=start, until=end)
        return frame.assign(app=pd.Series(key, index=frame.index, dtype="str"))[
            record_frames.names(AppTrendPoint)
        ]

    return per_app(AppTrendPoint, app, store, read)


def load_runs(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    source: Wanted = None,
) -> pd.DataFrame:
    """Runs of the collectors by start; columns of RunReport.

    >>> import floodgauge as fg
    >>> len(fg.load_runs("my-app", store="reviews.db"))
    0
    """
    start, end = span_of(since, until)
    found = per_app(
        RunReport,
        app,
        store,
        lambda opened, key: _told(between(opened.runs.frame(key), "started_at", start, end)),
    )
    return filters_of(source).of(found)


def load_labels(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
) -> pd.DataFrame:
    """What people decided about incidents, by time; columns of Decision.

    >>> import floodgauge as fg
    >>> len(fg.load_labels("my-app", store="reviews.db"))
    0
    """
    start, end = span_of(since, until)

    def read(opened: Store, key: str) -> pd.DataFrame:
        said = decisions(opened.decisions.frame(key))
        return between(record_frames.to_frame(Decision, said), "made_at", start, end)

    return per_app(Decision, app, store, read)


def per_app(
    record: type,
    app: str | None,
    store: Store | str | None,
    read: Callable[[Store, str], pd.DataFrame],
) -> pd.DataFrame:
    with opened_store(store) as opened:
        parts = [read(opened, key) for key in _apps(opened, app)]
    filled = [part for part in parts if not part.empty]
    frame = pd.concat(filled, ignore_index=True) if filled else record_frames.empty_frame(record)
    return record_frames.check_frame(record, frame)


def _told(runs: pd.DataFrame) -> pd.DataFrame:
    """Runs with why each ended in words."""
    said = [told(text, english()) for text in runs["stop_reason"]]
    return runs.assign(stop_reason=pd.Series(said, dtype="str", index=runs.index))


def _apps(store: Store, app: str | None) -> list[str]:
    known = store.apps.keys()
    if app is None:
        return known
    if app not in known:
        listed = ", ".join(known) or "none; import or collect something first"
        raise ContractError(f"no app {app!r} in the store; there is: {listed}")
    return [app]


def one_app(store: Store, app: str) -> str:
    """An app that the store has. Raises ContractError."""
    (key,) = _apps(store, app)
    return key


def _check_keys(author_keys: bytes | None) -> None:
    if author_keys is not None and len(author_keys) < 16:
        raise ContractError("author_keys: give at least 16 random bytes, or none")


@contextmanager
def opened_store(store: Store | str | None) -> Iterator[Store]:
    """The store of an argument, closed afterwards where it was opened here."""
    if isinstance(store, Store):
        yield store
        return
    with open_store(store, create=False, reading=True) as opened:
        yield opened


def span_of(since: Moment, until: Moment) -> tuple[datetime | None, datetime | None]:
    return utc("since", since), utc("until", until)


def utc(name: str, given: Moment) -> datetime | None:
    """A moment in UTC; without a zone it is UTC already. Raises ContractError for no time."""
    if given is None:
        return None
    try:
        moment = pd.Timestamp(datetime.fromisoformat(given) if isinstance(given, str) else given)
    except (TypeError, ValueError):
        raise ContractError(
            f"{name}: {given!r} is not a time; write it like 2020-05-31T05:48:00Z"
        ) from None
    if pd.isna(moment):
        raise ContractError(f"{name}: a missing time; leave it out")
    aware = moment.tz_localize(UTC) if moment.tzinfo is None else moment.tz_convert(UTC)
    return aware.to_pydatetime(warn=False)


def between(
    frame: pd.DataFrame, column: str, since: datetime | None, until: datetime | None
) -> pd.DataFrame:
    if since is not None:
        frame = frame[frame[column] >= pd.Timestamp(since)]
    if until is not None:
        frame = frame[frame[column] < pd.Timestamp(until)]
    return frame.reset_index(drop=True)
