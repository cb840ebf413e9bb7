"""Arrivals: the mean, the overdispersion and the rhythms that were asked for."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.simulate.rhythm import background_times, burst_times
from collector.times import HOUR_US

START = pd.Timestamp("2020-01-06", tz="America/Chicago").value // 1000
DAY_US = 24 * HOUR_US


def days_of(per_day: float, dispersion: float, n_days: int = 1400) -> "pd.Series[int]":
    rng = np.random.default_rng(4)
    times = background_times(
        rng, START, START + n_days * DAY_US, per_day, dispersion, "America/Chicago"
    )
    local = pd.DatetimeIndex(pd.to_datetime(times, unit="us", utc=True)).tz_convert(
        "America/Chicago"
    )
    days = pd.date_range(local[0].normalize(), local[-1].normalize(), freq="D")
    return pd.Series(1, index=local.normalize()).groupby(level=0).sum().reindex(days).fillna(0)


def test_mean_and_dispersion_are_those_asked_for() -> None:
    counts = days_of(12.0, 0.3)
    level = counts.groupby(counts.index.day_of_week).transform("mean")
    dispersion = float((((counts - level) ** 2) - level).sum() / (level**2).sum())
    assert abs(counts.mean() - 12.0) < 0.6
    assert 0.22 < dispersion < 0.42


def test_without_dispersion_days_are_nearly_poisson() -> None:
    counts = days_of(12.0, 0.0)
    level = counts.groupby(counts.index.day_of_week).transform("mean")
    assert float((((counts - level) ** 2) - level).sum() / (level**2).sum()) < 0.06


def test_weekends_and_nights_are_quieter() -> None:
    counts = days_of(20.0, 0.1)
    assert (
        counts[counts.index.day_of_week >= 5].mean() < counts[counts.index.day_of_week < 5].mean()
    )
    rng = np.random.default_rng(4)
    times = background_times(rng, START, START + 200 * DAY_US, 40.0, 0.1, "America/Chicago")
    hours = [
        t.astimezone(ZoneInfo("America/Chicago")).hour
        for t in pd.to_datetime(times, unit="us", utc=True)
    ]
    by_hour = np.bincount(hours, minlength=24)
    assert by_hour[2:5].sum() * 4 < by_hour[17:20].sum()


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(0, 300),
    rise=st.floats(0, 12),
    decay=st.floats(0.5, 100),
    length=st.floats(0.1, 400),
    rhythm=st.floats(0, 1),
    seed=st.integers(0, 2**32),
)
def test_a_burst_is_exact_sorted_and_inside_its_span(
    count: int, rise: float, decay: float, length: float, rhythm: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    times = burst_times(rng, count, START, rise, decay, length, "UTC", rhythm)
    assert len(times) == count
    assert (np.diff(times) >= 0).all()
    if count:
        assert START <= times[0] < START + 300_000_000
        assert times[-1] < START + max(length * HOUR_US, 300_000_000)
