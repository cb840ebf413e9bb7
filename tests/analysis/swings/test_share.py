"""The share of low stars among the latest reviews."""

from math import exp, log, log1p

import numpy as np
import pytest
from scipy import integrate, special, stats

from analysis.swings import baseline, detect, share
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood, history


def share_tail(x: int, m: int, low: float, rho: float) -> float:
    """P(X >= x): low and other stars scattered by gamma factors, integrated over their share."""
    k = 2 * low * (1 - low) * (1 / rho - 1)
    usual = log(low / (1 - low))

    def density(logit: float) -> float:
        scatter = exp(k * logit - 2 * k * log1p(exp(logit)) - special.betaln(k, k))
        return float(special.bdtrc(x - 1, m, 1 / (1 + exp(-usual - logit)))) * scatter

    return float(integrate.quad(density, -30, 30, points=[0.0], limit=200, epsabs=1e-13)[0])


@pytest.mark.parametrize(
    ("x", "m", "low", "rho"),
    [(5, 64, 0.1, 0.03), (20, 64, 0.1, 0.03), (45, 64, 0.1, 0.03), (40, 64, 0.4, 0.1)],
)
def test_tail_is_that_of_scattered_odds(x: int, m: int, low: float, rho: float) -> None:
    found = share.tail(np.array([x]), m, np.array([low]), np.array([rho]))
    assert found[0] == pytest.approx(share_tail(x, m, low, rho), rel=1e-4)


def test_tail_without_scatter_is_binomial() -> None:
    found = share.tail(np.array([12]), 64, np.array([0.1]), np.array([1e-6]))
    assert found[0] == pytest.approx(stats.binom.sf(11, 64, 0.1), rel=1e-3)


def test_tail_is_how_often_it_happens() -> None:
    """Two gamma factors a day, drawn: low and other stars scatter apart."""
    rng = np.random.default_rng(1)
    low, rho, m = 0.2, 0.05, 64
    k = 2 * low * (1 - low) * (1 / rho - 1)
    bad, good = rng.gamma(k, 1 / k, (2, 200_000))
    x = rng.binomial(m, low * bad / (low * bad + (1 - low) * good))
    for count in (16, 22, 28):
        found = share.tail(np.array([count]), m, np.array([low]), np.array([rho]))
        assert found[0] == pytest.approx((x >= count).mean(), rel=0.05)


def test_only_reviews_of_the_latest_two_days_count() -> None:
    reviews = 1 + np.arange(17, dtype=np.int64) * share.SPAN // 15
    every_day = np.full(3, 0.05), np.full(3, 0.03), np.zeros(3)
    mix, known = share.Mix(*every_day), np.full(3, True)
    end = int(reviews[-1]) + 1
    for times, hits in ((reviews, 0), (reviews // 2, 2)):
        found = share.scan(times, times, 0, end, -(2**62), mix, known)
        assert len(found.which) == hits


def test_few_low_stars_among_many_are_seen_where_the_mix_never_changes() -> None:
    """600 reviews a day, one in twelve low, for a hundred days; 27 more in six hours."""
    seen = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        low, high = (arrivals(rng, per_day, 100) for per_day in (50, 550))
        begin = START + 99 * DAY + int(rng.integers(18 * HOUR))
        every = history([(low, 1), (high, 5), (flood(rng, 27, 6, begin), 1)])
        found = detect(every, now=begin + 6 * HOUR)
        seen += any(s.alarmed_at.timestamp() * 1e6 >= begin for s in found)
    assert seen >= 36


def test_a_young_apps_mix_scatters_no_less_than_among_its_reference_days() -> None:
    """Twenty days of 600 reviews whose share of low stars jumps between 5 and 15 %."""
    low = np.where(np.arange(baseline.MEMORY + 1) % 2 == 0, 30, 90)
    every = np.full(baseline.MEMORY + 1, 600)
    usable = np.arange(baseline.MEMORY + 1) >= baseline.MEMORY - 20
    hourly = np.zeros((baseline.MEMORY, 24), np.int64)
    hourly[:, 12] = low[:-1]
    exposure = np.ones(baseline.MEMORY)
    bases = baseline.fit(hourly, 0 * low[:-1], exposure, usable[:-1], 10_000)
    nothing = np.zeros((1 + baseline.GUARD, 3))
    mix, _ = share.measure(low, every, usable[-1:], bases, nothing)
    apart = (0.05**2 - 0.1 * 0.9 / 600) / (0.1 * 0.9)  # what days of 600 show beyond chance
    assert mix.rho[0] >= 0.95 * apart
    old = nothing.copy()
    old[0] = 0.0, 200 * 600 * 599 * 0.09, 200 * 0.09  # 200 forecasts that missed nothing
    mix, _ = share.measure(low, every, usable[-1:], bases, old)
    assert mix.rho[0] < 0.001
