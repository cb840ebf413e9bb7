"""The bins of a time axis: hours, days, weeks and months of a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analysis import series
from collector.errors import ContractError
from collector.store import Store
from collector.times import INSTANT

BinLength = Literal["hour", "day", "week", "month"]
LENGTHS: tuple[BinLength, ...] = ("hour", "day", "week", "month")
FREQUENCY: dict[str, str] = {"hour": "h", "day": "D", "week": "W-MON", "month": "MS"}
MOST_BINS = 2_000


@dataclass(frozen=True, slots=True)
class Span:
    """A span of whole hours, until exclusive."""

    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.until - self.since


def whole_hours(since: datetime, until: datetime) -> Span:
    """The span with its ends moved out to full hours of UTC: counts are kept by these."""
    start, end = pd.Timestamp(since).floor("h"), pd.Timestamp(until).ceil("h")
    end = max(end, start + timedelta(hours=1))
    return Span(start.to_pydatetime(), end.to_pydatetime())


def known_span(
    store: Store, app: str, since: datetime | None, until: datetime | None, now: datetime
) -> Span:
    """The span, with what is left out taken from what is known of the app.

    Raises ContractError for a span that ends before it begins.
    """
    known = store.items.span(app)
    end = until or (series.observed_until(store, app, now) + INSTANT)
    start = since or min(known[0] if known else end, end)
    if until is not None and start > end:
        raise ContractError(f"until: {end.isoformat()} lies before since: {start.isoformat()}")
    return whole_hours(start, end)


def chosen_length(given: str | None) -> BinLength | None:
    """A length of bins. Raises ContractError."""
    found = next((one for one in LENGTHS if one == given), None)
    if given is not None and found is None:
        raise ContractError(f"bin: {given!r} is not one of {', '.join(LENGTHS)}")
    return found


def length_for(span: Span) -> BinLength:
    """Hours up to three days, days up to ten weeks, weeks up to two years, else months."""
    days = span.length / timedelta(days=1)
    if days <= 3:
        return "hour"
    if days <= 70:
        return "day"
    return "week" if days <= 740 else "month"


def edges(span: Span, length: BinLength, zone: ZoneInfo) -> list[datetime]:
    """Bounds of the bins of a span, UTC: the first is where it begins, the last where it ends.

    Days, weeks (from Monday) and months begin by the zone's clock; where its midnight lies within
    an hour of UTC, with the next one. Raises ContractError for more than MOST_BINS.
    """
    first = pd.Timestamp(span.since).tz_convert(zone).tz_localize(None).floor("D")
    last = pd.Timestamp(span.until).tz_convert(zone).tz_localize(None).ceil("D")
    if length == "hour":
        inner = pd.date_range(span.since, span.until, freq="h")
    else:
        naive = pd.date_range(first, last, freq=FREQUENCY[length])
        local = naive.tz_localize(
            zone, ambiguous=np.ones(len(naive), bool), nonexistent="shift_forward"
        )
        inner = local.tz_convert("UTC").ceil("h")
    found = [at.to_pydatetime() for at in inner if span.since < at < span.until]
    bounds = [span.since, *found, span.until]
    if len(bounds) > MOST_BINS + 1:
        raise ContractError(f"{len(bounds) - 1} bins; choose longer ones")
    return bounds


def against(span: Span, what: str) -> Span | None:
    """The span to compare with: as long and just before, or the same a year (of 52 weeks) before.

    Fifty-two weeks, so that the same days of the week are compared.
    """
    if what == "previous":
        return Span(span.since - span.length, span.since)
    if what == "year":
        year = timedelta(weeks=52)
        return Span(span.since - year, span.until - year)
    return None


def index_of(moments: Sequence[datetime]) -> pd.DatetimeIndex:
    """Moments as an index of microseconds."""
    return pd.DatetimeIndex(list(moments)).as_unit("us")
