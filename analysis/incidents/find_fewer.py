"""What stays away of an app (analysis.swings.fewer), from the hours that the store has counted.

Only the latest months are looked at; stops from before them stay as they were concluded.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import series
from analysis.incidents.stored import listed_incidents
from analysis.records import Direction, Incident, Swing
from analysis.scored_items import SeriesHour
from analysis.series import Missed
from analysis.swings.fewer import Class, Fewer, by_chance_days, fewer
from analysis.swings.history import DAY, HOUR, uncovered_hours
from collector.shop_sources import is_review_shop
from collector.store import Store
from collector.times import from_us, to_us

LOOKED_BACK = timedelta(days=800)  # of which all but the last TOLD are the past of the others
TOLD = timedelta(days=400)
STARS: dict[Class, tuple[int, int]] = {"reviews": (1, 5), "positive": (4, 5), "negative": (1, 2)}
COUNTS: dict[Class, Direction] = {
    "reviews": "mixed",
    "positive": "positive",
    "negative": "negative",
}


def find_fewer(
    store: Store, app: str, until: datetime, *, as_of: datetime | None = None
) -> list[Swing]:
    """The stops known at a moment, oldest first. as_of: nothing later is looked at."""
    hours = _hours(store, app, from_us(_first_day(until) * DAY), until, as_of)
    last = _seen_until(store, app, hours, until, as_of)
    found = fewer_of(hours, series.coverage(store, app, as_of=as_of), last, until)
    return [*_older(store, app, until), *found]


def fewer_of(
    hours: pd.DataFrame, missed: Missed, last: Mapping[str, datetime], until: datetime
) -> list[Swing]:
    """The stops told in the latest months, oldest first.

    hours: columns source, stars, place (the hour's number since 1970) and items, of reviews with
    stars. last: by source, the last moment that its reviews are known of.
    """
    if not last:
        return []
    first_day = _first_day(until)
    days = to_us(until) // DAY + 1 - first_day
    hours = hours[hours["place"] >= first_day * 24]
    counts: dict[tuple[Class, str], NDArray[np.int64]] = {}
    for source in last:
        mine = hours[hours["source"] == source]
        for name, (low, high) in STARS.items():
            of = mine[mine["stars"].between(low, high)]
            place = of["place"].to_numpy(np.int64) - first_day * 24
            weights = of["items"].to_numpy(np.float64)
            counts[name, source] = np.bincount(place, weights, days * 24).astype(np.int64)
    seen = {s: _seen(missed, s, counts["reviews", s], first_day, days) for s in last}
    ends = {s: min(to_us(last[s]) // HOUR - first_day * 24, days * 24) for s in last}
    found = [_swing(one, first_day) for one in fewer(counts, seen, first_day, ends)]
    return [swing for swing in found if swing.alarmed_at >= until - TOLD]


def _first_day(until: datetime) -> int:
    return to_us(until - LOOKED_BACK) // DAY


def _hours(
    store: Store, app: str, since: datetime, until: datetime, as_of: datetime | None
) -> pd.DataFrame:
    """Reviews with stars by source, class of stars and hour; place: the hour's number."""
    if as_of is None:
        counted = store.hourly.frame(app, SeriesHour, since=since, until=until)
        counted = counted[(counted["kind"] == "review") & (counted["stars"] > 0)]
        place = counted["hour"].dt.as_unit("us").astype("int64") // HOUR
        return counted.assign(place=place, source=counted["source"].astype(str))
    items = store.items.arrays(app, since=since, as_of=as_of)
    names = np.array([*items.sources, ""])
    frame = pd.DataFrame(
        {"source": names[items.source], "stars": items.stars, "place": items.at // HOUR, "items": 1}
    )
    return frame[(items.stars > 0) & ~items.is_post & (items.at <= to_us(until))]


def _seen_until(
    store: Store, app: str, hours: pd.DataFrame, until: datetime, as_of: datetime | None
) -> dict[str, datetime]:
    """The last moment that each store's reviews are known of.

    Polled: of its last good poll. Imported: of the newest review of any import: while others go on,
    the file reaches so far. One that has had none at all is left out.
    """
    spans = store.runs.spans(app, as_of=as_of)
    polled = {s: from_us(int(spans[s].covered_to.max())) for s in spans if is_review_shop(s)}
    return seen_until(hours, polled, until)


def seen_until(
    hours: pd.DataFrame, polled: Mapping[str, datetime], until: datetime
) -> dict[str, datetime]:
    """The same of reviews by hour. polled: by store, the end of its last good poll."""
    newest = hours.groupby("source")["place"].max()
    imported = [int(place) + 1 for source, place in newest.items() if source not in polled]
    known = from_us(max(imported) * HOUR) if imported else until
    return {
        source: min(polled.get(source, known), until) for source in sorted(map(str, newest.index))
    }


def _seen(
    missed: Missed, source: str, reviews: NDArray[np.int64], first_day: int, days: int
) -> NDArray[np.float64]:
    """How much of each hour a store was looked at: nothing up to the day of its first review."""
    spans = missed.unseen.get(source, missed.truncated)
    seen = 1.0 - np.maximum(
        uncovered_hours(spans, first_day, days), uncovered_hours(missed.gaps, first_day, days)
    )
    begun = int(np.argmax(reviews > 0)) // 24 + 1
    seen[: begun * 24] = 0.0
    return np.asarray(seen)


def _swing(one: Fewer, first_day: int) -> Swing:
    stop = one.stop

    def moment(hour: int) -> datetime:
        return from_us((first_day * 24 + hour) * HOUR)

    return Swing(
        direction="fewer",
        onset_at=moment(stop.onset),
        alarmed_at=moment(stop.told),
        peak_at=moment(stop.onset),
        ended_at=None if stop.end is None else moment(stop.end),
        closed_at=None if stop.over is None else moment(stop.over),
        items=stop.items,
        expected_items=stop.expected,
        recurrence_days=by_chance_days(stop),
        escalations=(),
        detector="fewer",
        window_hours=float(stop.window),
        launch=False,
        counts=COUNTS[one.of],
        source=one.source,
    )


def _older(store: Store, app: str, until: datetime) -> list[Swing]:
    """Stops that were told before what is looked at, as they were concluded then."""
    known = [one for one in listed_incidents(store, app) if one.direction == "fewer"]
    return [_of_incident(one) for one in known if one.alarmed_at < until - TOLD]


def _of_incident(one: Incident) -> Swing:
    counts: Mapping[str | None, Direction] = {"positive": "positive", "negative": "negative"}
    return Swing(
        direction="fewer",
        onset_at=one.onset_at,
        alarmed_at=one.alarmed_at,
        peak_at=one.peak_at,
        ended_at=one.ended_at,
        closed_at=one.ended_at,
        items=one.items,
        expected_items=one.expected_items,
        recurrence_days=one.recurrence_days,
        escalations=(),
        detector="fewer",
        window_hours=0.0,
        launch=False,
        counts=counts.get(one.counts, "mixed"),
        source=one.sources[0] if len(one.sources) == 1 else None,
    )
