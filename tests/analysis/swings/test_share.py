"""The share of low stars among the latest reviews."""

import numpy as np
import pytest
from scipy import stats

from analysis.swings import share


def test_tail_is_the_beta_binomial_one() -> None:
    a, b = np.array([3.2, 3.2, 3.2, 3.6]), np.array([29.1, 29.1, 29.1, 5.4])
    x = np.array([5, 20, 64, 40])
    found = share._tail(x, 64, a, b)
    for value, k, one, other in zip(found, x, a, b, strict=True):
        slow = sum(stats.betabinom.pmf(i, 64, one, other) for i in range(k, 65))
        assert value == pytest.approx(slow, rel=1e-6)


def test_only_reviews_of_the_latest_two_days_count() -> None:
    reviews = 1 + np.arange(17, dtype=np.int64) * share.SPAN // 15
    every_day = np.full(3, 0.05), np.full(3, 0.03), np.full(3, 5.0)
    mix, known = share.Mix(*every_day), np.full(3, True)
    end = int(reviews[-1]) + 1
    for times, hits in ((reviews, 0), (reviews // 2, 2)):
        found = share.scan(times, times, 0, end, -(2**62), mix, known)
        assert len(found.which) == hits
