"""Co-sharing: exact bounds against plain counting and simulation."""

import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.coordination.co_sharing import first_shares, repeated, together

WITHIN = 600
shares = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 5_000)), min_size=1, max_size=40
)


def arrays(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = np.array(rows, dtype=np.int64)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def most_at_once(rows: list[tuple[int, int, int]]) -> int:
    """Plain counting: accounts whose first shares of one object lie within the span."""
    first: dict[tuple[int, int], int] = {}
    for account, thing, at in rows:
        first[account, thing] = min(at, first.get((account, thing), at))
    most = 1
    for thing in {t for _, t in first}:
        times = [at for (_, t), at in first.items() if t == thing]
        most = max(most, *(sum(0 <= other - at <= WITHIN for other in times) for at in times))
    return most


@settings(deadline=None)
@given(shares)
def test_counts_are_those_of_plain_counting(rows: list[tuple[int, int, int]]) -> None:
    account, thing, at = arrays(rows)
    found, p = together(first_shares(account, thing, at), np.sort(at), WITHIN, least=99)
    assert found == most_at_once(rows)
    assert p == 1.0


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 1000))
def test_the_bound_is_never_below_what_shuffling_finds(seed: int) -> None:
    """60 posts, 8 of one text; how often do 4 of them fall within ten minutes of each other?"""
    rng = np.random.default_rng(seed)
    times = np.sort(rng.integers(0, 40_000, 60))
    own = np.sort(rng.choice(times, 8, replace=False))
    account, thing = np.arange(8), np.zeros(8, dtype=np.int64)
    near, p = together(first_shares(account, thing, own), times, WITHIN, least=3)
    if near < 3:
        return
    hits = 0
    for _ in range(400):
        drawn = np.sort(rng.choice(times, 8, replace=False))
        ends = np.searchsorted(drawn, drawn + WITHIN, side="right") - np.arange(8)
        hits += int(ends.max() >= near)
    assert p >= hits / 400 - 0.08


def test_quiet_times_are_rarely_called_together() -> None:
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(300):
        times = np.sort(rng.integers(0, 200_000, 300))
        thing = rng.integers(0, 40, 300)
        made = first_shares(np.arange(300), thing, times)
        alarms += together(made, times, WITHIN, least=3)[1] <= 0.01
    assert alarms <= 6


def test_the_same_accounts_again_and_again_are_found_and_a_rush_is_not() -> None:
    rng = np.random.default_rng(5)
    crowd = [(int(rng.integers(20, 400)), t, t * 9_000 + int(rng.integers(0, 500)))
             for t in range(20) for _ in range(40)]  # fmt: skip
    account, thing, at = arrays(crowd)
    assert repeated(first_shares(account, thing, at), WITHIN, 3, 5, rng, 99)[1] > 0.01
    ring = [(a, t, t * 9_000 + 10 * a) for t in range(6) for a in range(8)]
    account, thing, at = arrays(crowd + ring)
    found, p = repeated(first_shares(account, thing, at), WITHIN, 3, 5, rng, 99)
    assert found >= 8
    assert p <= 0.01


@settings(deadline=None)
@given(shares)
def test_the_same_accounts_are_counted_as_by_looking_at_every_two(
    rows: list[tuple[int, int, int]],
) -> None:
    """Any two within the span, wherever a bin of time would end; at least one thing together."""
    first: dict[tuple[int, int], int] = {}
    for account, thing, at in rows:
        first[account, thing] = min(at, first.get((account, thing), at))
    near = {
        account
        for (one, thing), at in first.items()
        for (other, same), then in first.items()
        if one != other and thing == same and abs(at - then) <= WITHIN
        for account in (one, other)
    }
    account, thing, at = arrays(rows)
    found, p = repeated(
        first_shares(account, thing, at), WITHIN, 1, 99, np.random.default_rng(1), 1
    )
    assert found == len(near)
    assert p == 1.0


def test_the_same_accounts_are_rarely_told_where_nobody_acts_together() -> None:
    """Busy hours, popular things and busy accounts, all by themselves."""
    rng = np.random.default_rng(11)
    busy = rng.zipf(1.6, 60) / 1.0
    told = 0
    for _ in range(60):
        account = rng.choice(60, 240, p=busy / busy.sum())
        thing = np.minimum(rng.zipf(1.8, 240), 30)
        at = np.sort(rng.choice([0, 4_000, 9_000], 240) + rng.integers(0, 1_500, 240))
        made = first_shares(account, thing, at)
        told += repeated(made, WITHIN, 3, 5, rng, 49)[1] <= 0.05
    assert told <= 7  # of 60 at .05: mean 3, so many with probability .97


def test_what_very_many_share_at_once_is_not_left_out() -> None:
    """500 accounts share eight things within minutes of each other; others share forty more."""
    rng = np.random.default_rng(12)
    rows = [(a, t, t * 9_000 + a % 300) for t in range(8) for a in range(500)]
    rows += [(int(rng.integers(500, 3_000)), t, t * 9_000 + a % 300)
             for t in range(8, 48) for a in range(200)]  # fmt: skip
    account, thing, at = arrays(rows)
    found, p = repeated(first_shares(account, thing, at), WITHIN, 3, 5, rng, 99)
    assert found >= 5
    assert p <= 0.01


def test_very_many_who_share_popular_things_by_themselves_are_not_told() -> None:
    rng = np.random.default_rng(13)
    told = 0
    for _ in range(5):
        rows = [(int(a), t, t * 9_000 + int(rng.integers(0, 300)))
                for t in range(4) for a in rng.choice(3_000, 900, replace=False)]  # fmt: skip
        account, thing, at = arrays(rows)
        told += repeated(first_shares(account, thing, at), WITHIN, 3, 5, rng, 99)[1] <= 0.01
    assert told == 0


def test_a_hundred_thousand_shares_take_seconds() -> None:
    rng = np.random.default_rng(1)
    n = 100_000
    started = time.process_time()
    made = first_shares(
        rng.integers(0, 20_000, n), rng.zipf(1.5, n) % 30_000, np.sort(rng.integers(0, 500_000, n))
    )
    together(made, np.sort(rng.integers(0, 500_000, n)), WITHIN, least=5)
    repeated(made, WITHIN, 3, 10**9, rng, 1)
    assert time.process_time() - started < 20
