"""The detector as a fold over days: a state and the items since give the next state.

Quiet stretches are looked at many days at a time; from the first alarm on, day by day, because an
open episode changes the baseline of the days that follow. Both give the same result.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.swings import budget_split, detectors, launch, pause
from analysis.swings.baseline import GUARD, MEMORY
from analysis.swings.detectors import Stretch, View
from analysis.swings.episodes import Episode, Track
from analysis.swings.further import further
from analysis.swings.history import DAY, HOUR, POSTS, RATINGS, REVIEWS
from analysis.swings.opening import DayHits, close_if_over, follow
from analysis.swings.state import State
from analysis.swings.streams import DIRECTIONS, Days, remembered

LONGEST_STRETCH = 64  # days
MOST_ARRIVALS = 2_000_000  # in a stretch


@dataclass(slots=True)
class Outlook:
    """How n days from the state's on are looked at; that of a single day is known at its start.

    parts: of the budget, by detector. low: the streams of low stars that have one. stretches: by
    direction. since: nothing from before this moment has come since the last look with it.
    """

    parts: dict[str, NDArray[np.float64]]
    low: tuple[str, ...]
    stretches: dict[str, Stretch]
    since: int = 0


def advance(
    state: State, days: Days, now: int, per_year: float, outlook: Outlook | None = None
) -> None:
    """Moves the state over all of `days`, looking at nothing later than `now`.

    per_year: the app's budget of false alarms. outlook: that of the first day, if it is known.
    """
    swinging = _grown(state, days)
    end = days.first + days.n
    stretch = LONGEST_STRETCH
    while state.day < end:
        days.gather(state.day)
        close_if_over(state, days, min(state.day * DAY, now))
        pause.is_usual_by_now(state)
        if outlook is not None or pause.is_recent(state) or _is_followed(state):
            n = 1
        else:
            n = _bounded(days, state.day, min(stretch, end - state.day))
        ahead = outlook or _outlook(state, days, swinging, n, now, per_year)
        outlook = None
        seen, moments = _seen(state.heard, ahead)
        quiet = n if n == 1 else _days_to_alarm(days, seen, state.day, n)
        done = quiet if n > 1 and quiet > 0 else 1
        for looked_at in ahead.stretches.values():
            detectors.settle(looked_at, done)
        state.heard = int(moments[moments < (state.day + done) * DAY][-1])
        if n > 1 and quiet > 0:
            pause.note(state, days, quiet)
            state.day += quiet
            stretch = min(2 * stretch, LONGEST_STRETCH) if quiet == n else 4
            continue
        _follow(state, days, seen, swinging)
        if days.talk:
            _forget_scatter(state.day, days, swinging)
        state.day += 1
    if state.launch is None:
        state.launch = launch.find(state.first_day, days)
    state.memory = remembered(days, end)
    state.begun = dict(days.begun)
    state.swinging = {d: mask[-MEMORY:].copy() for d, mask in swinging.items()}


def _is_followed(state: State) -> bool:
    return any(track.followed for track in state.tracks.values())


def outlook(state: State, days: Days, per_year: float) -> Outlook:
    """How the state's day will be looked at; days: that day alone, whatever it holds so far."""
    morning = state.branch()
    close_if_over(morning, days, state.day * DAY)
    pause.is_usual_by_now(morning)
    return _outlook(morning, days, _grown(state, days), 1, (state.day + 1) * DAY, per_year)


def so_far(state: State, days: Days, outlook: Outlook) -> State:
    """What a state knows within its day, from what the day has brought; it stays as it is itself.

    The result is good for reading its tracks and its launch, not for going on from.
    """
    later = state.branch()
    close_if_over(later, days, state.day * DAY)
    pause.is_usual_by_now(later)
    brought = any(stream.hourly[-1].any() for stream in days.streams.values())
    seen: dict[str, list[View]] = {d: [] for d in (*DIRECTIONS, POSTS)}
    if brought:
        seen, _ = _seen(state.heard, outlook)
    _follow(later, days, seen, _grown(state, days))
    if later.launch is None:
        later.launch = launch.find(state.first_day, days)
    return later


def _grown(state: State, days: Days) -> dict[str, NDArray[np.bool_]]:
    """The days inside an episode, with room for those to come."""
    room = np.zeros(days.n, dtype=bool)
    return {d: np.concatenate([mask, room]) for d, mask in state.swinging.items()}


def _bounded(days: Days, day: int, n: int) -> int:
    offset = day - days.first + MEMORY
    n = min(n, days.alike[day - days.first])
    arrivals = np.cumsum(days.streams[REVIEWS].hourly[offset : offset + n].sum(axis=1))
    return max(1, int(np.searchsorted(arrivals, MOST_ARRIVALS)))


def _outlook(
    state: State,
    days: Days,
    swinging: dict[str, NDArray[np.bool_]],
    n: int,
    now: int,
    per_year: float,
) -> Outlook:
    until = min((state.day + n) * DAY, now + 1)
    stretches = {}
    for direction, track in state.tracks.items():
        usable = usable_days(state, days, swinging[direction], track, n)
        stretches[direction] = Stretch(days, state.day, n, until, usable, track.fence, per_year)
    parts = budget_split.parts(days, state.day, n)
    low = (name for name, part in parts.items() if name.startswith("negative") and part.any())
    return Outlook(parts, tuple(low), stretches)


def _seen(heard: int, outlook: Outlook) -> tuple[dict[str, list[View]], NDArray[np.int64]]:
    """What the detectors see in the days ahead: by direction, and posts apart.

    Also the moments, from the last known on, at which posts were unusually many.
    """
    parts, low, since = outlook.parts, outlook.stretches["negative"], outlook.since
    posts, moments = detectors.heard(low, since)
    moments = np.concatenate([[heard], moments])
    found = [detectors.counted(low, name, parts[name], since) for name in (*outlook.low, RATINGS)]
    negative = [view for view in found if view is not None]
    if negative and negative[0].stream == "negative":
        pooled = negative[0]
        negative.append(detectors.shared(low, pooled.bases, parts["share"], since))
        if len(pooled.hits.which):
            negative.append(detectors.beside_posts(low, pooled, moments, parts[POSTS]))
            negative += [each.look(low, pooled, parts[each.name]) for each in further()]
    high = outlook.stretches["positive"]
    positive = detectors.counted(high, "positive", parts["positive"], since)
    seen = {"negative": negative, "positive": [positive] if positive else []}
    return seen | {POSTS: [posts] if posts else []}, moments


def _follow(
    state: State,
    days: Days,
    seen: dict[str, list[View]],
    swinging: dict[str, NDArray[np.bool_]],
) -> None:
    """Takes what was seen in the state's day into its tracks."""
    pause.note(state, days, 1)
    alarming = any(
        len(view.hits.which) and view.alarming.any() for d in DIRECTIONS for view in seen[d]
    )
    if alarming or _is_followed(state):
        follow(state, days, {d: _alarms(days, seen[d], state.day) for d in DIRECTIONS})
        _mark(state, swinging, days)


def usable_days(
    state: State, days: Days, swinging: NDArray[np.bool_], track: Track, n: int
) -> NDArray[np.bool_]:
    """Days that may serve as reference: (MEMORY + n,), the last only for the forecast errors."""
    offset = state.day - days.first
    here = slice(offset, offset + MEMORY + n)
    number = np.arange(state.day - MEMORY, state.day + n)
    normal = ~swinging[here] | ((number >= track.regime) & (number < track.accepted))
    return normal & (number > state.first_day) & (number >= track.regime)


def _days_to_alarm(days: Days, seen: dict[str, list[View]], day: int, n: int) -> int:
    first = n
    for view in (v for several in seen.values() for v in several):
        which = view.hits.which[view.alarming]
        if len(which):
            at = int(days.streams[view.stream].times[which[0]])
            first = min(first, at // DAY - day)
    return first


def _alarms(days: Days, seen: list[View], day: int) -> list[DayHits]:
    """The hits of the first day of what was seen."""
    found = []
    for view in seen:
        times = days.streams[view.stream].times
        end = int(np.searchsorted(times[view.hits.which], (day + 1) * DAY))
        hits = view.hits.until(end)
        bases = view.bases
        found.append(
            DayHits(
                stream=view.stream,
                detector=view.detector,
                table=view.table,
                hits=hits,
                alarming=view.alarming[:end],
                part=float(view.part[0]),
                level=float(bases.level[0]),
                axes=(float(view.axes[0, 0]), float(view.axes[1, 0])),
                limit=float(view.limit[0]),
                week=bases.week[0],
            )
        )
    return found


def _mark(state: State, swinging: dict[str, NDArray[np.bool_]], days: Days) -> None:
    """Takes the days of bursts and tails out of later baselines, and notes the busiest hour."""
    offset = MEMORY - days.first
    for direction, track in state.tracks.items():
        for episode in track.episodes:
            burst = episode.burst
            if episode.done and burst.end // DAY < state.day:
                continue
            last = burst.tail.end // DAY if burst.tailing else burst.end // DAY
            last = state.day if episode.closed is None else min(last, state.day)
            swinging[direction][max(burst.onset // DAY + offset, 0) : last + offset + 1] = True
            _note_peak(state.day, episode, days.streams[episode.counted_in(direction)].hourly, days)


def _forget_scatter(day: int, days: Days, swinging: dict[str, NDArray[np.bool_]]) -> None:
    """Takes the forecast errors of days that turned out to be of a swing out again, as far back as
    errors wait."""
    end = day - days.first + MEMORY + 1
    of_swing = np.any([mask[end - GUARD : end] for mask in swinging.values()], axis=0)
    if of_swing.any():
        for stream in days.streams.values():
            stream.errors[1:][of_swing] = 0.0


def _note_peak(day: int, episode: Episode, hourly: NDArray[np.int64], days: Days) -> None:
    offset = MEMORY - days.first
    begin = episode.burst.onset // HOUR if episode.alarmed // DAY == day else day * 24
    hours = hourly[begin // 24 + offset : day + offset + 1].ravel()[begin % 24 :]
    hours = hours[: max(episode.burst.end // HOUR + 1 - begin, 0)]
    if hours.max(initial=0) > episode.peak_items:
        episode.peak_items = int(hours.max())
        episode.peak = (begin + int(hours.argmax())) * HOUR
