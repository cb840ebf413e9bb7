"""An ordinary office's history as a plan, and the reviews that it gives with a seed."""

from dataclasses import dataclass, field
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analysis.swings import History
from analysis.swings.history import DAY, HOUR
from benchmarks.office import rhythms
from benchmarks.office.rhythms import EVEN, Profile, Season

Told = Literal["low", "high", "fewer", "slow"]
ORDINARY = "ordinary"
NONE = np.empty((0, 2), dtype=np.int64)
MIDDLE = 0.06  # three stars, of all


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """Further reviews. day: from START, with its part of a day (UTC). low: share of one star.

    fading: most at once, then fewer and fewer; else alike. theme: what their texts are about.
    """

    day: float
    hours: float
    items: int
    low: float = 1.0
    theme: str = "outage"
    fading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one day to another only a part of a class of reviews comes, or `times` as many.

    stars: of which; None: all. store: of which; None: all. gradual: the change takes all its time.
    """

    day: float
    until: float
    times: float
    stars: Literal["low", "high"] | None = None
    store: str | None = None
    gradual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a person expects to be told.

    day, hours: when it is. alarm_hours: by when it is told; end_hours: how far off the end may be,
    None where it has none to tell. event: what is of one name is one event, told as one.
    may: it may be told or not.
    """

    day: float
    hours: float
    alarm_hours: float
    told: Told = "low"
    onset_hours: float = 2.0
    end_hours: float | None = None
    event: str = "event"
    may: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """low, high: reviews a day of one or two stars, of four or five. past: days before anything
    is judged. texts: events are told apart by what people say."""

    name: str
    kind: str
    low: float
    high: float
    days: int = 465
    past: int = 100
    profile: Profile = field(default_factory=rhythms.waking)
    zone: str = "UTC"
    weekdays: tuple[float, ...] = EVEN
    seasons: tuple[Season, ...] = ()
    dispersion: float = 0.1
    stores: tuple[tuple[str, float], ...] = (("google_play", 1.0),)
    bursts: tuple[Burst, ...] = ()
    changes: tuple[Change, ...] = ()
    expected: tuple[Expected, ...] = ()
    texts: bool = False

    @property
    def years(self) -> float:
        """What is judged of it."""
        return (self.days - self.past) / 365.25


@dataclass(frozen=True, slots=True)
class Reviews:
    """In time order: at, microseconds UTC; stars; source, index into the office's stores; theme,
    index into themes."""

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    theme: NDArray[np.int16]
    themes: tuple[str, ...]


def moment(day: float) -> int:
    """Microseconds UTC of a day of the history."""
    return int(((rhythms.START - rhythms.EPOCH).days + day) * DAY)


def reviews_of(office: Office, seed: int = 0) -> Reviews:
    """One history of the office; the same seed gives the same."""
    rng = np.random.default_rng([seed, crc32(office.name.encode())])
    usual = rhythms.levels(office.days, office.weekdays, office.seasons)
    parts = [_class(rng, office, usual, stars) for stars in ("low", "middle", "high")]
    themes = (ORDINARY, *dict.fromkeys(burst.theme for burst in office.bursts))
    parts += [_burst(rng, burst, themes.index(burst.theme)) for burst in office.bursts]
    at, stars, theme = (np.concatenate(column) for column in zip(*parts, strict=True))
    weights = np.array([weight for _, weight in office.stores])
    source = rng.choice(len(weights), size=len(at), p=weights / weights.sum()).astype(np.int16)
    kept = _left(rng, office, at, stars, source)
    order = np.flatnonzero(kept)[np.argsort(at[kept], kind="stable")]
    return Reviews(at[order], stars[order], source[order], theme[order], themes)


def history_of(office: Office, reviews: Reviews) -> History:
    """The same as the detector reads it."""
    return History(
        at=reviews.at,
        stars=reviews.stars,
        source=reviews.source,
        is_post=np.zeros(len(reviews.at), dtype=bool),
        sources=tuple(name for name, _ in office.stores),
        gaps=NONE,
        truncated=NONE,
    )


Part = tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int16]]


def _class(rng: np.random.Generator, office: Office, usual: Profile, stars: str) -> Part:
    middle = MIDDLE * (office.low + office.high)
    level = {"low": office.low, "middle": middle, "high": office.high}[stars]
    mean = level * usual
    if stars != "middle":
        for change in office.changes:
            if change.times > 1 and change.stars in (stars, None):
                mean = mean * _grown(change, office.days)
    at = rhythms.arrivals(rng, mean, office.dispersion, office.profile, office.zone)
    given = {"low": ([1, 2], [0.8, 0.2]), "middle": ([3], [1.0]), "high": ([4, 5], [0.2, 0.8])}
    which, weights = given[stars]
    return (
        at,
        rng.choice(which, size=len(at), p=weights).astype(np.int8),
        np.zeros(len(at), np.int16),
    )


def _grown(change: Change, days: int) -> Profile:
    number = np.arange(days)
    if not change.gradual:
        return np.where((number >= change.day) & (number < change.until), change.times, 1.0)
    part = np.clip((number - change.day) / (change.until - change.day), 0, 1)
    return np.asarray(change.times**part)


def _burst(rng: np.random.Generator, burst: Burst, theme: int) -> Part:
    part = rng.random(burst.items)
    if burst.fading:
        part = np.minimum(rng.exponential(1 / 3, burst.items), 1.0)
    part[:1] = 0.0
    at = moment(burst.day) + 1 + np.sort((part * burst.hours * HOUR).astype(np.int64))
    low = rng.random(burst.items) < burst.low
    stars = np.where(low, rng.choice([1, 1, 1, 2], burst.items), rng.choice([4, 5, 5], burst.items))
    return at, stars.astype(np.int8), np.full(burst.items, theme, np.int16)


def _left(
    rng: np.random.Generator,
    office: Office,
    at: NDArray[np.int64],
    stars: NDArray[np.int8],
    source: NDArray[np.int16],
) -> NDArray[np.bool_]:
    """What is there in spite of what stops."""
    kept = np.ones(len(at), dtype=bool)
    names = [name for name, _ in office.stores]
    for change in office.changes:
        if change.times > 1:
            continue
        here = (at >= moment(change.day)) & (at < moment(change.until))
        if change.stars is not None:
            here &= (stars <= 2) if change.stars == "low" else (stars >= 4)
        if change.store is not None:
            here &= source == names.index(change.store)
        kept &= ~here | (rng.random(len(at)) < change.times)
    return kept
