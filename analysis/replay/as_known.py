"""Incidents as they stood at a past moment, with the reading of that moment."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from analysis.incidents.app_conclusions import conclude
from analysis.incidents.repairs import linked
from analysis.records import Incident
from collector.settings.config import Settings
from collector.store import Store


def known_at(
    settings: Settings,
    store: Store,
    app: str,
    at: datetime,
    *,
    wanted: Collection[str] | None = None,
) -> list[Incident]:
    """The app's incidents at a moment, by alarm, made anew with today's method.

    What `analyze --as-of` would say, told as it would have been then; the store is not touched.
    wanted: ids; only incidents that hold one of them are made.
    """
    found = conclude(settings, store, app, at, as_of=at)
    made = [
        (found.incident(event), event)
        for event in found.events
        if wanted is None or not set(wanted).isdisjoint(event.ids)
    ]
    return [replace(one, as_of=None) for one in linked(store, app, made, found.until)]
