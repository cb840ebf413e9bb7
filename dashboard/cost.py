"""What a stored incident costs in stars: its swing and window again, then analysis.impact."""

from datetime import datetime
from typing import Any

from analysis.impact import Impact, rating_impact
from analysis.incidents import Subject, window_of
from analysis.records import Swing
from collector.store import Store


def incident_impact(store: Store, incident: dict[str, Any], now: datetime) -> list[Impact]:
    """One record for all stores together, then one a store and country."""
    app = incident["app"]
    swings = {i["id"]: _swing(i) for i in store.incidents.documents(app)}
    swing = swings.get(incident["id"], _swing(incident))
    others = [other for other in swings.values() if other is not swing]
    window = window_of(store, Subject(app, app, ()), swing, others, now)
    return rating_impact(window)


def _swing(incident: dict[str, Any]) -> Swing:
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
