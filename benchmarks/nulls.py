"""Does chance alone alarm as often as promised? And the table of thresholds that makes it so.

    python -m benchmarks.nulls             realised over nominal false alarms in every cell
    python -m benchmarks.nulls --table     simulate anew and write analysis/swings/thresholds.csv

Null: each day's count is Poisson around level * weekday * gamma(1/phi, phi), spread over the day by a
daily rhythm. Years are simulated in a row; the first 70 days only fill the baseline.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.swings import fold, recurrence, scan, share, state, streams
from analysis.swings.history import DAY, History

LEVELS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 600.0)
PHIS = (0.05, 0.2, 0.5, 1.0)
RATES = (0.02, 0.1, 0.5)
SHARE_LEVELS = (3.0, 10.0, 30.0, 100.0, 600.0)
SHARES = (0.05, 0.3, 0.7)
APART = 10 * DAY  # an alarm within 3 + 7 days of the last hot arrival is the same event
BLOCK_ITEMS = 400_000
WEEKDAY = np.array([1.05, 1.0, 0.85, 0.8, 1.1, 1.1, 1.1])
HOURS = 1 + 0.8 * np.sin(2 * np.pi * (np.arange(24) - 9) / 24)


@dataclass(frozen=True, slots=True)
class Looks:
    """Arrivals with a small p-value in a simulated stream, and what they were looked up by."""

    years: float
    at: NDArray[np.int64]
    p: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]


def arrivals(
    rng: np.random.Generator, level: float, phi: float, first_day: int, n: int
) -> NDArray[np.int64]:
    """Sorted arrival times of n days under the null."""
    weekday = WEEKDAY[(first_day + np.arange(n)) % 7]
    mean = level * weekday / WEEKDAY.mean() * rng.gamma(1 / phi, phi, n)
    day = np.repeat(np.arange(n), rng.poisson(mean))
    edges = np.concatenate([[0], np.cumsum(HOURS) / HOURS.sum()])
    within = np.interp(rng.random(len(day)), edges, np.arange(25) / 24)
    return np.sort(((first_day + day + within) * DAY).astype(np.int64))


def history_of(times: NDArray[np.int64], stars: NDArray[np.int8]) -> History:
    """A one-source history."""
    order = np.argsort(times, kind="stable")
    n = len(times)
    none = np.empty((0, 2), dtype=np.int64)
    return History(
        times[order],
        stars[order],
        np.zeros(n, np.int16),
        np.zeros(n, bool),
        ("store",),
        none,
        none,
    )


def blocks(years: float, per_day: float) -> Iterator[tuple[int, int]]:
    """First day and number of days of successive blocks, of at most BLOCK_ITEMS items each."""
    first, left = 10_000, int(years * 365.25) + 70
    size = int(np.clip(BLOCK_ITEMS / max(per_day, 1e-9), 80, 3000))
    while left > 0:
        yield first, min(size, left)
        first, left = first + size, left - size


def count_looks(seed: int, level: float, phi: float, years: float) -> Looks:
    """Small p-values of the count scan on a null stream."""
    rng = np.random.default_rng([seed, round(level * 10), round(phi * 100)])
    found = []
    known: state.State | None = None
    before = np.empty(0, np.int64)
    for first, n in blocks(years, level):
        fresh = arrivals(rng, level, phi, first, n)
        times = np.concatenate([before, fresh])
        known = known or state.start(first, streams.DIRECTIONS)
        days = streams.load(known, history_of(times, np.ones(len(times), np.int8)), first + n)
        for begin in range(0, n, fold.LONGEST_STRETCH):
            m = min(fold.LONGEST_STRETCH, n - begin)
            known.day = first + begin
            found.append(_small(known, days, m))
        known.memory = streams.remembered(days, first + n)
        known.day = first + n
        before = times[times >= (first + n - 8) * DAY]
    return Looks(years, *(np.concatenate(column) for column in zip(*found, strict=True)))


def _small(known: state.State, days: streams.Days, n: int) -> tuple[NDArray[np.generic], ...]:
    track = known.tracks["negative"]
    mask = np.zeros(fold.MEMORY + days.n, dtype=bool)
    usable = fold._usable(known, days, mask, track, n)
    bases = fold.fit(days, "negative", usable, known.day, n)
    expected = scan.expectation(bases, known.day, None)
    stream = days.streams["negative"]
    end = (known.day + n) * DAY
    hits = scan.scan(stream.times, stream.timed, known.day, end, track.fence, expected)
    p = hits.p.min(axis=1, initial=1.0)
    at = stream.times[hits.which]
    small = (p < recurrence.MOST_P) & (at >= (known.first_day + 70) * DAY)
    day = (at[small] - known.day * DAY) // DAY
    return at[small], p[small], bases.level[day], bases.phi[day]


def share_looks(seed: int, level: float, low: float, years: float) -> Looks:
    """Small p-values of the share detector; half the cells' days vary in their share of low stars."""
    rng = np.random.default_rng([seed, round(level * 10), round(low * 100), 7])
    found = []
    known: state.State | None = None
    before = np.empty(0, np.int64), np.empty(0, np.int8)
    for first, n in blocks(years, level):
        fresh = arrivals(rng, level, 0.2, first, n)
        rho = 0.01
        daily = rng.beta(low * (1 / rho - 1), (1 - low) * (1 / rho - 1), n)
        stars = np.where(rng.random(len(fresh)) < daily[fresh // DAY - first], 1, 5)
        times = np.concatenate([before[0], fresh])
        every = np.concatenate([before[1], stars.astype(np.int8)])
        known = known or state.start(first, streams.DIRECTIONS)
        days = streams.load(known, history_of(times, every), first + n)
        for begin in range(0, n, fold.LONGEST_STRETCH):
            m = min(fold.LONGEST_STRETCH, n - begin)
            known.day = first + begin
            found.append(_small_share(known, days, m))
        known.memory = streams.remembered(days, first + n)
        known.day = first + n
        kept = times >= (first + n - 8) * DAY
        before = times[kept], every[kept]
    return Looks(years, *(np.concatenate(column) for column in zip(*found, strict=True)))


def _small_share(known: state.State, days: streams.Days, n: int) -> tuple[NDArray[np.generic], ...]:
    track = known.tracks["negative"]
    mask = np.zeros(fold.MEMORY + days.n, dtype=bool)
    usable = fold._usable(known, days, mask, track, n)
    bases = fold.fit(days, "negative", usable, known.day, n)
    low, every = days.streams["negative"], days.streams[streams.REVIEWS]
    offset = known.day - days.first
    here = slice(offset, offset + fold.MEMORY + n - 1)
    mix = share.fit(low.hourly[here].sum(axis=1), every.hourly[here].sum(axis=1), bases)
    end = (known.day + n) * DAY
    hits = share.scan(every.times, low.times, known.day, end, track.fence, mix, bases.known)
    at = low.times[hits.which]
    small = (hits.p < recurrence.MOST_P) & (at >= (known.first_day + 70) * DAY)
    day = (at[small] - known.day * DAY) // DAY
    return at[small], hits.p[small], mix.per_day[day], mix.share[day]


def events(at: NDArray[np.int64]) -> int:
    """Alarms further apart than one event lasts."""
    return int(len(at) > 0) + int((np.diff(at) > APART).sum())


def quantiles(looks: Looks, scores: NDArray[np.float64]) -> list[float]:
    """The score that is undercut RATES times a year, for each rate."""
    order = np.argsort(scores)
    low, high = np.full(len(RATES), 0), np.full(len(RATES), len(order))
    found = []
    for rate, a, b in zip(RATES, low, high, strict=True):
        wanted = rate * looks.years
        while b - a > 1:
            middle = (a + b) // 2
            if events(np.sort(looks.at[order[:middle]])) > wanted:
                b = middle
            else:
                a = middle
        found.append(float(scores[order[min(a, len(order) - 1)]]) if len(order) else 0.0)
    return found


def solve(
    cells: dict[tuple[float, float], Looks], first: tuple[float, ...], second: tuple[float, ...]
) -> recurrence.Table:
    """Thresholds under which every cell alarms at each of RATES, looked up by fitted values.

    The detector looks a threshold up by what it has estimated, so a node of the grid serves several
    cells; the nodes are moved until all cells agree.
    """
    log_p = np.empty((len(first), len(second), len(RATES)))
    for (i, a), (j, b) in product(enumerate(first), enumerate(second)):
        log_p[i, j] = np.log(np.maximum(quantiles(cells[a, b], cells[a, b].p), 1e-12))
    table = recurrence.Table(np.array(first), np.array(second), np.array(RATES), log_p)
    for _ in range(12):
        step = np.empty_like(log_p)
        for (i, a), (j, b) in product(enumerate(first), enumerate(second)):
            looks = cells[a, b]
            at = recurrence.at_nodes(table, looks.first, looks.second)
            for k in range(len(RATES)):
                step[i, j, k] = quantiles(looks, np.log(looks.p) - at[:, k])[k]
        log_p += 0.7 * np.clip(step, -1.5, 1.5)
    return table


def write_table(path: Path, tables: dict[str, recurrence.Table]) -> None:
    """The thresholds as a CSV that a person can read."""
    with path.open("w", encoding="utf-8") as file:
        file.write("detector,level,phi,per_year,p\n")
        for name, t in tables.items():
            for (i, a), (j, b), (k, r) in product(
                enumerate(t.level), enumerate(t.phi), enumerate(t.rates)
            ):
                file.write(f"{name},{a:g},{b:g},{r:g},{np.exp(t.log_p[i, j, k]):.3g}\n")


def make_table(years: float, seed: int = 1) -> dict[str, recurrence.Table]:
    """Simulates every cell, one after the other."""
    cells = {}
    for level, phi in product(LEVELS, PHIS):
        cells[level, phi] = count_looks(seed, level, phi, years)
        print(f"count  level {level:g}  phi {phi:g}  looks {len(cells[level, phi].at)}", flush=True)
    shares = {}
    for level, low in product(SHARE_LEVELS, SHARES):
        shares[level, low] = share_looks(seed, level, low, years)
        print(f"share  level {level:g}  low {low:g}  looks {len(shares[level, low].at)}", flush=True)
    return {
        "count": solve(cells, LEVELS, PHIS),
        "share": solve(shares, SHARE_LEVELS, SHARES),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--years", type=float, default=1000.0)
    parser.add_argument("--out", type=Path, default=None)
    chosen = parser.parse_args()
    if chosen.table:
        out = chosen.out or Path(recurrence.__file__).with_name("thresholds.csv")
        write_table(out, make_table(chosen.years))


if __name__ == "__main__":
    main()
