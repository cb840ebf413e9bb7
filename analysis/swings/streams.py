"""One app's items as the streams that the detectors follow, and their daily counts.

A class of reviews is followed in each source, as `negative/app_store`, and over all sources that
have a past of their own (see source_groups.py), as `negative`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.swings import source_groups
from analysis.swings.baseline import MEMORY
from analysis.swings.history import DAY, HOUR, POSTS, RATINGS, REVIEWS, History, uncovered_hours
from analysis.swings.state import Memory, State

STARS = {"negative": (1, 2), "positive": (4, 5)}
DIRECTIONS = tuple(STARS)
CLASSES = (REVIEWS, *DIRECTIONS)
EVERY = ""  # source: all of them
QUARTER = HOUR // 4
SEEN = 0.5  # of a day, under which it tells nothing


@dataclass(frozen=True, slots=True)
class Stream:
    """Sorted arrival times of one class; timed: those with a time of day, not just a date.

    quarters: int64 (MEMORY + n, 96), of hours, hourly: (MEMORY + n, 24) and dated: (MEMORY + n,),
    from MEMORY days before the first of n days on. errors: (1 + GUARD, 3, 3) of dispersion.move,
    moved along in place.
    """

    times: NDArray[np.int64]
    timed: NDArray[np.int64]
    quarters: NDArray[np.int64]
    hourly: NDArray[np.int64]
    dated: NDArray[np.int64]
    errors: NDArray[np.float64]


@dataclass(slots=True)
class Days:
    """n days of one app from `first` on, with what is remembered of the MEMORY days before.

    streams: those over all sources hold the `members` alone. covered: float64
    ((MEMORY + n) * 24,) or None where everything was looked at. exposure: by source, (MEMORY + n,)
    by day, as far as counts are complete, 0 before it began; EVERY: of all. chosen: bool
    (sources, n + 1), the members of each day, and alike: for how many days in a row they stay.
    begun: by source, the days on which its reviews begin and of its latest. errors: of the streams
    over all sources. talk: of opinions.
    """

    first: int
    n: int
    streams: dict[str, Stream]
    sources: tuple[str, ...]
    covered: NDArray[np.float64] | None
    exposure: dict[str, NDArray[np.float64]]
    chosen: NDArray[np.bool_]
    alike: tuple[int, ...]
    begun: dict[str, tuple[int, int]]
    errors: dict[str, NDArray[np.float64]]
    members: tuple[str, ...] = ()
    talk: bool = False

    def members_of(self, day: int) -> tuple[str, ...]:
        """The sources that count on a day; the first of the days after the last is known, too."""
        column = self.chosen[:, day - self.first]
        return tuple(s for s, here in zip(self.sources, column, strict=True) if here)

    def exposure_of(self, stream: str) -> NDArray[np.float64]:
        """How much of each day counts of a stream are complete for: (MEMORY + n,)."""
        kind, _, source = stream.partition("/")
        if source:
            return self.exposure[source]
        if kind not in CLASSES or not self.members:
            return self.exposure[EVERY]
        return np.asarray(np.min([self.exposure[s] for s in self.members], axis=0))

    def hourly_of(self, kind: str, day: int) -> NDArray[np.int64]:
        """Counts of a class of reviews over the members of a day: as `Stream.hourly`."""
        apart = [self.streams[f"{kind}/{s}"].hourly for s in self.members_of(day)]
        return np.asarray(np.sum(apart, axis=0))

    def gather(self, day: int) -> None:
        """Makes the streams over all sources those of the members of a day."""
        members = self.members_of(day)
        if members == self.members:
            return
        self.members = members
        for name in CLASSES:
            apart = [self.streams[f"{name}/{s}"] for s in members]
            self.streams[name] = _together(apart, self.errors[name])


def load(state: State, history: History, until_day: int) -> Days:
    """The days from the state's to before `until_day`."""
    first, n = state.day, until_day - state.day
    missing = uncovered_hours(history.gaps, first - MEMORY, MEMORY + n)
    begun = _begun(state, history)
    exposure = _exposures(state, history, missing, begun, n)
    sources = tuple(sorted(exposure.keys() - {EVERY}))
    arrivals = _arrivals(history, sources)
    dated = _dated(arrivals)
    chosen = source_groups.members(np.array([exposure[s] >= SEEN for s in sources]))
    days = Days(
        first=first,
        n=n,
        streams={
            name: _stream(times, state.memory.get(name) or Memory(), first, n, name in dated)
            for name, times in arrivals.items()
        },
        errors={n: (state.memory.get(n) or Memory()).errors.copy() for n in CLASSES},
        sources=sources,
        covered=None if not missing.any() else 1 - missing,
        exposure=exposure,
        chosen=chosen,
        alike=tuple(source_groups.runs(chosen)),
        begun=begun,
        talk=history.talk,
    )
    days.gather(first)
    return days


def reviewing(history: History) -> set[str]:
    """The sources with reviews."""
    codes = history.source[(history.stars > 0) & ~history.is_post]
    return {s for i, s in enumerate(history.sources) if (codes == i).any()}


def add(days: Days, history: History) -> None:
    """Takes further items of these days in, of sources that are known."""
    arrivals = _arrivals(history, days.sources)
    dated = _dated(arrivals)
    for name, times in arrivals.items():
        if not len(times):
            continue
        days.streams[name] = _with(days.streams[name], times, days, name in dated)
        kind, _, source = name.partition("/")
        if source in days.members:
            days.streams[kind] = _with(days.streams[kind], times, days, name in dated)
    for source in days.sources:
        new = arrivals[f"{REVIEWS}/{source}"] // DAY
        known = source_groups.begun(new, days.begun.get(source))
        if known is not None:
            days.begun[source] = known


def remembered(days: Days, until_day: int) -> dict[str, Memory]:
    """What the next days need to know of these; streams over all sources follow from theirs."""
    end = until_day - days.first + MEMORY
    return {
        name: Memory(errors=stream.errors.copy())
        if name in CLASSES
        else Memory(
            stream.quarters[end - MEMORY : end].copy(),
            stream.dated[end - MEMORY : end].copy(),
            stream.errors.copy(),
        )
        for name, stream in days.streams.items()
    }


def _begun(state: State, history: History) -> dict[str, tuple[int, int]]:
    """By source, the day on which its reviews begin and that of its latest."""
    found = dict(state.begun)
    new = (history.stars > 0) & ~history.is_post & (history.at >= state.day * DAY)
    for code, source in enumerate(history.sources):
        days = history.at[new & (history.source == code)] // DAY
        known = source_groups.begun(days, found.get(source))
        if known is not None:
            found[source] = known
    return found


def _exposures(
    state: State,
    history: History,
    missing: NDArray[np.float64],
    begun: dict[str, tuple[int, int]],
    n: int,
) -> dict[str, NDArray[np.float64]]:
    """`Days.exposure`: a source was there from the day after its first review or poll on."""

    def whole(spans: NDArray[np.int64]) -> NDArray[np.float64]:
        partial = uncovered_hours(spans, state.day - MEMORY, MEMORY + n)
        return np.asarray(np.maximum(1 - missing - partial, 0).reshape(-1, 24).mean(axis=1))

    found = {EVERY: whole(history.truncated)}
    number = np.arange(state.day - MEMORY, state.day + n)
    for source in begun.keys() | history.polled.keys():
        starts = [begun[source][0]] if source in begun else []
        starts += [history.polled[source] // DAY] if source in history.polled else []
        own = history.unseen.get(source)
        shown = found[EVERY] if own is None else whole(own)
        found[source] = np.where(number > max(min(starts), state.first_day), shown, 0.0)
    return found


def _arrivals(history: History, sources: tuple[str, ...]) -> dict[str, NDArray[np.int64]]:
    reviews = (history.stars > 0) & ~history.is_post
    classes = {REVIEWS: reviews}
    for name, (low, high) in STARS.items():
        classes[name] = reviews & (history.stars >= low) & (history.stars <= high)
    arrivals = {RATINGS: history.ratings, POSTS: history.at[history.is_post]}
    alone = len(sources) == 1 and set(history.sources) == set(sources)
    for source in sources:
        code = history.sources.index(source) if source in history.sources else -1
        here = True if alone else history.source == code
        arrivals |= {f"{name}/{source}": history.at[of & here] for name, of in classes.items()}
    return arrivals


def _dated(arrivals: dict[str, NDArray[np.int64]]) -> set[str]:
    """The streams that may hold items with a date alone."""
    return {name for name, times in arrivals.items() if (times % HOUR == 0).any()}


def _together(apart: list[Stream], errors: NDArray[np.float64]) -> Stream:
    """Several sources' streams of one class as one."""
    first, *others = apart
    times, timed = first.times, first.timed
    for other in others:
        times = _merged(times, other.times)
        timed = _merged(timed, other.timed)
    every = all(stream.timed is stream.times for stream in apart)
    return Stream(
        times=times,
        timed=times if every else timed,
        quarters=np.sum([stream.quarters for stream in apart], axis=0),
        hourly=np.sum([stream.hourly for stream in apart], axis=0),
        dated=np.sum([stream.dated for stream in apart], axis=0),
        errors=errors,
    )


def _with(stream: Stream, times: NDArray[np.int64], days: Days, dated: bool) -> Stream:
    quarters = (times - days.first * DAY) // QUARTER
    hours = quarters // 4
    stream.quarters[MEMORY:] += _by_day(quarters, days.n, 96)
    stream.hourly[MEMORY:] += _by_day(hours, days.n, 24)
    every = _merged(stream.times, times)
    timed = every
    if dated or stream.timed is not stream.times:
        whole = times % HOUR == 0
        stream.dated[MEMORY:] += np.bincount(hours[whole] // 24, minlength=days.n)
        timed = _merged(stream.timed, times[~whole])
    return Stream(every, timed, stream.quarters, stream.hourly, stream.dated, stream.errors)


def _by_day(slots: NDArray[np.int64], n: int, a_day: int) -> NDArray[np.int64]:
    return np.bincount(slots, minlength=n * a_day).reshape(n, a_day)


def _merged(times: NDArray[np.int64], further: NDArray[np.int64]) -> NDArray[np.int64]:
    both = np.concatenate([times, further])
    if len(times) and len(further) and further[0] < times[-1]:
        both.sort(kind="stable")  # two runs in order: merged in one pass
    return both


def _stream(times: NDArray[np.int64], memory: Memory, first: int, n: int, dated: bool) -> Stream:
    """An item stamped at a full hour counts as one that carries only a date."""
    low, high = np.searchsorted(times, [first * DAY, (first + n) * DAY])
    quarters = (times[low:high] - first * DAY) // QUARTER
    hours = quarters // 4
    timed, only_date = times, hours[:0]
    if dated:
        whole = times % HOUR == 0
        timed = times[~whole] if whole.any() else times
        only_date = hours[whole[low:high]] // 24
    return Stream(
        times=times,
        timed=timed,
        quarters=np.vstack([memory.quarters, _by_day(quarters, n, 96)]),
        hourly=np.vstack([memory.hourly, _by_day(hours, n, 24)]),
        dated=np.concatenate([memory.dated, np.bincount(only_date, minlength=n)]),
        errors=memory.errors.copy(),
    )
