"""What is known of talk: until when, and what the polls of the networks could not see."""

from datetime import datetime

from analysis import series
from analysis.series import Missed
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.times import from_us


def observed_until(store: Store, app: str, now: datetime) -> datetime:
    """The last moment that posts are known of, at most `now`."""
    seen = [span.covered_to.max() for name, span in store.runs.spans(app).items() if name in SOCIAL]
    known = [from_us(int(moment)) for moment in seen]
    newest = store.items.newest_unrated(app)
    return min(now, max([*known, *([newest] if newest is not None else [])], default=now))


def coverage(store: Store, app: str, *, as_of: datetime | None = None) -> Missed:
    """What the polls of the app's networks could not see."""
    return series.coverage_of(store.runs.spans(app, as_of=as_of), SOCIAL.__contains__)
