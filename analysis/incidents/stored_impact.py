"""What a stored incident costs in stars: its swing and window again, then impact."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from analysis.evidence import Window
from analysis.incidents.impact import Impact, rating_impact
from analysis.incidents.make import REFERENCE
from analysis.records import Swing
from analysis.series import observed_until
from collector import record_frames as tables
from collector.records import ContextEvent, Item
from collector.store import Store
from collector.store.sums import Span
from collector.times import INSTANT

# Reviews beyond which a quarter of a year says enough about the usual inflow, and whole hours
# are exact enough; the stores' countries are then taken together.
MANY = 50_000
BARS = tuple(f"star_{n}" for n in range(1, 6))
SHORT_REFERENCE = timedelta(days=90)


def incident_impact(store: Store, incident: dict[str, Any], now: datetime) -> list[Impact]:
    """One record for all stores together, then one a store and country.

    What nothing is known of yet is no usual inflow: an open incident is counted up to the last poll
    or item, not to the clock.
    """
    app = incident["app"]
    now = observed_until(store, app, now)
    swing = swing_of(incident)
    end = min(swing.ended_at or now, now)
    reference = _reference(store, app, swing.onset_at)
    others = [swing_of(i) for i in store.incidents.listed(app) if i["id"] != incident["id"]]
    busy = [(other.onset_at, (other.ended_at or now) + INSTANT) for other in others]
    quiet = outside((swing.onset_at - reference, swing.onset_at), busy)
    during = [(swing.onset_at, end + INSTANT)]
    many = store.sums.count(app, *during[0]) > MANY or reference == SHORT_REFERENCE
    read = store.sums.star_hours if many else store.sums.stars
    rated, before = (_one_by_one(read(app, spans)) for spans in (during, quiet))
    window = Window(
        app=app,
        swing=swing,
        items=rated,
        before=before,
        posts=tables.empty_frame(Item),
        context=tables.empty_frame(ContextEvent),
        releases=tables.empty_frame(ContextEvent),
        snapshots=store.timeline.last_snapshots(app, swing.onset_at, BARS),
        names=(),
        now=now,
    )
    return rating_impact(window)


def swing_of(incident: dict[str, Any]) -> Swing:
    """What the window needs of the swing; what the detector knew beyond it is not stored."""
    ended = incident["ended_at"]
    return Swing(
        direction=incident["direction"],
        onset_at=datetime.fromisoformat(incident["onset_at"]),
        alarmed_at=datetime.fromisoformat(incident["alarmed_at"]),
        peak_at=datetime.fromisoformat(incident["peak_at"]),
        ended_at=None if ended is None else datetime.fromisoformat(ended),
        closed_at=None,
        items=incident["items"],
        expected_items=incident["expected_items"],
        recurrence_days=incident["recurrence_days"],
        escalations=(),
        detector="",
        window_hours=0.0,
        launch=False,
    )


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
