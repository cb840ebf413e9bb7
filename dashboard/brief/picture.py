"""The timeline as a still picture for paper: no small counts, no colour needed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import series
from analysis.records import Incident
from collector.store import Store
from collector.times import from_us
from dashboard.drawing import binning
from dashboard.incident import timeline_chart
from dashboard.words.catalogue import Wording
from dashboard.words.markup import picture

Place = Callable[[pd.Timestamp], float]
WIDTH, HEIGHT = 720.0, 190.0
HEADROOM = 0.86  # share of the height that bars may use; labels stand above
LEFT, TOP, BOTTOM = 44.0, 22.0, 26.0
DAYS_SHOWN = 12  # labels below which every day gets one


@dataclass(frozen=True, slots=True)
class Picture:
    """address: a data address of an SVG. note: what its signs mean."""

    address: str
    alt: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar. unseen: nobody looked. small: a count that is not told."""

    x: float
    width: float
    height: float
    unseen: bool
    small: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of the incident, drawn from top to floor."""

    x: float
    label: str
    dash: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A span whose counts are lower bounds."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Day:
    """A day under the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Where everything stands, in units of the picture. most: the count of the tallest bar."""

    width: float
    height: float
    left: float
    floor: float
    top: float
    tallest: float
    most: float
    most_label: str
    bars: list[Bar]
    marks: list[Mark]
    cut: list[Cut]
    days: list[Day]


def timeline_picture(
    store: Store,
    incident: Incident,
    since: datetime,
    until: datetime,
    words: Wording,
    *,
    smallest: int,
) -> Picture:
    """Bars of the incident's class; counts below `smallest` share one low, hatched height."""
    app = incident.app
    group = timeline_chart.first_of(incident)
    step = binning.step_for(since, until)
    bounds = timeline_chart.bounds(since, until, words)
    hours = series.hourly_counts(
        store, app, since=bounds[0].to_pydatetime(), until=bounds[-1].to_pydatetime()
    )
    seen = series.coverage_so_far(store, app)
    bars = binning.bars(hours, bounds, words.zone, missing=seen.gaps)
    bars["changed"] = binning.changed(
        store.changed_opinions.frame(
            app, since=bounds[0].to_pydatetime(), until=bounds[-1].to_pydatetime()
        ),
        bounds,
        words.zone,
    )
    mine = bars[bars["group"] == group].reset_index(drop=True)
    title = (
        f"{words(f'chart-{group}')} · {words(f'chart-per-{step}', zone=words.zone_title(since))}"
    )
    drawn = geometry(mine, incident, words, smallest, seen.truncated)
    return Picture(
        picture("timeline.svg", title=title, drawn=drawn),
        _alt(words, title, since, until, drawn.most, int(mine["changed"].sum()), smallest),
        " ".join(
            [
                words("report-picture-note", k=smallest),
                *([words("report-picture-cut")] if drawn.cut else []),
            ]
        ),
    )


def _alt(
    words: Wording,
    title: str,
    since: datetime,
    until: datetime,
    most: float,
    changed: int,
    smallest: int,
) -> str:
    """The picture in words; no count of changed opinions below `smallest`."""
    told = words(
        "report-picture-alt",
        title=title,
        **{"from": words.time(since), "to": words.time(until)},
        most=words.number(most),
    )
    return words("chart-alt-changed", alt=told, count=changed) if changed >= smallest else told


def geometry(
    bars: pd.DataFrame,
    incident: Incident,
    words: Wording,
    smallest: int,
    cut: NDArray[np.int64] = timeline_chart.NOTHING,
) -> Geometry:
    """Where everything stands, in units of the picture. cut: spans of lower bounds, int64 us."""
    start, end = bars["wall_start"].min(), bars["wall_end"].max()
    most = max(float(bars["items"].max(skipna=True)), float(smallest))
    floor = HEIGHT - BOTTOM

    def x(wall: pd.Timestamp) -> float:
        share = float((wall - start) / (end - start))
        return round(LEFT + (WIDTH - LEFT) * share, 2)

    def height(count: float) -> float:
        return round((floor - TOP) * HEADROOM * max(count, smallest / 2) / most, 2)

    drawn = [
        Bar(
            x=x(row.wall_start),
            width=round(max(x(row.wall_end) - x(row.wall_start) - 0.4, 0.6), 2),
            height=0.0 if pd.isna(row.items) else height(row.items),
            unseen=bool(pd.isna(row.items)),
            small=bool(row.items < smallest),
        )
        for row in timeline_chart.records(bars)
        if pd.isna(row.items) or row.items > 0
    ]
    return Geometry(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        floor=floor,
        top=TOP,
        tallest=round(floor - (floor - TOP) * HEADROOM, 2),
        most=most,
        most_label=words.number(most),
        bars=drawn,
        marks=_marks(incident, words, x),
        cut=[
            Cut(x(low), round(max(x(high) - x(low), 2.0), 2))
            for low, high in _within(cut, start, end, words)
        ],
        days=_days(start, end, words, x),
    )


def _within(
    spans: NDArray[np.int64], start: pd.Timestamp, end: pd.Timestamp, words: Wording
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """The spans on the zone's clock, as far as they are drawn."""
    walls = [
        tuple(binning.wall_time(from_us(us), words.zone) for us in span) for span in spans.tolist()
    ]
    return [(max(a, start), min(b, end)) for a, b in walls if a < end and b > start]


def _marks(incident: Incident, words: Wording, x: Place) -> list[Mark]:
    found = []
    for moment, label, dash, anchor in (
        (incident.onset_at, "mark-onset", "5 3", "end"),
        (incident.alarmed_at, "mark-alarm", "", "start"),
        (incident.ended_at, "mark-end", "2 3", "start"),
    ):
        if moment is not None:
            at = x(binning.wall_time(moment, words.zone))
            found.append(Mark(at, words(label), dash, anchor))
    return found


def _days(start: pd.Timestamp, end: pd.Timestamp, words: Wording, x: Place) -> list[Day]:
    days = pd.date_range(start.ceil("D"), end.floor("D"), freq="D")
    every = -(-max(len(days), 1) // DAYS_SHOWN)
    return [Day(x(day), words.calendar_day(day.to_pydatetime())) for day in days[::every]]
