"""Several apps side by side: on one calendar, or each on the onset of its own incident. Pure."""

from datetime import datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.app_state.usual_range import blocks
from analysis.records import Incident
from analysis.words.incident import changed
from collector.times import from_iso
from dashboard.drawing import binning
from dashboard.drawing.bar_links import stamp
from dashboard.incident import incident_texts
from dashboard.words.catalogue import MISSING, Wording

Align = Literal["calendar", "onset"]
ALIGNS: tuple[Align, ...] = ("onset", "calendar")
ONSET_SPAN = timedelta(days=7)
CALENDAR_SPAN = timedelta(days=56)
BLOCK_HOURS: dict[Align, int] = {"onset": 6, "calendar": 24}
MOST_APPS = 6
COUNTED: tuple[Literal["items"], Literal["changed_items"]] = ("items", "changed_items")


def span(align: Align, anchor: datetime) -> tuple[datetime, datetime]:
    """What is shown around an anchor: the onset, or the last moment of the calendar."""
    anchor = pd.Timestamp(anchor).floor("h").to_pydatetime()
    if align == "onset":
        return anchor - ONSET_SPAN, anchor + ONSET_SPAN
    return anchor - CALENDAR_SPAN, anchor


def panel(
    hours: pd.DataFrame,
    align: Align,
    anchor: datetime,
    known: tuple[datetime, datetime],
    missing: NDArray[np.int64] | None = None,
) -> pd.DataFrame:
    """Low-star items by block: columns day (of the anchor, left edge), end, items, changed (the
    changed opinions among them), since, until.

    items is missing for blocks outside of `known`, the span of the app's history, and within
    `missing`, spans in microseconds that nobody looked at.
    """
    since, until = span(align, anchor)
    block = BLOCK_HOURS[align]
    days = (until - since) / timedelta(days=1)
    counts, changed_ones = (
        blocks(hours, ("negative",), end=until, block_hours=block, days=days, of=name)
        for name in COUNTED
    )
    left = (np.arange(len(counts)) * block) / 24 - (until - since) / timedelta(days=1)
    if align == "onset":
        left += ONSET_SPAN / timedelta(days=1)
    starts = [since + timedelta(hours=block * n) for n in range(len(counts))]
    ends = [start + timedelta(hours=block) for start in starts]
    outside = [e <= known[0] or s > known[1] for s, e in zip(starts, ends, strict=True)]
    hidden = binning.hidden(pd.DatetimeIndex(starts), pd.DatetimeIndex(ends), missing)
    items = np.where((np.asarray(outside) | hidden) & (counts == 0), np.nan, counts)
    frame = pd.DataFrame({"day": left, "end": left + block / 24, "items": items})
    frame["changed"] = changed_ones.astype(np.int64)
    return frame.assign(since=[stamp(s) for s in starts], until=[stamp(e) for e in ends])


def unseen(frame: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """Runs of blocks of a panel that nobody saw: columns day, end, label."""
    blank = frame["items"].isna()
    runs = frame[blank].groupby((~blank).cumsum()[blank])
    found = runs.agg(day=("day", "first"), end=("end", "last")).reset_index(drop=True)
    return found.assign(label=words("chart-unseen"))


def table(frame: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """A row for each block of a panel; times on the reader's clock."""
    zone = words.zone_title(from_iso(frame["since"].iloc[0]))
    found = {
        f"{words('column-when')} ({zone})": [words.clock(from_iso(s)) for s in frame["since"]],
        words("chart-negative"): frame["items"].astype("Int64"),
    }
    if frame["changed"].any():
        found[words("chart-changed")] = frame["changed"]
    return pd.DataFrame(found)


def rows(
    chosen: list[tuple[str, Incident | None]], words: Wording
) -> list[tuple[str, str, str, str, str, str]]:
    """App (by name) and its incident -> name, onset, volume, stars, cause, coordination."""
    return [(name, *_row(incident, words)) for name, incident in chosen]


def _row(incident: Incident | None, words: Wording) -> tuple[str, str, str, str, str]:
    if incident is None:
        return (words("compare-no-incident"), MISSING, MISSING, MISSING, MISSING)
    facts = incident_texts.facts(incident, words)
    return (
        words.time(incident.onset_at),
        facts[0][1] + changed(incident, words),
        facts[1][1],
        incident_texts.verdict(incident, words),
        words(f"coordination-{incident.coordination}"),
    )
