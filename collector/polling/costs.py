"""What a source has cost in a month, US dollars."""

from datetime import datetime

from collector.store import Cursor, Store


def spent(store: Store, source: str, now: datetime) -> float:
    """In this month: all apps together, also those that are no longer in the configuration."""
    return sum(map(float, store.cursors.of_all_apps(source, _month(now))))


def spend(store: Store, key: str, source: str, now: datetime, cost_usd: float) -> None:
    """Counts what a page cost."""
    name = _month(now)
    before = float(store.cursors.get(key, source, name) or 0.0)
    store.cursors.set(Cursor(key, source, name, str(before + cost_usd)))


def _month(now: datetime) -> str:
    return f"cost:{now:%Y-%m}"
