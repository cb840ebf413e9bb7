"""Mean stars are told only where enough ratings stand behind them."""

from datetime import datetime
from typing import Any

from analysis import series
from analysis.incidents import BEFORE, REFERENCE
from collector.store import Store
from dashboard.phrasing import as_time

LEAST = 5  # ratings behind a mean


def without_thin_past(store: Store, incident: dict[str, Any]) -> dict[str, Any]:
    """The incident without the mean stars before it where these rest on fewer than LEAST."""
    onset = as_time(incident["onset_at"])
    before = _ratings(store, incident["app"], onset - BEFORE, onset)
    before = before or _ratings(store, incident["app"], onset - REFERENCE, onset)
    return incident if before >= LEAST else {**incident, "rating_before": None}


def without_thin_means(store: Store, incident: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The same, and without the mean stars during it where these rest on fewer than LEAST."""
    kept = without_thin_past(store, incident)
    onset, end = as_time(incident["onset_at"]), incident["ended_at"]
    during = _ratings(store, incident["app"], onset, as_time(end) if end else now)
    return kept if during >= LEAST else {**kept, "rating_during": None}


def _ratings(store: Store, app: str, since: datetime, until: datetime) -> int:
    """Reviews with stars in the hours of a span."""
    hours = series.class_counts(store, app, since=since.replace(minute=0, second=0), until=until)
    rated = hours[(hours["kind"] == "review") & (hours["stars"] > 0)]
    return int(rated["items"].sum())
