"""The detector as a fold over days: a state and the items since give the next state.

Quiet stretches are looked at many days at a time; from the first alarm on, day by day, because an
open episode changes the baseline of the days that follow. Both give the same result.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from analysis.swings import baseline, dispersion, launch, recurrence, scan, share
from analysis.swings.baseline import MEMORY, Baselines
from analysis.swings.episodes import HOT, Track
from analysis.swings.history import DAY, HOUR
from analysis.swings.opening import Alarm, follow
from analysis.swings.state import State
from analysis.swings.streams import DIRECTIONS, REVIEWS, Days, remembered

LONGEST_STRETCH = 64  # days
MOST_ARRIVALS = 2_000_000  # in a stretch
BUDGET = {"negative": 0.65, "share": 0.2, "positive": 0.15}  # parts of the app's false alarms
LEAST = {"negative": scan.LEAST_ITEMS, "positive": 10}  # nobody need hear of seven kind reviews
BY_SOURCE = 0.5  # part of the negative budget that goes to single sources where there are several


@dataclass(frozen=True, slots=True)
class View:
    """What one stream shows in a stretch of n days.

    hot: hits that keep an episode open. part: of the app's false-alarm budget, (n,).
    axes: (2, n) what the threshold was looked up by. errors: (n + 1, 1 + GUARD, 3, 3), the
    forecast errors at the start of each day and after the last, of the stream `carrier`.
    """

    stream: str
    detector: str
    bases: Baselines
    hits: scan.Hits
    alarming: NDArray[np.bool_]
    hot: NDArray[np.bool_]
    part: NDArray[np.float64]
    axes: NDArray[np.float64]
    errors: NDArray[np.float64]
    carrier: str


def advance(state: State, days: Days, now: int, budget: float) -> None:
    """Moves the state over all of `days`, looking at nothing later than `now`."""
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
        views = {d: _views(state, days, swinging, d, n, now, budget) for d in DIRECTIONS}
        quiet = n if n == 1 else _days_to_alarm(days, views, state.day, n)
        done = quiet if n > 1 and quiet > 0 else 1
        for view in (v for several in views.values() for v in several):
            days.streams[view.carrier].errors[:] = view.errors[done]
        if n > 1 and quiet > 0:
            state.day += quiet
            stretch = min(2 * stretch, LONGEST_STRETCH) if quiet == n else 4
            continue
        follow(state, days, {d: _alarms(days, views[d], state.day) for d in DIRECTIONS})
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


def _views(
    state: State,
    days: Days,
    swinging: dict[str, NDArray[np.bool_]],
    direction: str,
    n: int,
    now: int,
    budget: float,
) -> list[View]:
    """What the detectors of a direction see in n days from the state's on."""
    track = state.tracks[direction]
    usable = usable_days(state, days, swinging[direction], track, n)
    until = min((state.day + n) * DAY, now + 1)
    names = [direction]
    parts = np.full(n, 1.0)
    if direction == "negative" and len(days.sources) > 1:
        active = np.array([_active(days, s, state.day, n) for s in days.sources])
        several = active.sum(axis=0) > 1
        parts = np.where(several, 1 - BY_SOURCE, 1.0)
        names += [f"negative/{s}" for s in days.sources if several.any()]
    views: list[View] = []
    for name in names:
        part = parts if name == direction else (1 - parts) / np.maximum(active.sum(axis=0), 1)
        view = counted(state, days, name, usable, track.fence, n, until, budget, part)
        if view is not None:
            views.append(view)
    if direction == "negative" and views and views[0].stream == direction:
        bases = views[0].bases
        views.append(shared(state, days, bases, usable, track.fence, n, until, budget))
    return views


def usable_days(
    state: State, days: Days, swinging: NDArray[np.bool_], track: Track, n: int
) -> NDArray[np.bool_]:
    """Days that may serve as reference: (MEMORY + n,), the last only for the forecast errors."""
    offset = state.day - days.first
    here = slice(offset, offset + MEMORY + n)
    number = np.arange(state.day - MEMORY, state.day + n)
    usable = ~swinging[here] & (days.exposure[here] >= 0.5)
    return usable & (number > state.first_day) & (number >= track.regime)


def _active(days: Days, source: str, day: int, n: int) -> NDArray[np.bool_]:
    offset = day - days.first
    daily = days.streams[f"reviews/{source}"].hourly[offset : offset + MEMORY + n - 1].sum(axis=1)
    return np.asarray(sliding_window_view(daily, MEMORY).any(axis=1))


def fit(days: Days, name: str, usable: NDArray[np.bool_], day: int, n: int) -> Baselines:
    """Baselines of a stream for n days from `day` on."""
    stream, offset = days.streams[name], day - days.first
    here = slice(offset, offset + MEMORY + n - 1)
    exposure = days.exposure[here]
    return baseline.fit(stream.hourly[here], stream.dated[here], exposure, usable, day)


def counted(
    state: State,
    days: Days,
    name: str,
    usable: NDArray[np.bool_],
    fence: int,
    n: int,
    until: int,
    budget: float,
    part: NDArray[np.float64],
) -> View | None:
    stream, offset = days.streams[name], state.day - days.first
    if stream.hourly[offset : offset + MEMORY + n].sum() < scan.LEAST_ITEMS:
        return None
    bases = fit(days, name, usable[: MEMORY + n - 1], state.day, n)
    hourly = stream.hourly[offset : offset + MEMORY + n]
    phi, errors = dispersion.measure(hourly, usable, bases, state.day, stream.errors)
    covered = None
    if days.covered is not None:
        hours = (MEMORY - 7 + offset) * 24
        covered = days.covered[hours : hours + (7 + n) * 24]
    direction = name.split("/")[0]
    expected = scan.expectation(bases, phi, state.day, covered, LEAST[direction])
    hits = scan.scan(stream.times, stream.timed, state.day, until, fence, expected)
    day = (stream.times[hits.which] - state.day * DAY) // DAY
    best = hits.score.min(axis=1, initial=np.inf)
    part = part * BUDGET[direction]
    axes = np.stack([bases.level, phi[:, 1]])
    limit = recurrence.threshold("count", axes, budget * np.maximum(part, 1e-9))
    hot = np.asarray((hits.p[:, scan.WINDOWS <= 24] < HOT).any(axis=1))
    return View(name, "count", bases, hits, best < limit[day], hot, part, axes, errors, name)


def shared(
    state: State,
    days: Days,
    bases: Baselines,
    usable: NDArray[np.bool_],
    fence: int,
    n: int,
    until: int,
    budget: float,
) -> View:
    """What the share detector sees in n days."""
    offset = state.day - days.first
    here = slice(offset, offset + MEMORY + n)
    low, every = days.streams["negative"], days.streams[REVIEWS]
    by_day = low.hourly[here].sum(axis=1), every.hourly[here].sum(axis=1)
    good = usable[MEMORY:] & (bases.items >= dispersion.LEAST_ITEMS)
    mix, moved = share.measure(*by_day, good, bases, every.errors[:, 0])
    found = share.scan(every.times, low.times, state.day, until, fence, mix, bases.known)
    day = (low.times[found.which] - state.day * DAY) // DAY
    part = np.full(n, BUDGET["share"])
    axes = np.stack([mix.per_day, mix.rho])
    limit = recurrence.threshold("share", axes, budget * part)
    score = found.score[:, None]
    hits = scan.Hits(found.which, score, found.latest[:, None], score)
    alarming = found.score < limit[day]
    errors = np.repeat(every.errors[None], n + 1, axis=0)
    errors[:, :, 0] = moved
    return View("negative", "share", bases, hits, alarming, alarming, part, axes, errors, REVIEWS)


def _days_to_alarm(days: Days, views: dict[str, list[View]], day: int, n: int) -> int:
    first = n
    for view in (v for several in views.values() for v in several):
        which = view.hits.which[view.alarming]
        if len(which):
            at = int(days.streams[view.stream].times[which[0]])
            first = min(first, at // DAY - day)
    return first


def _alarms(days: Days, views: list[View], day: int) -> list[Alarm]:
    """The hits of the first day of the views."""
    found = []
    for view in views:
        times = days.streams[view.stream].times
        end = int(np.searchsorted(times[view.hits.which], (day + 1) * DAY))
        hits = view.hits.until(end)
        bases = view.bases
        found.append(
            Alarm(
                stream=view.stream,
                detector=view.detector,
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
        hourly = days.streams[direction].hourly
        opened = episode.alarmed // DAY == state.day
        begin = episode.onset // HOUR if opened else state.day * 24
        hours = hourly[begin // 24 + offset : state.day + offset + 1].ravel()[begin % 24 :]
        if hours.max(initial=0) > episode.peak_items:
            episode.peak_items = int(hours.max())
            episode.peak = (begin + int(hours.argmax())) * HOUR
