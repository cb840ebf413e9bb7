"""What stays away, apart from what was not seen, a quiet night and a slow decline."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.swings.fewer import Stop, by_chance_days, fewer, stops

FIRST, DAYS = 19_000, 240
EVENT = 150 * 24
Counts = NDArray[np.int64]


def hours(seed: int, a_day: float, times: NDArray[np.float64] | float = 1.0) -> Counts:
    """Reviews by hour, most in the evening and hardly any at night."""
    hour = np.arange(DAYS * 24) % 24
    rhythm = 1.05 + np.sin(2 * np.pi * (hour - 11) / 24)
    return np.random.default_rng(seed).poisson(a_day * rhythm / 25.2 * times)


def from_event(times: float, until: int = DAYS * 24) -> NDArray[np.float64]:
    at = np.arange(DAYS * 24)
    return np.where((at >= EVENT) & (at < until), times, 1.0)


def found(counts: Counts, seen: NDArray[np.float64] | None = None, until: int = 0) -> list[Stop]:
    every = np.ones(len(counts)) if seen is None else seen
    return stops(counts, every, FIRST, until or len(counts))


@pytest.mark.parametrize(("a_day", "left", "within"), [(20, 0.1, 96), (20, 0, 36), (200, 0, 12)])
def test_a_stop_is_told_soon_with_its_onset_and_what_was_to_be_expected(
    a_day: float, left: float, within: int
) -> None:
    for seed in range(4):
        counts = hours(seed, a_day, from_event(left, EVENT + 21 * 24))
        (stop,) = found(counts, until=EVENT + 10 * 24)
        assert EVENT < stop.told <= EVENT + within
        assert abs(stop.onset - EVENT) <= 14
        assert stop.end is None
        assert stop.expected == pytest.approx(10 * a_day, rel=0.25)
        assert stop.items <= 0.2 * stop.expected
        assert by_chance_days(stop) > 365


def test_it_is_over_when_they_come_again() -> None:
    back = EVENT + 21 * 24
    (stop,) = found(hours(1, 20, from_event(0.0, back)))
    assert stop.end is not None
    assert abs(stop.end - back) <= 14
    assert stop.over is not None
    assert back < stop.over <= back + 48
    assert stop.items <= 5


def test_what_is_left_is_usual_after_eight_weeks() -> None:
    (stop,) = found(hours(2, 20, from_event(0.1)))
    assert stop.end == stop.onset + 56 * 24


def test_nothing_is_told_of_a_quiet_year_a_night_or_a_week_of_half() -> None:
    every = [
        found(hours(seed, a_day, times))
        for seed in range(10)
        for a_day, times in ((20, 1.0), (3, 1.0), (20, from_event(0.4, EVENT + 168)))
    ]
    assert sum(map(len, every)) <= 1  # in twenty years


def test_a_slow_decline_is_no_stop() -> None:
    at = np.arange(DAYS * 24)
    declines = 0.5 ** (np.maximum(at - 60 * 24, 0) / (40 * 24))
    for seed in range(4):
        assert not found(hours(seed, 40, declines))


def test_what_nobody_saw_did_not_stay_away() -> None:
    counts = hours(3, 20, from_event(0.0, EVENT + 240))
    seen = np.ones(len(counts))
    seen[EVENT : EVENT + 240] = 0.0
    assert not found(counts, seen)
    assert found(counts)


def test_nothing_after_the_last_moment_that_was_seen_is_told() -> None:
    counts = hours(4, 20, from_event(0.0))
    assert not found(counts, until=EVENT)
    (early,) = found(counts, until=EVENT + 72)
    (late,) = found(counts, until=EVENT + 20 * 24)
    assert (early.onset, early.told, early.p) == (late.onset, late.told, late.p)


def test_what_comes_later_changes_nothing_of_what_was_told() -> None:
    one, other = hours(5, 20, from_event(0.0)), hours(6, 20)
    other[: EVENT + 72] = one[: EVENT + 72]
    (stop,) = found(one, until=EVENT + 72)
    again = found(other)[0]
    assert (again.onset, again.told, again.p) == (stop.onset, stop.told, stop.p)


def told(counts: dict[tuple[str, str], Counts]) -> list[tuple[str, str | None]]:
    sources = sorted({source for _, source in counts})
    seen = {s: np.ones(DAYS * 24) for s in sources}
    made = fewer(counts, seen, FIRST, dict.fromkeys(sources, EVENT + 14 * 24))  # type: ignore[arg-type]
    return [(one.of, one.source) for one in made]


def test_it_says_what_stays_away_and_only_once() -> None:
    stopped = from_event(0.0)
    high, low = hours(7, 20), hours(8, 6)
    fewer_high, fewer_low = hours(7, 20, stopped), hours(8, 6, stopped)

    def store(name: str, high: Counts, low: Counts) -> dict[tuple[str, str], Counts]:
        return {("positive", name): high, ("negative", name): low, ("reviews", name): high + low}

    assert told(store("a", high, low)) == []
    assert told(store("a", fewer_high, low)) == [("positive", None)]
    assert told(store("a", fewer_high, fewer_low)) == [("reviews", None)]
    two = store("b", hours(9, 20), hours(10, 6))
    assert told({**store("a", fewer_high, fewer_low), **two}) == [("reviews", "a")]
