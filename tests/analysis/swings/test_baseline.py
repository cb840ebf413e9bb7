"""Level, dispersion and rhythm from a quiet past."""

import numpy as np
import pytest

from analysis.swings import baseline, dispersion
from analysis.swings.baseline import DAYS, GUARD, MEMORY


def fit(
    hourly: np.ndarray, usable: np.ndarray | None = None, today: int = 18_000
) -> baseline.Baselines:
    n = len(hourly)
    every = np.ones(n, bool) if usable is None else usable
    return baseline.fit(hourly, np.zeros(n, np.int64), np.ones(n), every, today)


def test_level_and_rhythm_of_a_regular_week() -> None:
    hourly = np.zeros((MEMORY, 24), np.int64)
    hourly[:, 9:21] = 10
    base = fit(hourly)
    assert base.known.all()
    assert base.level[0] == pytest.approx(120)
    week = base.week[0].reshape(7, 24)
    assert week[:, 12].min() > 1.8
    assert week[:, 3].max() < 0.05
    assert week.mean() == pytest.approx(1)


def test_bump_in_the_past_hardly_moves_the_level() -> None:
    rng = np.random.default_rng(1)
    hourly = rng.poisson(0.2, (MEMORY, 24))
    bumped = hourly.copy()
    bumped[20:22, 12] += 200
    assert fit(bumped).level[0] < 1.5 * fit(hourly).level[0]


def test_latest_days_are_guarded() -> None:
    hourly = np.ones((MEMORY, 24), np.int64)
    raised = hourly.copy()
    raised[DAYS:] = 50
    assert fit(raised).level[0] == fit(hourly).level[0]
    assert GUARD == MEMORY - DAYS


def test_old_flood_is_dropped_once_the_level_has_fallen() -> None:
    hourly = np.ones((MEMORY, 24), np.int64)
    hourly[:20] = 100
    assert fit(hourly).level[0] == pytest.approx(24)


def test_too_short_a_past_is_unknown() -> None:
    usable = np.zeros(MEMORY, bool)
    usable[-8:] = True
    assert not fit(np.ones((MEMORY, 24), np.int64), usable).known.any()


@pytest.mark.parametrize("phi", [0.1, 0.5, 1.0])
def test_dispersion_is_recovered_from_forecast_errors(phi: float) -> None:
    rng = np.random.default_rng(2)
    days = 500
    level = 20 * rng.gamma(1 / phi, phi, days)
    hourly = rng.poisson(level[:, None] / 24, (days, 24))
    usable = np.ones(days, bool)
    n = days - MEMORY
    bases = baseline.fit(
        hourly[:-1], np.zeros(days - 1, np.int64), np.ones(days - 1), usable[:-1], 18_000
    )
    moved = dispersion.move(hourly, usable, bases, 18_000, np.zeros((1 + GUARD, 3, 3)))
    found = dispersion.known_so_far(moved[:-1, 0], bases)
    assert len(found) == n
    assert found[-1, 1] == pytest.approx(phi, rel=0.45)
    assert found[-1, 2] < found[-1, 1] + 0.05
