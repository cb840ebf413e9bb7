"""The parts of a scenario, all frozen data: a background, events, releases, statements."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analysis.records import Cause, Direction
from analysis.simulate.world import EventKind
from collector.records import ContextKind, Kind

Mix = tuple[tuple[str, float], ...]  # (choice, weight), weights of any sum
Stars = tuple[float, float, float, float, float]  # weights, or counts, of one to five stars

ORDINARY_STARS: Stars = (0.12, 0.05, 0.08, 0.17, 0.58)
SHOPS: Mix = (("google_play", 0.6), ("app_store", 0.4))
NETWORKS: Mix = (("x", 0.5), ("bluesky", 0.3), ("mastodon", 0.2))
LANGUAGES: Mix = (("en", 0.8), ("es", 0.1), ("ko", 0.03), ("id", 0.03), ("de", 0.02), ("fr", 0.02))


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """Extra reviews or posts of one kind of content, rising and then decaying.

    items: expected number, or with `exact` the number itself; `stars` are then counts of it.
    delay_hours: from the event's onset to the burst's; length_hours: after it nothing comes.
    newest: share that names the newest release at that time (None: as everybody does).
    silent: ratings without text that come with each review.
    """

    themes: Mix
    items: int
    kind: Kind = "review"
    stars: Stars = (1, 0, 0, 0, 0)
    exact: bool = False
    delay_hours: float = 0.0
    rise_hours: float = 1.0
    decay_hours: float = 8.0
    length_hours: float = 72.0
    rhythm: float = 0.7
    languages: Mix | None = None
    sources: Mix | None = None
    newest: float | None = None
    silent: float = 1.0
    reach: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """A version that both shops publish."""

    version: str
    at: datetime
    notes: str = "Small improvements."


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextPlan:
    """A headline or an agency's statement."""

    at: datetime
    kind: ContextKind
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlan:
    """Something that happens to the app.

    whole: the bursts are all reviews of their span; the background there is left out.
    amended, amend_hours: share of injected low ratings that their authors raise later, and when.
    removed, remove_hours: share of injected reviews that the shop takes away later, and when.
    """

    kind: EventKind
    onset: datetime
    bursts: tuple[Burst, ...]
    cause: Cause
    direction: Direction
    coordinated: bool = False
    releases: tuple[ReleasePlan, ...] = ()
    context: tuple[ContextPlan, ...] = ()
    whole: bool = False
    amended: float = 0.0
    amend_hours: float = 96.0
    removed: float = 0.0
    remove_hours: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One app's life as a plan; `simulate` turns it into a World.

    per_day: mean background reviews; dispersion: variance beyond Poisson, var = mu + d mu^2.
    base_ratings: star histogram of each shop before the history starts.
    chatter: bursts of posts around nothing: they belong to no event.
    """

    app: str
    name: str
    start: datetime
    end: datetime
    timezone: str = "America/Chicago"
    per_day: float = 3.0
    dispersion: float = 0.3
    stars: Stars = ORDINARY_STARS
    languages: Mix = LANGUAGES
    shops: Mix = SHOPS
    networks: Mix = NETWORKS
    storefronts: tuple[str, ...] = ("us",)
    posts_per_day: float = 0.3
    statements_per_year: float = 6.0
    replied: float = 0.25
    edited: float = 0.02
    removed: float = 0.005
    silent: float = 1.0
    base_ratings: tuple[int, int, int, int, int] = (20, 8, 14, 30, 110)
    snapshot_hours: float = 24.0
    releases: tuple[ReleasePlan, ...] = ()
    events: tuple[EventPlan, ...] = ()
    chatter: tuple[tuple[datetime, Burst], ...] = ()
    context: tuple[ContextPlan, ...] = ()
    ids: tuple[tuple[str, str], ...] = (
        ("google_play", "org.example.cityhelper"),
        ("app_store", "1500000001"),
    )

    def with_events(self, *events: EventPlan) -> "Scenario":
        """The same life with more happening in it."""
        return replace(self, events=(*self.events, *events))

    def without_posts(self) -> "Scenario":
        """The same life as the shops alone show it: no social posts at all."""
        silent = tuple(replace(e, bursts=_reviews_only(e.bursts)) for e in self.events)
        return replace(self, posts_per_day=0.0, events=silent, chatter=())


def _reviews_only(bursts: Sequence[Burst]) -> tuple[Burst, ...]:
    return tuple(burst for burst in bursts if burst.kind == "review")
