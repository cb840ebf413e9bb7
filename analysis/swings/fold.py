"""The detector as a fold over days: a state and the items since give the next state."""

from dataclasses import dataclass, field
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from analysis.records import Direction
from analysis.swings import baseline, episodes, recurrence, scan
from analysis.swings.baseline import MEMORY, Baseline
from analysis.swings.episodes import Episode, Track
from analysis.swings.history import DAY, HOUR, History, uncovered_hours

Polarity = Literal["negative", "positive"]
STARS: dict[Polarity, tuple[int, int]] = {"negative": (1, 2), "positive": (4, 5)}
OTHER: dict[Polarity, Polarity] = {"negative": "positive", "positive": "negative"}
SHARES: dict[Polarity, float] = {"negative": 0.6, "positive": 0.4}  # of the false-alarm budget
CO_MOVES = 0.5  # the other class grew by at least this share of the growth: one event, both ways


@dataclass(slots=True)
class Memory:
    """The latest MEMORY days of one stream: hourly (MEMORY, 24), dated (MEMORY,)."""

    hourly: NDArray[np.int64] = field(default_factory=lambda: np.zeros((MEMORY, 24), np.int64))
    dated: NDArray[np.int64] = field(default_factory=lambda: np.zeros(MEMORY, np.int64))


@dataclass(slots=True)
class State:
    """Everything that is known before day `day`; first_day: day of the app's first item."""

    day: int
    first_day: int
    memory: dict[Polarity, Memory]
    tracks: dict[Polarity, Track]
    swinging: NDArray[np.bool_]  # (MEMORY,) days inside an episode


@dataclass(frozen=True, slots=True)
class Stream:
    """Sorted arrival times of one class; timed: those with a time of day."""

    times: NDArray[np.int64]
    timed: NDArray[np.int64]


def start(first_day: int) -> State:
    """The state before an app's first day."""
    return State(
        day=first_day,
        first_day=first_day,
        memory={"negative": Memory(), "positive": Memory()},
        tracks={"negative": Track(), "positive": Track()},
        swinging=np.zeros(MEMORY, dtype=bool),
    )


def advance(state: State, history: History, now: int, budget: float) -> None:
    """Moves the state through every item up to `now`.

    The last day is looked at, but a state is only resumed at a day's start.
    """
    streams = {p: _stream(history, STARS[p]) for p in STARS}
    days = int(now // DAY) - state.day + 1
    if days <= 0:
        return
    origin = state.day
    missing = uncovered_hours(history.gaps, origin - MEMORY, days + MEMORY)
    for day in range(origin, origin + days):
        offset = (day - origin) * 24
        covered = 1.0 - missing[offset : offset + (MEMORY + 1) * 24]
        for polarity in STARS:
            state.tracks[polarity].close_if_quiet(min(day * DAY, now))
        _look(state, streams, covered, now, budget)
        _remember(state, streams)


def _look(
    state: State,
    streams: dict[Polarity, Stream],
    covered: NDArray[np.float64],
    now: int,
    budget: float,
) -> None:
    since, until = state.day * DAY, min((state.day + 1) * DAY, now + 1)
    bases: dict[Polarity, Baseline | None] = {}
    found: list[tuple[int, Polarity, scan.Hits]] = []
    for polarity, stream in streams.items():
        bases[polarity] = None
        low, high = np.searchsorted(stream.times, [since, until])
        if high == low:
            continue
        week_ago = np.searchsorted(stream.times, stream.times[high - 1] - 168 * HOUR, side="right")
        if high - min(low, week_ago) < scan.LEAST_ITEMS:
            continue
        base = bases[polarity] = _fit(state, polarity, covered)
        if base is None:
            continue
        track = state.tracks[polarity]
        expected = scan.expectation(base, state.day, covered[-192:])
        hits = scan.scan(stream.times, stream.timed, since, until, track.fence, expected)
        if len(hits.which):
            found.append((int(stream.times[hits.which[0]]), polarity, hits))
    for _, polarity, hits in sorted(found, key=lambda item: item[:2]):
        other = OTHER[polarity]
        if bases[other] is None:
            bases[other] = _fit(state, other, covered)
        _follow(state, polarity, streams, bases, hits, budget * SHARES[polarity], budget)


def _follow(
    state: State,
    polarity: Polarity,
    streams: dict[Polarity, Stream],
    bases: dict[Polarity, Baseline | None],
    hits: scan.Hits,
    share: float,
    budget: float,
) -> None:
    """Opens, feeds and escalates the track's episode with a day's hits."""
    track, base, times = state.tracks[polarity], bases[polarity], streams[polarity].times
    assert base is not None
    best = hits.p.min(axis=1)
    alarming = best < recurrence.threshold(base.level, base.phi, share)
    hot = (hits.p[:, scan.WINDOWS <= 24] < episodes.HOT).any(axis=1)
    begin = 0
    if track.current is not None and len(hot) and hot.any():
        track.close_if_quiet(int(times[hits.which[np.argmax(hot)]]))
    while track.current is None:
        ahead = np.flatnonzero(alarming[begin:] & (times[hits.which[begin:]] >= track.retry))
        if not len(ahead):
            return
        begin += int(ahead[0])
        at = int(times[hits.which[begin]])
        window = int(hits.p[begin].argmin())
        rate = recurrence.per_year(base.level, base.phi, float(best[begin])) * budget / share
        _open(state, polarity, streams, bases, int(hits.which[begin]), hits.count[begin],
              window, recurrence.DAYS_A_YEAR / max(rate, 1e-4))  # fmt: skip
        if track.current is None:
            track.retry = at + HOUR
            begin += 1
    episode = track.current
    for i in range(begin, len(hits.which)):
        at = int(times[hits.which[i]])
        if hot[i] or alarming[i]:
            episode.last_hot = max(episode.last_hot, at)
        if (
            i == begin
            or (hits.count[i] >= episodes.LADDER * np.asarray(episode.reported)).any()
            or (i % 8 == 0)
        ):
            a, b = np.searchsorted(times, [at - 4 * DAY, at - DAY], side="right")
            episodes.escalate(episode, at, hits.count[i], float(b - a) / 3)


def _open(
    state: State,
    polarity: Polarity,
    streams: dict[Polarity, Stream],
    bases: dict[Polarity, Baseline | None],
    which: int,
    count: NDArray[np.int64],
    window: int,
    recurrence_days: float,
) -> None:
    """A new episode, a wave of the last one, or nothing where an open episode explains it."""
    track, base = state.tracks[polarity], bases[polarity]
    assert base is not None
    times = streams[polarity].times
    at = int(times[which])
    onset, items, mean = scan.onset(times, which, track.fence, base, state.first_day * DAY)
    other = OTHER[polarity]
    moved = _moved(streams[other].times, bases[other], onset, at, items - mean)
    if moved and state.tracks[other].current is not None:
        return
    last = track.episodes[-1] if track.episodes else None
    if last is not None and last.closed is not None and at - last.closed <= episodes.WAVE:
        factor = float(count[window]) / max(last.reported[window], 1)
        last.closed = None
        last.last_hot = at
        last.escalations.append((at, factor))
        last.reported = np.maximum(last.reported, count).tolist()
        return
    track.episodes.append(
        Episode(
            direction="mixed" if moved else polarity,
            onset=onset,
            alarmed=at,
            last_hot=at,
            level=base.level,
            expected=mean,
            recurrence_days=recurrence_days,
            detector="count",
            window_hours=float(scan.WINDOWS[window]),
            items=items,
            reported=count.tolist(),
            peak=onset // HOUR * HOUR,
            peak_items=0,
        )
    )


def _moved(
    times: NDArray[np.int64], base: Baseline | None, onset: int, at: int, excess: float
) -> bool:
    """Whether the other class grew along with this one."""
    low, high = np.searchsorted(times, [onset, at + 1])
    mean = 0.0
    if base is not None:
        mean = float(scan.mean_between(base, np.asarray([onset]), at)[0])
    return float(high - low) - mean >= max(CO_MOVES * excess, 2 * np.sqrt(mean + 1))


def _fit(state: State, polarity: Polarity, covered: NDArray[np.float64]) -> Baseline | None:
    memory = state.memory[polarity]
    past = covered[: MEMORY * 24].reshape(MEMORY, 24)
    days = np.arange(state.day - MEMORY, state.day)
    usable = (past.mean(axis=1) >= 0.5) & ~state.swinging
    usable &= (days > state.first_day) & (days >= state.tracks[polarity].regime)
    return baseline.fit(memory.hourly, memory.dated, past, usable, state.day)


def _remember(state: State, streams: dict[Polarity, Stream]) -> None:
    """Adds the day to the memory and to the open episodes, and moves to the next."""
    since, until = state.day * DAY, (state.day + 1) * DAY
    state.swinging = np.roll(state.swinging, -1)
    state.swinging[-1] = False
    for polarity, stream in streams.items():
        low, high = np.searchsorted(stream.times, [since, until])
        counts = np.bincount((stream.times[low:high] - since) // HOUR, minlength=24)
        a, b = np.searchsorted(stream.timed, [since, until])
        memory = state.memory[polarity]
        memory.hourly = np.vstack([memory.hourly[1:], counts])
        memory.dated = np.append(memory.dated[1:], (high - low) - (b - a))
        episode = state.tracks[polarity].current
        if episode is not None:
            _grow(episode, stream, until)
            first = max(MEMORY - 1 - (state.day - episode.onset // DAY), 0)
            state.swinging[int(first) :] = True
    state.day += 1


def _grow(episode: Episode, stream: Stream, until: int) -> None:
    low, high = np.searchsorted(stream.times, [episode.onset, min(until, episode.last_hot + 1)])
    episode.items = max(episode.items, int(high - low))
    hours, counts = np.unique(stream.times[low:high] // HOUR, return_counts=True)
    if len(counts) and counts.max() > episode.peak_items:
        episode.peak = int(hours[counts.argmax()]) * HOUR
        episode.peak_items = int(counts.max())
    days = (episode.last_hot - episode.alarmed) / DAY
    episode.expected = max(episode.expected, episode.level * days)


def _stream(history: History, stars: tuple[int, int]) -> Stream:
    chosen = (history.stars >= stars[0]) & (history.stars <= stars[1]) & ~history.is_post
    times = history.at[chosen]
    return Stream(times, times[times % HOUR != 0])


def direction(episode: Episode) -> Direction:
    """The episode's direction as the record spells it."""
    return cast(Direction, episode.direction)
