"""Swings in a user's own table, as the command line finds them in its store."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

import numpy as np
import pandas as pd

from analysis import series, swings
from analysis.incidents.find_fewer import fewer_of, seen_until
from analysis.incidents.incident_ids import Names as Ids
from analysis.incidents.merge_split import Event, detected
from analysis.incidents.waves import Parting, parts_always, parts_by_texts
from analysis.records import Direction, Escalation, Swing
from analysis.research.frames import Moment, utc
from analysis.research.made_with import made_with
from analysis.research.own_detectors import Detector, detector_of
from analysis.research.own_swings import own_swings
from analysis.research.tables import Names, Table, opened, read_table
from collector import record_frames
from collector.errors import ContractError
from collector.privacy.protect import mask
from collector.times import HOUR_US, INSTANT, from_us, to_us

BUDGET = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedSwing:
    """One swing of a table; the fields that `incidents --json` has too mean the same there."""

    id: Annotated[str, "as the command line names it: app and minute of the first alarm"]
    app: Annotated[str, "the app"]
    direction: Annotated[Direction, "negative, positive or mixed; fewer: reviews that stay away"]
    onset_at: Annotated[datetime, "most likely start"]
    alarmed_at: Annotated[datetime, "earliest moment of the alarm, from what came before it alone"]
    peak_at: Annotated[datetime, "start of the busiest hour"]
    ended_at: Annotated[datetime | None, "end of the burst; missing while it lasts"]
    over_at: Annotated[datetime | None, "when it was told to be over; missing while it lasts"]
    items: Annotated[int, "items of its direction in the burst, onset to end"]
    expected_items: Annotated[float, "items expected in that span from the app's own past"]
    recurrence_days: Annotated[float, "days between such alarms if only chance were at work"]
    detector: Annotated[str, "what raised the alarm: count, share, ..., or a detector's own name"]
    counts: Annotated[Direction, "which stars items counts; mixed: all"]
    waves: Annotated[int, "bursts that it is made of"]
    escalations: Annotated[list[Escalation], "later growth: at, factor"]


def detect(
    df: Any,
    *,
    time: str | None = None,
    stars: str | None = None,
    count: str | None = None,
    source: str | None = None,
    by: str | None = None,
    app: str = "app",
    bin_width: timedelta | None = None,
    as_of: Moment = None,
    false_alarms_per_app_year: float = BUDGET,
    detector: Detector | str | None = None,
) -> pd.DataFrame:
    """Sudden swings in a table of reviews, or of counts, by time of alarm.

    df: pandas, polars or Arrow table (or what gives an Arrow stream), a row an event, in any order.
        Nothing is written, and no store or configuration is read.
    time: the column of times: any zone and resolution, or text as files have it; without a zone
        they are UTC. stars: of ratings. source: of shops. None: found by name and contents, as
        `floodgauge import` finds them; "" where there is none.
    count: how many events a row stands for (a column called `count` is taken; "" if it is none).
        bin_width: how long such a row lasts, at most a day; None: the smallest distance of two.
        An alarm then comes at the end of a bin.
    by: the column that tells several apps apart; else all rows are of `app`.
    as_of: nothing later is looked at. false_alarms_per_app_year: what chance alone may raise.
    detector: one of your own (fg.Detector) or the name of an installed one, in place of ours, at
        the same budget; it sees low stars.

    Gives one row a swing, columns of DetectedSwing, times UTC: what `floodgauge import`, `analyze`
    and `incidents --json` say of the same rows, in the fields that they share. Without stars all
    rows count alike and the direction is mixed. `attrs["floodgauge"]` holds version, settings and
    the number of rows; rows that cannot be used are left out with a warning. Under 35 quiet days
    of past nothing can be unusual: the frame is empty.
    Raises ContractError where a column is not there or cannot be read.
    Method: docs/detection.md; negative binomial scan over windows of one hour to seven days, after
    Kulldorff (2001) and Noufaily et al. (2013), with the app's one budget of false alarms.

    >>> import floodgauge as fg
    >>> import pandas as pd
    >>> usual = pd.date_range("2026-01-01 21:30", periods=120, freq="D", tz="Europe/Madrid")
    >>> flood = pd.date_range("2026-04-20 10:07", periods=40, freq="5min", tz="Europe/Madrid")
    >>> reviews = pd.DataFrame({"at": usual.append(flood), "stars": [5, 1, 4] * 40 + [1] * 40})
    >>> found = fg.detect(reviews)
    >>> found[["direction", "onset_at", "items"]]
      direction                  onset_at  items
    0  negative 2026-04-20 08:07:00+00:00     40
    """
    names = Names(time=time, stars=stars, count=count, source=source, bin=bin_width)
    rows: list[list[Any]] = []
    left_out: dict[str, int] = {}
    events = 0
    for key, part in _apps(df, by, app):
        table = read_table(part, names, utc("as_of", as_of))
        events += len(table.at)
        for why, n in table.left_out.items():
            left_out[why] = left_out.get(why, 0) + n
        until = until_of(table, utc("as_of", as_of))
        events_found = events_of(table, key, until, false_alarms_per_app_year, detector)
        rows += [_row(key, event) for event in events_found]
    _warn(left_out)
    frame = record_frames.frame_from_rows(DetectedSwing, rows)
    settings = {
        "false_alarms_per_app_year": false_alarms_per_app_year,
        "as_of": utc("as_of", as_of),
        "by": by,
        "detector": None if detector is None else detector_of(detector).name,
    }
    frame.attrs["floodgauge"] = made_with(settings) | {"events": events, "left_out": left_out}
    return frame


def events_of(
    table: Table,
    app: str,
    until: int,
    per_year: float,
    detector: Detector | str | None = None,
) -> list[Event]:
    """The swings known at a moment as the events that people are told of, by alarm."""
    history = table.history()
    if detector is None:
        found = swings.detect(history, now=until, false_alarms_per_app_year=per_year)
        found = [swing for swing in found if not swing.launch] + _fewer(table, until)
    else:
        found = own_swings(detector_of(detector), history, until, per_year)
    return told_of(table, app, found, until)


def told_of(table: Table, app: str, found: list[Swing], until: int) -> list[Event]:
    """Swings of a table as events, as its stars and bins allow."""
    if not table.rated:
        found = [replace(s, direction=_unrated(s), counts="mixed") for s in found]
    if table.width is not None:
        found = [by_bins(swing, table) for swing in found]
    told = detected(app, found, Ids(app), _parting(table, until))
    return sorted(told, key=lambda e: (e.swing.alarmed_at, e.swing.direction))


def until_of(table: Table, as_of: datetime | None) -> int:
    """The last moment that is looked at, microseconds: of counts, the end of a whole bin."""
    if as_of is None:
        return table.newest
    if table.width is None:
        return min(table.newest, to_us(as_of))
    bins_to_come = -((to_us(as_of) - table.newest - 1) // table.width)
    return table.newest - max(bins_to_come, 0) * table.width


def by_bins(swing: Swing, table: Table) -> Swing:
    """A swing of counts: nothing is known of a bin before it has ended."""
    width, end = table.width or 1, table.newest + 1

    def after(moment: datetime) -> datetime:
        return from_us(end - (end - to_us(moment) - 1) // width * width)

    return replace(
        swing,
        onset_at=after(swing.onset_at) - width * INSTANT,
        alarmed_at=after(swing.alarmed_at),
        ended_at=None if swing.ended_at is None else after(swing.ended_at),
        closed_at=None if swing.closed_at is None else after(swing.closed_at),
        escalations=tuple(replace(e, at=after(e.at)) for e in swing.escalations),
    )


def _apps(df: Any, by: str | None, app: str) -> Iterator[tuple[str, Any]]:
    frame = opened(df)
    if by is None:
        yield app, frame.to_native()
        return
    if by not in frame.columns:
        raise ContractError(f"by: no column {by!r}; there is: {', '.join(frame.columns)}")
    for value in sorted(frame[by].drop_nulls().unique().to_list(), key=str):
        yield str(value), frame.filter(frame[by] == value).to_native()


def _fewer(table: Table, until: int) -> list[Swing]:
    """What stays away."""
    known = (table.stars > 0) & ~table.is_post & (table.at <= until)
    if not known.any():
        return []
    first = int(table.at[0]) // HOUR_US
    kinds = 6 * len(table.sources)
    code = (table.at[known] // HOUR_US - first) * kinds + table.source[known] * 6
    counted = np.bincount(code + table.stars[known])
    held = np.flatnonzero(counted)
    hours = pd.DataFrame(
        {
            "place": first + held // kinds,
            "source": np.array(table.sources)[held % kinds // 6],
            "stars": held % 6,
            "items": counted[held],
        }
    )
    moment = from_us(until)
    missed = replace(series.coverage_of({}), gaps=table.gaps, truncated=table.truncated)
    return fewer_of(hours, missed, seen_until(hours, {}, moment), moment)


def _unrated(swing: Swing) -> Direction:
    return "fewer" if swing.direction == "fewer" else "mixed"


def _parting(table: Table, until: int) -> Parting:
    if table.width is not None or not {"text", "title"} & table.layout.columns.keys():
        return parts_always

    def read(since: datetime, end: datetime) -> pd.DataFrame:
        return written_between(table, since, min(end, from_us(until) + INSTANT))

    return parts_by_texts(read, from_us(until))


def written_between(table: Table, since: datetime, end: datetime) -> pd.DataFrame:
    """Reviews as the store has them, masked: created_at, rating, title, text."""
    low, high = np.searchsorted(table.at, [to_us(since), to_us(end)])
    said = table.between(to_us(since), to_us(end), ("title", "text", "country"))
    n = int(high - low)
    country = said.get("country", [None] * n)
    frame = pd.DataFrame(
        {
            "created_at": pd.to_datetime(table.at[low:high], unit="us", utc=True),
            "rating": np.where(table.stars[low:high] > 0, table.stars[low:high], np.nan),
            **{h: _masked(said.get(h, [None] * n), country) for h in ("title", "text")},
        }
    )
    return frame[~table.is_post[low:high]]


def _masked(texts: list[Any], countries: list[Any]) -> "pd.Series[str]":
    kept = [
        mask(text, country=str(where).lower() if isinstance(where, str) else None)
        if isinstance(text, str)
        else None
        for text, where in zip(texts, countries, strict=True)
    ]
    return pd.Series(kept, dtype="str")


def _row(app: str, event: Event) -> list[Any]:
    swing = event.swing
    given = {
        "id": event.id,
        "app": app,
        "over_at": swing.closed_at,
        "counts": swing.counts or swing.direction,
        "escalations": [{"at": e.at.isoformat(), "factor": e.factor} for e in swing.escalations],
    }
    names = record_frames.names(DetectedSwing)
    return [given[name] if name in given else getattr(swing, name) for name in names]


def _warn(left_out: dict[str, int]) -> None:
    if left_out:
        said = "; ".join(f"{why}: {n:,}" for why, n in left_out.items())
        warnings.warn(f"rows left out ({said})", UserWarning, stacklevel=3)
