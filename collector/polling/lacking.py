"""Since when a source lacks what it needs, or its lists are empty."""

from collections.abc import Sequence
from datetime import datetime

from collector.polling.marks import PartResult
from collector.sources import Plan, Source
from collector.store import Cursor, Store

EMPTY_SINCE, LACKING_SINCE = "empty_since", "lacking_since"
"""Cursors."""


def lacking_since(
    store: Store, key: str, source: Source, now: datetime, plan: Plan
) -> datetime | None:
    """Since when a source that is asked for lacks something; noted until it does no more."""
    kept = store.cursors.get(key, source.name, LACKING_SINCE)
    if plan.parts or not plan.wanted:
        if kept is not None:
            store.cursors.drop(key, source.name, LACKING_SINCE)
        return None
    if kept is None:
        store.cursors.set(Cursor(key, source.name, LACKING_SINCE, now.isoformat()))
    return now if kept is None else datetime.fromisoformat(kept)


def empty_since(
    store: Store, key: str, source: Source, now: datetime, results: Sequence[PartResult]
) -> datetime | None:
    """Since when the source's lists have been empty that were not, or should not be."""
    kept = store.cursors.get(key, source.name, EMPTY_SINCE)
    if not any(r.outcome == "suspect_empty" for r in results):
        if kept is not None and any(r.seen for r in results):
            store.cursors.drop(key, source.name, EMPTY_SINCE)
        return None
    if kept is None:
        store.cursors.set(Cursor(key, source.name, EMPTY_SINCE, now.isoformat()))
    return now if kept is None else datetime.fromisoformat(kept)
