"""When an office's users write: by minute of the local day, by weekday, by season."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

MINUTES = 1440
EPOCH = date(1970, 1, 1)
START = date(2022, 9, 5)  # a Monday, long enough before two summers and two Aprils
EVEN = (1.0,) * 7
WORKDAYS = (1.0, 1.0, 1.0, 1.0, 1.0, 0.05, 0.05)
USUAL = (1.08, 1.06, 1.05, 1.02, 1.0, 0.91, 0.88)
Profile = NDArray[np.float64]  # share of a day's reviews by minute of the local day


def flat() -> Profile:
    """No rhythm at all."""
    return np.full(MINUTES, 1 / MINUTES)


def waking() -> Profile:
    """Quiet at night, most in the evening."""
    hour = np.arange(MINUTES) / 60
    return _whole(1.05 + np.sin(2 * np.pi * (hour - 11) / 24))


def steep() -> Profile:
    """Rises until midnight and falls to a fiftieth there."""
    hour = np.arange(MINUTES) / 60
    return _whole(np.where(hour < 6, 0.02, ((hour - 5) / 19) ** 2))


def working_hours() -> Profile:
    """From nine to five, hardly anything else."""
    hour = np.arange(MINUTES) / 60
    return _whole(np.where((hour >= 9) & (hour < 17), 1.0, 0.02))


def push(share: float = 0.5, hour: float = 18.0, minutes: int = 15) -> Profile:
    """A part of the day's reviews comes within some minutes after a message of the app's own."""
    begin = int(hour * 60)
    profile = waking() * (1 - share)
    profile[begin : begin + minutes] += share / minutes
    return profile


def _whole(rates: Profile) -> Profile:
    return np.asarray(rates / rates.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Days on which the office has `times` its usual reviews.

    month, day, days: from each such date on. every_month: on that day of each month; else yearly.
    """

    day: int
    days: int
    times: float
    month: int = 1
    every_month: bool = False

    def holds(self, when: date) -> bool:
        """Whether a day is one of them."""
        for back in range(self.days):
            begun = when - timedelta(days=back)
            if begun.day == self.day and (self.every_month or begun.month == self.month):
                return True
        return False


def levels(days: int, weekdays: tuple[float, ...], seasons: tuple[Season, ...]) -> Profile:
    """How busy each day is against the usual: float64 (days,)."""
    found = np.empty(days)
    for number in range(days):
        when = START + timedelta(days=number)
        factor = weekdays[when.weekday()] * 7 / sum(weekdays)
        for season in seasons:
            factor *= season.times if season.holds(when) else 1.0
        found[number] = factor
    return found


def arrivals(
    rng: np.random.Generator, mean: Profile, dispersion: float, profile: Profile, zone: str
) -> NDArray[np.int64]:
    """Sorted moments, microseconds UTC. mean: by local day from START; counts scatter as
    mean + dispersion mean^2."""
    gamma = rng.gamma(1 / dispersion, dispersion, len(mean)) if dispersion else 1.0
    day = np.repeat(np.arange(len(mean)), rng.poisson(mean * gamma))
    minute = np.searchsorted(np.cumsum(profile)[:-1], rng.random(len(day)), side="right")
    within = (minute + rng.random(len(day))) * 60_000_000
    return np.sort(midnights(len(mean), zone)[day] + within.astype(np.int64))


def midnights(days: int, zone: str) -> NDArray[np.int64]:
    """When each local day begins, microseconds UTC: so a change of the clocks is a step."""
    tz = ZoneInfo(zone)
    starts = [
        datetime.combine(START + timedelta(days=number), time(), tz).timestamp()
        for number in range(days)
    ]
    return np.asarray(np.array(starts) * 1_000_000).astype(np.int64)


def number_of(when: date) -> float:
    """Days from START to a date."""
    return float((when - START).days)
