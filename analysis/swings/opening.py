"""A day's alarms of one app -> episodes opened, fed and escalated."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.swings import pause, scan, thresholds
from analysis.swings.burst_end import Usual, begun
from analysis.swings.episodes import PAUSE, Episode, Track, escalate
from analysis.swings.history import DAY, HOUR, RATINGS, REVIEWS
from analysis.swings.state import State
from analysis.swings.streams import Days

OTHER = {"negative": "positive", "positive": "negative"}
DAY_WINDOW = 5  # the window of 24 hours, where a detector has none of its own
CO_MOVES = 0.5  # the other class grew by at least this share of the growth: one event, both ways
FAR_ABOVE = 1e-4  # chance of a window under the pace of the tail before it: then it is no tail
TAIL_PACE = 4 * DAY  # over which that pace is taken
RATINGS_APART = 37 * HOUR  # between two polls at most, and to the full hour
FAR_WINDOWS = slice(np.count_nonzero(scan.WINDOWS <= 48))


@dataclass(frozen=True, slots=True)
class DayHits:
    """A stream's hits of one day, with the baseline they were judged by.

    part: share of the app's false-alarm budget that the stream's detector has. axes: what its
    threshold was looked up by. limit: the threshold.
    """

    stream: str
    detector: str
    table: str
    hits: scan.Hits
    alarming: NDArray[np.bool_]
    part: float
    level: float
    axes: tuple[float, float]
    week: NDArray[np.float64]
    limit: float

    @property
    def usual(self) -> Usual:
        """What its stream's past leads to expect."""
        return Usual(self.level, self.axes[1], self.week.tolist())


@dataclass(frozen=True, slots=True)
class Candidate:
    """The hit of an alarm that would open an episode: its moment, and place in the alarm's hits."""

    time: int
    place: int
    alarm: DayHits


def follow(state: State, days: Days, alarms: dict[str, list[DayHits]]) -> None:
    """Feeds one day's alarms to the tracks, in order of time where both directions have some."""
    order = sorted(alarms, key=lambda d: (_first(days, alarms[d]), d))
    for direction in order:
        _feed(state, days, direction, alarms[direction], alarms[OTHER[direction]])


def close_if_over(state: State, days: Days, now: int) -> None:
    """Closes what is over by a moment."""
    for direction, track in state.tracks.items():
        if track.followed is not None:
            stream = track.followed.counted_in(direction)
            track.close_if_over(now, days.streams[stream].times)
    pause.settle_others(state.tracks)


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
    track, since = state.tracks[direction], state.day * DAY
    episode, fresh = track.current, alarms
    while True:
        if episode is not None:
            closed = _go_on(state, days, direction, episode, alarms, others, since)
            if closed is None:
                return
            track.close(episode)
            since = closed
            fresh = [_behind(days, alarm, since, track.fence) for alarm in alarms]
        candidate = _next(days, track, direction, fresh, since)
        until = candidate.time if candidate else (state.day + 1) * DAY
        episode = _went_on(days, direction, track, until)
        if episode is not None:
            since = episode.again[-1]
        elif candidate is None:
            return
        elif _open(state, days, direction, candidate, alarms, others):
            episode, since = track.episodes[-1], candidate.time
        else:
            since, track.retry = candidate.time, candidate.time + HOUR


def _go_on(
    state: State,
    days: Days,
    direction: str,
    episode: Episode,
    alarms: list[DayHits],
    others: list[DayHits],
    since: int,
) -> int | None:
    """Feeds the rest of a day to an open episode; the arrival by which it was over, if it was."""
    stream, burst = episode.counted_in(direction), episode.burst
    times, end = days.streams[stream].times, (state.day + 1) * DAY
    low, high = np.searchsorted(times, [episode.counted_until, end])
    place = burst.follow(times, int(low), int(high))
    until = int(times[place]) if place < high else end
    for alarm in alarms:
        if alarm.stream == stream and alarm.detector in ("count", RATINGS):
            at = times[alarm.hits.which]
            first, last = np.searchsorted(at, [since, until], side="right")
            escalate(episode, times, alarm.hits.until(int(last)), int(first))
    _count_others(days, OTHER[direction], episode, others, until)
    episode.counted_until = until
    return until if place < high else None


def _count_others(
    days: Days, other: str, episode: Episode, others: list[DayHits], until: int
) -> None:
    """What the burst shows of the other stars, and with that its direction."""
    burst = episode.burst
    times = days.streams[other].times
    low, here, high = np.searchsorted(times, [episode.counted_until, burst.end + 1, until])
    if here > low or burst.end >= episode.counted_until:
        episode.others = episode.others_total + int(here - low)
        mean = _expected(others[0], burst.onset, burst.end) if others else 0.0
        moved = episode.others - mean >= max(
            CO_MOVES * (burst.items - burst.expected), 2 * float(np.sqrt(mean + 1))
        )
        episode.direction = "mixed" if moved else OTHER[other]
        if episode.detector == PAUSE:
            episode.direction = pause.direction_of(episode, OTHER[other], other)
    episode.others_total += int(high - low)


def _went_on(days: Days, direction: str, track: Track, until: int) -> Episode | None:
    """Feeds the tail of an episode that is over; the episode, where it turns out to go on."""
    episode = track.followed
    if episode is None or episode.closed is None:
        return None
    stream, before = episode.counted_in(direction), episode.burst.items
    times = days.streams[stream].times
    low, high = np.searchsorted(times, [episode.counted_until, until])
    place = episode.burst.follow_tail(times, int(low), int(high))
    if place == high and episode.burst.items == before:
        episode.counted_until = until
        return None
    at = int(times[place - 1])
    episode.counted_until = at + 1
    track.reopen(episode, at, before)
    return episode


def _behind(days: Days, alarm: DayHits, since: int, fence: int) -> DayHits:
    """A day's hits from a moment on, in windows that no longer reach behind a fence within it.

    The share of the latest reviews begins again on the next day.
    """
    stream, hits = days.streams[alarm.stream], alarm.hits
    at = stream.times[hits.which]
    keep = at >= since if hits.p.shape[1] == len(scan.WINDOWS) else np.zeros(len(at), dtype=bool)
    which, at = hits.which[keep], at[keep]
    after = np.maximum(at[:, None] - scan.WIDTHS, fence)
    here = np.broadcast_to(which[:, None] + 1, after.shape)
    if len(stream.timed) != len(stream.times):
        timed = np.searchsorted(stream.timed, at, side="right")[:, None]
        here = np.where(scan.NEEDS_TIMES, timed, here)
        begin = np.where(
            scan.NEEDS_TIMES,
            np.searchsorted(stream.timed, after, side="right"),
            np.searchsorted(stream.times, after, side="right"),
        )
    else:
        begin = np.searchsorted(stream.times, after, side="right")
    count = np.asarray(here - begin)
    p = np.ones(count.shape)
    if len(which):
        p = np.where(count >= scan.LEAST_ITEMS, alarm.usual.chance(count, at), 1.0)
    score = np.where(p < 1, p * scan.LOOKS, np.inf)
    return replace(
        alarm,
        hits=scan.Hits(which, p, count, score),
        alarming=alarm.alarming[keep] & (score.min(axis=1, initial=np.inf) < alarm.limit),
    )


def _is_tail(days: Days, direction: str, last: Episode, at: int) -> bool:
    """Whether what is noticed behind an episode that is over goes on at the pace of its tail."""
    end = last.burst.end
    if at > min(last.tail_until, last.settles):
        return False
    times = days.streams[last.counted_in(direction)].times
    begins = at - scan.WIDTHS[FAR_WINDOWS]
    paced = np.maximum(begins - TAIL_PACE, end)
    here = np.searchsorted(times, at, side="right")
    count = here - np.searchsorted(times, np.maximum(begins, end), side="right")
    before = np.searchsorted(times, begins, side="right")
    before = before - np.searchsorted(times, paced, side="right")
    known = (before >= scan.LEAST_ITEMS) & (begins > paced)
    pace = np.where(known, before / np.maximum(begins - paced, HOUR), 0.0)
    usual = last.burst.usual
    mean = usual.between(begins, np.full(len(begins), at))
    mean = np.maximum(mean, pace * scan.WIDTHS[FAR_WINDOWS])
    unknown = np.where(known, 1 / (before + 0.5), 0.0)
    phi = scan.window_dispersion(np.full((1, 3), usual.phi))[0, FAR_WINDOWS]
    p = scan.tail(count, mean, 1 / (phi + 0.02 + unknown))
    return bool(((p >= FAR_ABOVE) | (count < scan.LEAST_ITEMS)).all())


def _next(
    days: Days, track: Track, direction: str, alarms: list[DayHits], since: int
) -> Candidate | None:
    """The earliest alarming hit at or after `since` that is no tail, over all detectors."""
    since, last = max(track.retry, since), track.followed
    while True:
        found: list[Candidate] = []
        for alarm in alarms:
            at = days.streams[alarm.stream].times[alarm.hits.which]
            places = np.flatnonzero(alarm.alarming & (at >= since))
            if len(places):
                found.append(Candidate(int(at[places[0]]), int(places[0]), alarm))
        first = min(found, key=lambda c: c.time, default=None)
        if first is None or last is None or not _is_tail(days, direction, last, first.time):
            return first
        since = first.time + 1


def _open(
    state: State,
    days: Days,
    direction: str,
    candidate: Candidate,
    alarms: list[DayHits],
    others: list[DayHits],
) -> bool:
    """Whether a new episode is opened: not where an open one of the other stars explains it."""
    track, alarm, at = state.tracks[direction], candidate.alarm, candidate.time
    times = days.streams[alarm.stream].times
    which = int(alarm.hits.which[candidate.place])
    since = max(track.fence, state.first_day * DAY)
    onset, items, mean = scan.onset(times, which, since, alarm.level, alarm.week)
    other = OTHER[direction]
    grown, least = _growth(days.streams[other].times, others, onset, at)
    moved = grown >= max(CO_MOVES * (items - mean), least)
    silent_since = pause.since_pause(state, onset)
    if silent_since is not None and pause.is_told(state):
        return False
    if _is_explained(state.tracks[other], moved, onset) or _came_late(track, alarm, onset):
        return False
    if track.followed is not None:
        track.let_go(before=onset)
    score = alarm.hits.score[candidate.place]
    window = int(score.argmin()) if len(score) > 1 else DAY_WINDOW
    detector = alarm.detector if silent_since is None else PAUSE
    stream = {RATINGS: RATINGS, PAUSE: REVIEWS}.get(detector, direction)
    pooled = next((a for a in alarms if a.stream == stream), alarm)
    rate = thresholds.per_year(alarm.table, alarm.axes, float(score.min())) / alarm.part
    low, high = np.searchsorted(days.streams[other].times, [onset, at + 1])
    track.episodes.append(
        Episode(
            direction="mixed" if moved else direction,
            alarmed=at,
            recurrence_days=thresholds.DAYS_A_YEAR / max(rate, 1e-4),
            detector=detector,
            silent_since=silent_since,
            window_hours=float(scan.WINDOWS[window]),
            burst=begun(pooled.usual, onset, days.streams[stream].times, at),
            others=int(high - low),
            others_total=int(high - low),
            reported=_counts(days, stream, at, track.fence).tolist(),
            peak=onset // HOUR * HOUR,
            counted_until=at + 1,
            fence=track.fence,
        )
    )
    if detector == PAUSE:  # with nothing to compare it with, it lasts until it is the usual
        track.episodes[-1].burst.lasts_until = track.episodes[-1].settles + 1
    return True


def _is_explained(other: Track, moved: bool, onset: int) -> bool:
    """Whether a rise is the other side of an event that goes on, or that was one of both sides."""
    last = other.followed
    if last is None:
        return False
    if last.closed is None:
        return moved
    return last.direction == "mixed" and onset < last.burst.end


def _came_late(track: Track, alarm: DayHits, onset: int) -> bool:
    """Whether ratings of a burst that is over are only now seen in a store's histogram."""
    last = track.episodes[-1] if track.episodes else None
    if last is None or alarm.detector != RATINGS or last.detector == RATINGS:
        return False
    return onset <= last.burst.end + RATINGS_APART


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
