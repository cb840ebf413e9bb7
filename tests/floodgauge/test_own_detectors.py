"""Detectors of one's own: the same budget, by object or by name, and told what is wrong."""

from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

import floodgauge as fg
from analysis.research import own_detectors
from analysis.research.quiet_streams import FIRST_DAY, arrivals, openings, threshold_of
from collector.errors import ContractError
from collector.importers.load import ImportOptions, import_file
from collector.store import open_store
from tests.floodgauge.conftest import SECRET
from tests.floodgauge.test_detect import stream

DAY = 86_400_000_000
BUSY_STREAM = stream(8, 5, 220)


class Busy(fg.Detector):
    """The day so far against the mean of four weeks."""

    least_days = 29

    def usual(self, times: NDArray[np.int64], moments: NDArray[np.int64]) -> NDArray[np.float64]:
        edges = [np.searchsorted(times, moments - n * DAY) for n in (1, 29)]
        return (edges[0] - edges[1]) / 28

    def scores(self, times: NDArray[np.int64], first_day: int, days: int) -> own_detectors.Scores:
        at = times[times >= (first_day + 29) * DAY]
        now = np.searchsorted(times, at, "right") - np.searchsorted(times, at - DAY, "right")
        return at, np.where(now >= 3, now / np.maximum(self.usual(times, at), 0.2), 0.0)


class Scaled(Busy):
    """The same with scores of another scale."""

    def __init__(self, factor: float, below: float = 0.0) -> None:
        self.factor, self.below = factor, below

    def scores(self, times: NDArray[np.int64], first_day: int, days: int) -> own_detectors.Scores:
        at, scores = super().scores(times, first_day, days)
        return at, scores * self.factor - self.below


class Weighted(Busy):
    """Scores are taken times the middle one of its weights."""

    def __init__(self, weights: NDArray[np.float64]) -> None:
        self.weights = weights

    def scores(self, times: NDArray[np.int64], first_day: int, days: int) -> own_detectors.Scores:
        at, scores = super().scores(times, first_day, days)
        return at, scores * self.weights[len(self.weights) // 2]


class Twofold(Busy):
    """Says yes or no, and yes often."""

    def scores(self, times: NDArray[np.int64], first_day: int, days: int) -> own_detectors.Scores:
        at, scores = super().scores(times, first_day, days)
        return at, (scores > 1.5).astype(np.float64)


class Backwards(Busy):
    """Gives its moments from the last to the first."""

    def scores(self, times: NDArray[np.int64], first_day: int, days: int) -> own_detectors.Scores:
        at, scores = super().scores(times, first_day, days)
        return at[::-1], scores[::-1]


@pytest.mark.parametrize(("factor", "below"), [(1e4, 0.0), (1e-6, 0.0), (1.0, 500.0)])
def test_the_scale_of_the_scores_makes_no_difference(factor: float, below: float) -> None:
    plain = threshold_of(Busy(), 0.5)
    assert threshold_of(Scaled(factor, below), 0.5) == pytest.approx(plain * factor - below)


def test_a_detector_that_cannot_be_held_to_the_budget_is_refused() -> None:
    with pytest.raises(ContractError, match=r"Twofold: its highest score, 1, comes too often"):
        fg.detect(BUSY_STREAM, detector=Twofold())


def test_detectors_that_differ_within_a_long_array_are_told_apart() -> None:
    one, other = np.ones(5_000), np.ones(5_000)
    other[2_500] = 2
    assert repr(one) == repr(other)
    assert threshold_of(Weighted(other), 0.5) == 2 * threshold_of(Weighted(one), 0.5)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a package had brought `busy` and something that is no detector."""
    named = EntryPoint("busy", f"{__name__}:Busy", own_detectors.ENTRY_POINT_GROUP)
    monkeypatch.setattr(own_detectors, "entry_points", lambda group: [named])
    own_detectors.plugged_in.cache_clear()
    yield
    own_detectors.plugged_in.cache_clear()


def test_chance_alone_raises_no_more_than_the_budget_allows() -> None:
    threshold = threshold_of(Busy(), 0.5)
    years, found = 30, 0
    for seed, level in enumerate((0.5, 2.0, 6.0)):
        times = arrivals(np.random.default_rng([9, seed]), level, 0.3, FIRST_DAY, years * 365)
        found += len(openings(Busy().scores(times, FIRST_DAY, years * 365), threshold)[1])
    assert 0 < found / (3 * years) < 1.0


def test_it_stands_in_the_columns_of_ours(installed: None) -> None:
    own = fg.detect(BUSY_STREAM, detector=Busy())
    assert own.dtypes.equals(fg.detect(BUSY_STREAM.head(100)).dtypes)
    assert set(own["detector"]) == {"Busy"}
    assert (own["onset_at"] <= own["alarmed_at"]).all()
    pd.testing.assert_frame_equal(fg.detect(BUSY_STREAM, detector="busy"), own)
    assert (
        fg.detect(BUSY_STREAM, detector="busy").attrs["floodgauge"]["settings"]["detector"]
        == "Busy"
    )


def test_an_alarm_knows_nothing_of_what_comes_later(installed: None) -> None:
    own = fg.detect(BUSY_STREAM, detector="busy")
    first = own.iloc[0]
    then = fg.detect(BUSY_STREAM, detector="busy", as_of=first["alarmed_at"]).iloc[-1]
    assert then["alarmed_at"] == first["alarmed_at"]
    assert then["onset_at"] == first["onset_at"]


def test_it_replays_a_store(
    installed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODGAUGE_SECRET", SECRET.decode())
    path = tmp_path / "rows.csv"
    BUSY_STREAM.to_csv(path, index=False)
    with open_store(str(tmp_path / "store.db"), secret=SECRET) as store:
        import_file(store, path, ImportOptions(app="app"), now=datetime.now(UTC))
    log = fg.replay("app", store=str(tmp_path / "store.db"), detector="busy")
    assert len(log)
    pd.testing.assert_frame_equal(log, fg.replay(BUSY_STREAM, detector="busy"))


def test_what_is_wrong_is_said(installed: None) -> None:
    with pytest.raises(ContractError, match="no 'idle'; there is: busy"):
        fg.detect(BUSY_STREAM, detector="idle")
    with pytest.raises(ContractError, match=r"Backwards\.scores: give moments in order of time"):
        fg.detect(BUSY_STREAM, detector=Backwards())
