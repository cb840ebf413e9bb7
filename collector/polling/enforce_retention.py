"""Retention: texts go when they were kept as long as the settings allow; counts stay.

The time counts from the first poll or import that had an item, not from its publication: a first
walk over old reviews would otherwise lose them as they come.
"""

import logging
from datetime import datetime, timedelta

from collector.settings.config import Retention
from collector.store import Cursor, Store

log = logging.getLogger(__name__)

AT_ONCE = 2_000
"""Items of one kind in one run; the rest waits for the next one."""
DONE_ON = "retention:done"
"""Name of the cursor that says on which day an app had nothing left to take out."""


def enforce_all(rules: Retention, store: Store, now: datetime) -> None:
    """Retention of every app of the store, also of those that nobody collects any more; once all
    is out, the store's files are cleaned of it (see collector.store.erasing.erasure)."""
    today, apps = now.date().isoformat(), store.apps.keys()
    for app in apps:
        enforce(rules, store, app, now)
    if all(store.cursors.get(app, "", DONE_ON) == today for app in apps):
        waits = store.erasure.finish()
        if waits is not None:
            log.warning(
                "what was taken out is not wiped from the store's file yet (%s); the next run "
                "tries again",
                waits,
            )


def enforce(rules: Retention, store: Store, app: str, now: datetime) -> int:
    """Takes out what was kept long enough, a bounded part of it; returns of how many items.

    Looks once a day (UTC) once nothing is left. Safe to repeat and to interrupt.
    """
    today = now.date().isoformat()
    if store.cursors.get(app, "", DONE_ON) == today:
        return 0

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    taken = [
        store.expiry.removed(app, removed_before=ago(rules.removed_days), limit=AT_ONCE),
        *(
            store.expiry.texts(app, kind=kind, seen_before=ago(days), limit=AT_ONCE)
            for kind, days in (
                ("review", rules.review_text_days),
                ("post", rules.social_text_days),
            )
        ),
    ]
    if max(taken) < AT_ONCE:
        store.cursors.set(Cursor(app, "", DONE_ON, today))
    return sum(taken)
