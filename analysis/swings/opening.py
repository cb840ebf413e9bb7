"""A day's alarms of one app -> episodes opened, fed and escalated."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.swings import recurrence, scan
from analysis.swings.episodes import Episode, escalate, reopen
from analysis.swings.history import DAY, HOUR, RATINGS
from analysis.swings.state import State
from analysis.swings.streams import Days

OTHER = {"negative": "positive", "positive": "negative"}
DAY_WINDOW = 5  # the window of 24 hours, where a detector has none of its own
CO_MOVES = 0.5  # the other class grew by at least this share of the growth: one event, both ways


@dataclass(frozen=True, slots=True)
class DayHits:
    """A stream's hits of one day, with the baseline they were judged by.

    part: share of the app's false-alarm budget that the stream's detector has. axes: what its
    threshold was looked up by.
    """

    stream: str
    detector: str
    table: str
    hits: scan.Hits
    alarming: NDArray[np.bool_]
    hot: NDArray[np.bool_]
    part: float
    level: float
    axes: tuple[float, float]
    week: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The hit of an alarm that would open an episode: at, its place in the alarm's hits."""

    at: int
    place: int
    alarm: DayHits


def follow(state: State, days: Days, alarms: dict[str, list[DayHits]]) -> None:
    """Feeds one day's alarms to the tracks, in order of time where both directions have some."""
    order = sorted(alarms, key=lambda d: (_first(days, alarms[d]), d))
    for direction in order:
        _feed(state, days, direction, alarms[direction], alarms[OTHER[direction]])


def _first(days: Days, alarms: list[DayHits]) -> int:
    first = [
        int(days.streams[a.stream].times[a.hits.which[a.alarming.argmax()]])
        for a in alarms
        if a.alarming.any()
    ]
    return min(first, default=2**62)


def _feed(
    state: State, days: Days, direction: str, alarms: list[DayHits], others: list[DayHits]
) -> None:
    track = state.tracks[direction]
    hot = [days.streams[a.stream].times[a.hits.which[a.hot | a.alarming]] for a in alarms]
    earliest = min((int(h[0]) for h in hot if len(h)), default=None)
    if earliest is not None:
        track.close_if_over(earliest)
    since = state.day * DAY
    while track.current is None:
        candidate = _next(days, alarms, max(track.retry, since))
        if candidate is None:
            return
        _open(state, days, direction, candidate, alarms, others)
        since = candidate.at
        if track.current is None:
            track.retry = candidate.at + HOUR
    episode = track.current
    stream = episode.counted_in(direction)
    times = days.streams[stream].times
    last = max((int(h[-1]) for h in hot if len(h)), default=episode.last_hot)
    if last >= episode.last_hot:
        episode.last_hot = last
        low, high = np.searchsorted(times, [episode.counted_until, last + 1])
        episode.items = episode.total + int(high - low)
    for alarm in alarms:
        if alarm.stream == stream and alarm.detector in ("count", RATINGS):
            place = int(np.searchsorted(times[alarm.hits.which], since, side="right"))
            escalate(episode, times, alarm.hits, place)
    end = (state.day + 1) * DAY
    low, high = np.searchsorted(times, [episode.counted_until, end])
    episode.total += int(high - low)
    episode.counted_until = end


def _next(days: Days, alarms: list[DayHits], since: int) -> Candidate | None:
    """The earliest alarming hit at or after `since`, over all streams and detectors."""
    found: list[Candidate] = []
    for alarm in alarms:
        at = days.streams[alarm.stream].times[alarm.hits.which]
        places = np.flatnonzero(alarm.alarming & (at >= since))
        if len(places):
            found.append(Candidate(int(at[places[0]]), int(places[0]), alarm))
    return min(found, key=lambda c: c.at, default=None)


def _open(
    state: State,
    days: Days,
    direction: str,
    candidate: Candidate,
    alarms: list[DayHits],
    others: list[DayHits],
) -> None:
    """A new episode, a wave of the last one, or nothing where an open episode explains it."""
    track, alarm, at = state.tracks[direction], candidate.alarm, candidate.at
    times = days.streams[alarm.stream].times
    which = int(alarm.hits.which[candidate.place])
    since = max(track.fence, state.first_day * DAY)
    onset, items, mean = scan.onset(times, which, since, alarm.level, alarm.week)
    other = OTHER[direction]
    grown, least = _growth(days.streams[other].times, others, onset, at)
    moved = grown >= max(CO_MOVES * (items - mean), least)
    if moved and state.tracks[other].current:
        return
    score = alarm.hits.score[candidate.place]
    window = int(score.argmin()) if len(score) > 1 else DAY_WINDOW
    last = track.episodes[-1] if track.episodes else None
    if last is not None and last.may_return(at):
        reopen(last, at, _counts(days, last.counted_in(direction), at, track.fence), window)
        return
    stream = RATINGS if alarm.detector == RATINGS else direction
    pooled = next((a for a in alarms if a.stream == stream), alarm)
    hours = float(scan.WINDOWS[window])
    rate = recurrence.per_year(alarm.table, alarm.axes, float(score.min())) / alarm.part
    track.episodes.append(
        Episode(
            direction="mixed" if moved else direction,
            onset=onset,
            alarmed=at,
            last_hot=at,
            level=pooled.level,
            expected_at_alarm=_expected(pooled, onset, at),
            recurrence_days=recurrence.DAYS_A_YEAR / max(rate, 1e-4),
            detector=alarm.detector,
            window_hours=hours,
            items=items,
            total=0,
            counted_until=onset,
            reported=_counts(days, stream, at, track.fence).tolist(),
            peak=onset // HOUR * HOUR,
        )
    )


def _counts(days: Days, stream: str, at: int, fence: int) -> NDArray[np.int64]:
    times = days.streams[stream].times
    starts = np.maximum(at - scan.WINDOWS * HOUR, fence)
    here = np.searchsorted(times, at, side="right")
    return np.asarray(here - np.searchsorted(times, starts, side="right"))


def _growth(
    times: NDArray[np.int64], others: list[DayHits], onset: int, at: int
) -> tuple[float, float]:
    """Items of the other class beyond the expected between onset and alarm; what counts as some."""
    low, high = np.searchsorted(times, [onset, at + 1])
    mean = _expected(others[0], onset, at) if others else 0.0
    return float(high - low) - mean, 2 * float(np.sqrt(mean + 1))


def _expected(alarm: DayHits, onset: int, at: int) -> float:
    """Items that the stream's baseline leads to expect between two moments."""
    return float(scan.mean_between(alarm.level, alarm.week, np.asarray([onset]), at)[0])
