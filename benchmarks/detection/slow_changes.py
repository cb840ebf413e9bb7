"""How often the overview speaks of a slow rise of low stars: by chance, rightly, on real apps.

    python -m benchmarks.detection.slow_changes [--data ../shared/data] [--write]

Every day of a simulated year is looked at as the overview would. Null: low and high stars scatter
apart from day to day as in calibrate/thresholds.py. --write puts the tables into docs/detection.md.
"""

import argparse
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.research.quiet_streams import WEEKDAY
from analysis.swings.history import DAY
from analysis.swings.slow_change import DAYS, slow_change
from benchmarks.detection import real_histories
from benchmarks.detection.tables import put, table
from benchmarks.evaluation_data import evaluation_data

YEARS, RUNS = 400, 100
HIGH = 4.0  # high stars for each low one
APART = 42  # days without it after which it is told anew
GROWTH = {
    "doubles every 56 days": lambda t: 2.0 ** (np.maximum(t, 0) / 56),
    "doubles at once": lambda t: np.where(t < 0, 1.0, 2.0),
    "three times at once": lambda t: np.where(t < 0, 1.0, 3.0),
}
Counts = NDArray[np.int64]


def days(
    rng: np.random.Generator, level: float, phi: float, factor: NDArray[np.float64]
) -> tuple[Counts, Counts]:
    """Low and all reviews by day; factor: (n,), what the low ones are multiplied by."""
    weekday = WEEKDAY[np.arange(len(factor)) % 7] / WEEKDAY.mean()
    scatter = rng.gamma(1 / phi, phi, (2, len(factor)))
    low = rng.poisson(level * weekday * factor * scatter[0])
    return low, low + rng.poisson(HIGH * level * weekday * scatter[1])


def told(low: Counts, every: Counts) -> Counts:
    """The days, from DAYS on, at which the overview begins to speak of it."""
    usable = np.ones(len(low), dtype=bool)
    seen = [
        day
        for day in range(DAYS, len(low))
        if slow_change(low[:day], every[:day], usable[:day]) is not None
    ]
    return np.array(
        [d for d, before in zip(seen, [-APART, *seen], strict=False) if d - before > APART]
    )


def by_chance(level: float, phi: float) -> float:
    """How often a year nothing but chance is spoken of."""
    rng = np.random.default_rng([1, round(10 * level), round(100 * phi)])
    low, every = days(rng, level, phi, np.ones(DAYS + 365 * YEARS))
    return len(told(low, every)) / YEARS


def noticed(level: float, phi: float, kind: str) -> tuple[float, float]:
    """Share of rises that are spoken of within 168 days, and the median days until then."""
    rng = np.random.default_rng([2, round(10 * level), round(100 * phi), len(kind)])
    t = np.arange(-DAYS, 168)
    after = []
    for _ in range(RUNS):
        found = told(*days(rng, level, phi, GROWTH[kind](t)))
        after.append(float(found[0] - DAYS) if len(found) else np.inf)
    return float(np.isfinite(after).mean()), float(np.median(after))


def on_real_apps(data: Path) -> tuple[int, float]:
    """How often in all histories of the shared data, and in how many app-years."""
    count, years = 0, 0.0
    for case in real_histories.load(data):
        stars, day = case.history.stars, case.history.at // DAY
        n = int(day[-1] - day[0] + 1)
        low, every = (
            np.bincount(day[chosen] - day[0], minlength=n)
            for chosen in ((stars > 0) & (stars <= 2), stars > 0)
        )
        count += len(told(low, every))
        years += max(n - DAYS, 0) / 365.25
    return count, years


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default="../shared/data")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    cells = list(product((1.0, 10.0, 100.0), (0.1, 0.5)))
    chance = [(f"{lv:g}", f"{phi:g}", f"{by_chance(lv, phi):.2f}") for lv, phi in cells]
    rises = []
    for kind, (level, phi) in product(GROWTH, cells):
        seen, after = noticed(level, phi, kind)
        rises.append((kind, f"{level:g}", f"{phi:g}", f"{seen:.2f}", f"{after:.0f}"))
    count, years = on_real_apps(chosen.data)
    head = ("low stars a day", "dispersion")
    text = "\n\n".join(
        (
            f"By chance ({YEARS} app-years a row):",
            table((*head, "times a year"), chance),
            f"Rises of the low stars ({RUNS} runs a row, at most 168 days):",
            table(("low stars", *head, "noticed", "median days until then"), rises),
            f"On the shared data: {count} times in {years:.0f} app-years, incidents not left out.",
        )
    )
    print(text)
    if chosen.write:
        put(text, "slow-changes")


if __name__ == "__main__":
    main()
