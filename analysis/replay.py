"""The alarms that would have been raised at the time, in the order in which they would come."""

from datetime import datetime

from analysis import incidents, series
from analysis.finding import find_swings
from analysis.records import Alarm
from collector.config import Settings
from collector.store import Store


def replay(
    settings: Settings,
    store: Store,
    app: str,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Alarm]:
    """The alarm log of a span, from what had been published at each moment and nothing later."""
    end = series.observed_until(store, app, min(until or now, now))
    budget = settings.false_alarms_per_app_year
    found = find_swings(store, app, end, budget=budget, as_of=end)
    log = [alarm for swing in found for alarm in incidents.alarms_of(app, swing)]
    return sorted(
        (a for a in log if (since is None or a.at >= since) and (until is None or a.at <= until)),
        key=lambda alarm: (alarm.at, alarm.incident),
    )
