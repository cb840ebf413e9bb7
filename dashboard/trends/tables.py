"""The numbers of the panels as a table and a file, and what a reader must know of a span."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analysis.series import Missed
from analysis.trends.bins import Span, whole_hours
from analysis.trends.load import Trends
from collector.store import Store
from collector.store.polls.import_samples import open_cuts
from collector.text.formula_guard import guarded
from collector.times import to_iso, to_us
from dashboard.trends import panel_charts, sentences
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name


def table(now: Trends, words: Wording) -> pd.DataFrame:
    """A row for each bin, a column for each series that has numbers."""
    zone = words.zone_title(now.span.since)
    found: dict[str, Any] = {
        f"{words('column-when')} ({zone})": [
            sentences.when(at, now, words) for at in now.bounds[:-1]
        ]
    }
    pairs = now.frame[["panel", "series"]].drop_duplicates()
    for panel, series in zip(pairs["panel"], pairs["series"], strict=True):
        rows = now.of(panel, series)
        if rows["value"].notna().any() and len(rows) == len(now.bounds) - 1:
            title = words(f"trends-title-{panel}")
            name = panel_charts.series_name(panel, str(series), words)
            found[f"{title}: {name}"] = [
                panel_charts.value_in_words(panel, str(series), value, words)
                for value in rows["value"]
            ]
    changed = changed_by_bin(now)
    if any(changed):
        title = words("trends-title-reviews")
        found[f"{title}: {words('chart-changed')}"] = [words.number(n) for n in changed]
    return pd.DataFrame(found)


def as_csv(frame: pd.DataFrame) -> bytes:
    """The numbers of the charts, in the columns of load_trends."""
    out = frame.copy()
    out["at"] = [to_iso(at) for at in out["at"]]
    for name in list(out.columns)[: list(out.columns).index("at")]:
        out[name] = out[name].map(guarded, na_action="ignore")
    return str(out.to_csv(index=False, lineterminator="\n")).encode()


def reviews_by_bin(now: Trends) -> list[int]:
    """Reviews of each bin; a bin that nobody looked at has none."""
    return _by_bin(now, "value")


def changed_by_bin(now: Trends) -> list[int]:
    """The changed opinions among them."""
    return _by_bin(now, "changed")


def _by_bin(now: Trends, column: str) -> list[int]:
    values = now.of("reviews")[column].fillna(0).to_numpy(np.int64)
    bins = len(now.bounds) - 1
    return [int(n) for n in values.reshape(-1, bins).sum(axis=0)] if len(values) else [0] * bins


def reviews_in(now: Trends) -> int:
    """Reviews of the whole span."""
    return sum(reviews_by_bin(now))


def warnings(store: Store, app: str, span: Span, missed: Missed, words: Wording) -> list[str]:
    """What was not seen, what an import left out, what waits for the next analysis."""
    return [*unseen(store, app, span, missed, words), *unread(store, app, words)]


def unread(store: Store, app: str, words: Wording) -> list[str]:
    """What waits for the next analysis."""
    return [words("trends-waiting")] if store.hourly.waiting().get(app) else []


def unseen(store: Store, app: str, span: Span, missed: Missed, words: Wording) -> list[str]:
    """What was not seen of a span, and what an import left out of it."""
    found = []
    start, end = to_us(span.since), to_us(span.until)
    holes = np.concatenate([missed.gaps, missed.truncated])
    if any(a < end and b > start for a, b in holes.tolist()):
        found.append(words("trends-coverage"))
    cut = {
        one.source
        for one in open_cuts(store.import_samples.of(app))
        if one.first_at < span.until and (one.cut_at or one.last_at) > span.since
    }
    found += [words("trends-imported", source=source_name(s, words)) for s in sorted(cut)]
    return found


def as_day(text: str) -> date | None:
    """The day that an address names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def span_of_days(first: date | None, last: date | None, zone: ZoneInfo) -> Span | None:
    """From the first moment of a day to the last of another; None for no span."""
    if first is None or last is None or last < first:
        return None
    start = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
    return whole_hours(start.astimezone(ZoneInfo("UTC")), end.astimezone(ZoneInfo("UTC")))
