"""What a stored incident costs in stars: its ratings and the quiet past's, then impact."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analysis.incidents.impact import Impact, rating_impact
from analysis.incidents.stored import listed_incidents
from analysis.incidents.swing_to_incident import REFERENCE
from analysis.records import Incident
from analysis.series import observed_until
from collector.store import Store
from collector.store.counts.sums import Span
from collector.times import INSTANT

# Reviews beyond which a quarter of a year says enough about the usual inflow, and whole hours
# are exact enough; the shops' countries are then taken together.
MANY = 50_000
BARS = tuple(f"star_{n}" for n in range(1, 6))
SHORT_REFERENCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Rated:
    """What the impact is reckoned from: see Ratings."""

    swing: Incident
    items: pd.DataFrame
    before: pd.DataFrame
    snapshots: pd.DataFrame
    now: datetime


def incident_impact(store: Store, incident: Incident, now: datetime) -> list[Impact]:
    """One record for all shops together, then one a shop and country.

    What nothing is known of yet is no usual inflow: an open incident is counted up to the last poll
    or item, not to the clock.
    """
    app, onset = incident.app, incident.onset_at
    now = observed_until(store, app, now)
    end = min(incident.ended_at or now, now)
    reference = _reference(store, app, onset)
    others = [other for other in listed_incidents(store, app) if other.id != incident.id]
    busy = [(other.onset_at, (other.ended_at or now) + INSTANT) for other in others]
    quiet = outside((onset - reference, onset), busy)
    during = [(onset, end + INSTANT)]
    many = store.sums.count(app, *during[0]) > MANY or reference == SHORT_REFERENCE
    read = store.sums.star_hours if many else store.sums.stars
    rated, before = (_one_by_one(read(app, spans)) for spans in (during, quiet))
    snapshots = store.timeline.last_snapshots(app, onset, BARS)
    return rating_impact(Rated(incident, rated, before, snapshots, now))


def outside(span: Span, busy: list[Span]) -> list[Span]:
    """What is left of a span without the busy ones, in order."""
    start, end = span
    left: list[Span] = []
    for since, until in sorted(busy):
        if since > start:
            left.append((start, min(since, end)))
        start = max(start, until)
    left.append((start, end))
    return [(a, b) for a, b in left if a < b]


def _reference(store: Store, app: str, onset: datetime) -> timedelta:
    busy = store.sums.count(app, onset - REFERENCE, onset) > MANY
    return SHORT_REFERENCE if busy else REFERENCE


def _one_by_one(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts by day and stars as one row a review, which is how the impact is reckoned."""
    rows = counts.loc[counts.index.repeat(counts["items"])].reset_index(drop=True)
    return rows.rename(columns={"day": "created_at"}).drop(columns="items")
