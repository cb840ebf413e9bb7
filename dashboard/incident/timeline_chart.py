"""An incident's hours -> the panels of its timeline, each also in words, and their table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.app_state.usual_range import Usual, blocks, usual
from analysis.records import Incident
from dashboard.drawing import bar_links, binning, charts
from dashboard.incident.timeline_events import LANES, LaneEvent
from dashboard.words.catalogue import Wording

USUAL_DAYS = 56
BEFORE_AT_LEAST = timedelta(days=2)
AFTER_AT_LEAST = timedelta(days=1)
NOTHING: NDArray[np.int64] = np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Panel:
    """One class of items over time. alt: the chart in a sentence."""

    group: str
    chart: charts.Spec
    alt: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The panels from top to bottom, their table, and their span on the zone's clock.

    bars: rows of binning.bars of the classes that are shown; changed: the changed opinions in each.
    """

    panels: list[Panel]
    table: pd.DataFrame
    bars: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp


def span_shown(incident: Incident, known: datetime) -> tuple[datetime, datetime]:
    """From some days before the onset to some time after the end, as far as anything is known."""
    onset = incident.onset_at
    end = incident.ended_at or known
    length = end - onset
    since = onset - max(BEFORE_AT_LEAST, length / 2)
    until = max(onset, min(known, end + max(AFTER_AT_LEAST, length / 3)))
    return since, until + timedelta(hours=1)


def bounds(since: datetime, until: datetime, words: Wording) -> pd.DatetimeIndex:
    """Bounds of the bars of a span, UTC; its last bar may end after it."""
    return binning.edges(since, until, binning.step_for(since, until), words.zone)


def build(
    incident: Incident,
    hours: pd.DataFrame,
    missing: NDArray[np.int64],
    since: datetime,
    until: datetime,
    words: Wording,
    style: charts.Style,
    *,
    announced: bool = True,
    unseen_label: str = "",
    cut: NDArray[np.int64] = NOTHING,
    changed: pd.DataFrame | None = None,
) -> Drawn:
    """Panels of the classes that occur, the incident's own first and largest.

    hours: SeriesHour from 56 days before `since` to `until`; the usual range comes from before the
    onset. missing: spans that nobody looked at, int64 microseconds. announced: whether the alarm
    had sounded; before, there is no onset to mark. cut: spans whose counts are lower bounds.
    changed: the changed opinions of the span.
    """
    step = binning.step_for(since, until)
    edges = bounds(since, until, words)
    bars = binning.bars(hours, edges, words.zone, missing=missing)
    bars["changed"] = binning.changed(changed, edges, words.zone)
    first = first_of(incident)
    shown = [first] + [
        g
        for g in ("negative", "middle", "positive", "no_stars", "post")
        if g != first and bars.loc[bars["group"] == g, "items"].sum() > 0
    ]
    marks = _marks(incident, words) if announced else []
    label = unseen_label or words("chart-unseen")
    panels = []
    for group in shown:
        mine = bar_links.marked(bars[bars["group"] == group])
        usual = _usual(hours, group, incident.onset_at, step)
        unseen = _unseen(missing, mine, words).assign(label=label)
        if group != "post":  # polls of the review shops were cut
            bound = _unseen(cut, mine, words).assign(label=words("chart-cut"))
            unseen = pd.concat([unseen, bound])
        panels.append(_panel(mine, usual, marks, unseen, step, words, style, first=group == first))
    return Drawn(
        panels,
        table(bars, shown, words),
        bars[bars["group"].isin(shown)],
        bars["wall_start"].min(),
        bars["wall_end"].max(),
    )


def first_of(incident: Incident) -> str:
    """The class that an incident is about, of the chart's."""
    if incident.direction == "fewer" and incident.counts == "mixed":
        return "positive"  # of all reviews that stay away the most
    about = incident.counts if incident.direction == "fewer" else incident.direction
    return "positive" if about == "positive" else "negative"


def lanes(
    events: list[LaneEvent], drawn: Drawn, words: Wording, style: charts.Style
) -> charts.Spec:
    """The events below the panels, one lane a kind."""
    ranked = sorted(events, key=lambda e: LANES.index(e.lane) if e.lane in LANES else len(LANES))
    frame = pd.DataFrame(
        {
            "wall": [binning.wall_time(e.at, words.zone) for e in ranked],
            "lane": [words(f"track-{e.lane}") for e in ranked],
            "tooltip": [f"{words.time(e.at)}: {e.text}" for e in ranked],
        }
    )
    frame = frame[(frame["wall"] >= drawn.start) & (frame["wall"] <= drawn.end)]
    return charts.track(frame, start=drawn.start, end=drawn.end, style=style)


def spans(pairs: list[list[int]]) -> NDArray[np.int64]:
    """Pairs of microseconds as an array of spans."""
    return np.asarray(pairs, dtype=np.int64).reshape(-1, 2)


def _panel(
    mine: pd.DataFrame,
    usual: Usual | None,
    marks: list[charts.Mark],
    unseen: pd.DataFrame,
    step: binning.Step,
    words: Wording,
    style: charts.Style,
    *,
    first: bool,
) -> Panel:
    group = str(mine["group"].iloc[0])
    mine["tooltip"] = [_tooltip(row, words) for row in records(mine)]
    zone = words.zone_title(mine["start"].iloc[0].to_pydatetime())
    title = words(f"chart-{group}")
    chart = charts.volume(
        mine,
        group=group,
        title=title,
        subtitle=words(f"chart-per-{step}", zone=zone),
        usual=(usual.low, usual.high) if usual and usual.high > 0 else None,
        usual_label=words("chart-usual") if first else "",
        marks=marks,
        mark_labels=first,
        unseen=unseen,
        height=250 if first else 142,
        style=style,
    )
    return Panel(group, chart, _alt(title, mine, usual, words))


def _marks(incident: Incident, words: Wording) -> list[charts.Mark]:
    marks: list[tuple[datetime | None, str, str, tuple[int, ...]]] = [
        (incident.onset_at, "onset", "left", (6, 4)),
        (incident.alarmed_at, "alarm", "right", ()),
        (incident.ended_at, "end", "right", (2, 3)),
    ]
    return [
        charts.Mark(binning.wall_time(at, words.zone), words(f"mark-{key}"), side, dash)
        for at, key, side, dash in marks
        if at is not None
    ]


def _usual(hours: pd.DataFrame, group: str, onset: datetime, step: binning.Step) -> Usual | None:
    """Usual range of a bar in the weeks before the onset; None where the app is too young."""
    if hours.empty or hours["hour"].min() > pd.Timestamp(onset) - timedelta(days=14):
        return None
    block = binning.STEP_HOURS[step]
    end = pd.Timestamp(onset).floor("h").to_pydatetime()
    counts = blocks(hours, (group,), end=end, block_hours=block, days=USUAL_DAYS)
    return usual(counts)


def _unseen(missing: NDArray[np.int64], bars: pd.DataFrame, words: Wording) -> pd.DataFrame:
    spans = pd.DataFrame(
        {
            name: pd.to_datetime(missing[:, column], unit="us", utc=True)
            .tz_convert(words.zone)
            .tz_localize(None)
            .tz_localize("UTC")
            for column, name in enumerate(("wall_start", "wall_end"))
        }
    )
    low, high = bars["wall_start"].min(), bars["wall_end"].max()
    spans = spans[(spans["wall_end"] > low) & (spans["wall_start"] < high)]
    clipped: pd.DataFrame = spans.assign(
        wall_start=spans["wall_start"].clip(lower=low), wall_end=spans["wall_end"].clip(upper=high)
    )
    return clipped


def records(frame: pd.DataFrame) -> Any:
    """Rows with their columns as attributes."""
    return frame.itertuples()


def _tooltip(row: Any, words: Wording) -> str:
    told = words(
        "chart-bar",
        **{"from": words.clock(row.start), "to": words.clock(row.end)},
        count=words.number(row.items),
    )
    if not row.changed:
        return told
    return words("chart-bar-changed", told=told, changed=words.number(row.changed))


def _alt(title: str, bars: pd.DataFrame, usual: Usual | None, words: Wording) -> str:
    span = {
        "from": words.time(bars["start"].min().to_pydatetime()),
        "to": words.time(bars["end"].max().to_pydatetime()),
    }
    if not bars["items"].sum() > 0:
        return words("chart-alt-empty", title=title, **span)
    peak = bars.iloc[int(np.nanargmax(bars["items"].to_numpy()))]
    ranges = (
        f"{words.number(usual.low)}–{words.number(usual.high)}" if usual else words.number(None)
    )
    told = words(
        "chart-alt",
        title=title,
        most=words.number(peak["items"]),
        peak=words.time(peak["start"].to_pydatetime()),
        usual=ranges,
        **span,
    )
    moved = int(bars["changed"].sum())
    return words("chart-alt-changed", alt=told, count=moved) if moved else told


def table(bars: pd.DataFrame, shown: list[str], words: Wording) -> pd.DataFrame:
    """A row for each bar, a column for each class, and the changed opinions among them where there
    are any; times on the reader's clock."""
    wide = bars[bars["group"].isin(shown)].pivot_table(
        index="start", columns="group", values="items", dropna=False, sort=True
    )
    wide = wide[shown].astype("Int64")
    wide.columns = pd.Index([words(f"chart-{g}") for g in shown])
    when = words("column-when")
    zone = words.zone_title(bars["start"].iloc[0].to_pydatetime())
    if "changed" in bars and bars["changed"].any():
        mine = bars[bars["group"].isin(shown)]
        wide[words("chart-changed")] = mine.groupby("start")["changed"].sum().astype("Int64")
    wide.insert(0, f"{when} ({zone})", [words.clock(s) for s in wide.index])
    return wide.reset_index(drop=True)
