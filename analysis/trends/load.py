"""`load_trends`: the frame behind the page, the command and the export."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.trends import bins, panels, said, store_average
from analysis.trends.bins import BinLength, Span
from analysis.trends.panels import Grid
from analysis.trends.points import PANELS, Panel, TrendPoint
from analysis.trends.seen import seen
from collector import record_frames
from collector.errors import ContractError
from collector.store import Store
from collector.store.counts.groups import By as Column

By = Literal["source", "country", "lang", "version", "reason"]
BYS: tuple[By, ...] = ("source", "country", "lang", "version", "reason")
SUMMED: dict[Panel, panels.Part] = {
    "reviews": panels.reviews,
    "stars": panels.stars,
    "sentiment": panels.sentiment,
}
NUMBERS = ("value", "low", "high")


@dataclass(frozen=True, slots=True)
class Trends:
    """An app over a span. frame: columns of TrendPoint behind the column of `by`.

    every: by panel, where only each so-many-th text was read.
    """

    app: str
    span: Span
    length: BinLength
    by: By | None
    grid: Grid
    frame: pd.DataFrame
    every: dict[Panel, int]

    def of(self, panel: Panel, series: str | None = None) -> pd.DataFrame:
        """The rows of a panel, of one series or of all."""
        mine = self.frame[self.frame["panel"] == panel]
        return mine if series is None else mine[mine["series"] == series]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read once for all panels of a span."""

    store: Store
    app: str
    names: tuple[str, ...]
    grid: Grid
    sums: pd.DataFrame

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.grid.bounds[0], self.grid.bounds[-1]

    def texts(self) -> int:
        """Reviews with a text."""
        mine = (self.sums["kind"] == "review") & (self.sums["lean"] != 3)
        return int(self.sums["items"][mine].sum())


def trends(
    store: Store,
    app: str,
    span: Span,
    length: BinLength,
    *,
    now: datetime,
    by: By | None = None,
    zone: ZoneInfo | None = None,
    wanted: Collection[Panel] = PANELS,
    names: Sequence[str] = (),
) -> Trends:
    """The panels of an app over a span.

    by: the panels that can be split are, and have that column in front. zone: whose days, weeks and
    months the bins are. names: what a post can call the app, beside its name and key.
    """
    bounds = bins.edges(span, length, zone or ZoneInfo("UTC"))
    grid = Grid(bounds, seen(store, app, bounds, now))
    columns: list[Column] = ["source"] if by is None or by == "reason" else ["source", by]
    sums = store.groups.sums(app, bounds, columns)
    known = next((one.name for one in store.apps.all() if one.key == app), app)
    reading = _Reading(store, app, (*names, known, app), grid, sums)
    every: dict[Panel, int] = {}
    parts = list(_parts(reading, by, wanted, every))
    return Trends(app, span, length, by, grid, _frame(parts, by), every)


def _parts(
    reading: _Reading, by: By | None, wanted: Collection[Panel], every: dict[Panel, int]
) -> Iterator[pd.DataFrame]:
    grid, sums = reading.grid, reading.sums
    if by is not None:
        yield from _split(reading, by, wanted, every)
        return
    for panel, part in SUMMED.items():
        if panel in wanted:
            yield from part(sums, grid, None)
    if "store_average" in wanted:
        yield from store_average.averages(reading.store, reading.app, sums, grid)
    if "reasons" in wanted:
        yield from _reasons(reading, every)
    if "posts" in wanted:
        yield from _posts(reading, every)
    if "replies" in wanted:
        yield from _replies(reading, every)


def _split(
    reading: _Reading, by: By, wanted: Collection[Panel], every: dict[Panel, int]
) -> Iterator[pd.DataFrame]:
    """The panels of reviews, for each value of a column."""
    sums = reading.sums
    if by == "reason":
        read = said.read(reading.store, reading.app, *reading.span, reading.texts())
        sums = said.by_reason(read, reading.grid.bounds)
        every |= {panel: read.every for panel in SUMMED if panel in wanted}
    for group, mine in sums[sums["kind"] == "review"].groupby(by):
        source = str(group) if by == "source" else None
        for panel, part in SUMMED.items():
            if panel in wanted:
                for rows in part(mine, reading.grid, source):
                    yield rows.assign(**{by: str(group) or None})


def _reasons(reading: _Reading, every: dict[Panel, int]) -> Iterator[pd.DataFrame]:
    read = said.read(reading.store, reading.app, *reading.span, reading.texts())
    every["reasons"] = read.every
    rows = said.with_bins(read.rows, reading.grid.bounds)
    rows = rows.assign(reasons=pd.Series(read.reasons, index=rows.index, dtype="object"))
    yield from said.reasons(rows, reading.grid, reading.grid.seen.reviews)


def _posts(reading: _Reading, every: dict[Panel, int]) -> Iterator[pd.DataFrame]:
    sums, grid = reading.sums, reading.grid
    yield from panels.posts(sums, grid, None)
    count = int(sums["items"][sums["kind"] == "post"].sum())
    every["posts"] = said.part_of(count)
    yield from said.calls(reading.store, reading.app, grid, reading.names, count)


def _replies(reading: _Reading, every: dict[Panel, int]) -> Iterator[pd.DataFrame]:
    """Of the stores that show replies."""
    telling = reading.store.said_rows.answering(reading.app)
    sums = reading.sums[reading.sums["source"].isin(telling)]
    yield from panels.answered(sums, reading.grid, None)
    if telling:
        every["replies"] = said.part_of(int(sums["answered"].sum()))
        rows = reading.store.said_rows.answers(reading.app, *reading.span, every["replies"])
        rows = said.with_bins(rows, reading.grid.bounds)
        yield said.hours_until_answer(rows, reading.grid)


def _frame(parts: list[pd.DataFrame], by: By | None) -> pd.DataFrame:
    names = record_frames.names(TrendPoint)
    front = [] if by is None else [by]
    if not parts:
        frame = record_frames.empty_frame(TrendPoint)
        return frame if by is None else frame.assign(**{by: pd.Series(dtype="str")})[[by, *names]]
    frame = pd.concat(parts, ignore_index=True)[[*front, *names]]
    dtypes: dict[str, Any] = {c.name: c.dtype for c in record_frames.columns(TrendPoint)}
    return frame.astype(dtypes | dict.fromkeys(front, "str"))


def chosen_by(by: str | None) -> By | None:
    """What to split by. Raises ContractError."""
    if by is None:
        return None
    found = next((one for one in BYS if one == by), None)
    if found is None:
        raise ContractError(f"by: {by!r} is not one of {', '.join(BYS)}")
    return found
