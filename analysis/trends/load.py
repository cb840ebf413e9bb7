"""The panels of an app over a span: what `load_trends`, page, files and command are made of."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.trends import bins, panels, said, store_average
from analysis.trends.bins import BinLength, Span
from analysis.trends.panels import Grid
from analysis.trends.points import PANELS, Panel, TrendPoint
from analysis.trends.said import Said
from analysis.trends.seen import Seen, Sight
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


@dataclass(frozen=True, slots=True)
class Trends:
    """An app over a span. frame: columns of TrendPoint behind the column of `by`.

    totals: the same with the whole span as one bin. bounds: of the bins. every: by panel, where
    only each so-many-th text was read.
    """

    app: str
    span: Span
    length: BinLength
    by: By | None
    bounds: tuple[datetime, ...]
    seen: Seen
    frame: pd.DataFrame
    totals: pd.DataFrame
    every: dict[Panel, int]

    def of(self, panel: Panel, series: str | None = None) -> pd.DataFrame:
        """The rows of a panel, of one series or of all."""
        return _of(self.frame, panel, series)

    def total(self, panel: Panel, series: str) -> Any:
        """The row of a series for the whole span; None where there is none."""
        rows = _of(self.totals, panel, series)
        return None if rows.empty else next(iter(rows.itertuples()))


class _Reading:
    """What is read of a span, once, and told by bins and for the whole."""

    def __init__(
        self, store: Store, app: str, names: tuple[str, ...], grid: Grid, sums: pd.DataFrame
    ) -> None:
        self.store = store
        self.app = app
        self.names = names
        self.grid = grid
        self.sums = sums
        self.span = (grid.bounds[0], grid.bounds[-1])
        self.every: dict[Panel, int] = {}

    @cached_property
    def said(self) -> Said:
        """The reviews with their reasons."""
        mine = (self.sums["kind"] == "review") & (self.sums["lean"] != panels.NO_TEXT)
        return said.read(self.store, self.app, *self.span, int(self.sums["items"][mine].sum()))

    @cached_property
    def posts(self) -> pd.DataFrame:
        """The posts, with whether each calls on others."""
        count = int(self.sums["items"][self.sums["kind"] == "post"].sum())
        self.every["posts"] = said.part_of(count)
        return said.posts(self.store, self.app, *self.span, self.names, self.every["posts"])

    @cached_property
    def telling(self) -> list[str]:
        """Sources that show replies."""
        reviews = self.sums["source"][self.sums["kind"] == "review"]
        return self.store.groups.answering(self.app, reviews.unique())

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answered reviews of these."""
        self.every["replies"] = said.part_of(int(self.sums["answered"].sum()))
        return self.store.said_rows.answers(self.app, *self.span, self.every["replies"])


def trends(
    store: Store,
    app: str,
    span: Span,
    length: BinLength,
    *,
    sight: Sight,
    by: By | None = None,
    zone: ZoneInfo | None = None,
    wanted: Collection[Panel] = PANELS,
    names: Sequence[str] = (),
) -> Trends:
    """The panels of an app over a span.

    sight: what was seen of the app. by: the panels that can be split are, and have that column in
    front. zone: whose days, weeks and months the bins are. names: what a post can call the app,
    beside its name and key.
    """
    bounds = bins.edges(span, length, zone or ZoneInfo("UTC"))
    grid = Grid(bounds, sight.of(bounds))
    ends = (bounds[0], bounds[-1])
    whole = Grid(ends, sight.of(ends))
    columns: list[Column] = ["source"] if by is None or by == "reason" else ["source", by]
    sums = store.groups.sums(app, bounds, columns)
    known = next((one.name for one in store.apps.all() if one.key == app), app)
    reading = _Reading(store, app, (*names, known, app), grid, sums)
    frames = [_frame(list(_parts(reading, each, by, wanted)), by) for each in (grid, whole)]
    return Trends(
        app, span, length, by, tuple(bounds), grid.seen, frames[0], frames[1], reading.every
    )


def _parts(
    reading: _Reading, grid: Grid, by: By | None, wanted: Collection[Panel]
) -> Iterator[pd.DataFrame]:
    sums = reading.sums if grid is reading.grid else reading.sums.assign(bin=0)
    if by is not None:
        yield from _split(reading, grid, sums, by, wanted)
        return
    for panel, part in SUMMED.items():
        if panel in wanted:
            yield from part(sums, grid, None)
    if "store_average" in wanted:
        yield from store_average.averages(reading.store, reading.app, grid)
    if "reasons" in wanted:
        reading.every["reasons"] = reading.said.every
        yield from said.reasons(reading.said, grid)
    if "posts" in wanted:
        yield from panels.posts(sums, grid)
        yield from said.calls(reading.posts, grid, reading.every["posts"])
    if "replies" in wanted:
        yield from panels.answered(sums[sums["source"].isin(reading.telling)], grid, None)
        if reading.telling:
            yield said.hours_until_answer(reading.answers, grid)


def _split(
    reading: _Reading, grid: Grid, sums: pd.DataFrame, by: By, wanted: Collection[Panel]
) -> Iterator[pd.DataFrame]:
    """The panels of reviews, for each value of a column."""
    if by == "reason":
        sums = said.by_reason(reading.said, grid.bounds)
        grid = replace(grid, every=reading.said.every)
        reading.every |= {panel: reading.said.every for panel in SUMMED if panel in wanted}
    for group, mine in sums[sums["kind"] == "review"].groupby(by):
        source = str(group) if by == "source" else None
        for panel, part in SUMMED.items():
            if panel in wanted:
                for rows in part(mine, grid, source):
                    yield rows.assign(**{by: str(group) or None})


def _frame(parts: list[pd.DataFrame], by: By | None) -> pd.DataFrame:
    names = record_frames.names(TrendPoint)
    front = [] if by is None else [by]
    if not parts:
        frame = record_frames.empty_frame(TrendPoint)
        return frame if by is None else frame.assign(**{by: pd.Series(dtype="str")})[[by, *names]]
    frame = pd.concat(parts, ignore_index=True)[[*front, *names]]
    dtypes: dict[str, Any] = {c.name: c.dtype for c in record_frames.columns(TrendPoint)}
    return frame.astype(dtypes | dict.fromkeys(front, "str"))


def _of(frame: pd.DataFrame, panel: Panel, series: str | None) -> pd.DataFrame:
    mine = frame["panel"] == panel
    return frame[mine if series is None else mine & (frame["series"] == series)]


def joined(first: Trends, second: Trends) -> Trends:
    """Panels of the same span that were read one after the other, as one."""
    return replace(
        first,
        frame=pd.concat([first.frame, second.frame], ignore_index=True),
        totals=pd.concat([first.totals, second.totals], ignore_index=True),
        every=first.every | second.every,
    )


def chosen_by(by: str | None) -> By | None:
    """What to split by. Raises ContractError."""
    if by is None:
        return None
    found = next((one for one in BYS if one == by), None)
    if found is None:
        raise ContractError(f"by: {by!r} is not one of {', '.join(BYS)}")
    return found
