"""A swing's burst ends where arrivals are back in the usual range; a tail is told apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.records import Swing
from analysis.swings import History, advance, detect, state
from analysis.swings.burst_end import Rise, Usual, begun
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood, history
from tests.examples import examples

OUTAGE = START + 150 * DAY + 14 * HOUR
END = START + 175 * DAY
FLAT = [1.0] * 168


def at(moment: int) -> datetime:
    return datetime.fromtimestamp(moment / 1e6, UTC)


def office(seed: int, low: float = 5.0, days: int = 175) -> list[tuple[NDArray[np.int64], int]]:
    rng = np.random.default_rng(seed)
    return [(arrivals(rng, low, days), 1), (arrivals(rng, 2 * low, days), 5)]


def told(h: History, now: int = END) -> list[Swing]:
    return [s for s in detect(h, now=now) if not s.launch]


def hours(since: datetime, until: datetime | None) -> float:
    assert until is not None
    return (until - since) / timedelta(hours=1)


@pytest.mark.parametrize("seed", range(3))
def test_an_outage_of_eight_hours_is_told_with_its_own_hours_and_counts(seed: int) -> None:
    rng = np.random.default_rng([seed, 1])
    (swing,) = told(history([*office(seed), (flood(rng, 62, 8, OUTAGE), 1)]))
    assert abs(hours(at(OUTAGE), swing.onset_at)) < 2
    assert abs(hours(at(OUTAGE + 8 * HOUR), swing.ended_at)) < 2
    assert 54 <= swing.items - swing.expected_items <= 66
    assert 0 < hours(at(OUTAGE + 8 * HOUR), swing.closed_at) <= 24
    assert swing.tail_until is None


@pytest.mark.parametrize(
    ("low", "size", "length"),
    [(0.3, 15, 8), (5, 40, 0.67), (5, 150, 72), (5, 420, 504), (60, 900, 72), (600, 700, 6)],
)
def test_a_burst_ends_within_a_tenth_of_its_length(low: float, size: int, length: float) -> None:
    off = []
    for seed in range(3):
        rng = np.random.default_rng([seed, 2])
        wave = flood(rng, size, length, OUTAGE)
        swing = next(
            s for s in told(history([*office(seed, low), (wave, 1)])) if s.items > size / 2
        )
        off.append(abs(hours(at(OUTAGE) + timedelta(hours=length), swing.ended_at)))
    assert sorted(off)[1] <= max(2, length / 10)


def test_a_tail_is_told_apart_and_counted_apart() -> None:
    rng = np.random.default_rng(3)
    tail = arrivals(rng, 8, 6, OUTAGE + 8 * HOUR)
    (swing,) = told(history([*office(4), (flood(rng, 60, 8, OUTAGE), 1), (tail, 1)]))
    assert abs(hours(at(OUTAGE + 8 * HOUR), swing.ended_at)) < 2
    assert swing.items < 72
    assert swing.tail_until is not None
    assert abs(hours(at(OUTAGE + 6 * DAY), swing.tail_until)) < 30
    assert swing.tail_items > 1.4 * swing.tail_expected
    assert not swing.tail_running


def test_a_wave_that_comes_soon_after_over_is_told_as_beginning_anew() -> None:
    rng = np.random.default_rng(5)
    parts = [(flood(rng, 60, 8, OUTAGE), 1), (flood(rng, 50, 8, OUTAGE + 2 * DAY), 1)]
    first, second = told(history([*office(6), *parts]))
    assert first.closed_at is not None
    assert first.closed_at < second.alarmed_at
    assert hours(at(OUTAGE + 2 * DAY), second.onset_at) < 1
    assert hours(at(OUTAGE + 2 * DAY), second.alarmed_at) < 4


def test_what_goes_on_at_three_times_the_usual_is_one_swing_that_says_so() -> None:
    """Where a lull passed for an end, the alarm log has both: over, and that it began again."""
    rng = np.random.default_rng(7)
    (swing,) = told(history([*office(8), (arrivals(rng, 10, 21, OUTAGE), 1)]), END)
    assert len(swing.over_before) == sum(e.again for e in swing.escalations)
    assert all(e.at > over for e, over in zip(
        (e for e in swing.escalations if e.again), swing.over_before, strict=True
    ))  # fmt: skip
    assert abs(hours(at(OUTAGE + 21 * DAY), swing.ended_at)) < 50


def test_direction_is_what_the_whole_burst_shows() -> None:
    """Three five stars before the alarm make no praise of sixty one-star reviews for a fee."""
    rng = np.random.default_rng(9)
    kind = np.sort(OUTAGE + (rng.random(4) * 20).astype(np.int64) * HOUR // 60)
    anger = flood(rng, 60, 8, OUTAGE + HOUR // 4)
    swing = told(history([*office(10, 0.3), (anger, 1), (kind, 5)]))[-1]
    assert swing.items >= 60
    assert swing.direction == "negative"


@settings(max_examples=examples(4, 60), deadline=None)
@given(
    seed=st.integers(0, 10_000),
    sizes=st.lists(st.integers(5, 120), min_size=1, max_size=3),
    apart=st.integers(10, 130),
)
def test_growing_data_lose_no_alarm_and_a_burst_lies_within_its_swing(
    seed: int, sizes: list[int], apart: int
) -> None:
    rng = np.random.default_rng(seed)
    since = START + 70 * DAY
    floods = [
        (flood(rng, size, float(rng.uniform(1, 30)), since + n * apart * HOUR), 1)
        for n, size in enumerate(sizes)
    ]
    h = history([(arrivals(rng, 2, 95), 1), (arrivals(rng, 3, 95), 5), *floods])
    said: set[tuple[object, ...]] = set()
    for now in range(since, START + 95 * DAY, 37 * HOUR):
        early = h.at <= now
        cut = (h.at[early], h.stars[early], h.source[early], h.is_post[early])
        known = replace(h, at=cut[0], stars=cut[1], source=cut[2], is_post=cut[3])
        log: set[tuple[object, ...]] = set()
        for s in told(known, now):
            last = s.ended_at or s.hot_at
            assert last is not None
            assert s.onset_at <= s.alarmed_at <= last <= at(now)
            assert s.tail_until is None or s.tail_until > last
            assert (
                s.items <= int(((h.stars <= 2) & (h.at <= now)).sum()) or s.direction != "negative"
            )
            over = (*s.over_before, *([s.closed_at] if s.closed_at else []))
            again = [e.at for e in s.escalations if e.again]
            log |= {("opened", s.counts, s.alarmed_at)}
            log |= {("over", s.counts, moment) for moment in over}
            log |= {("again", s.counts, moment) for moment in again}
        assert said <= log
        said = log


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), level=st.floats(0.5, 20))
def test_a_rise_ends_at_the_best_of_all_ends(seed: int, level: float) -> None:
    """In whatever pieces it is followed; each end judged on its own."""
    rng = np.random.default_rng(seed)
    times = np.sort(np.concatenate([flood(rng, 30, 9, START + 1), arrivals(rng, level, 3)]))
    usual = Usual(level, 0.1, FLAT)
    k, mu = 1.0 + np.arange(len(times)), level * (times - START + HOUR) / DAY
    ratio = np.where(k > mu, k * np.log(k / mu) - (k - mu), 0.0)
    rise = Rise(START - HOUR, START)
    for piece in np.split(times, sorted(rng.integers(0, len(times), 3))):
        rise.follow(usual, piece)
    assert rise.count == len(times)
    assert ratio[rise.items - 1] == pytest.approx(ratio.max(), abs=1e-3)
    assert rise.end == times[rise.items - 1]


def test_a_burst_of_dates_lasts_a_day_longer_before_it_is_over() -> None:
    usual = Usual(2.0, 0.1, FLAT)
    days = np.full(40, START + 9 * DAY)
    timed = begun(usual, START + 9 * DAY + 1, days + 1, START + 9 * DAY + 1)
    dated = begun(usual, START + 9 * DAY, days, START + 9 * DAY)
    assert dated.over_at - dated.end == timed.over_at - timed.end + DAY


def _first_told_in(h: History, wave: int) -> float:
    sent = [t for s in told(h) for t in (s.alarmed_at, *(e.at for e in s.escalations))]
    after = [hours(at(wave), t) for t in sent if t >= at(wave)]
    return min(after, default=float("inf"))


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_slow_growth_that_was_told_of_half_a_day_before_hides_no_wave(seed: int) -> None:
    rng = np.random.default_rng([seed, 11])
    parts = [
        *office(seed, 2),
        (flood(rng, 16, 6, OUTAGE), 1),
        (arrivals(rng, 12, 8, OUTAGE + 8 * HOUR), 1),
    ]
    slow = next(
        e
        for s in told(history(parts))
        for e in s.escalations
        if not e.again and e.at > at(OUTAGE + 36 * HOUR)
    )
    wave = round(slow.at.timestamp() * 1e6) + 12 * HOUR
    assert _first_told_in(history([*parts, (flood(rng, 20, 2, wave), 1)]), wave) < 2


def test_what_goes_on_is_followed_in_the_windows_that_it_opened_with() -> None:
    rng = np.random.default_rng(13)
    slow = arrivals(rng, 10, 6, OUTAGE + DAY)
    h = history([*office(14, 2), (flood(rng, 16, 6, OUTAGE), 1), (slow, 1)])
    known = state.from_bytes(advance(None, h, now=OUTAGE + 6 * DAY)[1] or b"{}")
    assert known is not None
    track = known.tracks["negative"]
    (episode,) = track.episodes
    assert episode.closed_before
    assert episode.closed is None
    assert track.fence == episode.fence < episode.burst.onset
