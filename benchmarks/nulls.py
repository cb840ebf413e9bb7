"""Does chance alone alarm as often as promised? And the table of thresholds that makes it so.

    python -m benchmarks.nulls            realised over nominal false alarms in every cell
    python -m benchmarks.nulls --table    simulate anew, write analysis/swings/thresholds.csv

Null: each day's count is Poisson around level * weekday * gamma(1/phi, phi), spread over the day by
a daily rhythm. Years are simulated in a row; the first 70 days only fill the baseline.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.swings import detect, fold, recurrence, state, streams
from analysis.swings.episodes import NEVER
from analysis.swings.history import DAY, History

LEVELS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 600.0)
PHIS = (0.05, 0.2, 0.5, 1.0)
RATES = (0.02, 0.1, 0.5)
SHARE_LEVELS = (3.0, 10.0, 30.0, 100.0, 600.0)
RHOS = (0.005, 0.03, 0.1, 0.3)
LOW_SHARE = 0.2
NOMINAL = 0.2  # the default false_alarms_per_app_year
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
    mask = np.zeros(fold.MEMORY + days.n, dtype=bool)
    usable = fold.usable_days(known, days, mask, known.tracks["negative"], n)
    end = (known.day + n) * DAY
    view = fold.counted(known, days, "negative", usable, NEVER, n, end, 0.2, np.ones(n))
    if view is None:
        return np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0)
    stream = days.streams["negative"]
    stream.errors[:] = view.errors[n]
    p = view.hits.score.min(axis=1, initial=1.0)
    at = stream.times[view.hits.which]
    small = (p < recurrence.MOST) & (at >= (known.first_day + 70) * DAY)
    return _least(known.day, at[small], p[small], view)


def share_looks(seed: int, level: float, rho: float, years: float) -> Looks:
    """Small p-values of the share detector where a day's share of low stars is beta-distributed."""
    rng = np.random.default_rng([seed, round(level * 10), round(rho * 1000), 7])
    found = []
    known: state.State | None = None
    before = np.empty(0, np.int64), np.empty(0, np.int8)
    for first, n in blocks(years, level):
        fresh = arrivals(rng, level, 0.2, first, n)
        low = LOW_SHARE
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
    mask = np.zeros(fold.MEMORY + days.n, dtype=bool)
    usable = fold.usable_days(known, days, mask, known.tracks["negative"], n)
    bases = fold.fit(days, "negative", usable[:-1], known.day, n)
    end = (known.day + n) * DAY
    view = fold.shared(known, days, bases, usable, NEVER, n, end, 0.2)
    days.streams[streams.REVIEWS].errors[:] = view.errors[n]
    at, p = days.streams["negative"].times[view.hits.which], view.hits.score[:, 0]
    small = (p < recurrence.MOST) & (at >= (known.first_day + 70) * DAY)
    return _least(known.day, at[small], p[small], view)


def _least(
    first: int, at: NDArray[np.int64], p: NDArray[np.float64], view: fold.View
) -> tuple[NDArray[np.generic], ...]:
    """The smallest p-value of each day: within a day the threshold is the same."""
    day = (at - first * DAY) // DAY
    order = np.lexsort([p, day])
    _, which = np.unique(day[order], return_index=True)
    chosen = order[which]
    return at[chosen], p[chosen], view.axes[0][day[chosen]], view.axes[1][day[chosen]]


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
    log_p = np.repeat(log_p.mean(axis=1, keepdims=True), len(second), axis=1)
    table = recurrence.Table(np.array(first), np.array(second), np.array(RATES), log_p)
    for _ in range(25):
        for k in range(len(RATES)):
            _move(table, cells, k)
    for (i, a), (j, b) in product(enumerate(first), enumerate(second)):
        for k in range(1, len(RATES)):
            fewer = (
                events(cells[a, b].at) < 2 * RATES[k] * cells[a, b].years
            )  # hardly so many looks
            steps = np.log(RATES[k] / RATES[k - 1]) * np.array([0.5, 1.0, 2.0])
            rise = steps[1] if fewer else log_p[i, j, k] - log_p[i, j, k - 1]
            log_p[i, j, k] = log_p[i, j, k - 1] + np.clip(rise, steps[0], steps[2])
    np.minimum(log_p, np.log(recurrence.MOST), out=log_p)
    return table


def _move(table: recurrence.Table, cells: dict[tuple[float, float], Looks], k: int) -> None:
    """Moves each node by what the cells need that look their thresholds up near it."""
    weight = np.full(table.log_p.shape[:2], 1e-3)
    wanted = np.zeros(table.log_p.shape[:2])
    for looks in cells.values():
        if not len(looks.at):
            continue
        score = np.log(looks.p) - recurrence.at_nodes(table, looks.first, looks.second)[:, k]
        step = quantiles(looks, score)[k]
        near = np.argsort(np.abs(score - step))[:50]
        i, u = recurrence.place(table.level, looks.first[near])
        j, v = recurrence.place(table.phi, looks.second[near])
        for di, dj in product((0, 1), (0, 1)):
            part = np.where(di, u, 1 - u) * np.where(dj, v, 1 - v) / len(near)
            rows = np.minimum(i + di, len(table.level) - 1)
            columns = np.minimum(j + dj, len(table.phi) - 1)
            np.add.at(weight, (rows, columns), part)
            np.add.at(wanted, (rows, columns), part * np.clip(step, -2, 2))
    table.log_p[:, :, k] += 0.7 * wanted / weight
    _smooth(table, k, weight)


def _smooth(table: recurrence.Table, k: int, weight: NDArray[np.float64]) -> None:
    """Nodes that no cell reaches follow their neighbours."""
    rare = weight < 0.05
    grid = table.log_p[:, :, k]
    padded = np.pad(grid, 1, mode="edge")
    around = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
    grid[rare] = around[rare]


def write_table(path: Path, tables: dict[str, recurrence.Table]) -> None:
    """The thresholds as a CSV that a person can read."""
    with path.open("w", encoding="utf-8") as file:
        file.write("detector,level,phi,per_year,p\n")
        for name, t in tables.items():
            for (i, a), (j, b), (k, r) in product(
                enumerate(t.level), enumerate(t.phi), enumerate(t.rates)
            ):
                file.write(f"{name},{a:g},{b:g},{r:g},{np.exp(t.log_p[i, j, k]):.3g}\n")


def make_table(detector: str, years: float, seed: int = 1) -> recurrence.Table:
    """Simulates every cell of a detector, one after the other."""
    levels, others = (LEVELS, PHIS) if detector == "count" else (SHARE_LEVELS, RHOS)
    looks = count_looks if detector == "count" else share_looks
    cells = {}
    for level, other in product(levels, others):
        cells[level, other] = looks(seed, level, other, years)
        print(f"{detector}  level {level:g}  dispersion {other:g}", flush=True)
    return solve(cells, levels, others)


def check(
    levels: tuple[float, ...], phis: tuple[float, ...], years: float
) -> list[dict[str, float]]:
    """Realised over nominal false alarms of whole apps: `detect` with its default settings.

    An app has `level` low and as many high ratings a day, which scatter independently. Above 100
    a day fewer years are simulated.
    """
    rows = []
    for level, phi in product(levels, phis):
        rng = np.random.default_rng([99, round(level * 10), round(phi * 100)])
        alarms, simulated = 0, 0.0
        each = float(np.clip(300_000 / (730 * level), 1, 50))
        while simulated < years * min(1.0, 100 / level):
            n = int(each * 365.25) + 70
            low, high = (arrivals(rng, level, phi, 10_000, n) for _ in range(2))
            stars = np.concatenate([np.ones(len(low), np.int8), np.full(len(high), 5, np.int8)])
            history = history_of(np.concatenate([low, high]), stars)
            found = detect(history, now=(10_000 + n) * DAY - 1)
            begin = 10_070 * DAY / 1e6
            alarms += sum(s.alarmed_at.timestamp() >= begin and not s.launch for s in found)
            simulated += each
        ratio = alarms / simulated / NOMINAL
        half = 1.96 * max(alarms, 1) ** 0.5 / simulated / NOMINAL
        low_ratio, high_ratio = max(ratio - half, 0), ratio + half
        row = {"level": level, "phi": phi, "years": simulated, "alarms": alarms, "ratio": ratio}
        rows.append(row | {"low": low_ratio, "high": high_ratio})
        print(f"{level:6g} {phi:5g} {alarms:5d} {ratio:5.2f} +- {half:.2f}", flush=True)
    return rows


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--only", choices=["count", "share"], help="keep the other's thresholds")
    parser.add_argument("--years", type=float, default=200.0, help="app-years a cell")
    parser.add_argument("--out", type=Path, default=Path("nulls.json"))
    chosen = parser.parse_args()
    if chosen.table:
        tables = {
            d: recurrence.table(d) if chosen.only not in (None, d) else make_table(d, chosen.years)
            for d in ("count", "share")
        }
        write_table(Path(recurrence.__file__).with_name("thresholds.csv"), tables)
        return
    print(" level   phi alarms ratio")
    rows = check((0.1, 1.0, 10.0, 100.0, 600.0), (0.05, 0.3, 1.0), chosen.years)
    chosen.out.write_text(json.dumps(rows, indent=1), "utf-8")


if __name__ == "__main__":
    main()
