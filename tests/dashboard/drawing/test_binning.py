"""Bars on the reader's clock: nothing lost, nothing counted twice, gaps stay gaps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.app_state.usual_range import LEAST_BLOCKS, blocks, usual
from analysis.scored_items import SeriesHour
from collector import record_frames
from collector.times import to_us
from dashboard.drawing import binning

START = datetime(2024, 3, 1, tzinfo=UTC)
WHOLE = ["UTC", "America/Chicago", "Pacific/Apia", "Europe/Lisbon"]
PARTS = ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "Pacific/Chatham"]
ZONES = [*WHOLE, *PARTS]
STEPS: list[binning.Step] = ["hour", "quarter", "day"]


def hours_of(counts: list[tuple[int, int, int]]) -> pd.DataFrame:
    """(hours after the start, stars, items) -> SeriesHour."""
    rows = [
        SeriesHour(
            app="a",
            source="google_play",
            kind="review",
            hour=START + timedelta(hours=at),
            stars=stars,
            items=items,
            rating_sum=float(stars * items),
            sentiment_sum=0.0,
            sentiment_items=0,
        )
        for at, stars, items in counts
    ]
    return record_frames.to_frame(SeriesHour, rows)


COUNTS = st.lists(
    st.tuples(st.integers(0, 24 * 60 - 1), st.integers(0, 5), st.integers(1, 50)), max_size=30
)


@given(COUNTS, st.sampled_from(ZONES), st.sampled_from(STEPS))
def test_every_item_is_in_one_bar(
    counts: list[tuple[int, int, int]], zone: str, step: binning.Step
) -> None:
    hours, where = hours_of(counts), ZoneInfo(zone)
    bounds = binning.edges(START, START + timedelta(days=60), step, where)
    bars = binning.bars(hours, bounds, where)
    assert bars["items"].sum() == sum(items for _, _, items in counts)
    assert bounds.is_monotonic_increasing
    assert bounds.is_unique
    assert (bars["wall_end"] > bars["wall_start"]).all()


def test_an_hour_that_the_clock_shows_twice_is_two_bars() -> None:
    zone = ZoneInfo("America/Chicago")
    bounds = pd.date_range("2024-11-03 05:00", periods=5, freq="h", tz="UTC")
    walls = [at.strftime("%H:%M") for at in binning.wall_edges(bounds, zone)]
    assert walls == ["00:00", "01:00", "01:30", "02:00", "03:00"]
    short = [at.strftime("%H:%M") for at in binning.wall_edges(bounds[:3], zone)]
    assert short == ["00:00", "01:00", "01:30"]


@given(COUNTS, st.integers(1, 48), st.integers(0, 24 * 60))
def test_blocks_agree_with_counting_one_by_one(
    counts: list[tuple[int, int, int]], block: int, end_hours: int
) -> None:
    hours, end = hours_of(counts), START + timedelta(hours=end_hours)
    n = int(10 * 24 // block)
    naive = [0] * n
    for at, stars, items in counts:
        moment = START + timedelta(hours=at)
        for number in range(n):
            low = end - timedelta(hours=block * (n - number))
            if low <= moment < low + timedelta(hours=block) and stars in (1, 2):
                naive[number] += items
    fast = blocks(hours, ("negative",), end=end, block_hours=block, days=10)
    assert fast.tolist() == naive


@pytest.mark.parametrize("zone", PARTS)
@pytest.mark.parametrize("step", STEPS)
def test_bars_begin_where_counts_do(zone: str, step: binning.Step) -> None:
    """Counts are by whole hours of UTC: a day begins with the first of them after midnight."""
    bounds = binning.edges(START, START + timedelta(days=45), step, ZoneInfo(zone))
    assert (bounds == bounds.floor("h")).all()
    if step == "day":
        local = bounds.tz_convert(zone)
        assert {moment.hour for moment in local} == {0}
        assert {moment.minute for moment in local} < {15, 30, 45}


@pytest.mark.parametrize("zone", WHOLE)
def test_days_begin_at_midnight_of_the_reader(zone: str) -> None:
    bounds = binning.edges(START, START + timedelta(days=45), "day", ZoneInfo(zone))
    local = bounds.tz_convert(zone)
    assert {(moment.hour, moment.minute) for moment in local} == {(0, 0)}


def test_the_longest_and_the_shortest_day_have_one_bar_each() -> None:
    zone = ZoneInfo("America/Chicago")
    spring = binning.edges(
        datetime(2024, 3, 9, 6, tzinfo=UTC), datetime(2024, 3, 12, 6, tzinfo=UTC), "day", zone
    )
    autumn = binning.edges(
        datetime(2024, 11, 2, 5, tzinfo=UTC), datetime(2024, 11, 5, 6, tzinfo=UTC), "day", zone
    )
    assert 23 in {span / timedelta(hours=1) for span in np.diff(spring.to_pydatetime())}
    assert 25 in {span / timedelta(hours=1) for span in np.diff(autumn.to_pydatetime())}


def test_what_nobody_looked_at_is_missing_not_zero() -> None:
    zone = ZoneInfo("UTC")
    bounds = binning.edges(START, START + timedelta(hours=6), "hour", zone)
    gap = np.array([[to_us(START + timedelta(hours=h)) for h in (1, 4)]], dtype=np.int64)
    bars = binning.bars(hours_of([(2, 1, 7)]), bounds, zone, missing=gap)
    mine = bars[bars["group"] == "negative"]["items"].tolist()
    assert mine[0] == 0
    assert np.isnan(mine[1])
    assert mine[2] == 7  # seen after all, by whatever found it
    assert np.isnan(mine[3])
    assert mine[4] == 0


def test_too_few_blocks_have_no_usual_range() -> None:
    assert usual(np.ones(LEAST_BLOCKS - 1)) is None
    found = usual(np.arange(101, dtype=np.float64))
    assert found is not None
    assert (found.low, found.middle, found.high) == (5.0, 50.0, 95.0)


@pytest.mark.parametrize(("days", "step"), [(3, "hour"), (8, "hour"), (9, "quarter"), (60, "day")])
def test_bars_grow_with_the_span(days: int, step: str) -> None:
    assert binning.step_for(START, START + timedelta(days=days)) == step
