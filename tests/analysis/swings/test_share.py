"""The share of low stars among the latest reviews."""

import numpy as np
import pytest
from scipy import stats

from analysis.swings import share


def test_tail_is_the_beta_binomial_one() -> None:
    mix = share.Mix(np.array([0.1, 0.4]), np.array([0.03, 0.1]), np.array([100.0, 100.0]))
    x, day = np.array([5, 20, 64, 40]), np.array([0, 0, 0, 1])
    found = share._tail(x, 64, mix, day)
    for value, k, d in zip(found, x, day, strict=True):
        strength = (1 - mix.rho[d]) / mix.rho[d]
        a, b = mix.share[d] * strength, (1 - mix.share[d]) * strength
        slow = sum(stats.betabinom.pmf(i, 64, a, b) for i in range(k, 65))
        assert value == pytest.approx(slow, rel=1e-6)


def test_only_reviews_of_the_latest_two_days_count() -> None:
    reviews = 1 + np.arange(17, dtype=np.int64) * share.SPAN // 15
    every_day = np.full(3, 0.05), np.full(3, 0.03), np.full(3, 5.0)
    mix, known = share.Mix(*every_day), np.full(3, True)
    end = int(reviews[-1]) + 1
    for times, hits in ((reviews, 0), (reviews // 2, 2)):
        found = share.scan(times, times, 0, end, -(2**62), mix, known)
        assert len(found.which) == hits
