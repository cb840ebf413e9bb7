"""The detector as a fold over days: a state and the items since give the next state.

Quiet stretches are looked at many days at a time; from the first alarm on, day by day, because an
open episode changes the baseline of the days that follow. Both give the same result.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.swings import budget, launch, views
from analysis.swings.baseline import MEMORY
from analysis.swings.episodes import Track
from analysis.swings.history import DAY, HOUR, POSTS, RATINGS
from analysis.swings.opening import Alarm, follow
from analysis.swings.state import State
from analysis.swings.streams import DIRECTIONS, REVIEWS, Days, remembered
from analysis.swings.views import Stretch, View

LONGEST_STRETCH = 64  # days
MOST_ARRIVALS = 2_000_000  # in a stretch


def advance(state: State, days: Days, now: int, per_year: float) -> None:
    """Moves the state over all of `days`, looking at nothing later than `now`.

    per_year: the app's budget of false alarms.
    """
    swinging = {
        d: np.concatenate([state.swinging[d], np.zeros(days.n, dtype=bool)]) for d in DIRECTIONS
    }
    end = days.first + days.n
    stretch = LONGEST_STRETCH
    while state.day < end:
        for track in state.tracks.values():
            track.close_if_over(min(state.day * DAY, now))
        if any(track.current for track in state.tracks.values()):
            n = 1
        else:
            n = _bounded(days, state.day, min(stretch, end - state.day))
        seen, moments = _seen(state, days, swinging, n, now, per_year)
        quiet = n if n == 1 else _days_to_alarm(days, seen, state.day, n)
        done = quiet if n > 1 and quiet > 0 else 1
        for view in (v for several in seen.values() for v in several):
            days.streams[view.carrier].errors[:] = view.errors[done]
        state.heard = int(moments[moments < (state.day + done) * DAY][-1])
        if n > 1 and quiet > 0:
            state.day += quiet
            stretch = min(2 * stretch, LONGEST_STRETCH) if quiet == n else 4
            continue
        follow(state, days, {d: _alarms(days, seen[d], state.day) for d in DIRECTIONS})
        _mark(state, swinging, days)
        state.day += 1
    if state.launch is None:
        state.launch = launch.find(state.first_day, days)
    state.memory = remembered(days, end)
    state.swinging = {d: mask[-MEMORY:].copy() for d, mask in swinging.items()}


def _bounded(days: Days, day: int, n: int) -> int:
    offset = day - days.first + MEMORY
    arrivals = np.cumsum(days.streams[REVIEWS].hourly[offset : offset + n].sum(axis=1))
    return max(1, int(np.searchsorted(arrivals, MOST_ARRIVALS)))


def _seen(
    state: State,
    days: Days,
    swinging: dict[str, NDArray[np.bool_]],
    n: int,
    now: int,
    per_year: float,
) -> tuple[dict[str, list[View]], NDArray[np.int64]]:
    """What the detectors see in n days from the state's on: by direction, and posts apart.

    Also the moments, from the last known on, at which posts were unusually many.
    """
    until = min((state.day + n) * DAY, now + 1)
    stretches = {
        d: Stretch(days, state.day, n, until, usable, state.tracks[d].fence, per_year)
        for d in DIRECTIONS
        for usable in (usable_days(state, days, swinging[d], state.tracks[d], n),)
    }
    parts = budget.parts(days, state.day, n)
    low = stretches["negative"]
    posts, moments = views.heard(low)
    moments = np.concatenate([[state.heard], moments])
    names = [name for name, part in parts.items() if name.startswith("negative") and part.any()]
    found = [views.counted(low, name, parts[name]) for name in (*names, RATINGS)]
    negative = [view for view in found if view is not None]
    if negative and negative[0].stream == "negative":
        pooled = negative[0]
        negative.append(views.shared(low, pooled.bases, parts["share"]))
        negative.append(views.beside_posts(low, pooled, moments, parts[POSTS]))
    positive = views.counted(stretches["positive"], "positive", parts["positive"])
    seen = {"negative": negative, "positive": [positive] if positive else []}
    return seen | {POSTS: [posts] if posts else []}, moments


def usable_days(
    state: State, days: Days, swinging: NDArray[np.bool_], track: Track, n: int
) -> NDArray[np.bool_]:
    """Days that may serve as reference: (MEMORY + n,), the last only for the forecast errors."""
    offset = state.day - days.first
    here = slice(offset, offset + MEMORY + n)
    number = np.arange(state.day - MEMORY, state.day + n)
    normal = ~swinging[here] | ((number >= track.regime) & (number < track.accepted))
    usable = normal & (days.exposure[here] >= 0.5)
    return usable & (number > state.first_day) & (number >= track.regime)


def _days_to_alarm(days: Days, seen: dict[str, list[View]], day: int, n: int) -> int:
    first = n
    for view in (v for several in seen.values() for v in several):
        which = view.hits.which[view.alarming]
        if len(which):
            at = int(days.streams[view.stream].times[which[0]])
            first = min(first, at // DAY - day)
    return first


def _alarms(days: Days, seen: list[View], day: int) -> list[Alarm]:
    """The hits of the first day of what was seen."""
    found = []
    for view in seen:
        times = days.streams[view.stream].times
        end = int(np.searchsorted(times[view.hits.which], (day + 1) * DAY))
        hits = view.hits.until(end)
        bases = view.bases
        found.append(
            Alarm(
                stream=view.stream,
                detector=view.detector,
                table=view.table,
                hits=hits,
                alarming=view.alarming[:end],
                hot=view.hot[:end],
                part=float(view.part[0]),
                level=float(bases.level[0]),
                axes=(float(view.axes[0, 0]), float(view.axes[1, 0])),
                week=bases.week[0],
            )
        )
    return found


def _mark(state: State, swinging: dict[str, NDArray[np.bool_]], days: Days) -> None:
    """Takes the days of open episodes out of later baselines, and counts their items."""
    for direction, track in state.tracks.items():
        episode = track.current
        if episode is None:
            continue
        offset = MEMORY - days.first
        first = max(episode.onset // DAY + offset, 0)
        swinging[direction][first : state.day + offset + 1] = True
        hourly = days.streams[episode.counted_in(direction)].hourly
        opened = episode.alarmed // DAY == state.day
        begin = episode.onset // HOUR if opened else state.day * 24
        hours = hourly[begin // 24 + offset : state.day + offset + 1].ravel()[begin % 24 :]
        if hours.max(initial=0) > episode.peak_items:
            episode.peak_items = int(hours.max())
            episode.peak = (begin + int(hours.argmax())) * HOUR
