"""One app's items as the streams that the detectors follow, and their daily counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.swings.baseline import MEMORY
from analysis.swings.history import DAY, HOUR, POSTS, RATINGS, History, uncovered_hours
from analysis.swings.state import Memory, State

STARS = {"negative": (1, 2), "positive": (4, 5)}
DIRECTIONS = tuple(STARS)
REVIEWS = "reviews"  # every review with stars


@dataclass(frozen=True, slots=True)
class Stream:
    """Sorted arrival times of one class; timed: those with a time of day, not just a date.

    hourly: int64 (MEMORY + n, 24) and dated: (MEMORY + n,), from MEMORY days before the first of n
    days on. errors: (1 + GUARD, 3, 3) of dispersion.move, moved along in place.
    """

    times: NDArray[np.int64]
    timed: NDArray[np.int64]
    hourly: NDArray[np.int64]
    dated: NDArray[np.int64]
    errors: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Days:
    """n days of one app from `first` on, with what is remembered of the MEMORY days before.

    covered: float64 ((MEMORY + n) * 24,) or None where everything was looked at.
    exposure: (MEMORY + n,) by day, as far as counts are complete.
    """

    first: int
    n: int
    streams: dict[str, Stream]
    sources: tuple[str, ...]
    covered: NDArray[np.float64] | None
    exposure: NDArray[np.float64]


def load(state: State, history: History, until_day: int) -> Days:
    """The days from the state's to before `until_day`."""
    first, n = state.day, until_day - state.day
    known = {name.split("/")[1] for name in state.memory if "/" in name}
    sources = tuple(sorted(known | reviewing(history)))
    missing = uncovered_hours(history.gaps, first - MEMORY, MEMORY + n)
    partial = uncovered_hours(history.truncated, first - MEMORY, MEMORY + n)
    whole = np.maximum(1 - missing - partial, 0).reshape(-1, 24).mean(axis=1)
    arrivals = _arrivals(history, sources)
    dated = _dated(arrivals)
    return Days(
        first=first,
        n=n,
        streams={
            name: _stream(times, state.memory.get(name) or Memory(), first, n, name in dated)
            for name, times in arrivals.items()
        },
        sources=sources,
        covered=None if not missing.any() else 1 - missing,
        exposure=whole,
    )


def reviewing(history: History) -> set[str]:
    """The sources with reviews."""
    codes = history.source[(history.stars > 0) & ~history.is_post]
    return {s for i, s in enumerate(history.sources) if (codes == i).any()}


def add(days: Days, history: History) -> None:
    """Takes further items of these days in, of sources that are known."""
    arrivals = _arrivals(history, days.sources)
    dated = _dated(arrivals)
    for name, times in arrivals.items():
        if len(times):
            days.streams[name] = _with(days.streams[name], times, days, name in dated)


def _arrivals(history: History, sources: tuple[str, ...]) -> dict[str, NDArray[np.int64]]:
    reviews = (history.stars > 0) & ~history.is_post
    classes = {REVIEWS: reviews}
    for name, (low, high) in STARS.items():
        classes[name] = reviews & (history.stars >= low) & (history.stars <= high)
    if len(sources) == 1 and set(history.sources) == set(sources):
        alone = sources[0]
        classes |= {f"negative/{alone}": classes["negative"], f"reviews/{alone}": reviews}
        sources = ()
    for source in sources:
        here = history.source == (
            history.sources.index(source) if source in history.sources else -1
        )
        classes[f"negative/{source}"] = classes["negative"] & here
        classes[f"reviews/{source}"] = reviews & here
    arrivals = {name: history.at[chosen] for name, chosen in classes.items()}
    return arrivals | {RATINGS: history.ratings, POSTS: history.at[history.is_post]}


def _dated(arrivals: dict[str, NDArray[np.int64]]) -> set[str]:
    """The streams that may hold items with a date alone."""
    apart = {name for name in (RATINGS, POSTS) if (arrivals[name] % HOUR == 0).any()}
    return apart | ((arrivals.keys() - apart) if (arrivals[REVIEWS] % HOUR == 0).any() else set())


def remembered(days: Days, until_day: int) -> dict[str, Memory]:
    """What the next days need to know of these."""
    end = until_day - days.first + MEMORY
    return {
        name: Memory(
            stream.hourly[end - MEMORY : end].copy(),
            stream.dated[end - MEMORY : end].copy(),
            stream.errors.copy(),
        )
        for name, stream in days.streams.items()
    }


def _with(stream: Stream, times: NDArray[np.int64], days: Days, dated: bool) -> Stream:
    hours = (times - days.first * DAY) // HOUR
    stream.hourly[MEMORY:] += np.bincount(hours, minlength=days.n * 24).reshape(days.n, 24)
    every = _merged(stream.times, times)
    timed = every
    if dated or stream.timed is not stream.times:
        whole = times % HOUR == 0
        stream.dated[MEMORY:] += np.bincount(hours[whole] // 24, minlength=days.n)
        timed = _merged(stream.timed, times[~whole])
    return Stream(every, timed, stream.hourly, stream.dated, stream.errors)


def _merged(times: NDArray[np.int64], further: NDArray[np.int64]) -> NDArray[np.int64]:
    both = np.concatenate([times, further])
    if len(times) and len(further) and further[0] < times[-1]:
        both.sort(kind="stable")  # two runs in order: merged in one pass
    return both


def _stream(times: NDArray[np.int64], memory: Memory, first: int, n: int, dated: bool) -> Stream:
    """An item stamped at a full hour counts as one that carries only a date."""
    low, high = np.searchsorted(times, [first * DAY, (first + n) * DAY])
    hours = (times[low:high] - first * DAY) // HOUR
    timed, only_date = times, hours[:0]
    if dated:
        whole = times % HOUR == 0
        timed = times[~whole] if whole.any() else times
        only_date = hours[whole[low:high]] // 24
    return Stream(
        times=times,
        timed=timed,
        hourly=np.vstack([memory.hourly, np.bincount(hours, minlength=n * 24).reshape(n, 24)]),
        dated=np.concatenate([memory.dated, np.bincount(only_date, minlength=n)]),
        errors=memory.errors.copy(),
    )
