"""Sources, gaps and cut-off polls."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.swings import History, detect, history
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings import builders
from tests.analysis.swings.builders import START, arrivals, flood


def test_flood_in_a_small_store_is_not_diluted_by_a_busy_one() -> None:
    rng = np.random.default_rng(2)
    busy, small = arrivals(rng, 60, 150), arrivals(rng, 0.3, 150)
    wave = flood(rng, 25, 20, START + 140 * DAY)
    h = builders.history([(busy, 1), (small, 2), (wave, 2), (arrivals(rng, 60, 150), 5)])
    h = replace(h, source=(h.stars == 2).astype(np.int16), sources=("busy", "small"))
    found = detect(h, now=int(h.at[-1]))
    assert [s.direction for s in found] == ["negative"]
    assert found[0].expected_items < found[0].items < found[0].expected_items + 90
    apart = replace(h, source=np.zeros(len(h.at), np.int16), sources=("one",))
    assert len(detect(apart, now=int(h.at[-1]))) <= 1


def test_hours_in_a_gap_are_uncovered() -> None:
    spans = np.array([[START + 90 * 60_000_000, START + 3 * HOUR]])
    share = history.uncovered_hours(spans, START // DAY, 1)
    assert share[:4].tolist() == [0.0, 0.5, 1.0, 0.0]


def test_items_inside_a_gap_and_after_now_are_left_out() -> None:
    times = START + np.arange(10) * HOUR
    h = builders.history([(times, 1)], gaps=np.array([[START + 2 * HOUR, START + 4 * HOUR]]))
    assert h.until(START + 6 * HOUR).at.tolist() == times[[0, 1, 4, 5, 6]].tolist()


def test_cut_off_days_do_not_lower_the_baseline() -> None:
    rng = np.random.default_rng(2)
    times = arrivals(rng, 20, 120)
    cut = (times >= START + 60 * DAY) & (times < START + 110 * DAY)
    kept = times[~cut | (rng.random(len(times)) < 0.15)]
    span = np.array([[START + 60 * DAY, START + 110 * DAY]])
    now = START + 120 * DAY
    assert detect(builders.history([(kept, 1)], truncated=span), now=now) == []
    assert detect(builders.history([(kept, 1)]), now=now) != []


def test_posts_raise_no_swing_of_their_own() -> None:
    rng = np.random.default_rng(3)
    reviews = arrivals(rng, 2, 100)
    posts = flood(rng, 300, 5, START + 90 * DAY)
    h = builders.history([(reviews, 1), (posts, 0)])
    h = replace(h, is_post=h.stars == 0)
    assert detect(h, now=START + 100 * DAY) == []


@given(
    edges=st.lists(st.tuples(st.integers(-30, 80), st.integers(0, 40)), max_size=12),
    at=st.lists(st.integers(-30, 80), max_size=30),
)
def test_gaps_are_what_they_are_one_by_one(edges: list[tuple[int, int]], at: list[int]) -> None:
    """In units of seven minutes, so that gaps begin and end within hours and across them."""
    unit = HOUR * 7 // 60
    spans = np.array([(a, a + n) for a, n in edges], dtype=np.int64).reshape(-1, 2) * unit + START
    moments = np.sort(np.array(at, dtype=np.int64)) * unit + START
    n = len(moments)
    h = History(
        moments,
        np.ones(n, np.int8),
        np.zeros(n, np.int16),
        np.zeros(n, bool),
        ("store",),
        spans,
        spans[:0],
    )
    outside = [t for t in moments.tolist() if not any(a <= t < b for a, b in spans.tolist())]
    assert h.until(2**62).at.tolist() == outside
    share = history.uncovered_hours(spans, START // DAY, 1)
    for hour in range(24):
        low = START + hour * HOUR
        inside = sum(max(min(b, low + HOUR) - max(a, low), 0) for a, b in spans.tolist())
        assert share[hour] == pytest.approx(min(inside / HOUR, 1.0))
