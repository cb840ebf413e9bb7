"""What stays away: reviews, a class of stars or a store that come far less often than they did.

The scan of arrivals cannot see it: what does not come has no moment. So at the end of each hour
that was looked at, the items of the latest hours, days and weeks are held against the level of the
days before them: lower tail of the negative binomial. A slow decline is none of it, nor
is a quieter week: told is only a window that holds surely less than a third of the usual.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import special

from analysis.swings.baseline import level_and_dispersion

WINDOWS = (1, 2, 3, 6, 12, 24, 48, 72, 120, 168, 336, 504, 720, 1080, 1440, 2160)  # hours
PAST = 364  # days that a window is held against, at most
SPANS = (28, 112, PAST)  # of these the lowest level counts: what has declined before is no stop
LEAST_ITEMS, LEAST_DAYS = 30, 21  # of a span that tells a level
QUIETER, SURELY = 0.3, 0.02  # a holiday leaves so much of the usual: told is what is surely less
A_YEAR = 0.02  # times a year that chance may pass each window
HOURS_A_YEAR = 8766
RHYTHM_DAYS = 112
RHYTHM_ITEMS = 60.0  # pseudo-items that pull hours and weekdays to flat
CLUSTER = 0.3  # dispersion of one hour beyond that of a day
DRIFT = 0.04  # dispersion of long windows that days do not show
BACK_ITEMS, BACK = 14.0, 0.5  # so many usual items, and that part of them has come: it is back
LASTS = 0.7  # part of the longest of several that a wider one must last to be told instead
NEW_NORMAL = 56 * 24  # hours after which what is left is the usual

Class = Literal["reviews", "positive", "negative"]


@dataclass(frozen=True, slots=True)
class Stop:
    """Hours from the first of the counts. told: when it was certain enough; end, None while it
    lasts, and over: when that was known. items of `expected` from the onset to its end, or to the
    last hour that was seen; rate: as
    usual an hour. p: how often chance gives as few in a window of `window` hours."""

    onset: int
    told: int
    end: int | None
    over: int | None
    items: int
    expected: float
    rate: float
    p: float
    window: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual of a stream. level: float64 (days + 1,), items a day as known before each, nan
    where nothing is known; phi: dispersion of a day. weight: of each hour, mean 1, as known before
    its day."""

    level: NDArray[np.float64]
    phi: NDArray[np.float64]
    weight: NDArray[np.float64]


def by_chance_days(stop: Stop) -> float:
    """Days between stops like this one if only chance were at work."""
    return 365.25 * stop.window / HOURS_A_YEAR / max(stop.p, 1e-12)


def stops(
    counts: NDArray[np.int64], seen: NDArray[np.float64], first_day: int, until: int
) -> list[Stop]:
    """The stops of one stream, in order.

    counts: items by hour, from a UTC midnight on, in whole days; seen: how much of each hour was
    looked at by all that the stream holds. until: hours that are known of; nothing later is read.
    """
    usual = _usual(counts, seen, first_day, until)
    known = np.where(np.arange(len(counts)) < until, counts, 0)
    watched = np.where(np.arange(len(counts)) < until, seen, 0.0)
    summed = _summed(known), _summed(watched * usual.weight)
    found: list[Stop] = []
    since = 0
    for told, p, window in _alarms(summed, usual, until):
        if told - window < since:
            continue
        stop = _followed(summed, usual, told, p, window, until, since)
        found.append(stop)
        since = until if stop.end is None else stop.end
    return found


def _usual(
    counts: NDArray[np.int64], seen: NDArray[np.float64], first_day: int, until: int
) -> Usual:
    """From whole days before each day that were looked at for the better part."""
    daily = counts.reshape(-1, 24).sum(axis=1).astype(np.float64)
    exposure = seen.reshape(-1, 24).mean(axis=1)
    whole = (exposure >= 0.5) & (np.arange(len(daily)) < until // 24)
    rates = np.concatenate([np.zeros(PAST), np.where(whole, daily / np.maximum(exposure, 0.5), 0)])
    usable = np.concatenate([np.zeros(PAST, bool), whole])
    level = np.full(len(daily) + 1, np.nan)
    phi = np.full(len(daily) + 1, np.nan)
    for span in SPANS:
        past = sliding_window_view(rates, span)[PAST - span :]
        chosen = sliding_window_view(usable, span)[PAST - span :]
        enough = (chosen.sum(axis=1) >= LEAST_DAYS) & ((past * chosen).sum(axis=1) >= LEAST_ITEMS)
        if span == PAST:  # of few items, all that there is
            some = (past * chosen).sum(axis=1) >= LEAST_ITEMS / 3
            enough |= np.isnan(level) & some & (chosen.sum(axis=1) >= SPANS[1])
        if enough.any():
            here, scatter = level_and_dispersion(past[enough], chosen[enough])
            level[enough] = np.fmin(level[enough], here)
            phi[enough] = np.fmax(phi[enough], scatter)
    return Usual(level, phi, _rhythm(counts, first_day, until))


def _rhythm(counts: NDArray[np.int64], first_day: int, until: int) -> NDArray[np.float64]:
    """Hour of the day times weekday, from the RHYTHM_DAYS days before each day: (hours,)."""
    by_day = np.where(np.arange(len(counts)) < until, counts, 0).reshape(-1, 24)
    weekday = (first_day + np.arange(len(by_day))) % 7
    is_day = np.eye(7)[weekday]
    hours = _before(by_day)
    items = _before(is_day * by_day.sum(axis=1, keepdims=True))
    total = hours.sum(axis=1, keepdims=True)
    usual = total * _before(is_day) / np.maximum(_before(is_day).sum(axis=1, keepdims=True), 1)
    of_hours = (hours + RHYTHM_ITEMS / 24) / (total + RHYTHM_ITEMS) * 24
    of_week = (items + RHYTHM_ITEMS / 7) / (usual + RHYTHM_ITEMS / 7)
    today = of_week[np.arange(len(by_day)), weekday] / of_week.mean(axis=1)
    return np.asarray((today[:, None] * of_hours).ravel())


def _before(table: NDArray[np.generic]) -> NDArray[np.float64]:
    """Sums over the RHYTHM_DAYS rows before each row."""
    summed = np.zeros((len(table) + 1, table.shape[1]))
    np.cumsum(table, axis=0, out=summed[1:])
    rows = np.arange(len(table))
    return np.asarray(summed[rows] - summed[np.maximum(rows - RHYTHM_DAYS, 0)])


def _summed(values: NDArray[np.generic]) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum(values)])


Summed = tuple[NDArray[np.float64], NDArray[np.float64]]  # items, and seen hours by their weight


def _alarms(summed: Summed, usual: Usual, until: int) -> Iterator[tuple[int, float, int]]:
    """Hours at whose end a window holds too little, with the p-value and the window."""
    best = np.full(until + 1, np.inf)
    which = np.zeros(until + 1, dtype=np.int64)
    p_of = np.ones(until + 1)
    for window in WINDOWS:
        ends = np.arange(window, until + 1)
        start_day = (ends - window) // 24
        items = summed[0][ends] - summed[0][ends - window]
        mean = usual.level[start_day] / 24 * _usual_hours(summed[1], ends, window)
        p = np.ones(len(ends))
        few = (items == 0) | (special.pdtr(items, QUIETER * mean) < SURELY)
        p[few] = _lower_tail(items[few], mean[few], _phi(usual.phi[start_day[few]], window))
        score = p / (A_YEAR * window / HOURS_A_YEAR)
        better = score < best[ends]
        best[ends[better]], which[ends[better]] = score[better], window
        p_of[ends[better]] = p[better]
    for told in np.flatnonzero(best < 1).tolist():
        yield told, float(p_of[told]), int(which[told])


def _usual_hours(
    summed: NDArray[np.float64], ends: NDArray[np.int64], window: int
) -> NDArray[np.float64]:
    """Hours of a window by their weight; of a short one the least that an hour more or less of the
    rhythm would give: its users' clocks may have changed."""
    moved = [ends] if window >= 24 else [ends, np.maximum(ends - 1, window), ends + 1]
    last = len(summed) - 1
    own = [summed[np.minimum(at, last)] - summed[np.minimum(at, last) - window] for at in moved]
    return np.asarray(np.min(own, axis=0))


def _phi(of_days: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Dispersion of a window: within a day hours cluster, beyond it days even out."""
    if window < 24:
        return np.asarray(of_days + CLUSTER * (1 - np.log(window) / np.log(24)))
    return np.asarray(of_days * 24 / window + DRIFT)


def _lower_tail(
    items: NDArray[np.float64], mean: NDArray[np.float64], phi: NDArray[np.float64]
) -> NDArray[np.float64]:
    """P(X <= items) of the negative binomial with that mean and dispersion."""
    size = 1 / phi
    return np.asarray(special.betainc(size, items + 1, size / (mean + size)))


def _followed(
    summed: Summed, usual: Usual, told: int, p: float, window: int, until: int, since: int
) -> Stop:
    """The stop that was told of at an hour: since when, and until when."""
    day = (told - window) // 24
    rate = float(usual.level[day]) / 24
    starts = np.arange(max(since, told - 2 * window - 24), told)
    items = summed[0][told] - summed[0][starts]
    mean = np.maximum(rate * (summed[1][told] - summed[1][starts]), 1e-9)
    ratio = mean - items + special.xlogy(items, items / mean)
    onset = int(starts[np.where(items < mean, ratio, -np.inf).argmax()])
    end, over = _back(summed, rate, onset, told, until) or (None, None)
    last = until if end is None else end
    return Stop(
        onset=onset,
        told=told,
        end=end,
        over=over,
        items=int(summed[0][last] - summed[0][onset]),
        expected=float(rate * (summed[1][last] - summed[1][onset])),
        rate=rate,
        p=p,
        window=window,
    )


def _back(summed: Summed, rate: float, onset: int, told: int, until: int) -> tuple[int, int] | None:
    """The hour from which on it came again, or at which what is left has become usual; and the hour
    by which that was known."""
    usual_by = rate * summed[1][: until + 1]
    ends = np.arange(told + 1, until + 1)
    starts = np.searchsorted(usual_by, usual_by[ends] - BACK_ITEMS, side="right") - 1
    starts = np.maximum(starts, onset)
    items, mean = summed[0][ends] - summed[0][starts], usual_by[ends] - usual_by[starts]
    back = np.flatnonzero((items >= BACK * BACK_ITEMS) & (items >= BACK * mean))
    settled = max(onset + NEW_NORMAL, told + (told - onset))
    if len(back) and ends[back[0]] <= settled:
        return max(int(starts[back[0]]), told), int(ends[back[0]])
    return (settled, settled) if settled < until else None


@dataclass(frozen=True, slots=True)
class Fewer:
    """One stop of an app. of: class of the reviews that stay away; source: of one store alone."""

    of: Class
    source: str | None
    stop: Stop


def fewer(
    counts: Mapping[tuple[Class, str], NDArray[np.int64]],
    seen: Mapping[str, NDArray[np.float64]],
    first_day: int,
    until: Mapping[str, int],
) -> list[Fewer]:
    """What stays away of an app, in order of time: of several that do so together, the widest.

    counts: by class and source, by hour. seen, until: by source, as for `stops`.
    """
    sources = sorted(seen)
    kinds: tuple[Class, ...] = ("reviews", "positive", "negative")
    every: list[Fewer] = []
    for of in kinds:
        together = np.sum([counts[of, s] for s in sources], axis=0)
        all_seen = np.min([seen[s] for s in sources], axis=0)
        least = min(until[s] for s in sources)
        every += [Fewer(of, None, stop) for stop in stops(together, all_seen, first_day, least)]
        for s in sources if len(sources) > 1 else ():
            alone = stops(counts[of, s], seen[s], first_day, until[s])
            every += [Fewer(of, s, stop) for stop in alone]
    return _one_each(every)


def _one_each(every: list[Fewer]) -> list[Fewer]:
    """What began together is told once: as the widest, from when the first of them was told."""
    kept: list[list[Fewer]] = []
    for one in sorted(every, key=lambda f: f.stop.told):
        same = next((g for g in kept if any(_together(one, other) for other in g)), None)
        if same is None:
            kept.append([one])
        else:
            same.append(one)
    return [_widest(group) for group in kept]


def _together(one: Fewer, other: Fewer) -> bool:
    ends = [stop.end if stop.end is not None else 2**31 for stop in (one.stop, other.stop)]
    return one.stop.onset < ends[1] and other.stop.onset < ends[0]


def _widest(group: list[Fewer]) -> Fewer:
    """The widest of those that last, from when the first of the group was told."""
    first = min(one.stop.told for one in group)
    longest = max(_hours(one.stop) for one in group)
    lasting = [one for one in group if _hours(one.stop) >= LASTS * longest]
    lasting = [one for one in lasting if not _is_of_a_class(one, lasting)] or lasting
    widest = min(lasting, key=lambda f: (f.source is not None, f.of != "reviews", f.stop.told))
    return replace(widest, stop=replace(widest.stop, told=first))


def _is_of_a_class(one: Fewer, others: list[Fewer]) -> bool:
    """Whether all reviews are fewer because one class is, and the rest come as before."""
    if one.of != "reviews":
        return False
    items, usual = _an_hour(one.stop)
    parts = [_an_hour(o.stop) for o in others if o.of != "reviews" and o.source == one.source]
    return any(usual > part[1] and items - part[0] > QUIETER * (usual - part[1]) for part in parts)


def _an_hour(stop: Stop) -> tuple[float, float]:
    """Items an hour while it lasted, and as usual, both against all that were to be expected."""
    return stop.items / max(stop.expected, 1e-9) * stop.rate, stop.rate


def _hours(stop: Stop) -> int:
    return (2**31 if stop.end is None else stop.end) - stop.onset
