"""A slow rise of the share of low stars."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analysis.swings.slow_change import ALL_DAYS as LONGEST
from analysis.swings.slow_change import DAYS, RECENT, find, slow_change
from collector.store import Store
from tests.collector.store.items import item

ALL_DAYS = np.ones(DAYS, dtype=bool)


def counts(seed: int, low_of_ten: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ten reviews a day, of which so many are low."""
    rng = np.random.default_rng(seed)
    every = rng.poisson(10, len(low_of_ten))
    return rng.binomial(every, low_of_ten / 10), every


def test_a_doubling_in_two_months_is_told_and_a_steady_year_is_not() -> None:
    grows = 2.0 * 2 ** (np.maximum(np.arange(DAYS) - (DAYS - 84), 0) / 56)
    for seed in range(5):
        found = slow_change(*counts(seed, np.minimum(grows, 9)), ALL_DAYS)
        assert found is not None
        assert found.usual == pytest.approx(0.2, abs=0.03)
        assert found.share > 0.35
        assert slow_change(*counts(seed, np.full(DAYS, 2.0)), ALL_DAYS) is None


def test_a_fall_is_not_told_and_neither_is_a_rise_of_everything() -> None:
    low, every = counts(1, np.full(DAYS, 4.0))
    low[-RECENT:] //= 4
    assert slow_change(low, every, ALL_DAYS) is None
    low, every = counts(1, np.full(DAYS, 2.0))
    low[-RECENT:] *= 3
    every[-RECENT:] *= 3
    assert slow_change(low, every, ALL_DAYS) is None


def test_an_incident_is_no_slow_rise() -> None:
    low, every = counts(2, np.full(DAYS, 2.0))
    low[-10:] += 40
    every[-10:] += 40
    assert slow_change(low, every, ALL_DAYS) is not None
    assert slow_change(low, every, np.arange(DAYS) < DAYS - 10) is None


def test_scattering_months_make_it_careful() -> None:
    months = np.repeat([1.0, 4.0] * 8, RECENT)
    low, every = counts(3, months)
    assert low[-RECENT:].sum() / every[-RECENT:].sum() > 0.35
    assert slow_change(low, every, ALL_DAYS) is None


def test_little_history_says_nothing() -> None:
    low, every = counts(4, np.where(np.arange(DAYS) < DAYS - 28, 0.5, 8.0))
    assert slow_change(low, every, ALL_DAYS) is not None
    short = slice(DAYS - 100, None)
    assert slow_change(low[short], every[short], ALL_DAYS[short]) is None
    assert slow_change(low // 9, every // 9, ALL_DAYS) is None


def test_a_level_that_has_changed_is_told_for_as_long_as_it_lasts() -> None:
    for seed in range(3):
        rises = np.interp(np.arange(900), [0, 400, 490, 900], [1.3, 1.3, 6.7, 6.7])
        low, every = counts(seed, rises)
        usable = np.ones(900, dtype=bool)
        for end in range(490, 900, 30):
            found = slow_change(low[:end], every[:end], usable[:end])
            assert found is not None, end
            assert found.kind == "low-more"
            assert found.usual < 0.4 < found.share


def test_high_stars_that_have_become_fewer_are_no_rise_of_low_ones() -> None:
    rng = np.random.default_rng(6)
    low = rng.poisson(2.0, LONGEST)
    high = rng.poisson(np.where(np.arange(LONGEST) < LONGEST - 40, 20.0, 2.0))
    found = slow_change(low, low + high, np.ones(LONGEST, dtype=bool))
    assert found is not None
    assert found.kind == "others-fewer"
    assert found.a_day == pytest.approx(2.0, abs=0.7)
    assert found.was == pytest.approx(20.0, abs=2.0)


def test_from_the_store(store: Store) -> None:
    """Found in counted hours; the days of an incident are left out."""
    midnight = datetime(2024, 6, 1, tzinfo=UTC)
    rng = np.random.default_rng(5)
    made = []
    for day in range(DAYS):
        share = 0.7 if day >= DAYS - 60 else 0.1
        for n in range(4):
            at = midnight - timedelta(days=DAYS - day) + timedelta(hours=6 * n + 1)
            rating = 1.0 if rng.random() < share else 5.0
            made.append(item(f"{day}-{n}", created_at=at, rating=rating))
    store.apps.ensure("tips")
    store.items.write(made, how="poll")
    store.hourly.recount("tips")
    found = find(store, "tips", midnight, [])
    assert found is not None
    assert found.reviews == 4 * RECENT
    assert found.low == sum(i.rating == 1.0 for i in made[-4 * RECENT :])
    during = [(midnight - timedelta(days=60), midnight)]
    assert find(store, "tips", midnight, during) is None
