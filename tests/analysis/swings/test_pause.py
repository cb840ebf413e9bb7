"""The first reviews after a long silence are one event, and then the usual."""

from datetime import timedelta

import numpy as np
import pytest

from analysis.swings import detect
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood, history

BACK = START + 485 * DAY


def around(seed: int, gone: int) -> list[tuple[np.ndarray, int]]:
    """An app that is silent from a day on, and comes back on day 485 with a wave of its own."""
    rng = np.random.default_rng(seed)
    per_day = ((2.0, 1), (6.0, 5))
    parts = [(arrivals(rng, level, gone), stars) for level, stars in per_day]
    parts += [(arrivals(rng, level, 90, BACK), stars) for level, stars in per_day]
    wave = BACK + 9 * HOUR
    return [*parts, (flood(rng, 60, 96, wave), 1), (flood(rng, 100, 96, wave), 5)]


@pytest.mark.parametrize("seed", range(2))
def test_a_relaunch_after_a_year_is_one_event(seed: int) -> None:
    (swing,) = detect(history(around(seed, 120)), now=BACK + 88 * DAY)
    assert (swing.detector, swing.counts, swing.direction) == ("pause", "mixed", "mixed")
    assert swing.silent_since is not None
    assert timedelta(days=364) <= swing.onset_at - swing.silent_since <= timedelta(days=367)
    assert swing.ended_at is not None
    assert swing.ended_at - swing.onset_at <= timedelta(days=16)
    assert swing.over_before == ()


def test_what_comes_after_a_relaunch_is_told() -> None:
    late = flood(np.random.default_rng(5), 60, 8, BACK + 60 * DAY + 1)
    seen = detect(history([*around(3, 120), (late, 1)]), now=BACK + 88 * DAY)
    assert seen[0].detector == "pause"
    assert seen[1].direction == "negative"
    assert seen[1].silent_since is None


def test_weeks_without_a_look_are_no_silence() -> None:
    gap = np.array([[START + 120 * DAY, BACK]], dtype=np.int64)
    seen = detect(history(around(4, 120), gaps=gap), now=BACK + 88 * DAY)
    assert all(s.detector != "pause" for s in seen)
