"""FloodBench's one data file: a zip of hourly counts, events and quiet spans, and its statement.

No text, author, id or exact time is in it.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.research.tables import spread
from analysis.swings import History
from analysis.swings.history import DAY, HOUR
from benchmarks.detection.real_histories import AppCase, Span
from collector.times import from_iso, from_us, to_iso, to_us

CLASSES = {"low": (1, 2), "middle": (3, 3), "high": (4, 5)}
STARS = {"low": 1, "middle": 3, "high": 5}
WRITTEN = (1980, 1, 1, 0, 0, 0)  # of the zip's entries: the same data give the same bytes
STATEMENT = """# FloodBench: data statement

What it is: how many reviews of each star class (low: 1 and 2 stars, middle: 3, high: 4 and 5) an
app got in each hour (UTC), from public reviews of app stores and Steam around known events; with
the spans of dated events and of quiet times, as they were written down before any detector ran.

What is not in it: texts, titles, authors, ids, votes, replies, exact times. An hour with one review
says that somebody reviewed the app in that hour, which the store shows to everybody.

Who is in it: people who review apps; not the public, nor all users of an app. Countries and
languages are those of the apps that were chosen because something had happened to them, so that
the share of events is far above that of any app. Stores withhold and remove reviews: counts are
what could be read, and where a store cuts its list they are lower bounds. `unseen` in streams.csv
has the spans that nobody looked at. Streams whose source gives dates alone have all of a day at
00:00 (`resolution_s` 86400).

What for: comparing detectors of swings at the same rate of false alarms. Not for: saying who caused
an event, or judging an app or its users. Onsets are known to the day at best, often less exactly;
`weak` events lie near the noise and `censored` ones have no measurable onset: neither is scored.

Files: counts.csv (stream, hour, low, middle, high), spans.csv (stream, name, kind, onset, end,
direction, weak, censored), streams.csv (stream, resolution_s, unseen).
"""


def write(cases: Sequence[AppCase], path: Path) -> None:
    """The file; the same cases give the same bytes."""
    counts = pd.concat([_counts(case) for case in cases], ignore_index=True)
    spans = pd.DataFrame(
        [
            {
                "stream": case.app, "name": s.name, "kind": kind, "onset": _iso(s.onset),
                "end": _iso(s.end), "direction": s.direction, "weak": s.weak,
                "censored": s.censored,
            }
            for case in cases
            for kind, held in (("event", case.events), ("quiet", case.quiet))
            for s in held
        ]
    )  # fmt: skip
    streams = pd.DataFrame(
        [
            {
                "stream": case.app,
                "resolution_s": case.resolution_s,
                "unseen": json.dumps(case.history.gaps.tolist()),
            }
            for case in cases
        ]
    )
    parts = {"counts.csv": counts, "spans.csv": spans, "streams.csv": streams}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, frame in parts.items():
            file.writestr(zipfile.ZipInfo(name, WRITTEN), frame.to_csv(index=False), 8)
        file.writestr(zipfile.ZipInfo("README.md", WRITTEN), STATEMENT, 8)


def read(path: Path) -> list[AppCase]:
    """The streams of a file: events in place of counts, evenly within their hour."""
    with zipfile.ZipFile(path) as file:
        counts, spans, streams = (
            pd.read_csv(io.BytesIO(file.read(f"{name}.csv")), keep_default_na=False)
            for name in ("counts", "spans", "streams")
        )
    hours = pd.to_datetime(counts["hour"], utc=True).dt.as_unit("us").astype("int64").to_numpy()
    cases = []
    for row in streams.itertuples():
        mine = (counts["stream"] == row.stream).to_numpy()
        known = spans[spans["stream"] == row.stream]
        gaps = np.array(json.loads(str(row.unseen)), dtype=np.int64).reshape(-1, 2)
        resolution = int(str(row.resolution_s))
        cases.append(
            AppCase(
                app=str(row.stream),
                history=_history(counts[mine], hours[mine], resolution, gaps),
                events=tuple(_spans(known[known["kind"] == "event"])),
                quiet=tuple(_spans(known[known["kind"] == "quiet"])),
                resolution_s=resolution,
            )
        )
    return cases


def _counts(case: AppCase) -> pd.DataFrame:
    seen = case.history.until(int(case.history.at[-1])) if len(case.history.at) else case.history
    hour = seen.at // HOUR
    frame = pd.DataFrame({"hour": hour})
    for name, (low, high) in CLASSES.items():
        frame[name] = ((seen.stars >= low) & (seen.stars <= high) & ~seen.is_post).astype(int)
    summed = frame.groupby("hour", as_index=False).sum()
    summed = summed[summed[list(CLASSES)].sum(axis=1) > 0]
    told = pd.to_datetime(summed["hour"] * HOUR, unit="us", utc=True)
    summed["hour"] = told.dt.strftime("%Y-%m-%dT%H:00:00Z")
    summed.insert(0, "stream", case.app)
    return summed


def _history(
    counts: pd.DataFrame, hours: NDArray[np.int64], resolution: int, gaps: NDArray[np.int64]
) -> History:
    width = DAY if resolution >= DAY // 1_000_000 else HOUR
    at = [spread(hours, counts[name].to_numpy(np.int64), width) for name in CLASSES]
    stars = np.repeat([STARS[name] for name in CLASSES], [len(part) for part in at])
    order = np.argsort(np.concatenate(at), kind="stable")
    n = len(order)
    none = np.empty((0, 2), dtype=np.int64)
    return History(
        np.concatenate(at)[order],
        stars[order].astype(np.int8),
        np.zeros(n, np.int16),
        np.zeros(n, dtype=bool),
        ("stream",),
        gaps,
        none,
    )


def _spans(rows: pd.DataFrame) -> list[Span]:
    return [
        Span(
            app=str(row.stream),
            name=str(row.name),
            onset=_us(str(row.onset)),
            end=_us(str(row.end)),
            direction=str(row.direction),
            weak=bool(row.weak),
            censored=bool(row.censored),
        )
        for row in rows.itertuples(index=False)
    ]


def _iso(at: int) -> str:
    return to_iso(from_us(at))


def _us(moment: str) -> int:
    return to_us(from_iso(moment))
