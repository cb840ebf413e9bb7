"""What the page is asked for: a span, bins, what to compare with, how to split."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.trends.bins import BinLength, Span, length_for, whole_hours
from analysis.trends.load import By
from dashboard.trends.compared import Against

Days = Literal["7", "30", "90", "365", "all", "dates"]
DAYS: tuple[Days, ...] = ("7", "30", "90", "365", "all", "dates")
FIRST: Days = "90"


@dataclass(frozen=True, slots=True)
class Asked:
    """span: what is shown."""

    span: Span
    length: BinLength
    against: Against
    by: By | None

    def within(self, since: datetime, until: datetime, length: BinLength | None) -> "Asked":
        """A part of the span. length: of the bins, where somebody chose it."""
        start, end = max(since, self.span.since), min(until, self.span.until)
        if start >= end:
            return self
        span = whole_hours(start, end)
        return replace(self, span=span, length=length or length_for(span))


def span_of(days: Days, known: tuple[datetime, datetime]) -> Span:
    """The newest days of what is known of an app, or all of it."""
    last = known[1] + timedelta(microseconds=1)
    first = known[0] if days in ("all", "dates") else last - timedelta(days=int(days))
    return whole_hours(first, last)


def dragged(picked: object) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The ends of a drag on the reader's clock, written as UTC; None for nothing."""
    fields = dict(picked) if isinstance(picked, dict) else {}
    ends = next((v for v in fields.values() if isinstance(v, list) and len(v) == 2), None)
    if ends is None or ends[0] == ends[1]:
        return None
    first, last = sorted(pd.Timestamp(float(end), unit="ms", tz="UTC") for end in ends)
    return first, last


def moment(wall: pd.Timestamp, zone: ZoneInfo) -> datetime:
    """The moment at which a clock shows this; of two, the first."""
    plain = wall.tz_localize(None)
    local = plain.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    found: datetime = local.tz_convert("UTC").to_pydatetime(warn=False)
    return found
