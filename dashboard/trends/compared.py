"""An app over a span, beside another span: everything that the page and its files tell."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from analysis.app_state.usual_range import LEAST_BLOCKS
from analysis.trends import bins
from analysis.trends.bins import BinLength, Span
from analysis.trends.load import By, Trends, trends
from analysis.trends.moved import Moved, moved
from analysis.trends.points import PANELS, Panel
from analysis.trends.seen import Sight
from collector.store import Store
from collector.store.counts.groups import By as Column

Against = Literal["previous", "year", "none"]
AGAINSTS: tuple[Against, ...] = ("previous", "year", "none")
MOVED_BY: tuple[tuple[Column, ...], ...] = (("source", "version"), ("country",), ("lang",))
USUAL_BINS = 40
Load = Callable[..., Trends]


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle 90 % of the bins before a span: most low-star reviews, and the mean stars."""

    low_reviews: float | None
    stars: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Compared:
    """now: the span; before: what it is compared with. moved: by columns together."""

    now: Trends
    before: Trends | None
    usual: Usual
    moved: tuple[Moved, ...]


def compared(
    store: Store,
    app: str,
    span: Span,
    length: BinLength,
    *,
    now: datetime,
    zone: ZoneInfo,
    against: Against = "previous",
    by: By | None = None,
    wanted: Collection[Panel] = PANELS,
) -> Compared:
    """An app over a span. wanted: the panels that are read."""
    load = _loader(store, app, now, zone)
    other = bins.against(span, against)
    mine = load(span, length, by, wanted)
    return Compared(
        mine,
        None if other is None else load(other, length, None, wanted),
        usual(load, span, length) if by is None and "stars" in wanted else Usual(None, None),
        () if other is None or "stars" not in wanted else what_moved(store, app, other, span),
    )


def what_moved(store: Store, app: str, before: Span, after: Span) -> tuple[Moved, ...]:
    """The parts of the change in the mean stars, by some columns."""
    found = [moved(store, app, before, after, by, "stars") for by in MOVED_BY]
    return tuple(one for one in found if one is not None)


def usual(load: Load, span: Span, length: BinLength) -> Usual:
    """What the bins before a span were like, as long as they reach."""
    hours = {"hour": 1, "day": 24, "week": 168, "month": 730}[length]
    past = Span(span.since - timedelta(hours=hours * USUAL_BINS), span.since)
    found = load(past, length, None, ("reviews", "stars"))
    low = found.of("reviews", "low")["value"].dropna().to_numpy(np.float64)
    stars = found.of("stars", "mean")["value"].dropna().to_numpy(np.float64)
    return Usual(
        float(np.quantile(low, 0.95)) if low.size >= LEAST_BLOCKS else None,
        (float(np.quantile(stars, 0.05)), float(np.quantile(stars, 0.95)))
        if stars.size >= LEAST_BLOCKS
        else None,
    )


def _loader(store: Store, app: str, now: datetime, zone: ZoneInfo) -> Load:
    sight = Sight(store, app, now)

    def load(span: Span, length: BinLength, by: By | None, wanted: Sequence[Panel]) -> Trends:
        return trends(store, app, span, length, sight=sight, by=by, zone=zone, wanted=wanted)

    return load
