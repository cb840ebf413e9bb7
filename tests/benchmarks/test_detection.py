"""The detector's benchmark: where bursts are put, and what a detector that knows the truth sees."""

import numpy as np
import pytest

from analysis.swings.history import DAY, HOUR
from benchmarks.calibrate import thresholds
from benchmarks.detection.delay import delays, summary
from benchmarks.detection.injected_bursts import inject
from benchmarks.detection.real_histories import AppCase, Span
from benchmarks.detection.real_power import Asked, places, real_power

FIRST, N = 10_000, 300
ONE_A_DAY = Asked(k=15, hours=24, least=0.5, most=2.0, of_low=True, history=70)


def case(*, events: tuple[Span, ...] = (), flood: int | None = None) -> AppCase:
    """One low and two high stars a day for N days, quiet from day 50 on; 60 low stars in a day."""
    rng = np.random.default_rng(4)
    low, high = (thresholds.arrivals(rng, level, 0.1, FIRST, N) for level in (1.0, 2.0))
    more = np.empty(0, np.int64) if flood is None else flood + np.arange(60) * (DAY // 60)
    stars = np.repeat(np.array([1, 5, 1], np.int8), [len(low), len(high), len(more)])
    history = thresholds.history_of(np.concatenate([low, high, more]), stars)
    quiet = span("quiet", (FIRST + 50) * DAY, (FIRST + N) * DAY)
    return AppCase("file:app", history, events, (quiet,), 1)


def span(name: str, onset: int, end: int) -> Span:
    return Span("file:app", name, onset, end, "negative", weak=False, censored=False)


def test_bursts_go_where_the_volume_is_and_all_before_is_quiet() -> None:
    found = places(case(), ONE_A_DAY)
    assert found is not None
    assert found.days.min() == FIRST + 50 + 28
    assert (found.days.max() + 2) * DAY <= (FIRST + N) * DAY
    assert found.low_a_day == pytest.approx(1.0, abs=0.15)
    assert found.every_a_day == pytest.approx(3.0, abs=0.3)
    assert 0 <= found.phi < 0.4


def test_an_app_of_another_size_has_no_place() -> None:
    busy = Asked(k=30, hours=6, least=300.0, most=1200.0, of_low=False, history=14)
    assert places(case(), busy) is None


def test_a_burst_is_what_it_says_and_lies_where_it_says() -> None:
    start = (FIRST + 100) * DAY + 5 * HOUR
    before = case().history
    after = inject(before, start, 15, 24, np.random.default_rng(1))
    inside = (after.at >= start) & (after.at < start + 24 * HOUR) & (after.stars == 1)
    own = (before.at >= start) & (before.at < start + 24 * HOUR) & (before.stars == 1)
    assert inside.sum() == own.sum() + 15
    assert (np.diff(after.at) >= 0).all()


def test_fifteen_low_stars_in_a_day_are_seen_at_one_a_day() -> None:
    whole, *each = real_power([case(), case()], runs=6)
    assert [whole["app"], *(row["app"] for row in each)] == [None, "file:app", "file:app"]
    assert whole["runs"] == 6
    assert whole["power"] >= 5 / 6
    assert whole["power_low"] < 0.9  # six runs say little


def test_who_knows_the_truth_is_not_later_than_the_flood_is_long() -> None:
    begin = (FIRST + 200) * DAY + 6 * HOUR
    event = span("flood", begin, begin + 2 * DAY)
    (row,) = delays([case(events=(event,), flood=begin)])
    assert row["level"] == pytest.approx(1.0, abs=0.3)
    told = row["known"]
    assert told["one"]["minutes"] <= told["all"]["minutes"] <= 6 * 60
    assert told["all"]["reviews"] <= told["all"]["minutes"] / 24 + 3
    best = summary([row])["known"]
    assert best["all_minutes"] <= best["ours_minutes"] == told["ours"]["minutes"]
