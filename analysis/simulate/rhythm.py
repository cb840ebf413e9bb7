"""When people write: counts with weekly and daily rhythm and overdispersion, and bursts.

Times are int64 microseconds since the epoch, UTC; rhythms follow the app's local clock.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from collector.times import HOUR_US

Times = NDArray[np.int64]
Rates = NDArray[np.float64]

# Relative activity by local hour (0-23) and weekday (Monday first); only the ratios matter.
HOURS = np.array(
    [5, 3, 2, 1.5, 1.5, 2, 4, 7, 9, 10, 11, 11, 12, 12, 11, 11, 12, 13, 13, 13, 13, 12, 10, 7]
)
WEEKDAYS = np.array([1.08, 1.06, 1.05, 1.02, 1.0, 0.91, 0.88])
BURST_STEP_US = 300_000_000


def background_times(
    rng: np.random.Generator,
    start_us: int,
    end_us: int,
    per_day: float,
    dispersion: float,
    timezone: str,
) -> Times:
    """Arrival times of an ordinary stream, sorted.

    Day counts are negative binomial with variance mu + dispersion * mu^2 (a gamma-distributed
    day level); hours scatter a little more, as they do on real apps.
    """
    hours = pd.date_range(
        pd.Timestamp(start_us, unit="us", tz="UTC"),
        pd.Timestamp(end_us, unit="us", tz="UTC"),
        freq="h",
        inclusive="left",
    )
    local = hours.tz_convert(timezone)
    day_number, _ = pd.factorize(local.normalize())
    days = int(day_number.max()) + 1 if len(hours) else 0
    rate = per_day * _profile(local) * _level(rng, dispersion, days)[day_number]
    rate = rate * _level(rng, 0.3, len(hours))
    counts = rng.poisson(rate)
    starts = np.repeat(hours.as_unit("us").asi8, counts)
    times: Times = np.sort(starts + rng.integers(0, HOUR_US, len(starts)))
    return times[times < end_us]


def burst_times(
    rng: np.random.Generator,
    count: int,
    onset_us: int,
    rise_hours: float,
    decay_hours: float,
    length_hours: float,
    timezone: str,
    rhythm: float,
) -> Times:
    """Exactly `count` times in a burst that rises linearly and then decays, sorted.

    rhythm: 0 ignores the time of day, 1 follows it fully. The first time is the onset's own
    step of five minutes, so that the onset is where the burst truly starts.
    """
    steps = max(1, int(length_hours * HOUR_US // BURST_STEP_US))
    at = onset_us + BURST_STEP_US * np.arange(steps, dtype=np.int64)
    age = (at - onset_us) / HOUR_US
    shape = np.minimum((age + 0.05) / max(rise_hours, 0.05), 1.0)
    shape = shape * np.exp(-np.maximum(age - rise_hours, 0.0) / decay_hours)
    local = pd.DatetimeIndex(at.astype("datetime64[us]"), tz="UTC").tz_convert(timezone)
    shape = shape * _profile(local) ** rhythm * _level(rng, 0.15, steps)
    chosen = rng.choice(steps, size=count, p=shape / shape.sum())
    if count:
        chosen[0] = 0
    times: Times = np.sort(at[chosen] + rng.integers(0, BURST_STEP_US, count))
    return times


def _profile(local: pd.DatetimeIndex) -> Rates:
    """Share of a mean day's arrivals that falls into each hour."""
    hour = np.asarray(local.hour)
    weekday = np.asarray(local.day_of_week)
    profile: Rates = (HOURS / HOURS.sum())[hour] * (WEEKDAYS / WEEKDAYS.mean())[weekday]
    return profile


def _level(rng: np.random.Generator, dispersion: float, size: int) -> Rates:
    """Gamma levels with mean 1 and variance `dispersion`."""
    if dispersion <= 0:
        return np.ones(size)
    return rng.gamma(1.0 / dispersion, dispersion, size)
