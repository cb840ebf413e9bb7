"""When a source wants to be polled again: sooner the more of what it can show was new."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from collector.errors import RateLimited
from collector.polling.marks import PartResult
from collector.sources import Source
from collector.store import Store

Waiting = Literal["none", "paid", "all"]
"""Which sources are left alone until they are due."""
EARLY_SHARE = 0.1
"""A paid source may be read this share of its interval early: a cron job of the same interval must
not miss it by the seconds that the last run took."""

AIMED_SHARE = 0.25
"""At the present pace, the next poll should find at most this share of a walk's capacity new."""
AFTER_FAILURE = 0.25
"""A failed poll is repeated after this share of the usual time."""


def next_due(source: Source, results: Sequence[PartResult], now: datetime) -> datetime:
    """The earliest time that any part asks for; a source's own "wait" is always kept."""
    waits = [_wait(source, result) for result in results]
    wait = min(waits, default=source.poll_every)
    asked = [
        result.error.retry_after_s
        for result in results
        if isinstance(result.error, RateLimited) and result.error.retry_after_s
    ]
    return now + max(wait, timedelta(seconds=max(asked, default=0.0)))


def _wait(source: Source, result: PartResult) -> timedelta:
    if result.outcome == "truncated":
        return source.poll_at_least
    if isinstance(result.error, RateLimited):
        return source.poll_every
    if result.outcome in ("failed", "partial"):
        return max(source.poll_at_least, source.poll_every * AFTER_FAILURE)
    if result.elapsed is None or result.share_new <= 0:
        return source.poll_every
    wanted = result.elapsed * (AIMED_SHARE / result.share_new)
    return max(source.poll_at_least, min(source.poll_every, wanted))


def not_due_until(
    store: Store, app: str, source: Source, now: datetime, waiting: Waiting
) -> datetime | None:
    """The moment that a source asked for in its last run; None where it may be read now."""
    if waiting == "none" or (waiting == "paid" and source.free):
        return None
    latest = store.runs.latest(app)
    mine = latest[(latest["source"] == source.name) & latest["next_due_at"].notna()]
    if mine.empty:
        return None
    due = mine["next_due_at"].iloc[0].to_pydatetime()
    interval = due - mine["ended_at"].iloc[0].to_pydatetime()
    early = interval * EARLY_SHARE if waiting == "paid" else timedelta(0)
    return due if now < due - early else None
