"""P-values: right under both nulls, and planted groups are found."""

import numpy as np
import pytest

from analysis.network import chance
from analysis.network.found import find
from analysis.network.shares import Shares

WINDOW = 60_000_000
STRANGER, PLANTED = 0, 2_000


def crowd(rng: np.random.Generator, shares: int = 1_200) -> Shares:
    """Accounts of very different activity, objects with a rush each, nobody together."""
    account = np.minimum(rng.zipf(1.7, shares), 900).astype(np.int64)
    thing = np.minimum(rng.zipf(1.5, shares), 400).astype(np.int64)
    birth = rng.integers(0, 7 * 86_400, 401)
    at = (birth[thing] + rng.exponential(7_200, shares)).astype(np.int64) * 1_000_000
    return Shares(account, thing, np.arange(shares), at, np.zeros(shares, dtype=np.bool_))


def planted(rng: np.random.Generator, shares: Shares, accounts: int, objects: int) -> Shares:
    """The crowd, and accounts that share objects of their own within a minute of each other."""
    who = np.repeat(np.arange(accounts), objects) + PLANTED
    what = np.tile(np.arange(objects), accounts) + PLANTED
    start = np.tile(rng.integers(0, 7 * 86_400, objects), accounts)
    at = (start + rng.integers(0, 60, who.size)) * 1_000_000
    return Shares(
        np.append(shares.account, who),
        np.append(shares.thing, what),
        np.arange(len(shares) + who.size),
        np.append(shares.at, at),
        np.zeros(len(shares) + who.size, dtype=np.bool_),
    )


def reported(shares: Shares) -> tuple[chance.Chance, np.ndarray]:
    found = find(shares, WINDOW, 2)
    told = chance.chance(shares, found, WINDOW, 2)
    return told, found.graph[told.reported].vertices


@pytest.mark.parametrize("null", ["none", "dealt", "within", "moved"])
def test_nobody_is_reported_where_nobody_acts_together(null: str) -> None:
    rng = np.random.default_rng(4)
    told = 0
    for _ in range(10):
        shares = crowd(rng)
        if null == "dealt":
            shares = chance.dealt(shares, rng)
        elif null == "within":
            shares = chance.dealt_within_objects(shares, rng)
        elif null == "moved":
            shares = chance.moved(shares, 3_600_000_000, rng)
        told += bool(reported(shares)[0].reported.any())
    assert told <= 2  # of 10 at .05


@pytest.mark.parametrize(("accounts", "objects"), [(5, 4), (20, 3), (50, 3)])
def test_a_planted_group_is_found_whole_and_hardly_anybody_else(
    accounts: int, objects: int
) -> None:
    rng = np.random.default_rng(accounts)
    _, inside = reported(planted(rng, crowd(rng), accounts, objects))
    assert np.count_nonzero(inside >= PLANTED) == accounts
    assert np.count_nonzero(inside < PLANTED) <= max(1, accounts // 10)


def test_the_law_of_moved_shares_is_that_of_draws() -> None:
    rng = np.random.default_rng(1)
    apart = np.array([0, 30, 600, 3_600, 7_000, 7_300]) * 1_000_000
    jitter = 3_600_000_000
    draws = rng.uniform(-jitter, jitter, (200_000, 2))
    shift = draws[:, 0] - draws[:, 1]
    drawn = [np.mean(np.abs(a + shift) <= WINDOW) for a in apart]
    assert np.allclose(chance.meets(apart, WINDOW, jitter), drawn, atol=0.0012)


def test_the_law_of_dealt_accounts_is_never_below_that_of_draws() -> None:
    rng = np.random.default_rng(8)
    shares = crowd(rng, 1_500)
    found = find(shares, WINDOW, 1)
    meetings = np.zeros(len(found.graph))
    keys = found.graph.one * 10_000 + found.graph.other
    for _ in range(60):
        drawn = find(chance.dealt(shares, rng), WINDOW, 1).graph
        hit = np.isin(keys, drawn.one * 10_000 + drawn.other)
        meetings += hit
    once = np.ones(len(found.graph), dtype=np.int64)
    told = chance._dealt_p(shares, found.graph, once, WINDOW)
    assert meetings.mean() / 60 <= told.mean() * 1.1


def test_q_values_are_benjamini_and_hochberg_s() -> None:
    p = np.array([0.5, 0.001, 0.01])
    assert np.allclose(chance.q_values(p, 10), [1.0, 0.01, 0.05])


def test_a_set_of_edges_is_as_improbable_as_it_would_be_among_all() -> None:
    rng = np.random.default_rng(3)
    few = [chance.together(rng.uniform(size=200)[:50], 200) <= 0.05 for _ in range(400)]
    assert sum(few) <= 30
    assert chance.together(np.full(10, 1e-9), 10_000) < 1e-4
