"""Fast paths against obvious slow ones: share of low stars, onset, baseline, expectation."""

from math import ceil, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from analysis.swings import baseline, dispersion, scan, share
from analysis.swings.baseline import MEMORY
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood
from tests.analysis.swings.test_share import share_tail

FIRST = START // DAY + 70


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(0, 60), fenced=st.booleans())
def test_share_scan(seed: int, size: int, fenced: bool) -> None:
    """Every arrival, every window, one review after the other."""
    rng = np.random.default_rng(seed)
    low = np.sort(np.concatenate([arrivals(rng, 8, 6), flood(rng, size, 5, START + 4 * DAY)]))
    reviews = np.sort(np.concatenate([low, arrivals(rng, 60, 6)]))
    n, first = 6, START // DAY
    mix = share.Mix(rng.uniform(0.05, 0.2, n), rng.uniform(0.01, 0.1, n), np.full(n, 70.0))
    known = np.arange(n) != 1
    fence = START + 2 * DAY if fenced else -(2**62)
    hits = share.scan(reviews, low, first, START + n * DAY, fence, mix, known)
    found = {int(i): s for i, s in zip(hits.which, hits.score, strict=True)}
    for i, at in enumerate(low.tolist()):
        day, best = (at - START) // DAY, float("inf")
        seen = [t for t in reviews.tolist() if t <= at]
        lately = [[t for t in ts.tolist() if at - share.LATELY < t <= at] for ts in (reviews, low)]
        others = (len(lately[0]) - len(lately[1])) * DAY / share.LATELY
        if others < share.OTHERS * (1 - float(mix.share[day])) * 70:
            continue
        q, rho = float(mix.share[day]), float(mix.rho[day])
        for m, looks in zip(share.LATEST.tolist(), share.LOOKS, strict=True):
            latest = seen[-m:]
            if len(latest) < m or latest[0] <= max(at - share.SPAN, fence) or not known[day]:
                continue
            bad = sum(1 for t in low.tolist() if latest[0] <= t <= at)
            spread = sqrt(m * q * (1 - q) * (1 + (m - 1) * rho))
            usual = q * 70 * (at - latest[0]) / DAY
            if special.pdtrc(bad - 1, share.GREW * usual) >= share.SURELY:
                continue
            if bad < share.LEAST_LOW or bad <= m * q + share.SCREEN * spread:
                continue
            best = min(best, looks * share_tail(bad, m, q, rho))
        # Far out the sum over scattered odds is less exact: some thousandths, then parts of 1e-9.
        assert found.get(i, float("inf")) == pytest.approx(best, rel=5e-3, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(1, 40), level=st.floats(0.2, 20))
def test_onset(seed: int, size: int, level: float) -> None:
    """The best of all starts, each judged on its own; expected items summed hour by hour."""
    rng = np.random.default_rng(seed)
    burst = flood(rng, size, 30, START + 8 * DAY)
    times = np.sort(np.concatenate([arrivals(rng, 2, 8), burst]))
    week = rng.uniform(0.2, 2, 168)
    since, last = START + int(rng.integers(0, 6)) * DAY, len(times) - 1
    end = int(times[last])

    def expected(begin: int) -> float:
        total, at = 0.0, begin
        while at < end:
            upto = min((at // HOUR + 1) * HOUR, end)
            total += week[at // HOUR % 168] * (upto - at) / DAY
            at = upto
        return level * total

    best = (-1.0, 0, 0)
    for place, start in enumerate(times.tolist()):
        if start > max(end - 168 * HOUR, since):
            k, mu = last - place + 1, expected(start - HOUR)
            ratio = k * log(k / mu) - (k - mu) if k > mu else 0.0
            if ratio > best[0] + 1e-9:
                best = ratio, start, k
    start, k, mu = scan.onset(times, last, since, level, week)
    assert mu == pytest.approx(expected(start - HOUR), rel=1e-4, abs=1e-4)
    ratio = k * log(k / mu) - (k - mu) if k > mu else 0.0
    assert ratio == pytest.approx(best[0], rel=1e-3, abs=1e-3)
    assert k == int((times >= start).sum())


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), rate=st.floats(0.1, 50), days=st.integers(7, 56))
def test_level_and_dispersion(seed: int, rate: float, days: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rate * rng.gamma(2, 0.5, (3, 60))).astype(float)
    chosen = np.zeros((3, 60), bool)
    for row in chosen:
        row[rng.permutation(60)[:days]] = True
    level, phi = baseline.level_and_dispersion(counts, chosen)
    for row in range(3):
        mean, spread = naive_level(counts[row][chosen[row]].tolist())
        assert level[row] == pytest.approx(mean)
        assert phi[row] == pytest.approx(spread)


def naive_level(days: list[float]) -> tuple[float, float]:
    """The robust mean and dispersion of a handful of days, as docs/detection.md says it."""
    n = len(days)
    lower = sorted(days)[: max(ceil(3 * n / 4), 1)]
    mean, phi = sum(lower) / len(lower), baseline.PHI_PRIOR
    for _ in range(5):
        roof = mean + 3 * sqrt(mean + phi * mean**2) + 1
        clipped = [min(x, roof) for x in days]
        mean = sum(clipped) / n
        raw = sum((x - mean) ** 2 - mean for x in clipped) / max(n * mean**2, 1e-9)
        known = n * mean**2 / (2 * (1 + max(raw, 0.0) * mean) ** 2)
        weight = known / (known + 1 / baseline.PHI_PRIOR**2)
        phi = weight * raw + (1 - weight) * baseline.PHI_PRIOR
        phi = min(max(phi, baseline.PHI_LEAST), baseline.PHI_MOST)
    return max(mean, 0.5 / n), phi


def test_many_days_at_once_are_days_one_by_one() -> None:
    rng = np.random.default_rng(3)
    n = 40
    hourly = rng.poisson(0.4, (MEMORY + n - 1, 24))
    hourly[:30] *= 5
    dated = rng.integers(0, 2, len(hourly))
    hourly[:, 0] += dated
    exposure = rng.choice([1.0, 0.7], len(hourly))
    usable = rng.random(len(hourly)) > 0.3
    together = baseline.fit(hourly, dated, exposure, usable, FIRST)
    for day in range(n):
        here = slice(day, day + MEMORY)
        alone = baseline.fit(hourly[here], dated[here], exposure[here], usable[here], FIRST + day)
        for name in ("known", "level", "phi", "items", "days", "week", "timed", "chosen"):
            one, many = getattr(alone, name)[0], getattr(together, name)[day]
            np.testing.assert_allclose(one, many, rtol=1e-12)


@pytest.mark.parametrize("gap", [False, True])
def test_expected_items_are_the_quarters_of_the_window_one_by_one(gap: bool) -> None:
    rng = np.random.default_rng(4)
    n = 3
    quarters = rng.poisson(0.1, (MEMORY + n - 1, 96))
    quarters[:, 36:68] += 2
    dated = np.zeros(len(quarters), np.int64)
    whole = np.ones(len(quarters))
    bases = baseline.fit(quarters, dated, whole, whole > 0, FIRST)
    covered = np.ones((7 + n) * 24)
    if gap:
        covered[150:180] = 0.25
    phi = np.tile(dispersion.PRIOR, (n, 1))
    expected = scan.expectation(bases, phi, FIRST, covered if gap else None)
    assert expected.slots == 96
    for slot in range(0, n * 96, 5):
        day = slot // 96

        def in_window(end: int, width: int, day: int = day) -> float:
            of_week = [((FIRST - 7) * 96 + at) % 672 for at in range(end - 4 * width, end)]
            seen = [covered[at // 4] for at in range(end - 4 * width, end)]
            return float(bases.level[day] / 96 * bases.week[day][of_week] @ seen)

        for w, width in enumerate(scan.WINDOWS.tolist()):
            end = 672 + slot
            mean = max(in_window(end, width), in_window(end + 1, width), 1e-9)
            assert expected.mean[slot, w] == pytest.approx(mean)
            assert expected.critical[w, slot // 4] <= np.ceil(mean * 100 + 100)


def test_forecast_errors_wait_before_they_count() -> None:
    rng = np.random.default_rng(5)
    terms = rng.random((20, 3, 3))
    start = rng.random((1 + baseline.GUARD, 3, 3))
    moved = dispersion.accumulate(terms, start)
    queue, total = [*start[1:]], start[0]
    for day in range(20):
        np.testing.assert_allclose(moved[day, 0], total)
        np.testing.assert_allclose(moved[day, 1:], queue)
        total = dispersion.KEPT * total + queue.pop(0)
        queue.append(terms[day])
