"""What moved a mean from one span to another: parts by group that add up exactly.

Method: Kitagawa's two-part decomposition (JASA 1955). With a group's share p and mean m in the
first and second span, and the mean M of everything,

    share effect = (p2 - p1) * ((m1 + m2) / 2 - (M1 + M2) / 2)
    mean effect  = (p1 + p2) / 2 * (m2 - m1)

All of them add up to M2 - M1: the shares' differences add up to nought, so that measuring from the
middle of both means changes no sum. A group that only one span has moves by its share alone.
Intervals: 2.5 to 97.5 % of RESAMPLES draws of whole days, with replacement, in each span.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends.bins import Span
from analysis.trends.intervals import SURE
from analysis.trends.panels import READ
from analysis.trends.points import FEWEST
from collector.store import Store
from collector.store.counts.groups import By

Measure = Literal["stars", "sentiment"]
RESAMPLES = 400
MOST_DAYS = 1_500
NAMES = ("day", "items", "total", "squares")
REST: tuple[str, ...] = ()
"""The group of all that were too few."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """A group in one of the spans. mean: None of no item."""

    items: int
    share: float
    mean: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one group did to the mean. group: its values, empty for unknown; REST for the joined."""

    group: tuple[str, ...]
    before: Side
    after: Side
    by_share: float
    by_mean: float
    low: float
    high: float

    @property
    def moved(self) -> float:
        """Both effects together."""
        return self.by_share + self.by_mean


@dataclass(frozen=True, slots=True)
class Moved:
    """How a mean changed, with the parts of all groups, the largest first.

    before, after: means; low, high: interval of the change, by days. error: its standard error if
    each review stood for itself: a change that is sure by reviews and not by days was made by a few
    days.
    """

    measure: Measure
    by: tuple[str, ...]
    before: Side
    after: Side
    low: float
    high: float
    error: float
    parts: tuple[Part, ...]

    @property
    def way(self) -> Literal["up", "down", "up-few", "down-few", "same"]:
        """Up or down where that is certain, else how far."""
        way: Literal["up", "down"] = "up" if self.change > 0 else "down"
        if not self.low <= 0 <= self.high:
            return way
        if abs(self.change) <= SURE * self.error:
            return "same"
        return "up-few" if way == "up" else "down-few"

    @property
    def change(self) -> float:
        """The second mean less the first."""
        return (self.after.mean or 0.0) - (self.before.mean or 0.0)


@dataclass(frozen=True, slots=True)
class Days:
    """Numbers and sums of each day and group, float64 (days, groups)."""

    items: Array
    total: Array


def moved(
    store: Store, app: str, before: Span, after: Span, by: Sequence[By], measure: Measure
) -> Moved | None:
    """What moved the mean of an app's reviews, by the values of some columns together.

    None where one of the spans has fewer than FEWEST.
    """
    frames = [_days(store, app, span, by, measure) for span in (before, after)]
    return decomposed(frames[0], frames[1], tuple(by), measure)


def decomposed(
    before: pd.DataFrame, after: pd.DataFrame, by: tuple[str, ...], measure: Measure
) -> Moved | None:
    """The same from rows of NAMES and the columns of `by`."""
    if min(before["items"].sum(), after["items"].sum()) < FEWEST:
        return None
    groups = _groups(before, after, by)
    days = [_matrix(frame, by, groups) for frame in (before, after)]
    names = [*sorted({name for name in groups.values() if name != REST}), REST]
    whole = _effects(*(_totals(each) for each in days))
    draws = _effects(*_drawn(days))
    low, high = np.quantile(draws.sum(axis=1), (0.025, 0.975), axis=0)
    change = np.quantile(draws.sum(axis=(1, 2)), (0.025, 0.975))
    sides = [_sides(each) for each in days]
    parts = [
        Part(
            name,
            sides[0][n],
            sides[1][n],
            float(whole[0, 0, n]),
            float(whole[0, 1, n]),
            float(low[n]),
            float(high[n]),
        )
        for n, name in enumerate(names)
        if sides[0][n].items + sides[1][n].items
    ]
    parts.sort(key=lambda part: (-abs(part.moved), part.group))
    first, second = (_whole(each) for each in days)
    error = float(np.sqrt(sum(_variance(frame) for frame in (before, after))))
    ends = float(change[0]), float(change[1])
    return Moved(measure, by, first, second, *ends, error, tuple(parts))


def _variance(rows: pd.DataFrame) -> float:
    """Of a mean, each item for itself."""
    names = ("items", "total", "squares")
    items, total, squares = (float(rows[name].sum()) for name in names)
    return max(squares - total**2 / items, 0.0) / (items - 1) / items


def _days(store: Store, app: str, span: Span, by: Sequence[By], measure: Measure) -> pd.DataFrame:
    """Reviews by day and group. Days of very long spans are blocks of several."""
    step = timedelta(days=1 + int(span.length / timedelta(days=MOST_DAYS)))
    edges = [span.since]
    while edges[-1] + step < span.until:
        edges.append(edges[-1] + step)
    sums = store.groups.sums(app, [*edges, span.until], by)
    sums = sums[sums["kind"] == "review"]
    what = "rating" if measure == "stars" else "score"
    mine = sums[sums["stars"] > 0] if measure == "stars" else sums[sums["lean"].isin(READ)]
    columns = ["items", f"{what}_sum", f"{what}_squares"]
    grouped = mine.groupby(["bin", *by], as_index=False)[columns].sum()
    return grouped.rename(columns=dict(zip(["bin", *columns], NAMES, strict=True)))


def _groups(
    before: pd.DataFrame, after: pd.DataFrame, by: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each group with its name: its own, or REST where neither span has FEWEST of it."""
    counts = [frame.groupby(list(by))["items"].sum() for frame in (before, after)]
    found: dict[tuple[str, ...], int] = {}
    for each in counts:
        for key, items in each.items():
            name = key if isinstance(key, tuple) else (str(key),)
            found[name] = max(found.get(name, 0), int(items))
    return {name: name if items >= FEWEST else REST for name, items in found.items()}


def _matrix(
    frame: pd.DataFrame, by: tuple[str, ...], groups: dict[tuple[str, ...], tuple[str, ...]]
) -> Days:
    names = [*sorted({name for name in groups.values() if name != REST}), REST]
    place = {name: n for n, name in enumerate(names)}
    columns = np.array(
        [place[groups[tuple(key)]] for key in frame[list(by)].itertuples(index=False, name=None)],
        dtype=np.int64,
    )
    days = int(frame["day"].max()) + 1
    cells = frame["day"].to_numpy(np.int64) * len(names) + columns
    shape = (days, len(names))
    items, total = (
        np.bincount(cells, frame[what].to_numpy(np.float64), days * len(names)).reshape(shape)
        for what in ("items", "total")
    )
    return Days(items.astype(np.float64), total.astype(np.float64))


def _totals(days: Days) -> tuple[Array, Array]:
    return days.items.sum(axis=0)[None], days.total.sum(axis=0)[None]


def _drawn(days: list[Days]) -> list[tuple[Array, Array]]:
    """Sums of days drawn with replacement: (RESAMPLES, groups) each."""
    draw = np.random.default_rng(24)
    found = []
    for each in days:
        n = each.items.shape[0]
        weights = draw.multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(np.float64)
        found.append((weights @ each.items, weights @ each.total))
    return found


def _effects(first: tuple[Array, Array], second: tuple[Array, Array]) -> Array:
    """Share and mean effect, (draws, 2, groups). first, second: items and totals (draws, groups).

    A draw without any item in one of the spans moves nothing.
    """
    (n1, t1), (n2, t2) = first, second
    with np.errstate(invalid="ignore", divide="ignore"):
        all1, all2 = n1.sum(axis=1, keepdims=True), n2.sum(axis=1, keepdims=True)
        p1, p2 = n1 / all1, n2 / all2
        m1, m2 = t1 / n1, t2 / n2
        middle = (t1.sum(axis=1, keepdims=True) / all1 + t2.sum(axis=1, keepdims=True) / all2) / 2
    m1, m2 = np.where(n1 > 0, m1, m2), np.where(n2 > 0, m2, m1)
    share = (p2 - p1) * ((m1 + m2) / 2 - middle)
    mean = (p1 + p2) / 2 * (m2 - m1)
    found: Array = np.nan_to_num(np.stack([share, mean], axis=1))
    return found


def _sides(days: Days) -> list[Side]:
    items, total = days.items.sum(axis=0), days.total.sum(axis=0)
    every = items.sum()
    return [
        Side(int(n), float(n / every), float(t / n) if n else None)
        for n, t in zip(items, total, strict=True)
    ]


def _whole(days: Days) -> Side:
    items, total = float(days.items.sum()), float(days.total.sum())
    return Side(int(items), 1.0, total / items)
