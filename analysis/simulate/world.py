"""What a simulation yields: one app's history with its known truth. Data only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analysis.records import Cause, Direction
from collector.records import ContextEvent, RatingSnapshot, RawItem, Release

EventKind = Literal[
    "flood",
    "bad_release",
    "outage",
    "policy_reaction",
    "promotion",
    "press_launch",
    "counter_swing",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """An author changed the stars or the text. None: that part stayed as it was."""

    at: datetime
    item_id: str
    rating: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """An item vanished from its platform."""

    at: datetime
    item_id: str


@dataclass(frozen=True, slots=True)
class TrueEvent:
    """What was injected and why: the answer that a detector is measured against.

    onset: start of the event's first burst of reviews; end: its last injected review.
    item_ids: reviews and posts that would not exist without it.
    """

    kind: EventKind
    onset: datetime
    end: datetime
    item_ids: frozenset[str]
    cause: Cause
    direction: Direction
    coordinated: bool


@dataclass(frozen=True, slots=True)
class World:
    """One app's simulated history, from `start` to `end` (exclusive), with known truth.

    items: reviews and posts by time, each as first published; a reply stands in the item with its
    own time, later changes stand in `edits` and `removals` (both by time).
    ids: the app's id in each store.
    """

    app: str
    name: str
    timezone: str
    start: datetime
    end: datetime
    items: tuple[RawItem, ...]
    edits: tuple[Edit, ...]
    removals: tuple[Removal, ...]
    releases: tuple[Release, ...]
    context: tuple[ContextEvent, ...]
    snapshots: tuple[RatingSnapshot, ...]
    truth: tuple[TrueEvent, ...]
    ids: tuple[tuple[str, str], ...]

    @property
    def simulated(self) -> bool:
        """Always true: whatever shows this history must say so."""
        return True

    @property
    def reviews(self) -> tuple[RawItem, ...]:
        """The reviews among the items."""
        return tuple(item for item in self.items if item.kind == "review")

    @property
    def posts(self) -> tuple[RawItem, ...]:
        """The social posts among the items."""
        return tuple(item for item in self.items if item.kind == "post")
