"""Steep rhythms, messages at one hour, midnights and changes of the clocks are no events."""

import numpy as np
import pytest

from analysis.swings import clock_changes, detect
from analysis.swings.history import DAY
from benchmarks.office import rhythms
from benchmarks.office.history import Office, history_of, moment, reviews_of

PUSH, STEEP = rhythms.push(), rhythms.steep()


def alarms(office: Office, seed: int) -> int:
    history = history_of(office, reviews_of(office, seed))
    found = detect(history, now=moment(office.days) - 1)
    return sum(s.alarmed_at.timestamp() * 1e6 >= moment(office.past) for s in found)


@pytest.mark.parametrize(
    ("low", "high", "profile", "zone"),
    [
        (6, 40, PUSH, "UTC"),
        (24, 24, PUSH, "Europe/Madrid"),
        (60, 240, STEEP, "UTC"),
        (12, 12, rhythms.push(minutes=5), "America/New_York"),
    ],
)
def test_a_rhythm_however_steep_raises_no_alarms(
    low: float, high: float, profile: rhythms.Profile, zone: str
) -> None:
    office = Office(name="q", kind="quiet", low=low, high=high, profile=profile, zone=zone)
    assert sum(alarms(office, seed) for seed in (1, 2)) <= 2  # twice a year held as chance


def test_after_clocks_change_anywhere_both_hours_are_possible() -> None:
    day = int(np.datetime64("2024-03-10").astype("datetime64[D]").astype(int))  # New York
    week, counted = np.ones((8, 7 * 96)), np.zeros((clock_changes.LATEST + 7, 96), np.int64)
    found = clock_changes.possible(counted, week, day - 2)
    assert found.all(axis=1).tolist() == [False, False, True, True, True, True, True, False]


def test_reviews_that_come_an_hour_later_show_that_the_clocks_have_changed() -> None:
    quiet = 20_250 - 20_250 % 7  # no clocks change in June
    profile = np.tile(np.tile(PUSH.reshape(96, 15).sum(axis=1) * 96, 7), (1, 1))
    counted = np.zeros((clock_changes.LATEST, 96), np.int64)
    counted[:, 19 * 4] = 5
    assert clock_changes.possible(counted, profile, quiet)[0].tolist() == [
        False,
        False,
        False,
        True,
    ]
    counted = np.roll(counted, -4, axis=1)
    assert not clock_changes.possible(counted, profile, quiet).any()
    assert quiet * DAY % DAY == 0
