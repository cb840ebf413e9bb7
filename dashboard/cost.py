"""What a stored incident costs in stars: its swing and window again, then analysis.impact."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import pandas as pd

from analysis.evidence import Window
from analysis.impact import Impact, rating_impact
from analysis.incidents import REFERENCE
from analysis.records import SeriesHour, Swing
from collector import tables
from collector.records import ContextEvent, Item
from collector.store import Store

MANY = 50_000  # reviews beyond which a quarter of a year says enough about the usual inflow
SHORT_REFERENCE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedItem:
    """The columns of an item that stars are reckoned from; texts stay in the store."""

    source: Annotated[str, "where it was published"]
    country: Annotated[str | None, "storefront"]
    rating: Annotated[float | None, "stars"]
    created_at: Annotated[datetime, "when it was published"]


def incident_impact(store: Store, incident: dict[str, Any], now: datetime) -> list[Impact]:
    """One record for all stores together, then one a store and country."""
    app = incident["app"]
    swing = swing_of(incident)
    end = min(swing.ended_at or now, now)
    just_after = end + timedelta(microseconds=1)
    since = swing.onset_at - _reference(store, app, swing.onset_at)
    rated = store.items.frame(app, since=since, until=just_after, kind="review", record=RatedItem)
    inside = rated["created_at"] >= pd.Timestamp(swing.onset_at)
    before = rated[~inside]
    for other in store.incidents.documents(app):
        if other["id"] != incident["id"]:
            before = before[~_within(before["created_at"], swing_of(other), now)]
    snapshots = store.timeline.snapshots(app)
    window = Window(
        app=app,
        swing=swing,
        items=rated[inside],
        before=before,
        posts=tables.empty_frame(Item),
        context=tables.empty_frame(ContextEvent),
        releases=tables.empty_frame(ContextEvent),
        snapshots=snapshots[snapshots["at"] <= pd.Timestamp(end)],
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


def _reference(store: Store, app: str, onset: datetime) -> timedelta:
    hours = store.hourly.frame(app, SeriesHour, since=onset - REFERENCE, until=onset)
    return SHORT_REFERENCE if hours["items"].sum() > MANY else REFERENCE


def _within(times: "pd.Series[Any]", swing: Swing, now: datetime) -> "pd.Series[Any]":
    end = swing.ended_at or now
    return (times >= pd.Timestamp(swing.onset_at)) & (times <= pd.Timestamp(end))
