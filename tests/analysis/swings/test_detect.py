"""What a swing is and is not, on built histories."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.records import Swing
from analysis.swings import History, detect
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood, history
from tests.examples import examples


def at(moment: int) -> datetime:
    return datetime.fromtimestamp(moment / 1e6, UTC)


def found(h: History, now: int | None = None) -> list[Swing]:
    return [s for s in detect(h, now=int(h.at[-1]) if now is None else now) if not s.launch]


def quiet_app(seed: int, low: float = 1.0, high: float = 2.0, days: int = 200) -> list:
    rng = np.random.default_rng(seed)
    return [(arrivals(rng, low, days), 1), (arrivals(rng, high, days), 5)]


def test_flood_on_a_quiet_app_is_alarmed_within_five_reviews() -> None:
    rng = np.random.default_rng(1)
    start = START + 190 * DAY
    wave = flood(rng, 516, 18, start)
    (swing,) = found(history([*quiet_app(2, low=0.3), (wave, 1)]))
    assert swing.direction == "negative"
    assert swing.alarmed_at <= at(int(wave[4]))
    assert abs((swing.onset_at - at(start)).total_seconds()) < 3600
    assert swing.recurrence_days > 365
    assert swing.ended_at is not None or swing.items >= 500


def test_praise_is_a_positive_swing() -> None:
    rng = np.random.default_rng(3)
    wave = flood(rng, 80, 12, START + 190 * DAY)
    (swing,) = found(history([*quiet_app(4), (wave, 5)]))
    assert swing.direction == "positive"


def test_rise_of_all_stars_alike_is_one_mixed_swing() -> None:
    rng = np.random.default_rng(5)
    since = START + 190 * DAY
    rise = [(flood(rng, 60, 12, since), 1), (flood(rng, 90, 12, since), 5)]
    (swing,) = found(history([*quiet_app(6), *rise]))
    assert swing.direction == "mixed"


def test_reversal_of_sign_is_a_swing_of_its_own() -> None:
    rng = np.random.default_rng(7)
    praise = flood(rng, 60, 10, START + 180 * DAY)
    anger = flood(rng, 60, 10, START + 182 * DAY)
    directions = [s.direction for s in found(history([*quiet_app(8), (praise, 5), (anger, 1)]))]
    assert directions == ["positive", "negative"]


def test_small_alarm_does_not_swallow_the_big_one() -> None:
    rng = np.random.default_rng(9)
    small = flood(rng, 12, 10, START + 180 * DAY)
    simmer = arrivals(rng, 8, 5, START + 180 * DAY)
    big = flood(rng, 300, 10, START + 185 * DAY)
    (swing,) = found(history([*quiet_app(10), (small, 1), (simmer, 1), (big, 1)]))
    hit = [e for e in swing.escalations if e.at >= at(int(big[0]))]
    assert hit
    assert hit[0].at <= at(int(big[40]))


def test_what_begins_anew_within_a_week_is_told_anew() -> None:
    """By arrivals alone; whether it is a wave of the same event its texts must tell."""
    rng = np.random.default_rng(11)
    first = flood(rng, 60, 10, START + 150 * DAY)
    second = flood(rng, 60, 10, START + 156 * DAY)
    one, other = found(history([*quiet_app(12), (first, 1), (second, 1)]))
    assert one.ended_at == at(int(first[-1]))
    assert at(int(second[0])) <= other.alarmed_at <= at(int(second[9]))


def test_second_event_a_month_later_is_a_second_swing() -> None:
    rng = np.random.default_rng(13)
    first = flood(rng, 60, 10, START + 120 * DAY)
    second = flood(rng, 60, 10, START + 160 * DAY)
    assert len(found(history([*quiet_app(14), (first, 1), (second, 1)]))) == 2


def test_history_that_begins_with_a_decaying_surge_is_a_launch() -> None:
    rng = np.random.default_rng(15)
    surge = [(arrivals(rng, 400 * 0.5**d, 1, START + d * DAY), 5) for d in range(10)]
    h = history([*quiet_app(16, days=60), *surge])
    everything = detect(h, now=int(h.at[-1]))
    assert [s.launch for s in everything] == [True]


def test_flood_after_a_launch_is_not_hidden_by_it() -> None:
    rng = np.random.default_rng(17)
    surge = [(arrivals(rng, 800 * 0.6**d, 1, START + d * DAY), 1) for d in range(14)]
    wave = flood(rng, 150, 24, START + 60 * DAY)
    (swing,) = found(history([*quiet_app(18, low=5, days=70), *surge, (wave, 1)]))
    assert at(int(wave[0])) <= swing.alarmed_at <= at(int(wave[60]))


def test_three_reviews_a_month() -> None:
    rng = np.random.default_rng(19)
    parts = [(arrivals(rng, 0.1, 900), 1), (arrivals(rng, 0.1, 900), 5)]
    assert found(history(parts)) == []
    wave = flood(rng, 8, 5, START + 890 * DAY)
    (swing,) = found(history([*parts, (wave, 1)]))
    assert swing.alarmed_at <= at(int(wave[5]))


def test_busy_app_stays_silent_and_sees_its_share_turn() -> None:
    rng = np.random.default_rng(21)
    parts = [(arrivals(rng, 50, 90), 1), (arrivals(rng, 550, 90), 5)]
    assert found(history(parts)) == []
    wave = flood(rng, 60, 6, START + 85 * DAY)
    seen = found(history([*parts, (wave, 1)]))
    assert [s.direction for s in seen] == ["negative"]


def test_dates_without_times_do_not_look_like_bursts() -> None:
    rng = np.random.default_rng(23)
    days = arrivals(rng, 6, 300) // DAY * DAY
    assert found(history([(days, 1)])) == []
    wave = np.full(60, START + 290 * DAY)
    (swing,) = found(history([(days, 1), (wave, 1)]))
    assert swing.alarmed_at == at(START + 290 * DAY)


def test_gap_is_not_silence() -> None:
    rng = np.random.default_rng(25)
    times = arrivals(rng, 10, 200)
    gap = np.array([[START + 100 * DAY, START + 150 * DAY]], dtype=np.int64)
    seen = (times < gap[0, 0]) | (times >= gap[0, 1])
    assert found(history([(times[seen], 1)], gaps=gap)) == []


def test_empty_single_and_unrated_histories_have_no_swing() -> None:
    assert detect(history([]), now=START) == []
    assert detect(history([(np.array([START]), 3)]), now=START + DAY) == []
    assert detect(history([(np.array([START]), 0)]), now=START + DAY) == []


def test_stray_dates_of_a_wrong_clock_do_no_harm() -> None:
    parts = quiet_app(30, low=3)
    stray = np.array([1_000_000, START + 4000 * DAY])
    h = history([*parts, (stray, 1)])
    now = START + 200 * DAY
    assert detect(h, now=now) == detect(history(parts), now=now) == []


def test_nothing_after_now_is_looked_at() -> None:
    rng = np.random.default_rng(27)
    wave = flood(rng, 100, 10, START + 150 * DAY)
    h = history([*quiet_app(28), (wave, 1)])
    cut = START + 150 * DAY + 2 * HOUR
    until = h.at <= cut
    short = replace(
        h, at=h.at[until], stars=h.stars[until], source=h.source[until], is_post=h.is_post[until]
    )
    assert detect(h, now=cut) == detect(short, now=cut)


@settings(max_examples=examples(4, 60), deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(5, 200), hour=st.integers(0, 200))
def test_alarms_never_move_as_time_goes_on(seed: int, size: int, hour: int) -> None:
    rng = np.random.default_rng(seed)
    start = START + 80 * DAY + hour * HOUR
    parts = [(arrivals(rng, 1.5, 100), 1), (arrivals(rng, 2, 100), 5)]
    h = history([*parts, (flood(rng, size, 20, start), 1)])
    final = {
        (s.direction, s.alarmed_at, s.onset_at, s.recurrence_days)
        for s in detect(h, now=START + 101 * DAY)
    }
    for now in range(start - 30 * HOUR, start + 10 * DAY, 31 * HOUR):
        seen = detect(h, now=now)
        assert {(s.direction, s.alarmed_at, s.onset_at, s.recurrence_days) for s in seen} == {
            key for key in final if key[1] <= at(now)
        }


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_week_later_is_the_same_week_later(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = [(arrivals(rng, 2, 90), 1), (flood(rng, 40, 20, START + 80 * DAY), 1)]
    one = found(history(parts))
    shifted = found(history([(t + 7 * DAY, s) for t, s in parts]))
    assert [s.alarmed_at.timestamp() + 7 * 86400 for s in one] == [
        s.alarmed_at.timestamp() for s in shifted
    ]


def test_constant_stream_has_no_swing() -> None:
    steady = START + np.arange(0, 200 * DAY, 3 * HOUR + 7, dtype=np.int64)
    assert found(history([(steady, 1)])) == []


@pytest.mark.parametrize("factor", [3.0])
def test_permanent_step_is_one_swing_and_then_the_new_normal(factor: float) -> None:
    rng = np.random.default_rng(31)
    before = arrivals(rng, 5, 120)
    after = arrivals(rng, 5 * factor, 120, START + 120 * DAY)
    seen = found(history([(before, 1), (after, 1)]))
    assert len(seen) == 1
    assert seen[0].alarmed_at <= at(START + 126 * DAY)
    assert seen[0].closed_at is not None


def test_a_flood_is_told_again_at_each_fourfold_on_the_same_day() -> None:
    """Whoever heard of five low stars in the morning hears of hundreds before the evening."""
    rng = np.random.default_rng(4)
    start = START + 190 * DAY + 9 * HOUR
    (swing,) = found(history([*quiet_app(6, low=0.3), (flood(rng, 516, 14, start), 1)]))
    told = [swing.alarmed_at, *(e.at for e in swing.escalations)]
    that_day = [moment for moment in told if moment < at(start + 14 * HOUR)]
    assert 3 <= len(that_day) <= 5
    assert all(b - a >= timedelta(hours=1) for a, b in pairwise(told))
