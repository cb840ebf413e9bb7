"""Frames of what happened around the reviews: the stores' totals, releases, headlines, edits."""

from collections.abc import Callable

import pandas as pd

from analysis.research.filters import Wanted, filters_of
from analysis.research.frames import Moment, between, load_items, per_app, span_of
from collector.records import ContextEvent, RatingSnapshot, Release
from collector.store import Store


def load_ratings(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    source: Wanted = None,
    country: Wanted = None,
) -> pd.DataFrame:
    """The stores' own averages and counts of stars as polls saw them; columns of RatingSnapshot.

    They hold the ratings that carry no text, which no other frame has. since inclusive, until
    exclusive, of the poll. source, country: one or several. Raises ContractError for an unknown
    app.

    >>> import floodgauge as fg
    >>> fg.load_ratings("my-app", store="reviews.db")[["source", "average", "count"]]
            source  average  count
    0  google_play      4.2   1200
    """
    found = _timed(RatingSnapshot, "at", lambda s, key: s.timeline.snapshots(key))
    return filters_of(source, None, country).of(found(app, store, since, until))


def load_releases(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    source: Wanted = None,
) -> pd.DataFrame:
    """Versions of the app with the time of their release; columns of Release.

    since inclusive, until exclusive, of the release. Raises ContractError for an unknown app.

    >>> import floodgauge as fg
    >>> fg.load_releases("my-app", store="reviews.db")["version"].to_list()
    ['2.0']
    """
    found = _timed(Release, "released_at", lambda s, key: s.timeline.releases(key))
    return filters_of(source).of(found(app, store, since, until))


def load_timeline(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    source: Wanted = None,
) -> pd.DataFrame:
    """News and statements around the app: headlines with their addresses; columns of ContextEvent.

    since inclusive, until exclusive, of publication. Raises ContractError for an unknown app.

    >>> import floodgauge as fg
    >>> fg.load_timeline("my-app", store="reviews.db")["title"].to_list()
    ['City app updated']
    """
    found = _timed(ContextEvent, "at", lambda s, key: s.timeline.context(key))
    return filters_of(source).of(found(app, store, since, until))


def load_versions(
    app: str | None = None,
    *,
    store: Store | str | None = None,
    since: Moment = None,
    until: Moment = None,
    source: Wanted = None,
    lang: Wanted = None,
    country: Wanted = None,
) -> pd.DataFrame:
    """Every kept version of every item, corrected words too; columns of ItemVersion.

    The same as load_items with versions=True. Raises ContractError for an unknown app.

    >>> import floodgauge as fg
    >>> fg.load_versions("my-app", store="reviews.db")["counts"].sum().item()
    10
    """
    return load_items(
        app,
        store=store,
        since=since,
        until=until,
        versions=True,
        source=source,
        lang=lang,
        country=country,
    )


Loader = Callable[[str | None, Store | str | None, Moment, Moment], pd.DataFrame]


def _timed(record: type, column: str, read: Callable[[Store, str], pd.DataFrame]) -> Loader:
    """What reads an app's or all apps' rows of a span."""

    def load(
        app: str | None, store: Store | str | None, since: Moment, until: Moment
    ) -> pd.DataFrame:
        start, end = span_of(since, until)
        return per_app(record, app, store, lambda s, key: between(read(s, key), column, start, end))

    return load
