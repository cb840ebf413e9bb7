"""The alarm log of a user's own table, or of an app in a store."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import series
from analysis.incidents.incident_ids import Names as Ids
from analysis.incidents.merge_split import detected
from analysis.incidents.waves import parts_always
from analysis.records import Alarm
from analysis.replay import replay as of_store
from analysis.replay.rounds import ArrivalHistory, in_order
from analysis.research.detect import BUDGET, events_of, told_of, until_of
from analysis.research.frames import Moment, one_app, opened_store, utc
from analysis.research.made_with import made_with
from analysis.research.own_detectors import Detector, detector_of
from analysis.research.own_swings import own_swings
from analysis.research.tables import MISSING, Names, Table, read_table, times_of
from analysis.words.catalogue import english
from analysis.words.documents import told_alarm
from collector import record_frames
from collector.settings.config import Settings
from collector.store import Store
from collector.store.as_known.arrival_order import Arrived, Polls
from collector.times import now_utc, to_us


def replay(
    df: Any,
    *,
    time: str | None = None,
    stars: str | None = None,
    count: str | None = None,
    source: str | None = None,
    arrived: str | None = None,
    app: str = "app",
    bin_width: timedelta | None = None,
    since: Moment = None,
    until: Moment = None,
    false_alarms_per_app_year: float = BUDGET,
    detector: Detector | str | None = None,
    store: Store | str | None = None,
) -> pd.DataFrame:
    """The alarms as they would have come, without look-ahead, oldest first.

    df: a table as `detect` takes it; or the key of an app of `store` (None: the default store),
        whose history is walked in the order in which collections brought it, as `floodgauge replay`
        does. arrived: the column that says when a row became known; None: when it was published.
        With it, as in a store, stops (direction fewer) are not told.
    since, until: alarms of this span alone; nothing later than `until` is looked at. detector: as
        in `detect`; it walks rows in the order of publication.

    Gives one row an alarm, columns of Alarm: at, incident, kind (opened, escalated, ended), factor,
    recurrence_days, statement. An alarm that later rows made disappear stays in it.
    Raises ContractError where a column or an app is not there.
    Method: docs/detection.md (every statistic uses only what was known at its moment).

    >>> import floodgauge as fg
    >>> import pandas as pd
    >>> usual = pd.date_range("2026-01-01 21:30", periods=120, freq="D", tz="UTC")
    >>> flood = pd.date_range("2026-04-20 10:07", periods=40, freq="5min", tz="UTC")
    >>> reviews = pd.DataFrame({"at": usual.append(flood), "stars": [5, 1, 4] * 40 + [1] * 40})
    >>> fg.replay(reviews)[["at", "kind"]].head(1)
                             at    kind
    0 2026-04-20 10:22:00+00:00  opened
    """
    start, end = utc("since", since), utc("until", until)
    if isinstance(df, str):
        with opened_store(store) as opened:
            key = one_app(opened, df)
            settings = Settings(false_alarms_per_app_year=false_alarms_per_app_year)
            found = alarms_of(opened, key, now_utc(), start, end, settings, detector)
    else:
        table = read_table(df, Names(time, stars, count, source, bin_width), end)
        last = until_of(table, end)
        if arrived is None or detector is not None:
            events = events_of(table, app, last, false_alarms_per_app_year, detector)
            found = [alarm for event in events for alarm in event.alarms]
        else:
            found = _late(table, app, end, false_alarms_per_app_year, arrived)
    found = sorted(found, key=lambda alarm: (alarm.at, alarm.incident))
    kept = [told_alarm(a, english()) for a in found if start is None or a.at >= start]
    frame = record_frames.to_frame(Alarm, kept)
    frame.attrs["floodgauge"] = made_with(
        {"false_alarms_per_app_year": false_alarms_per_app_year, "since": start, "until": end}
    )
    return frame


def alarms_of(
    store: Store,
    app: str,
    now: datetime,
    since: datetime | None,
    until: datetime | None,
    settings: Settings,
    detector: Detector | str | None = None,
) -> list[Alarm]:
    """The alarms of an app in a store: ours in order of arrival, another detector's in that of
    publication."""
    if detector is None:
        return of_store.replay(settings, store, app, now, since=since, until=until)
    end = min(until or now, now)
    history = series.history(store, app, as_of=end)
    last = series.observed_until(store, app, end)
    budget = settings.false_alarms_per_app_year
    found = own_swings(detector_of(detector), history, to_us(last), budget)
    events = detected(app, found, Ids(app), parts_always)
    alarms = [alarm for event in events for alarm in event.alarms]
    return [alarm for alarm in alarms if since is None or alarm.at >= since]


def _late(
    table: Table, app: str, until: datetime | None, per_year: float, arrived: str
) -> list[Alarm]:
    """Alarms as they came where rows became known after they were published; of a table that is
    known by `until`, or whole."""
    known = _known_from(table, arrived)
    end = max(table.newest, int(known.max())) if until is None else to_us(until)
    raised: dict[tuple[str, str, Any], Alarm] = {}
    for round_, found in of_store.looks(_arrivals(table, known, end), per_year):
        for event in told_of(table.only(known <= round_.at), app, found, round_.until):
            for alarm in event.alarms:
                raised.setdefault((alarm.kind, alarm.incident, alarm.at), alarm)
    return list(raised.values())


def _known_from(table: Table, arrived: str) -> NDArray[np.int64]:
    """When each row became known, microseconds: not before it was published, or its bin ended."""
    given = times_of(table.frame, arrived)[table.place]
    first = table.at
    if table.width is not None:
        starts = times_of(table.frame, table.columns["created_at"])[table.place]
        first = starts + table.width - 1
    return np.where(given == MISSING, first, np.maximum(given, first))


def _arrivals(table: Table, known: NDArray[np.int64], end: int) -> ArrivalHistory:
    none = np.empty(0, np.int64)
    items = Arrived(
        id=np.arange(len(table.at)),
        at=table.at,
        arrived=known,
        stars=table.stars,
        source=table.source,
        is_post=table.is_post,
        sources=table.sources,
    )
    no_runs = np.empty(0, dtype=bool)
    polls = Polls((), none, none, none, none, no_runs, no_runs)
    return in_order(items, polls, none, end)
