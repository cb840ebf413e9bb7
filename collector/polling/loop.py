"""When the next source is due, for `collect --loop`."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store

SHORTEST = timedelta(seconds=30)
"""Also between two rounds in which nothing was due, so that a fault never becomes a busy loop."""
LONGEST = timedelta(minutes=30)
"""New apps and sources of other processes are noticed after this time at the latest."""


def rounds(
    settings: Settings,
    store: Store,
    around: Surroundings,
    *,
    apps: list[str] | None = None,
    sources: list[str] | None = None,
    wait: Callable[[float], None] | None = None,
) -> Iterator[list[RunReport]]:
    """Reports of what was due, again and again, for as long as somebody asks for more.

    wait: sleeps for so many seconds between two rounds; by default the surroundings' sleep.
    """
    while True:
        yield collect(settings, store, around, apps=apps, sources=sources, waiting="all")
        now = around.clock()
        pause = wake_at(store, apps or list(settings.apps), now, sources) - now
        (wait or around.sleep)(pause.total_seconds())


def wake_at(
    store: Store, apps: list[str], now: datetime, sources: list[str] | None = None
) -> datetime:
    """When one of the sources that ran last wants to be asked again."""
    latest = store.runs.latest()
    wanted = latest["app"].isin(apps) & latest["next_due_at"].notna()
    if sources is not None:
        wanted &= latest["source"].isin(sources)
    due = latest.loc[wanted, "next_due_at"]
    upcoming = due[due > now]
    earliest = upcoming.min().to_pydatetime() if len(upcoming) else now + LONGEST
    return min(max(earliest, now + SHORTEST), now + LONGEST)
