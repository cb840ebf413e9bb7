"""Thresholds and recurrence intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.swings import budget_split, state, streams, thresholds
from analysis.swings.history import DAY, POSTS, RATINGS
from tests.analysis.swings.builders import START, arrivals, history

DETECTORS = thresholds.DETECTORS


def at(detector: str, level: float, spread: float, per_year: float) -> float:
    axes = np.array([[level], [spread]])
    return float(thresholds.threshold(detector, axes, np.array([per_year]))[0])


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
    if thresholds.LEAST < score < thresholds.MOST:
        assert thresholds.per_year(detector, (level, 0.1), score) == pytest.approx(rate, rel=1e-6)


def test_clustered_streams_need_smaller_scores() -> None:
    assert at("count", 30, 1.0, 0.1) < at("count", 30, 0.2, 0.1)


def parts_of(low: float, high: float) -> dict[str, float]:
    """Parts of the budget after 80 days of an app with so many low and high stars a day."""
    rng = np.random.default_rng(2)
    h = history([(arrivals(rng, low, 80), 1), (arrivals(rng, high, 80), 5)])
    known = state.start(START // DAY, streams.DIRECTIONS)
    days = streams.load(known, h, START // DAY + 80)
    found = budget_split.parts(days, START // DAY + 70, 3)
    assert np.allclose(sum(found.values()), 1)
    return {name: float(part[0]) for name, part in found.items()}


def test_a_detector_without_anything_to_look_at_leaves_its_part_to_the_others() -> None:
    assert parts_of(0.1, 0.1)["negative"] == pytest.approx(1)
    busy = parts_of(10, 50)
    assert busy["negative"] > busy["share"] > busy["positive"] > 0
    assert busy[RATINGS] == busy[POSTS] == 0
    assert parts_of(50, 50)["share"] == 0  # where half of all stars are low, counts say as much
