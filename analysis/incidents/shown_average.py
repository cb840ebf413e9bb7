"""The average that a store shows beside an app, before an incident and now."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.records import Incident
from collector.store import Store


@dataclass(frozen=True, slots=True)
class ShownAverage:
    """Of one store, in the country with the most ratings. before: at the last sight before the
    onset; missing where nobody had looked. ratings: behind the average of now."""

    source: str
    country: str
    before: float | None
    now: float
    at: datetime
    ratings: int | None


def shown_averages(store: Store, incident: Incident, now: datetime) -> list[ShownAverage]:
    """One a store, that with the most ratings first."""
    newest = store.timeline.last_snapshots(incident.app, now, ("average",))
    earlier = store.timeline.last_snapshots(incident.app, incident.onset_at, ("average",))
    before = {(row["source"], row["country"]): float(row["average"]) for row in _rows(earlier)}
    largest: dict[str, ShownAverage] = {}
    for row in _rows(newest.sort_values("count", na_position="first")):
        source, country = str(row["source"]), str(row["country"])
        largest[source] = ShownAverage(
            source,
            country,
            before.get((source, country)),
            float(row["average"]),
            row["at"].to_pydatetime(),
            None if pd.isna(row["count"]) else int(row["count"]),
        )
    return sorted(largest.values(), key=lambda one: (-(one.ratings or 0), one.source))


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")
