"""What each detector sees in a stretch of days: the hits worth a look, and which of them alarm."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.swings import baseline, dispersion, recurrence, scan, share
from analysis.swings.baseline import MEMORY, Baselines
from analysis.swings.episodes import HOT
from analysis.swings.history import DAY, POSTS, RATINGS
from analysis.swings.streams import REVIEWS, Days

LEAST = {  # items without which a window is not looked at; nobody need hear of seven kind reviews
    "negative": scan.LEAST_ITEMS,
    "positive": np.full(len(scan.WINDOWS), 20),
    RATINGS: np.full(len(scan.WINDOWS), 15),
    POSTS: scan.LEAST_ITEMS,
}
TABLE = {"negative": "count", "positive": "praise", RATINGS: "praise", POSTS: "count"}
HEARD_PER_YEAR = 2.0  # how often chance alone makes posts count as unusually many
HEARD_FOR = 2 * DAY  # for so long low stars are looked at more closely
HEARD_SHARE = HEARD_PER_YEAR * 3 / 365.25  # of the time under chance; the posts take a day too


@dataclass(frozen=True, slots=True)
class Stretch:
    """n days of an app from `day` on, looked at until the moment `until`.

    usable: bool (MEMORY + n,), days that may serve as reference, the last only for the forecast
    errors. fence: no window reaches behind it. per_year: the app's budget of false alarms.
    """

    days: Days
    day: int
    n: int
    until: int
    usable: NDArray[np.bool_]
    fence: int
    per_year: float

    @property
    def here(self) -> slice:
        """The rows of the daily counts: MEMORY days before, and the stretch."""
        offset = self.day - self.days.first
        return slice(offset, offset + MEMORY + self.n)


@dataclass(frozen=True, slots=True)
class View:
    """What one stream shows in a stretch of n days.

    hot: hits that keep an episode open. part: of the app's false-alarm budget, (n,).
    axes: (2, n) what the threshold was looked up by. errors: (n + 1, 1 + GUARD, 3, 3), the
    forecast errors at the start of each day and after the last, of the stream `carrier`.
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
    errors: NDArray[np.float64]
    carrier: str


def fit(stretch: Stretch, name: str) -> Baselines:
    """Baselines of a stream for the days of the stretch."""
    days, stream = stretch.days, stretch.days.streams[name]
    past = slice(stretch.here.start, stretch.here.stop - 1)
    usable = stretch.usable[: MEMORY + stretch.n - 1]
    return baseline.fit(
        stream.hourly[past], stream.dated[past], days.exposure[past], usable, stretch.day
    )


def counted(stretch: Stretch, name: str, part: NDArray[np.float64]) -> View | None:
    """What the count scan sees in a stream; None where it holds next to nothing."""
    days, stream = stretch.days, stretch.days.streams[name]
    hourly = stream.hourly[stretch.here]
    if hourly.sum() < scan.LEAST_ITEMS.min():
        return None
    bases = fit(stretch, name)
    phi, errors = dispersion.measure(hourly, stretch.usable, bases, stretch.day, stream.errors)
    covered = None
    if days.covered is not None:
        hours = (MEMORY - 7 + stretch.here.start) * 24
        covered = days.covered[hours : hours + (7 + stretch.n) * 24]
    kind = name.split("/")[0]
    expected = scan.expectation(bases, phi, stretch.day, covered, LEAST[kind])
    hits = scan.scan(
        stream.times, stream.timed, stretch.day, stretch.until, stretch.fence, expected
    )
    axes = np.stack([bases.level, phi[:, 1]])
    hot = np.asarray((hits.p[:, scan.WINDOWS <= 24] < HOT).any(axis=1))
    detector = RATINGS if name == RATINGS else "count"
    nothing = np.zeros(len(hot), dtype=bool)
    view = View(name, detector, TABLE[kind], bases, hits, nothing, hot, part, axes, errors, name)
    return replace(view, alarming=_alarming(stretch, view))


def shared(stretch: Stretch, bases: Baselines, part: NDArray[np.float64]) -> View:
    """What the share detector sees; bases: those of the low stars."""
    low, every = stretch.days.streams["negative"], stretch.days.streams[REVIEWS]
    by_day = [stream.hourly[stretch.here].sum(axis=1) for stream in (low, every)]
    good = stretch.usable[MEMORY:] & (bases.items >= dispersion.LEAST_ITEMS)
    mix, moved = share.measure(by_day[0], by_day[1], good, bases, every.errors[:, 0])
    until, fence = stretch.until, stretch.fence
    found = share.scan(every.times, low.times, stretch.day, until, fence, mix, bases.known)
    axes = np.stack([mix.per_day, mix.rho])
    score = found.score[:, None]
    hits = scan.Hits(found.which, score, found.latest[:, None], score)
    errors = np.repeat(every.errors[None], stretch.n + 1, axis=0)
    errors[:, :, 0] = moved
    nothing = np.zeros(len(score), dtype=bool)
    view = View(
        "negative", "share", "share", bases, hits, nothing, nothing, part, axes, errors, REVIEWS
    )
    alarming = _alarming(stretch, view)
    return replace(view, alarming=alarming, hot=alarming)


def heard(stretch: Stretch) -> tuple[View | None, NDArray[np.int64]]:
    """The posts about the app, and the moments at which they were unusually many."""
    every_day = np.full(stretch.n, HEARD_PER_YEAR / stretch.per_year)
    view = counted(stretch, POSTS, every_day)
    if view is None:
        return None, np.empty(0, np.int64)
    times = stretch.days.streams[POSTS].times[view.hits.which[view.alarming]]
    return replace(view, alarming=np.zeros_like(view.alarming)), times


def beside_posts(
    stretch: Stretch, low: View, moments: NDArray[np.int64], part: NDArray[np.float64]
) -> View:
    """The low stars once more, looked at closely for HEARD_FOR after posts were unusually many.

    Posts alone raise no alarm: a call that nobody follows is no event. As chance makes posts many
    in HEARD_SHARE of the time, the alarm may be so much easier then at the same cost.
    """
    arrivals = stretch.days.streams[low.stream].times[low.hits.which]
    place = np.searchsorted(moments, arrivals, side="right")
    latest = np.append(moments, 0)[np.maximum(place, 1) - 1]
    near = (place > 0) & (arrivals - latest <= HEARD_FOR)
    view = replace(low, detector=POSTS, part=part / HEARD_SHARE)
    return replace(view, alarming=_alarming(stretch, view) & near)


def _alarming(stretch: Stretch, view: View) -> NDArray[np.bool_]:
    """Hits that chance gives less often than the detector's part of the budget allows."""
    rate = stretch.per_year * np.maximum(view.part, 1e-9)
    limit = recurrence.threshold(view.table, view.axes, rate)
    day = (stretch.days.streams[view.stream].times[view.hits.which] - stretch.day * DAY) // DAY
    best = view.hits.score.min(axis=1, initial=np.inf)
    return np.asarray((best < limit[day]) & (view.part[day] > 0))
