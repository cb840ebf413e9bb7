"""What moved a mean from one span to another: parts by group that add up exactly.

Method: Kitagawa's two-part decomposition (JASA 1955). With a group's share p and mean m in the
first and second span, and the mean M of everything,

    share effect = (p2 - p1) * ((m1 + m2) / 2 - (M1 + M2) / 2)
    mean effect  = (p1 + p2) / 2 * (m2 - m1)

All of them add up to M2 - M1: the shares' differences add up to nought, so that measuring from the
middle of both means changes no sum. A group that only one span has moves by its share alone.
Intervals: 2.5 to 97.5 % of RESAMPLES draws of whole days, with replacement, in each span (of short
ones of hours together, so that at least LEAST_BLOCKS are drawn from), and never less than the
reviews' own error, as if each stood for itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends import intervals
from analysis.trends.bins import Span
from analysis.trends.intervals import PRIOR, SURE
from analysis.trends.panels import READ
from analysis.trends.points import FEWEST
from collector.store import Store
from collector.store.counts.groups import By

Measure = Literal["stars", "sentiment"]
RESAMPLES = 400
MOST_DAYS = 1_500
LEAST_BLOCKS = 7
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = ("block", "items", "total", "squares")
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

    before, after: means; low, high: interval of the change, by blocks. error: its standard error if
    each review stood for itself: a change that is sure by reviews and not by blocks was made by a
    few of them. hourly: whether blocks are shorter than days.
    """

    measure: Measure
    by: tuple[str, ...]
    before: Side
    after: Side
    low: float
    high: float
    error: float
    parts: tuple[Part, ...]
    hourly: bool = False

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
class Blocks:
    """Numbers, sums and squares of each block of time and group, float64 (blocks, groups)."""

    items: Array
    total: Array
    squares: Array


def moved(
    store: Store, app: str, before: Span, after: Span, by: Sequence[By], measure: Measure
) -> Moved | None:
    """What moved the mean of an app's reviews, by the values of some columns together.

    None where one of the spans has fewer than FEWEST.
    """
    edges = [span_edges(span) for span in (before, after)]
    frames = [_sums(store, app, bounds, by, measure) for bounds in edges]
    blocks = len(edges[0]) - 1, len(edges[1]) - 1
    hourly = is_hourly(edges[0]) or is_hourly(edges[1])
    return decomposed(frames[0], frames[1], tuple(by), measure, blocks=blocks, hourly=hourly)


def decomposed(
    before: pd.DataFrame,
    after: pd.DataFrame,
    by: tuple[str, ...],
    measure: Measure,
    *,
    blocks: tuple[int, int],
    hourly: bool = False,
) -> Moved | None:
    """The same from rows of NAMES and the columns of `by`. blocks: how many each span has."""
    if min(before["items"].sum(), after["items"].sum()) < FEWEST:
        return None
    groups = _groups(before, after, by)
    names = [*sorted({name for name in groups.values() if name != REST}), REST]
    pair = [
        _matrix(frame, by, groups, names, count)
        for frame, count in zip((before, after), blocks, strict=True)
    ]
    first, second = (_whole(each) for each in pair)
    error = _error(pair)
    ends = _widest(_block_draws(pair).sum(axis=(1, 2)))
    margin = SURE * error
    change = (second.mean or 0.0) - (first.mean or 0.0)
    low, high = min(ends[0], change - margin), max(ends[1], change + margin)
    parts = tuple(_parts(names, pair))
    return Moved(measure, by, first, second, float(low), float(high), error, parts, hourly)


def _parts(names: list[tuple[str, ...]], pair: list[Blocks]) -> list[Part]:
    """Each group that has any item, the largest effect first."""
    whole = _effects(*(_totals(each) for each in pair))[0]
    draws = (_block_draws(pair).sum(axis=1), _effects(*_review_draws(pair)).sum(axis=1))
    bounds = [_widest(each) for each in draws]
    low = np.minimum(bounds[0][0], bounds[1][0])
    high = np.maximum(bounds[0][1], bounds[1][1])
    sides = [_sides(each) for each in pair]
    parts = [
        Part(name, a, b, *(float(each[n]) for each in (*whole, low, high)))
        for n, (name, a, b) in enumerate(zip(names, *sides, strict=True))
        if a.items + b.items
    ]
    return sorted(parts, key=lambda part: (-abs(part.moved), part.group))


def _widest(draws: Array) -> tuple[Any, Any]:
    low, high = np.quantile(draws, (0.025, 0.975), axis=0)
    return low, high


def _variances(pair: list[Blocks]) -> list[Array]:
    """Of each group's items in each span, drawn towards that of everything: see intervals.means."""
    sums = [[getattr(each, what).sum(axis=0) for what in NAMES[1:]] for each in pair]
    all_of = intervals.spread(*(np.concatenate(both) for both in zip(*sums, strict=True)))
    return [_variance(n, total, squares, all_of) for n, total, squares in sums]


def _variance(items: Array, total: Array, squares: Array, all_of: float) -> Array:
    own = np.maximum(squares - total**2 / np.maximum(items, 1), 0.0)
    found: Array = (own + PRIOR * all_of) / (np.maximum(items, 1) - 1 + PRIOR)
    return found


def _error(pair: list[Blocks]) -> float:
    """Standard error of the change if each review stood for itself."""
    joined = [
        Blocks(*(getattr(each, what).sum(axis=1, keepdims=True) for what in NAMES[1:]))
        for each in pair
    ]
    spreads = zip(_variances(joined), joined, strict=True)
    return float(np.sqrt(sum(float(v[0]) / each.items.sum() for v, each in spreads)))


def span_edges(span: Span) -> list[datetime]:
    """Blocks of days; of short spans hours together, so that there are LEAST_BLOCKS, of very long
    ones several days."""
    days = DAY * (1 + int(span.length / (DAY * MOST_DAYS)))
    step = min(days, HOUR * max(span.length // LEAST_BLOCKS // HOUR, 1))
    edges = [span.since]
    while edges[-1] + step < span.until:
        edges.append(edges[-1] + step)
    return [*edges, span.until]


def is_hourly(edges: Sequence[datetime]) -> bool:
    """Whether the first of some blocks is shorter than a day."""
    return edges[1] - edges[0] < DAY


def _sums(
    store: Store, app: str, edges: Sequence[datetime], by: Sequence[By], measure: Measure
) -> pd.DataFrame:
    """Reviews by block and group."""
    sums = store.groups.sums(app, edges, by)
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
    found: dict[tuple[str, ...], float] = {}
    for each in counts:
        for key, items in each.items():
            name = key if isinstance(key, tuple) else (str(key),)
            found[name] = max(found.get(name, 0.0), float(items))
    return {name: name if round(items, 6) >= FEWEST else REST for name, items in found.items()}


def _matrix(
    frame: pd.DataFrame,
    by: tuple[str, ...],
    groups: dict[tuple[str, ...], tuple[str, ...]],
    names: list[tuple[str, ...]],
    blocks: int,
) -> Blocks:
    place = {name: n for n, name in enumerate(names)}
    columns = np.array(
        [place[groups[tuple(key)]] for key in frame[list(by)].itertuples(index=False, name=None)],
        dtype=np.int64,
    )
    cells = frame["block"].to_numpy(np.int64) * len(names) + columns
    shape = (blocks, len(names))
    items, total, squares = (
        np.bincount(cells, frame[what].to_numpy(np.float64), blocks * len(names))
        .reshape(shape)
        .astype(np.float64)
        for what in NAMES[1:]
    )
    return Blocks(items, total, squares)


def _totals(blocks: Blocks) -> tuple[Array, Array]:
    return blocks.items.sum(axis=0)[None], blocks.total.sum(axis=0)[None]


def _block_draws(pair: list[Blocks]) -> Array:
    """Effects of blocks drawn with replacement: (RESAMPLES, 2, groups)."""
    draw = np.random.default_rng(24)
    found = []
    for each in pair:
        n = each.items.shape[0]
        weights = draw.multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(np.float64)
        found.append((weights @ each.items, weights @ each.total))
    return _effects(*found)


def _review_draws(pair: list[Blocks]) -> list[tuple[Array, Array]]:
    """Sums of as many reviews, each for itself: (RESAMPLES, groups) each."""
    draw = np.random.default_rng(24)
    found = []
    for each, variance in zip(pair, _variances(pair), strict=True):
        items, total = each.items.sum(axis=0), each.total.sum(axis=0)
        n = draw.multinomial(round(items.sum()), items / items.sum(), size=RESAMPLES)
        around = draw.normal(size=n.shape) * np.sqrt(n * variance)
        found.append((n.astype(np.float64), n * total / np.maximum(items, 1) + around))
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


def _sides(blocks: Blocks) -> list[Side]:
    items, total = blocks.items.sum(axis=0), blocks.total.sum(axis=0)
    every = items.sum()
    return [
        Side(round(n), float(n / every), float(t / n) if n else None)
        for n, t in zip(items, total, strict=True)
    ]


def _whole(blocks: Blocks) -> Side:
    items, total = float(blocks.items.sum()), float(blocks.total.sum())
    return Side(round(items), 1.0, total / items)
