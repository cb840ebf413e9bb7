"""Thresholds and recurrence intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.swings import recurrence
from analysis.swings.fold import BUDGET

DETECTORS = ("count", "share")


def at(detector: str, level: float, spread: float, per_year: float) -> float:
    axes = np.array([[level], [spread]])
    return float(recurrence.threshold(detector, axes, np.array([per_year]))[0])


@given(
    detector=st.sampled_from(DETECTORS),
    level=st.floats(0.01, 5000),
    spread=st.floats(0.001, 5),
    rate=st.floats(0.001, 0.3),
)
def test_stricter_budget_means_smaller_threshold(
    detector: str, level: float, spread: float, rate: float
) -> None:
    assert 0 < at(detector, level, spread, rate) <= at(detector, level, spread, 2 * rate) <= 0.03


@given(detector=st.sampled_from(DETECTORS), level=st.floats(3, 600), rate=st.floats(0.02, 0.3))
def test_recurrence_is_the_inverse_of_the_threshold(
    detector: str, level: float, rate: float
) -> None:
    score = at(detector, level, 0.1, rate)
    if recurrence.LEAST < score < recurrence.MOST:
        assert recurrence.per_year(detector, (level, 0.1), score) == pytest.approx(rate, rel=1e-6)


def test_clustered_streams_need_smaller_scores() -> None:
    assert at("count", 30, 1.0, 0.1) < at("count", 30, 0.2, 0.1)


def test_parts_of_the_budget_make_a_whole() -> None:
    assert sum(BUDGET.values()) == pytest.approx(1)
