"""The benchmark's rivals against R's package surveillance, where R is at hand."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from analysis.swings.history import DAY
from benchmarks.calibrate import thresholds
from benchmarks.detection import farrington
from benchmarks.detection.farrington import DAILY, judged
from benchmarks.detection.rivals import daily_counts, ears_c2

EARS = """
suppressPackageStartupMessages(library(surveillance))
given <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(given[1]))
found <- sapply(seq_len(ncol(counts)), function(k) {
  series <- sts(observed = matrix(counts[, k]))
  upperbound(earsC(series, control = list(method = "C2", baseline = 7, alpha = 0.001)))
})
write.csv(found, given[2], row.names = FALSE)
"""
FIRST, DAYS = 10_000, 150


@pytest.fixture(scope="module")
def r() -> None:
    if not farrington.at_hand():
        pytest.skip("needs Rscript with the package surveillance")


@pytest.mark.usefixtures("r")
def test_ears_c2_is_that_of_surveillance(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    streams = [thresholds.arrivals(rng, level, 0.3, FIRST, DAYS) for level in (0.5, 3.0, 20.0)]
    counts = np.stack([daily_counts(times, FIRST, DAYS) for times in streams], axis=1)
    given, out, script = tmp_path / "x.csv", tmp_path / "u.csv", tmp_path / "ears.R"
    np.savetxt(given, counts, delimiter=",", header="a,b,c", comments="", fmt="%d")
    script.write_text(EARS, "utf-8")
    subprocess.run(["Rscript", str(script), str(given), str(out)], check=True, timeout=120)
    upper = np.loadtxt(out, delimiter=",", skiprows=1)
    for column, times in enumerate(streams):
        at, score = ears_c2(times, FIRST, DAYS)
        assert at[0] == (FIRST + 10) * DAY
        x = counts[:, column]
        # The benchmark does not look at days with under three items, nor trust a spread under 0.5.
        spread = np.array([x[t - 9 : t - 2].std(ddof=1) for t in range(9, DAYS)])
        usual = (x[9:] >= 3) & (spread >= 0.5)
        mean = np.array([x[t - 9 : t - 2].mean() for t in range(9, DAYS)])
        theirs = mean + stats.norm.ppf(0.999) * spread
        assert usual.any()
        np.testing.assert_allclose(upper[usual[-len(upper) :], column], theirs[usual], rtol=1e-6)
        alarm = x[9:][usual] > upper[usual, column]
        assert (alarm == (score[usual] > stats.norm.ppf(0.999))).all()


@pytest.mark.usefixtures("r")
def test_farrington_sees_a_burst_and_little_else() -> None:
    rng = np.random.default_rng(2)
    counts = rng.poisson(8, 120).astype(float)
    counts[100] = 60
    index, p = judged(counts, DAILY)
    by_day = dict(zip(index.tolist(), p.tolist(), strict=True))
    assert by_day[100] < 1e-8
    assert min(p for day, p in by_day.items() if day != 100) > 1e-4
    assert index.min() >= 7 * 8 + 3
