"""Every read of the pages, kept until the store changes; nothing computes what the store knows."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from analysis import series
from analysis.app_state.situation import (
    Situation,
    assess,
    compared,
    moment_of,
    whole_hour,
    without_items,
)
from analysis.app_state.standing import Standing, Standings
from analysis.decisions import Decision, accepted_level, readable
from analysis.decisions import decisions as as_written
from analysis.decisions import groupings as groupings_of
from analysis.incidents import removals, was_watched
from analysis.incidents.impact import Impact
from analysis.incidents.stored import listed_incidents, stored_alarms, stored_incident
from analysis.incidents.stored_impact import incident_impact
from analysis.records import Alarm, Incident
from analysis.research.export import LOADERS, RECORDS, What, write_frames
from analysis.research.frames import item_frames
from analysis.scored_items import ScoredItem
from analysis.sentiment.run import expected_stars, explain
from analysis.swings.slow_change import SlowChange
from analysis.swings.slow_change import find as find_slow_change
from collector.errors import ConfigError
from collector.records import ImportSample
from collector.settings.config import Settings, load_settings
from collector.store import Store, open_store
from collector.store.analysis_state.last_analysis import FailedAnalysis
from collector.store.apps import App
from collector.store.incidents.deliveries import Failing
from collector.store.reading.item_order import Place
from collector.store.reading.item_reads import ItemPage
from collector.store.reading.paging import Count
from collector.store.records import ChangedReviews, ItemFilter, Sort
from collector.times import to_us
from dashboard.collection import coverage as collecting
from dashboard.incident.around import Around, around
from dashboard.incident.at_a_glance import NOTHING, Glance
from dashboard.incident.at_a_glance import glance as count_glance
from dashboard.trust import alarm_record
from dashboard.trust.alarm_record import Record, by_app

STORE_VARIABLE = "FLOODGAUGE_STORE"
KEPT_S, MOST_KEPT = 3_600, 100
LOOK_BACK_DAYS = 60
DAY = timedelta(days=1)
FILTER_COLUMNS = ("source", "version", "country", "lang")
KEYS: dict[Any, Any] = {Store: lambda store: (store.database.url, store.changes.stamp())}
P = ParamSpec("P")
R = TypeVar("R")


def cached(seconds: int = KEPT_S) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps answers by the other arguments until somebody writes to the store, or for so long."""
    keep: Callable[[Callable[P, R]], Callable[P, R]] = st.cache_data(
        ttl=seconds, max_entries=MOST_KEPT, show_spinner=False, hash_funcs=KEYS
    )
    return keep


def store() -> Store:
    """The store that the environment names, else the user's own. Raises StoreError."""
    return _opened(os.environ.get(STORE_VARIABLE) or None)


def now() -> datetime:
    """This minute; a minute's reads share their cache."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


@st.cache_resource(show_spinner=False)
def _opened(url: str | None) -> Store:
    return open_store(url)


@cached()
def score_words(store: Store, text: str, lang: str | None, engine: str) -> list[tuple[str, float]]:
    """The words that made a sentiment score, the weightiest first."""
    found = explain(text, lang, engine=engine, store=store)
    return sorted(found, key=lambda pair: -abs(pair[1]))


@cached()
def stars_of_score(store: Store, score: float, engine: str) -> float | None:
    """The stars that texts of a score get in the app whose model gave it; None without a model."""
    return expected_stars(score, engine, store)


@cached()
def apps(store: Store) -> list[App]:
    """All apps by key."""
    return store.apps.all()


@cached()
def situations(store: Store, now: datetime) -> list[Situation]:
    """How each app stands."""
    runs, waiting = store.runs.latest(), store.hourly.waiting()
    listed = by_app(listed_incidents(store))
    polled, standings = dict(list(runs.groupby("app"))), Standings(store)
    failed = store.analyses.failed()
    return [
        _situation(
            store,
            app,
            now,
            polled.get(app.key, runs.iloc[:0]),
            listed[app.key],
            waiting.get(app.key, 0),
            standings.of(app.key, now),
            failed.get(app.key),
        )
        for app in store.apps.all()
    ]


def _situation(
    store: Store,
    app: App,
    now: datetime,
    runs: pd.DataFrame,
    listed: list[Incident],
    waiting_hours: int,
    standing: Standing,
    failed: FailedAnalysis | None,
) -> Situation:
    span = store.items.span(app.key)
    if span is None:
        return without_items(app, runs)
    as_of = moment_of(app, now, span[1], runs)[0]
    hours = series.daily_counts(store, app.key, end=whole_hour(as_of), days=LOOK_BACK_DAYS)
    known = series.observed_until(store, app.key, as_of)
    unknown = [to_us(known), to_us(whole_hour(as_of))]
    stars = [store.timeline.last_snapshots(app.key, at, ("average",)) for at in compared(as_of)]
    return assess(
        app,
        now=now,
        hours=hours,
        span=span,
        sources=tuple(sorted(hours["source"].unique())),
        incidents=[was_watched.as_seen(store, one, now) for one in listed],
        runs=runs,
        snapshots=pd.concat(stars, ignore_index=True),
        missing=np.vstack([series.coverage_so_far(store, app.key).gaps, unknown]),
        waiting_hours=waiting_hours,
        failed=failed,
        standing=standing,
        last_day_changed=store.changed_opinions.between(
            app.key, whole_hour(as_of) - DAY, whole_hour(as_of)
        ),
        removals=tuple(wave.removal for wave in removals.waves(store, app.key, now)),
        slow=_slow(
            store,
            app.key,
            as_of.replace(hour=0, minute=0, second=0, microsecond=0),
            accepted_level(as_written(store.decisions.frame(app.key))),
            listed,
        ),
    )


@st.cache_data(ttl=KEPT_S, show_spinner=False, hash_funcs={Store: lambda store: store.database.url})
def _slow(
    store: Store,
    app: str,
    midnight: datetime,
    accepted: datetime | None,
    _listed: list[Incident],
) -> SlowChange | None:
    """A slow change; a matter of weeks, so it outlives what is written to the store."""
    swings = [(one.onset_at, one.ended_at or midnight) for one in _listed]
    return find_slow_change(store, app, midnight, swings, accepted)


@cached()
def incidents(store: Store, app: str | None = None) -> list[Incident]:
    """What lists show of the incidents (without evidence, phrases and summary), newest first."""
    return listed_incidents(store, app)


@cached()
def incident(store: Store, incident_id: str) -> Incident | None:
    """One incident with all that it has."""
    return stored_incident(store, incident_id)


@cached()
def as_seen(store: Store, incident: Incident, now: datetime) -> Incident:
    """It as it is to be read now; see analysis.incidents.was_watched."""
    return was_watched.as_seen(store, incident, now)


@cached()
def alarms(store: Store, app: str) -> list[Alarm]:
    """The app's alarm log, oldest first."""
    return stored_alarms(store, app)


@cached()
def hours(store: Store, app: str, since: datetime, until: datetime) -> pd.DataFrame:
    """Hourly counts of all sources by kind and class of stars; columns of SeriesHour."""
    return series.class_counts(store, app, since=since, until=until)


@cached()
def coverage(store: Store, app: str) -> series.Missed:
    """What the polls could not see, up to now."""
    return series.coverage_so_far(store, app)


@cached()
def last_known(store: Store, app: str, now: datetime) -> datetime:
    """The last moment that the reviews are known of."""
    return series.observed_until(store, app, now)


@cached()
def surroundings(store: Store, app: str, since: datetime, until: datetime) -> Around:
    """Releases, news and statements, removals, and people's decisions in a span."""
    return around(store, app, since, until)


@cached()
def items(store: Store, wanted: ItemFilter, sort: Sort, limit: int, place: str) -> ItemPage:
    """One page of items from a place on; columns of ScoredItem."""
    start = Place.parse(place)
    return store.items.page(wanted, sort=sort, limit=limit, place=start, record=ScoredItem)


@cached()
def today(store: Store, app: str, item_ids: tuple[str, ...]) -> dict[tuple[str, str], pd.Series]:
    """What these items say today, by source and id."""
    every = store.items.versions(app, item_ids)
    last = every.drop_duplicates(["source", "item_id"], keep="last")
    return {(row["source"], row["item_id"]): row for _, row in last.iterrows()}


@cached()
def item_count(store: Store, wanted: ItemFilter) -> Count:
    """How many items a filter matches; all items of an app are counted in its hours already."""
    if len(wanted.apps) == 1 and wanted == ItemFilter(apps=wanted.apps):
        app = wanted.apps[0]
        if not len(store.hourly.dirty(app).hours):
            return Count(store.hourly.total(app), exact=True)
    return store.items.count(wanted)


@cached()
def changed_count(store: Store, wanted: ItemFilter) -> ChangedReviews:
    """How many of the items that a filter matches are changed opinions."""
    return store.changed_opinions.count(wanted)


@cached()
def changed_opinions(store: Store, app: str, since: datetime, until: datetime) -> pd.DataFrame:
    """The changed opinions of a span: created_at, rating, rating_before."""
    return store.changed_opinions.frame(app, since=since, until=until)


@cached()
def choices(store: Store, app: str | None) -> dict[str, list[str]]:
    """What the filters offer: distinct sources, versions, countries, languages."""
    return {column: store.items.distinct(app, column) for column in FILTER_COLUMNS}


@cached()
def span(store: Store, app: str) -> tuple[datetime, datetime] | None:
    """First and last time of publication."""
    return store.items.span(app)


@cached(60)
def glance(store: Store, incident_id: str, _now: datetime) -> Glance:
    """What the first look at an incident counts; the answer of a minute ago will do."""
    found = stored_incident(store, incident_id)
    return NOTHING if found is None else count_glance(store, found, _now)


@cached(600)
def impact(store: Store, incident_id: str, _now: datetime) -> list[Impact]:
    """What an incident costs in stars, for all shops together and for each.

    _now is no part of the key: the answer of ten minutes ago will do.
    """
    found = stored_incident(store, incident_id)
    return [] if found is None else incident_impact(store, found, _now)


@cached()
def runs(store: Store, app: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The newest run of each source (with its message), and all runs, of one app."""
    return store.runs.latest(app), store.runs.frame(app)


@cached()
def import_samples(store: Store, app: str) -> list[ImportSample]:
    """What the imports of one app were samples of."""
    return store.import_samples.of(app)


@dataclass(frozen=True, slots=True)
class Exported:
    """An export's rows, its bytes, and the id of its snapshot, which items have."""

    rows: int
    made: bytes
    snapshot: str | None = None


def exported(
    store: Store,
    app: str | None,
    what: What,
    ending: str,
    with_author_keys: bool,
    snapshot: str | None = None,
) -> Exported:
    """An export file. Author keys are made anew, so that no two files join.

    snapshot: the items that an id names. Raises ContractError.
    """
    keys = os.urandom(32) if with_author_keys else None
    with tempfile.TemporaryDirectory(prefix="floodgauge-export-") as folder:
        path = Path(folder) / f"export{ending}"
        if what != "items":
            rows = write_frames([LOADERS[what](app, store=store)], RECORDS[what], path)
            return Exported(rows, path.read_bytes())
        frames = item_frames(app, store=store, snapshot=snapshot, author_keys=keys)
        rows = write_frames(frames, RECORDS[what], path, frames.snapshot)
        return Exported(rows, path.read_bytes(), frames.snapshot())


@cached()
def decisions(store: Store, app: str) -> list[Decision]:
    """What people decided about the app's incidents, in order."""
    return readable(store.decisions.frame(app))


@cached()
def failed_analyses(store: Store) -> dict[str, FailedAnalysis]:
    """The apps whose last analysis failed, by key."""
    return store.analyses.failed()


@cached()
def failing_channels(store: Store) -> list[Failing]:
    """Alert channels that did not take their last messages."""
    return store.deliveries.failing()


@cached()
def groupings(store: Store, app: str) -> list[Decision]:
    """Merges and splits of the app's incidents that nobody has taken back."""
    return groupings_of(as_written(store.decisions.frame(app)))


def read_anew() -> None:
    """After a decision: the next page shows it."""
    st.cache_data.clear()


def this_second() -> datetime:
    """The moment of a click."""
    return datetime.now(UTC).replace(microsecond=0)


@cached()
def records(store: Store, now: datetime) -> list[Record]:
    """Every app's alarms and what people made of them; one answer, however many apps."""
    return alarm_record.records(store, now)


def settings() -> Settings | ConfigError:
    """The operator's settings, or what is wrong with them."""
    try:
        return load_settings()
    except ConfigError as error:
        return error


def lacking(store: Store, app: str, settings: Settings, now: datetime) -> dict[str, str]:
    """Sources of an app that are asked for and not read -> what they lack."""
    return collecting.lacking(settings, app, runs(store, app)[0], now)
