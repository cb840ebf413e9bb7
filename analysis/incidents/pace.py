"""How fast an incident goes on: its last hour, its busiest one, and whether it grows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Literal

import numpy as np
import pandas as pd

from analysis.incidents.star_classes import STARS
from analysis.incidents.was_watched import known_until
from analysis.records import Incident
from analysis.scored_items import SeriesHour
from collector.store import Store
from collector.times import to_us

Trend = Literal["growing", "shrinking", "steady"]
AN_HOUR = timedelta(hours=1)
COMPARED = timedelta(hours=2)  # the last two hours against the two before
CERTAIN = 1.645  # standard deviations of the difference of two counts


@dataclass(frozen=True, slots=True)
class Pace:
    """last_hour: reviews of the incident's stars in the hour before `until`, the newest moment
    that was looked at; missing of one that is over. peak: in its busiest hour of the clock.
    trend: of the last two hours against the two before, where chance does not explain it."""

    last_hour: int | None
    until: datetime
    peak: int
    peak_at: datetime
    trend: Trend | None


def pace(store: Store, incident: Incident, now: datetime) -> Pace | None:
    """The pace of an incident; None of reviews that stay away and of what has no reviews."""
    if incident.direction == "fewer":
        return None
    until = known_until(store, incident, now)
    end = incident.ended_at or until
    low, high = STARS.get(incident.counts or incident.direction, (1, 5))
    hours = store.hourly.frame(
        incident.app, SeriesHour, since=incident.onset_at - AN_HOUR, until=end + AN_HOUR
    )
    talk = incident.where == "social"
    said = (hours["kind"] == "post") | (hours["stars"] == 0)
    mine = hours[said if talk else (hours["kind"] == "review") & hours["stars"].between(low, high)]
    by_hour = mine.groupby("hour")["items"].sum()
    if by_hour.empty:
        return None
    peak_at = pd.Timestamp(by_hour.index[int(by_hour.argmax())]).to_pydatetime()
    peak = int(by_hour.max())
    if incident.ended_at is not None or talk:
        return Pace(None, until, peak, peak_at, None)
    last, recent, before = _latest(store, incident.app, (low, high), until)
    return Pace(last, until, peak, peak_at, _trend(recent, before))


def _latest(
    store: Store, app: str, stars: tuple[int, int], until: datetime
) -> tuple[int, int, int]:
    """Reviews of the last hour, of the last two, and of the two before."""
    items = store.items.arrays(app, since=until - 2 * COMPARED, as_of=until)
    right = ~items.is_post & (items.stars >= stars[0]) & (items.stars <= stars[1])
    at = items.at[right]
    edges = [to_us(until - span) for span in (2 * COMPARED, COMPARED, AN_HOUR)]
    before, middle, last = np.histogram(at, [*edges, to_us(until) + 1])[0].tolist()
    return last, middle + last, before


def _trend(recent: int, before: int) -> Trend:
    """Two Poisson counts of equal spans: their difference against its standard deviation."""
    if abs(recent - before) <= CERTAIN * sqrt(recent + before):
        return "steady"
    return "growing" if recent > before else "shrinking"
