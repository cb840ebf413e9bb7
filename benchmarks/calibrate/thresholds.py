"""Does chance alone alarm as often as promised? And the table of thresholds that makes it so.

    python -m benchmarks.calibrate.thresholds --write    realised over nominal, in every cell
    python -m benchmarks.calibrate.thresholds --table    simulate anew, write thresholds.csv

Null: each day's count is Poisson around level * weekday * gamma(1/phi, phi), spread over the day by
a daily rhythm. Years are simulated in a row; the first 70 days only fill the baseline.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from analysis.research.quiet_streams import APART, arrivals
from analysis.swings import detect, detectors, state, streams, thresholds
from analysis.swings.advance import LONGEST_STRETCH, usable_days
from analysis.swings.baseline import MEMORY
from analysis.swings.episodes import NEVER
from analysis.swings.history import DAY, History

LEVELS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 600.0)
PHIS = (0.05, 0.2, 0.5, 1.0)
RATES = (0.02, 0.1, 0.5, 2.0)
SHARE_LEVELS = (10.0, 30.0, 100.0, 600.0)
RHOS = (0.0002, 0.001, 0.005, 0.03, 0.1, 0.3)
LOW_SHARES = (0.1, 0.3)
ROUNDS, BEND = 25, 0.5
TOO_OFTEN = 1.3  # weight of a cell that alarms too often, where cells cannot agree
DOCS = Path("docs/detection.md")
MARKS = "<!-- nulls -->", "<!-- /nulls -->"
FIELDS = ("at", "p", "first", "second")
NOMINAL = 0.2  # the default false_alarms_per_app_year
BLOCK_ITEMS = 400_000


Columns = tuple[NDArray[np.generic], ...]  # time, score and the two axes of each look


@dataclass(frozen=True, slots=True)
class Looks:
    """Arrivals with a small p-value in a simulated stream, and what they were looked up by."""

    years: float
    at: NDArray[np.int64]
    p: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]


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


def count_looks(seed: int, level: float, phi: float, years: float) -> dict[str, Looks]:
    """Small scores of the count scan on a null stream, for low stars and for praise."""
    rng = np.random.default_rng([seed, round(level * 10), round(phi * 100)])
    found: dict[str, list[Columns]] = {"count": [], "praise": []}
    known: state.State | None = None
    before = np.empty(0, np.int64)
    for first, n in blocks(years, level):
        fresh = arrivals(rng, level, phi, first, n)
        times = np.concatenate([before, fresh])
        known = known or state.start(first, streams.DIRECTIONS)
        days = streams.load(known, history_of(times, np.ones(len(times), np.int8)), first + n)
        for begin in range(0, n, LONGEST_STRETCH):
            known.day = first + begin
            for name, columns in _small(known, days, min(LONGEST_STRETCH, n - begin)).items():
                found[name].append(columns)
        known.memory = streams.remembered(days, first + n)
        known.day = first + n
        before = times[times >= (first + n - 8) * DAY]
    return {name: _looks(years, parts) for name, parts in found.items()}


def _looks(years: float, parts: list[Columns]) -> Looks:
    return Looks(years, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _small(known: state.State, days: streams.Days, n: int) -> dict[str, Columns]:
    stretch = _stretch(known, days, n)
    view = detectors.counted(stretch, "negative", np.ones(n))
    if view is None:
        return {}
    stream = days.streams["negative"]
    detectors.settle(stretch, n)
    at = stream.times[view.hits.which]
    found = {}
    for name, least in (
        ("count", detectors.LEAST["negative"]),
        ("praise", detectors.LEAST["positive"]),
    ):
        score = np.where(view.hits.count >= least, view.hits.score, np.inf)
        p = score.min(axis=1, initial=np.inf)
        small = (p < thresholds.MOST) & (at >= (known.first_day + 70) * DAY)
        found[name] = _least(known.day, at[small], p[small], view)
    return found


def share_looks(seed: int, level: float, rho: float, years: float) -> dict[str, Looks]:
    """Small scores of the share detector where low and other stars scatter apart from day to day.

    Half of the years have few low stars, half have many. rho: the overdispersion of a day's share
    that follows from counts with dispersion phi = rho / (2 q (1 - rho)), q = share (1 - share).
    """
    parts = []
    for i, low in enumerate(LOW_SHARES):
        parts += _share_looks(seed, level, rho, years / len(LOW_SHARES), low, i)
    return {"share": _looks(years, parts)}


def _share_looks(
    seed: int, level: float, rho: float, years: float, low: float, turn: int
) -> list[Columns]:
    rng = np.random.default_rng([seed, round(level * 10), round(rho * 1000), 7, turn])
    found = []
    known: state.State | None = None
    before = np.empty(0, np.int64), np.empty(0, np.int8)
    for begin_day, n in blocks(years, level):
        first = begin_day + turn * 10_000_000
        phi = rho / (2 * low * (1 - low) * (1 - rho))
        apart = [arrivals(rng, level * part, phi, first, n) for part in (low, 1 - low)]
        stars = np.repeat(np.array([1, 5], np.int8), [len(times) for times in apart])
        times = np.concatenate([before[0], *apart])
        every = np.concatenate([before[1], stars])
        known = known or state.start(first, streams.DIRECTIONS)
        days = streams.load(known, history_of(times, every), first + n)
        for begin in range(0, n, LONGEST_STRETCH):
            known.day = first + begin
            found.append(_small_share(known, days, min(LONGEST_STRETCH, n - begin)))
        known.memory = streams.remembered(days, first + n)
        known.day = first + n
        kept = times >= (first + n - 8) * DAY
        before = times[kept], every[kept]
    return found


def _small_share(known: state.State, days: streams.Days, n: int) -> Columns:
    stretch = _stretch(known, days, n)
    view = detectors.shared(stretch, detectors.fit(stretch, "negative"), np.ones(n))
    detectors.settle(stretch, n)
    at, p = days.streams["negative"].times[view.hits.which], view.hits.score[:, 0]
    small = (p < thresholds.MOST) & (at >= (known.first_day + 70) * DAY)
    return _least(known.day, at[small], p[small], view)


def _stretch(known: state.State, days: streams.Days, n: int) -> detectors.Stretch:
    mask = np.zeros(MEMORY + days.n, dtype=bool)
    usable = usable_days(known, days, mask, known.tracks["negative"], n)
    return detectors.Stretch(days, known.day, n, (known.day + n) * DAY, usable, NEVER, NOMINAL)


def _least(
    first: int, at: NDArray[np.int64], p: NDArray[np.float64], view: detectors.View
) -> Columns:
    """The smallest score of each day: within a day the threshold is the same."""
    day = (at - first * DAY) // DAY
    order = np.lexsort([p, day])
    _, which = np.unique(day[order], return_index=True)
    chosen = order[which]
    return at[chosen], p[chosen], view.axes[0][day[chosen]], view.axes[1][day[chosen]]


def events(at: NDArray[np.int64]) -> int:
    """Alarms further apart than one event lasts."""
    return int(len(at) > 0) + int((np.diff(at) > APART).sum())


def quantile(looks: Looks, scores: NDArray[np.float64], rate: float) -> float:
    """The score that is undercut `rate` times a year."""
    order = np.argsort(scores)
    low, high = 0, len(order)
    while high - low > 1:
        middle = (low + high) // 2
        if events(np.sort(looks.at[order[:middle]])) > rate * looks.years:
            high = middle
        else:
            low = middle
    return float(scores[order[min(low, len(order) - 1)]])


def solve(
    cells: dict[tuple[float, float], Looks], first: tuple[float, ...], second: tuple[float, ...]
) -> thresholds.RecurrenceTable:
    """Thresholds under which every cell alarms at each of RATES, looked up by fitted values.

    The detector looks a threshold up by what it has estimated, so a node of the grid serves several
    cells. Penalised least squares, repeated: the nodes move until the cells agree, as smoothly in
    the logs of both axes as the cells' own errors allow.
    """
    log_p = np.full((len(first), len(second), len(RATES)), np.log(1e-4))
    log_p += np.log(np.array(RATES) / RATES[1])
    table = thresholds.RecurrenceTable(np.array(first), np.array(second), np.array(RATES), log_p)
    bends = _bends(len(first), len(second))
    for _ in range(ROUNDS):
        for k in range(len(RATES)):
            _move(table, list(cells.values()), k, bends)
    for k in range(1, len(RATES)):
        least = log_p[:, :, k - 1] + thresholds.FLATTEST * np.log(RATES[k] / RATES[k - 1])
        log_p[:, :, k] = np.maximum(log_p[:, :, k], least)
    return table


def _move(
    table: thresholds.RecurrenceTable, cells: list[Looks], k: int, bends: NDArray[np.float64]
) -> None:
    """One damped step of the nodes of a rate towards what each cell needs."""
    grid = table.log_p[:, :, k]
    rows, wanted = [], []
    for looks in cells:
        enough = RATES[k] * looks.years
        if events(looks.at) < 1.2 * enough:
            continue  # chance does not come so often here, whatever the threshold
        score = np.log(looks.p) - thresholds.at_nodes(table, looks.first, looks.second)[:, k]
        step = quantile(looks, score, RATES[k])
        near = np.argsort(np.abs(score - step))[: max(50, int(enough))]
        error = (1.3 / np.sqrt(enough) + 0.02) / (TOO_OFTEN if step < 0 else 1.0)
        rows.append(_reached(table, looks.first[near], looks.second[near]) / error)
        wanted.append(np.clip(step, -3, 3) / error)
    a = np.vstack([*rows, bends / BEND, np.eye(grid.size) / 20])
    b = np.concatenate([wanted, -bends @ grid.ravel() / BEND, np.zeros(grid.size)])
    step, *_ = np.linalg.lstsq(a, b, rcond=None)
    grid += 0.7 * step.reshape(grid.shape)


def _reached(
    table: thresholds.RecurrenceTable, first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How much each node has to do with looks at these fitted values: (nodes,), sum 1."""
    weight = np.zeros(table.log_p.shape[:2])
    i, u = thresholds.place(table.level, first)
    j, v = thresholds.place(table.phi, second)
    for di, dj in product((0, 1), (0, 1)):
        part = np.where(di, u, 1 - u) * np.where(dj, v, 1 - v) / len(first)
        rows = np.minimum(i + di, len(table.level) - 1)
        columns = np.minimum(j + dj, len(table.phi) - 1)
        np.add.at(weight, (rows, columns), part)
    return weight.ravel()


def _bends(rows: int, columns: int) -> NDArray[np.float64]:
    """Second differences of a grid along both axes: (m, rows * columns)."""
    place = np.arange(rows * columns).reshape(rows, columns)
    triples = [t for line in (*place, *place.T) for t in sliding_window_view(line, 3)]
    found = np.zeros((len(triples), rows * columns))
    for row, (a, b, c) in zip(found, triples, strict=True):
        row[[a, b, c]] = 1.0, -2.0, 1.0
    return found


def write_table(path: Path, tables: dict[str, thresholds.RecurrenceTable]) -> None:
    """The thresholds as a CSV that a person can read."""
    with path.open("w", encoding="utf-8") as file:
        file.write("detector,level,phi,per_year,p\n")
        for name, t in tables.items():
            for (i, a), (j, b), (k, r) in product(
                enumerate(t.level), enumerate(t.phi), enumerate(t.rates)
            ):
                file.write(f"{name},{a:g},{b:g},{r:g},{np.exp(t.log_p[i, j, k]):.3g}\n")


def make_tables(
    kind: str, years: float, kept: Path, seed: int = 1
) -> dict[str, thresholds.RecurrenceTable]:
    """Simulates every cell of the count or share detector, one after the other.

    kept: folder in which the looks of each cell are left, and found again by the next run.
    """
    levels, others = (LEVELS, PHIS) if kind == "count" else (SHARE_LEVELS, RHOS)
    simulate = count_looks if kind == "count" else share_looks
    cells: dict[str, dict[tuple[float, float], Looks]] = {}
    for level, other in product(levels, others):
        simulated = years * min(1.0, (100 if kind == "count" else 30) / level) ** 0.5
        file = kept / f"{kind}-{level:g}-{other:g}-{simulated:.0f}.npz"
        if not file.exists():
            looks = simulate(seed, level, other, simulated)
            np.savez(file, **{f"{n}.{f}": getattr(x, f) for n, x in looks.items() for f in FIELDS})
        with np.load(file) as stored:
            for name in {key.split(".")[0] for key in stored}:
                row = cells.setdefault(name, {})
                row[level, other] = Looks(simulated, *(stored[f"{name}.{f}"] for f in FIELDS))
        print(f"{kind}  level {level:g}  dispersion {other:g}", flush=True)
    return {name: solve(found, levels, others) for name, found in cells.items()}


def check(
    levels: tuple[float, ...],
    phis: tuple[float, ...],
    years: float,
    high: float = 1.0,
    young: bool = False,
) -> list[dict[str, float]]:
    """Realised over nominal false alarms of whole apps: `detect` with its default settings.

    years: at least so many app-years a cell. An app has `level` low and `high` times as many high
    ratings a day, which scatter independently. It lives five years or more, of which the first 70
    days only fill the baseline; young: it lives one year, of which everything counts.
    """
    rows = []
    for level, phi in product(levels, phis):
        rng = np.random.default_rng([99, round(level * 10), round(phi * 100), round(high)])
        alarms, simulated = 0, 0.0
        lived = 1.0 if young else float(np.clip(300_000 / (365 * level * (1 + high)), 5, 50))
        fills = 0 if young else 70
        while simulated < years * (3 if level <= 1 and not young else 1):  # where it costs little
            n = int(lived * 365.25) + fills
            streams_of = [arrivals(rng, rate, phi, 10_000, n) for rate in (level, high * level)]
            stars = np.repeat(np.array([1, 5], np.int8), [len(times) for times in streams_of])
            history = history_of(np.concatenate(streams_of), stars)
            found = detect(history, now=(10_000 + n) * DAY - 1)
            begin = (10_000 + fills) * DAY / 1e6
            alarms += sum(s.alarmed_at.timestamp() >= begin and not s.launch for s in found)
            simulated += lived
        ratio = alarms / simulated / NOMINAL
        half = 1.96 * max(alarms, 1) ** 0.5 / simulated / NOMINAL
        row = {"level": level, "high": high, "phi": phi, "years": simulated, "alarms": alarms}
        rows.append(row | {"ratio": ratio, "half": half})
        print(f"{level:6g} x{high:g} {phi:5g} {alarms:5d} {ratio:5.2f} +- {half:.2f}", flush=True)
    return rows


def page(rows: list[dict[str, float]]) -> str:
    """The realised rates as a Markdown table."""
    phis = sorted({row["phi"] for row in rows})
    kinds = sorted({(row["high"], row["level"]) for row in rows})
    lines = [["low stars a day", "high stars a day", *(f"dispersion {phi:g}" for phi in phis)]]
    lines.append(["---"] * len(lines[0]))
    for high, level in kinds:
        found = {r["phi"]: r for r in rows if (r["high"], r["level"]) == (high, level)}
        cells = (f"{found[p]['ratio']:.2f} ± {found[p]['half']:.2f}" for p in phis)
        lines.append([f"{level:g}", f"{level * high:g}", *cells])
    years = min(row["years"] for row in rows)
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{table}\n\nAt least {years:,.0f} app-years a cell.\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--only", choices=["count", "share"], help="keep the other's thresholds")
    parser.add_argument("--years", type=float, default=1000.0, help="app-years a cell")
    parser.add_argument("--looks", type=Path, help="folder to keep simulated looks in")
    parser.add_argument("--write", action="store_true", help=f"put the rates into {DOCS}")
    parser.add_argument("--out", type=Path, default=Path("nulls.json"))
    chosen = parser.parse_args()
    if chosen.table:
        with ExitStack() as stack:
            temporary = stack.enter_context(TemporaryDirectory())
            kept = chosen.looks or Path(temporary)
            tables = {d: thresholds.table(d) for d in thresholds.DETECTORS}
            for kind in ("count", "share"):
                if chosen.only in (None, kind):
                    tables |= make_tables(kind, chosen.years, kept)
        write_table(Path(thresholds.__file__).with_name("thresholds.csv"), tables)
        return
    rows = check((0.1, 1.0, 10.0, 100.0, 600.0), (0.05, 0.3, 1.0), chosen.years)
    rows += check((1.0, 10.0, 100.0), (0.05, 0.3, 1.0), chosen.years, high=4.0)
    young = check((0.1, 1.0, 10.0, 100.0), (0.05, 0.3, 1.0), chosen.years, young=True)
    young += check((1.0, 10.0), (0.05, 0.3, 1.0), chosen.years, high=4.0, young=True)
    chosen.out.write_text(json.dumps({"rows": rows, "young": young}, indent=1), "utf-8")
    if chosen.write:
        text = DOCS.read_text("utf-8")
        before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        made = f"{page(rows)}\nIn an app's first year, from its first day on:\n\n{page(young)}"
        DOCS.write_text(f"{before}{MARKS[0]}\n\n{made}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
