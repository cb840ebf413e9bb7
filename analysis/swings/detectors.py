"""What each detector sees in a stretch of days: the hits worth a look, and which of them alarm."""

from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.swings import baseline, clock_changes, dispersion, scan, share, thresholds
from analysis.swings.baseline import MEMORY, Baselines, windows
from analysis.swings.burst_end import HOT
from analysis.swings.history import DAY, POSTS, RATINGS, REVIEWS
from analysis.swings.streams import SEEN, Days

Against = TypeVar("Against", scan.Expectation, share.Mix)
LEAST = {  # items without which a window is not looked at; nobody need hear of seven kind reviews
    "negative": scan.LEAST_ITEMS,
    "positive": 20,
    RATINGS: 15,
    POSTS: scan.LEAST_ITEMS,
}
LEAST_OPINIONS = 8  # of talk: a few remarks more than usual are no news
ANSWERS = 0.3  # excess of variance over mean, as in streams of posts (docs/talk.md)
TABLE = {"negative": "count", "positive": "praise", RATINGS: "praise", POSTS: "count"}
WITHIN_A_DAY = slice(np.count_nonzero(scan.WINDOWS <= 24))  # windows
HEARD_PER_YEAR = 2.0  # how often chance alone makes posts count as unusually many
HEARD_FOR = 2 * DAY  # for so long low stars are looked at more closely
HEARD_SHARE = HEARD_PER_YEAR * 3 / 365.25  # of the time under chance; the posts take a day too


@dataclass(frozen=True, slots=True)
class Standard(Generic[Against]):
    """What a detector holds the arrivals of n days against.

    part: of the app's false-alarm budget, and limit: the score that it allows, (n,). axes: (2, n)
    what the limit was looked up by. against: what a count or a share is compared with. errors:
    (n + 1, 1 + GUARD, 3, 3), the forecast errors at the start of each day and after the last; None
    for a single day, whose own is not known before it has ended.
    """

    bases: Baselines
    part: NDArray[np.float64]
    axes: NDArray[np.float64]
    limit: NDArray[np.float64]
    against: Against
    errors: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """n days of an app from `day` on, looked at until the moment `until`.

    usable: bool (MEMORY + n,), days that may serve as reference, the last only for the forecast
    errors. fence: no window reaches behind it. per_year: the app's budget of false alarms.
    counts, shares: the standards by view, and found: the views, kept from look to look. Standards
    of a single day do not depend on what it brings.
    """

    days: Days
    day: int
    n: int
    until: int
    usable: NDArray[np.bool_]
    fence: int
    per_year: float
    counts: dict[str, Standard[scan.Expectation]] = field(default_factory=dict)
    shares: dict[str, Standard[share.Mix]] = field(default_factory=dict)
    found: dict[str, "View"] = field(default_factory=dict)

    @property
    def here(self) -> slice:
        """The rows of the daily counts: MEMORY days before, and the stretch."""
        offset = self.day - self.days.first
        return slice(offset, offset + MEMORY + self.n)

    def usable_of(self, stream: str) -> NDArray[np.bool_]:
        """The usable days on which all that a stream holds was there and looked at."""
        return self.usable & (self.days.exposure_of(stream)[self.here] >= SEEN)


@dataclass(frozen=True, slots=True)
class View:
    """What one stream shows in a stretch of n days.

    hot: hits that keep an episode open. part: of the app's false-alarm budget, (n,).
    axes: (2, n) what the threshold was looked up by, and limit: (n,) the threshold.
    """

    stream: str
    detector: str
    table: str
    bases: Baselines
    hits: scan.Hits
    alarming: NDArray[np.bool_]
    hot: NDArray[np.bool_]
    part: NDArray[np.float64]
    axes: NDArray[np.float64]
    limit: NDArray[np.float64]


def fit(stretch: Stretch, name: str) -> Baselines:
    """Baselines of a stream for the days of the stretch."""
    days, stream = stretch.days, stretch.days.streams[name]
    past = slice(stretch.here.start, stretch.here.stop - 1)
    usable = stretch.usable_of(name)[:-1]
    return baseline.fit(
        stream.quarters[past], stream.dated[past], days.exposure_of(name)[past], usable, stretch.day
    )


def counted(stretch: Stretch, name: str, part: NDArray[np.float64], since: int = 0) -> View | None:
    """What the count scan sees in a stream; None where it holds next to nothing.

    since: nothing from before this moment has come since the last look at the stretch.
    """
    stream = stretch.days.streams[name]
    standard = stretch.counts.get(name)
    if standard is None:
        if stream.hourly[stretch.here].sum() < scan.LEAST_ITEMS:
            return None
        standard = stretch.counts[name] = _of_counts(stretch, name, part)
    times, until, fence = stream.times, stretch.until, stretch.fence
    before, since, stand = _standing(stretch, name, times, since)
    hits = scan.scan(times, stream.timed, stretch.day, until, fence, standard.against, since)
    if before is not None and not len(hits.which) and stand is before.hits:
        return before
    hits = stand.and_then(hits)
    hot = np.asarray((hits.p[:, WITHIN_A_DAY] < HOT).any(axis=1))
    detector = RATINGS if name == RATINGS else "count"
    names = name, detector, TABLE[name.split("/")[0]]
    view = stretch.found[name] = _view(stretch, standard, names, hits, hot)
    return view


def shared(stretch: Stretch, bases: Baselines, part: NDArray[np.float64], since: int = 0) -> View:
    """What the share detector sees; bases: those of the low stars. since: as for `counted`."""
    low, every = stretch.days.streams["negative"], stretch.days.streams[REVIEWS]
    standard = stretch.shares.get("negative")
    if standard is None:
        standard = stretch.shares["negative"] = _of_share(stretch, bases, part)
    mix, until, fence = standard.against, stretch.until, stretch.fence
    before, since, stand = _standing(stretch, "share", low.times, since)
    found = share.scan(every.times, low.times, stretch.day, until, fence, mix, bases.known, since)
    if before is not None and not len(found.which) and stand is before.hits:
        return before
    score = found.score[:, None]
    hits = stand.and_then(scan.Hits(found.which, score, found.latest[:, None], score))
    names = "negative", "share", "share"
    view = stretch.found["share"] = _view(stretch, standard, names, hits, None)
    return view


def settle(stretch: Stretch, done: int) -> None:
    """Moves the forecast errors of the streams that were looked at over the first `done` days."""
    streams = stretch.days.streams
    for name, count in stretch.counts.items():
        errors = count.errors
        if errors is None:
            errors = _errors(stretch, name, count.bases, count.part)
        streams[name].errors[:] = errors[done]
    for mixed in stretch.shares.values():
        errors = mixed.errors
        if errors is None:
            errors = _mix(stretch, mixed.bases)[1]
        streams[REVIEWS].errors[:] = errors[done]


def heard(stretch: Stretch, since: int = 0) -> tuple[View | None, NDArray[np.int64]]:
    """The posts about the app, and the moments at which they were unusually many."""
    if not stretch.days.streams[POSTS].hourly.any():
        return None, np.empty(0, np.int64)
    every_day = np.full(stretch.n, HEARD_PER_YEAR / stretch.per_year)
    view = counted(stretch, POSTS, every_day, since)
    if view is None:
        return None, np.empty(0, np.int64)
    times = stretch.days.streams[POSTS].times[view.hits.which[view.alarming]]
    return replace(view, alarming=np.zeros_like(view.alarming)), times


def beside_posts(
    stretch: Stretch, low: View, moments: NDArray[np.int64], part: NDArray[np.float64]
) -> View:
    """The low stars once more, looked at closely for HEARD_FOR after posts were unusually many.

    Posts by themselves are followed apart (analysis/talk). As chance makes posts many
    in HEARD_SHARE of the time, the alarm may be so much easier then at the same cost.
    """
    arrivals = stretch.days.streams[low.stream].times[low.hits.which]
    place = np.searchsorted(moments, arrivals, side="right")
    latest = np.append(moments, 0)[np.maximum(place, 1) - 1]
    near = (place > 0) & (arrivals - latest <= HEARD_FOR)
    return within(stretch, low, POSTS, near, HEARD_SHARE, part)


def within(
    stretch: Stretch,
    low: View,
    detector: str,
    here: NDArray[np.bool_],
    of_time: float,
    part: NDArray[np.float64],
) -> View:
    """The low stars once more, alarming only where `here` holds of their hits.

    Chance has only the share `of_time` of the time there: at the same cost, `part` of the budget,
    the alarm may be so much easier.
    """
    part, alarming, limit = part / of_time, here, low.limit
    if here.any():
        limit = _limit(stretch, low.table, low.axes, part)
        alarming = _alarming(stretch, low.stream, low.hits, limit, part) & here
    return replace(low, detector=detector, part=part, alarming=alarming, limit=limit)


def _standing(
    stretch: Stretch, name: str, times: NDArray[np.int64], since: int
) -> tuple["View | None", int, scan.Hits]:
    """The last look at a view, from when on to look again, and the hits that stand until then."""
    before = stretch.found.get(name)
    if before is None or since <= 0:
        return None, 0, scan.NONE
    which = before.hits.which
    stand = int(which.searchsorted(times.searchsorted(since))) if len(which) else 0
    return before, since, before.hits if stand == len(which) else before.hits.until(stand)


def _of_counts(
    stretch: Stretch, name: str, part: NDArray[np.float64]
) -> Standard[scan.Expectation]:
    days, kind = stretch.days, name.split("/")[0]
    bases = fit(stretch, name)
    errors = _errors(stretch, name, bases, part) if stretch.n > 1 else None
    sums = days.streams[name].errors[None, 0] if errors is None else errors[:-1, 0]
    phi = dispersion.known_so_far(sums, bases)
    covered = None
    if days.covered is not None:
        hours = (MEMORY - 7 + stretch.here.start) * 24
        covered = days.covered[hours : hours + (7 + stretch.n) * 24]
    latest = slice(stretch.here.start + MEMORY - clock_changes.LATEST, stretch.here.stop - 1)
    moved = clock_changes.possible(days.streams[name].quarters[latest], bases.week, stretch.day)
    least = max(LEAST[kind], LEAST_OPINIONS) if days.talk else LEAST[kind]
    answers = ANSWERS if days.talk else 0.0
    expected = scan.expectation(bases, phi, stretch.day, covered, least, moved, answers)
    axes = np.stack([bases.level, phi[:, 1]])
    limit = _limit(stretch, TABLE[kind], axes, part)
    return Standard(bases, part, axes, limit, expected, errors)


def _errors(
    stretch: Stretch, name: str, bases: Baselines, part: NDArray[np.float64]
) -> NDArray[np.float64]:
    stream = stretch.days.streams[name]
    hourly, followed = stream.hourly[stretch.here], _followed(stretch, name, part)
    return dispersion.move(
        hourly, stretch.usable_of(name), bases, stretch.day, stream.errors, followed
    )


def _followed(stretch: Stretch, name: str, part: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Days that count for a stream's forecast errors: (n,).

    Those on which it would be looked at by itself, so that it does not matter how days are cut.
    """
    daily = stretch.days.streams[name].hourly[stretch.here].sum(axis=1)
    enough = np.asarray(windows(daily, MEMORY + 1).sum(axis=1) >= scan.LEAST_ITEMS)
    return enough & (part > 0) if "/" in name else enough


def _of_share(stretch: Stretch, bases: Baselines, part: NDArray[np.float64]) -> Standard[share.Mix]:
    mix, errors = _mix(stretch, bases)
    axes = np.stack([mix.per_day, mix.rho])
    limit = _limit(stretch, "share", axes, part)
    return Standard(bases, part, axes, limit, mix, errors if stretch.n > 1 else None)


def _mix(stretch: Stretch, bases: Baselines) -> tuple[share.Mix, NDArray[np.float64]]:
    low, every = stretch.days.streams["negative"], stretch.days.streams[REVIEWS]
    by_day = [stream.hourly[stretch.here].sum(axis=1) for stream in (low, every)]
    good = stretch.usable_of(REVIEWS)[MEMORY:] & (bases.items >= dispersion.LEAST_ITEMS)
    followed = _followed(stretch, "negative", np.ones(stretch.n))
    mix, moved = share.measure(by_day[0], by_day[1], good, bases, every.errors[:, 0], followed)
    errors = np.repeat(every.errors[None], stretch.n + 1, axis=0)
    errors[:, :, 0] = moved
    return mix, errors


def _limit(
    stretch: Stretch, table: str, axes: NDArray[np.float64], part: NDArray[np.float64]
) -> NDArray[np.float64]:
    return thresholds.threshold(table, axes, stretch.per_year * np.maximum(part, 1e-9))


def _view(
    stretch: Stretch,
    standard: Standard[Against],
    names: tuple[str, str, str],
    hits: scan.Hits,
    hot: NDArray[np.bool_] | None,
) -> View:
    """names: stream, detector and table. hot: None where what alarms is what is hot."""
    alarming = _alarming(stretch, names[0], hits, standard.limit, standard.part)
    stream, detector, table = names
    return View(
        stream=stream,
        detector=detector,
        table=table,
        bases=standard.bases,
        hits=hits,
        alarming=alarming,
        hot=alarming if hot is None else hot,
        part=standard.part,
        axes=standard.axes,
        limit=standard.limit,
    )


def _alarming(
    stretch: Stretch,
    stream: str,
    hits: scan.Hits,
    limit: NDArray[np.float64],
    part: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Hits that chance gives less often than the detector's part of the budget allows."""
    if not len(hits.which):
        return np.zeros(0, dtype=bool)
    day = (stretch.days.streams[stream].times[hits.which] - stretch.day * DAY) // DAY
    best = hits.score.min(axis=1, initial=np.inf)
    return np.asarray((best < limit[day]) & (part[day] > 0))
