"""Swings of a detector of one's own: runs of its alarms, with the onset and counts behind them."""

import numpy as np
from numpy.typing import NDArray

from analysis.records import Escalation, Swing
from analysis.research.own_detectors import Detector
from analysis.research.quiet_streams import APART, openings, threshold_of
from analysis.swings import History
from analysis.swings.history import DAY, HOUR
from collector.errors import ContractError
from collector.times import from_us

LOW = 2  # stars that count


def own_swings(detector: Detector, history: History, now: int, per_year: float) -> list[Swing]:
    """Swings of low stars that the detector would have told of by `now`, microseconds, in order.

    per_year: false alarms that chance may raise. An alarm more than ten days after the one before
    opens a new swing. Raises ContractError for scores of another shape or out of order.
    """
    seen = history.until(now)
    times = seen.at[(seen.stars > 0) & (seen.stars <= LOW) & ~seen.is_post]
    if not len(times):
        return []
    first = int(seen.at[0]) // DAY
    days = now // DAY - first + 1
    if days <= detector.least_days:
        return []
    at, scores = _checked(detector, times, first, days)
    known = at <= now
    threshold = threshold_of(detector, per_year)
    sent, opened = openings((at[known], scores[known]), threshold)
    starts = np.searchsorted(sent, opened)
    runs = np.split(sent, starts[1:]) if len(opened) else []
    return [_swing(detector, times, run, now, per_year) for run in runs]


def _checked(
    detector: Detector, times: NDArray[np.int64], first: int, days: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    at, scores = (np.asarray(part) for part in detector.scores(times, first, days))
    if at.ndim != 1 or at.shape != scores.shape or (np.diff(at) < 0).any():
        raise ContractError(
            f"{detector.name}.scores: give moments in order of time, and a score for each; got "
            f"{at.shape} and {scores.shape}"
        )
    return at.astype(np.int64), scores.astype(np.float64)


def _swing(
    detector: Detector, times: NDArray[np.int64], run: NDArray[np.int64], now: int, per_year: float
) -> Swing:
    """One run of alarms."""
    window = int(detector.window_hours * HOUR)
    begin = int(np.searchsorted(times, run[0] - window, side="right"))
    onset = int(times[begin]) if begin < len(times) and times[begin] <= run[0] else int(run[0])
    inside = times[begin : int(np.searchsorted(times, run[-1], side="right"))]
    over = now - int(run[-1]) > APART
    usual = float(detector.usual(times, run[:1])[0])
    hours, counts = np.unique(inside // HOUR, return_counts=True)
    peak = int(hours[counts.argmax()]) * HOUR if len(inside) else onset // HOUR * HOUR
    end = int(inside[-1]) if len(inside) else int(run[-1])
    return Swing(
        direction="negative",
        onset_at=from_us(onset),
        alarmed_at=from_us(int(run[0])),
        peak_at=from_us(peak),
        ended_at=from_us(end) if over else None,
        closed_at=from_us(int(run[-1]) + APART) if over else None,
        items=len(inside),
        expected_items=max(usual, 0.0) * max(end - onset, 0) / DAY,
        recurrence_days=365.25 / per_year,
        escalations=_escalations(times, begin, run),
        detector=detector.name,
        window_hours=detector.window_hours,
        launch=False,
        counts="negative",
        hot_at=from_us(int(run[-1])),
    )


def _escalations(
    times: NDArray[np.int64], begin: int, run: NDArray[np.int64]
) -> tuple[Escalation, ...]:
    """Later alarms at which twice as many had come as at the last that was told."""
    counts = np.searchsorted(times, run, side="right") - begin
    told, found = max(int(counts[0]), 1), []
    for at, count in zip(run[1:].tolist(), counts[1:].tolist(), strict=True):
        if count >= 2 * told:
            found.append(Escalation(at=from_us(at), factor=count / told))
            told = count
    return tuple(found)
