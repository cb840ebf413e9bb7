"""What a source begins with brings no arrivals; what all have a past of is compared."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.swings import History, advance, detect, needed_from, source_groups
from analysis.swings.baseline import LEAST_SHORT, MEMORY, SHORT_GUARD
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings import worlds
from tests.analysis.swings.builders import START, flood
from tests.analysis.swings.test_resume import since
from tests.analysis.swings.worlds import KINDS, NOW, Source, quiet, seen_together, world

SEEDS = range(4)
BUDGET = 0.2  # false alarms an app-year
FLOOD_AT = NOW - 12 * DAY + 5 * HOUR


def test_quiet_worlds_alarm_no_more_often_than_the_budget_allows() -> None:
    alarms = 0
    for number, kind in enumerate(KINDS):
        for seed in SEEDS:
            sources = world(np.random.default_rng([seed, number]), kind)
            alarms += len(detect(seen_together(sources), now=NOW))
    expected = BUDGET * len(KINDS) * len(SEEDS) * worlds.DAYS / 365.25
    assert alarms <= expected + 3 * np.sqrt(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flood_in_the_source_that_began_last_is_found(kind: str) -> None:
    for seed in range(3):
        rng = np.random.default_rng([seed, 99])
        *others, last = world(rng, kind)
        found = detect(seen_together([*others, last.with_flood(rng, 60, 10, FLOOD_AT)]), now=NOW)
        alarms = [s.alarmed_at.timestamp() * 1e6 - FLOOD_AT for s in found]
        assert any(0 <= after < DAY for after in alarms), (kind, seed, alarms)


def test_a_flood_before_the_new_source_has_a_past_is_found_in_the_others() -> None:
    rng = np.random.default_rng(4)
    old, new = quiet(rng, 6, 0.2), quiet(rng, 12, 0.2)
    begin = NOW - 7 * DAY
    flooded = old.with_flood(rng, 40, 6, NOW - 2 * DAY)
    found = detect(seen_together([flooded, new.since(begin)]), now=NOW)
    assert [s.alarmed_at.timestamp() * 1e6 > NOW - 2 * DAY for s in found] == [True]


def test_a_flood_a_week_after_a_source_began_is_found_once_it_has_a_past() -> None:
    rng = np.random.default_rng(5)
    old, new = quiet(rng, 6, 0.2), quiet(rng, 8, 0.2)
    begin = NOW - 21 * DAY
    flooded = new.since(begin).with_flood(rng, 150, 30, begin + 8 * DAY)
    found = detect(seen_together([old, flooded]), now=NOW)
    after = [s.alarmed_at.timestamp() * 1e6 - begin for s in found]
    assert len(after) == 1
    assert 8 * DAY < after[0] < 14 * DAY


def test_silence_that_polls_watched_is_a_past() -> None:
    rng = np.random.default_rng(6)
    old = quiet(rng, 3, 0.2)
    times = flood(rng, 60, 10, FLOOD_AT)
    burst = Source(times, np.ones(len(times), np.int8), np.empty((0, 2), np.int64))
    unknown = seen_together([old, burst])
    watched = replace(unknown, polled={"store_1": START + 300 * DAY})
    assert detect(unknown, now=NOW) == []
    assert [s.direction for s in detect(watched, now=NOW)] == ["negative"]


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(KINDS),
    stops=st.lists(st.integers(90 * 24, 364 * 24), min_size=1, max_size=6),
)
def test_any_way_of_stopping_gives_the_same(seed: int, kind: str, stops: list[int]) -> None:
    rng = np.random.default_rng(seed)
    *others, last = world(rng, kind)
    h: History = seen_together([*others, last.with_flood(rng, 60, 10, FLOOD_AT)])
    checkpoint: bytes | None = None
    for hours in sorted(stops):
        now = START + hours * HOUR + 1234
        _, checkpoint = advance(checkpoint, since(h, needed_from(checkpoint), now), now=now)
    found = advance(checkpoint, since(h, needed_from(checkpoint), NOW), now=NOW)
    assert found == advance(None, h, now=NOW)


@given(seed=st.integers(0, 10_000), sources=st.integers(2, 4))
def test_members_have_a_past_of_their_own_and_enough_days_in_common(
    seed: int, sources: int
) -> None:
    """Day by day, as the docstring says it."""
    rng = np.random.default_rng(seed)
    days = 30
    number = np.arange(MEMORY + days)
    seen = number >= rng.integers(0, MEMORY + days, (sources, 1))
    seen &= rng.random(seen.shape) > rng.uniform(0, 0.9, (sources, 1))
    chosen = source_groups.members(seen)
    for day in range(days + 1):
        past = seen[:, day : day + MEMORY - SHORT_GUARD]
        own = past.sum(axis=1)
        here = [s for s in range(sources) if own[s] >= LEAST_SHORT]
        while len(here) > 1 and past[here].all(axis=0).sum() < LEAST_SHORT:
            here.remove(min(here, key=lambda s: own[s]))
        assert np.flatnonzero(chosen[:, day]).tolist() == (here or list(range(sources)))


def test_the_named_case_has_no_incident(shared_data: Path) -> None:
    case = shared_data.parent / "cases" / "first-day-two-stores.csv"
    reviews = pd.read_csv(case, parse_dates=["date"]).sort_values("date", kind="stable")
    code, names = pd.factorize(reviews["source"])
    none = np.empty((0, 2), np.int64)
    at = reviews["date"].dt.as_unit("us").astype("int64").to_numpy()
    stars = reviews["rating"].to_numpy(np.int8)
    is_post = np.zeros(len(at), dtype=bool)
    h = History(at, stars, code.astype(np.int16), is_post, tuple(names), none, none)
    assert detect(h, now=int(at[-1])) == []


def test_a_review_of_a_wrong_clock_begins_no_source() -> None:
    assert source_groups.begun(np.array([10, 2_000, 2_001]), None) == (2_000, 2_001)
    assert source_groups.begun(np.array([700, 701]), (10, 650)) == (10, 701)
    assert source_groups.begun(np.array([], np.int64), (10, 650)) == (10, 650)
    assert source_groups.begun(np.array([], np.int64), None) is None
