"""The fast scan against an obvious slow one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.swings import baseline, dispersion, scan
from analysis.swings.baseline import MEMORY
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood

FIRST = START // DAY + 70


def counted(times: np.ndarray) -> np.ndarray:
    return np.bincount((times - START) // HOUR, minlength=200 * 24).reshape(-1, 24)


def expected_on(times: np.ndarray, n: int) -> scan.Expectation:
    hourly = counted(times)[70 - MEMORY : 70 + n - 1]
    dated, exposure = np.zeros(len(hourly), np.int64), np.ones(len(hourly))
    bases = baseline.fit(hourly, dated, exposure, np.ones(len(hourly), bool), FIRST)
    return scan.expectation(bases, np.tile(dispersion.PRIOR, (n, 1)), FIRST, None)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), rate=st.floats(0.3, 20), size=st.integers(0, 60))
def test_every_arrival_with_a_small_p_is_found_with_its_counts(
    seed: int, rate: float, size: int
) -> None:
    rng = np.random.default_rng(seed)
    times = np.sort(
        np.concatenate([arrivals(rng, rate, 80), flood(rng, size, 9, START + 73 * DAY)])
    )
    n = 6
    expected = expected_on(times, n)
    hits = scan.scan(times, times, FIRST, (FIRST + n) * DAY, -(2**62), expected)
    place = {int(i): row for row, i in enumerate(hits.which)}
    for i in np.flatnonzero((times >= FIRST * DAY) & (times < (FIRST + n) * DAY)):
        hour = int(times[i] - FIRST * DAY) // HOUR
        for w, width in enumerate(scan.WINDOWS):
            count = sum(1 for t in times[: i + 1] if t > times[i] - width * HOUR)
            mean, size_ = expected.mean[hour, w], expected.size[hour // 24, w]
            p = stats.nbinom.sf(count - 1, size_, size_ / (size_ + mean))
            if i in place:
                assert hits.count[place[i], w] == count
                if count >= expected.critical[w][hour]:
                    assert hits.p[place[i], w] == pytest.approx(p, rel=1e-6, abs=1e-15)
            else:
                assert count < scan.LEAST_ITEMS or p > 1e-3


def test_window_starts_behind_no_fence() -> None:
    rng = np.random.default_rng(1)
    times = np.sort(np.concatenate([arrivals(rng, 1, 80), flood(rng, 30, 5, START + 73 * DAY)]))
    fence = START + 73 * DAY + 6 * HOUR
    hits = scan.scan(times, times, FIRST, (FIRST + 6) * DAY, fence, expected_on(times, 6))
    assert len(hits.which) == 0


def test_onset_is_the_start_of_the_burst() -> None:
    rng = np.random.default_rng(2)
    wave = flood(rng, 12, 2, START + 75 * DAY)
    times = np.sort(np.concatenate([arrivals(rng, 1, 75), wave]))
    start, items, mean = scan.onset(times, len(times) - 1, START, 1.0, np.ones(168))
    assert start == wave[0]
    assert items == 12
    assert mean < 0.2


def test_screen_lets_nothing_improbable_pass() -> None:
    mean = np.logspace(-2, 4, 60)[:, None]
    size = np.logspace(-0.5, 2, 20)[None, :]
    critical = np.ceil(mean + scan.SCREEN * np.sqrt(mean + mean**2 / size))
    below = np.maximum(critical - 1, 0).astype(np.int64)
    p = scan.tail(below, np.broadcast_to(mean, below.shape), np.broadcast_to(size, below.shape))
    assert p[below >= scan.LEAST_ITEMS].min() > 1e-3
