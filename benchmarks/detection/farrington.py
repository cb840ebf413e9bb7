"""Farrington Flexible from R's package surveillance as a rival; absent where Rscript is.

Debian: apt-get install r-base-core r-cran-surveillance.
"""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.swings.history import DAY
from benchmarks.detection.rivals import Rival, Scores, daily_counts

SCRIPT = Path(__file__).with_name("farrington.R")
SECONDS = 1800
# frequency, b, w, left out, least items. Daily: the 56 days before the last 7, as for the swing
# detector. Weekly: the 52 weeks before the last 4.
DAILY = (7, 8, 3, 7, 5)
WEEKLY = (13, 4, 6, 4, 5)


@cache
def at_hand() -> bool:
    """Whether R and the package surveillance are installed."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", 'quit(status = !requireNamespace("surveillance", quietly = TRUE))']
    return subprocess.run(asked, capture_output=True, timeout=120, check=False).returncode == 0


def judged(
    counts: NDArray[np.float64], how: tuple[int, int, int, int, int]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Points that were judged and their p-values, from R."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "counts.csv", Path(folder) / "out.csv"
        given.write_text("count\n" + "".join(f"{int(c)}\n" for c in counts), "utf-8")
        command = ["Rscript", str(SCRIPT), str(given), str(out), *map(str, how)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        rows = np.genfromtxt(out, delimiter=",", skip_header=1).reshape(-1, 2)
    return rows[:, 0].astype(np.int64) - 1, rows[:, 1]


def farrington_daily(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """-log10 p of each UTC day with at least five items, against the 56 days before the last 7."""
    return _scores(daily_counts(times, first, n), DAILY, first, 1)


def farrington_weekly(times: NDArray[np.int64], first: int, n: int) -> Scores:
    """-log10 p of each week with at least five items, against the year before the last 4 weeks."""
    weeks = daily_counts(times, first, n)[: n // 7 * 7].reshape(-1, 7).sum(axis=1)
    return _scores(weeks, WEEKLY, first, 7)


def _scores(
    counts: NDArray[np.float64], how: tuple[int, int, int, int, int], first: int, days: int
) -> Scores:
    frequency, b, w, _, least = how
    score = np.zeros(len(counts))
    if (counts[b * frequency + w :] >= least).any():
        index, p = judged(counts, how)
        score[index] = -np.log10(np.maximum(p, 1e-60))
    return (first + days * (1 + np.arange(len(counts)))) * DAY, score


FARRINGTON: dict[str, Rival] = {
    "Farrington Flexible, daily (R)": farrington_daily,
    "Farrington Flexible, weekly (R)": farrington_weekly,
}
