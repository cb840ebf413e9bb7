"""Incidents as they stood at a past moment, with the reading of that moment."""

from collections.abc import Collection
from datetime import datetime

from analysis import series
from analysis.decisions import decisions, groupings
from analysis.incidents import make as incidents
from analysis.incidents import merge_split as joining
from analysis.incidents.find_swings import find_swings
from analysis.incidents.naming import Names
from analysis.records import Incident
from analysis.run import subject_of
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

    From what had been published by then, edits undone, and what people had merged or split by then.
    wanted: ids; only incidents that hold one of them are made.
    """
    until = series.observed_until(store, app, at)
    budget = settings.false_alarms_per_app_year
    swings = find_swings(store, app, until, budget=budget, as_of=until)
    found = joining.events(
        app,
        swings,
        groupings(decisions(store.decisions.frame(app)), at),
        lambda swing: incidents.arrivals_of(store, app, swing, until, until),
        Names(app, store.incidents.names(app)),
    )
    subject = subject_of(settings, store, app)
    missed = series.coverage_so_far(store, app, as_of=until)
    return [
        incidents.make_incident(
            incidents.window_of(store, subject, e.swing, [o.swing for o in found], until),
            missed,
            incident=e.id,
            joined=e.joined,
            split_from=e.split_from,
        )
        for e in found
        if wanted is None or not set(wanted).isdisjoint(e.ids)
    ]
