"""What the store takes and answers beside the records of collector.records."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

Sort = Literal["newest", "oldest", "lowest", "highest", "longest", "shortest", "thumbs"]
Changed = Literal["all", "higher", "lower"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a source's walk got to; written in the same transaction as the batch that it covers."""

    app: str
    source: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What a batch did. refused: items that were forgotten on request and stay out."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "WriteCounts") -> "WriteCounts":
        return WriteCounts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


@dataclass(frozen=True, slots=True)
class TextRow:
    """A distinct text that waits for its score.

    first_at: when it was first published; is_post: only posts say it, no review.
    """

    text_hash: str
    text: str
    lang: str | None
    first_at: datetime
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class SameText:
    """An item, as far as it tells whether another one with its text is the same."""

    source: str
    item_id: str
    kind: str
    created_at: datetime
    rating: float | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class RatedText:
    """A review's text and stars, to learn from."""

    text: str
    rating: float
    lang: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items to show; an empty field means all. since inclusive, until exclusive.

    stars: 1 to 5; 0 for no stars. words: see search.parse. texted: has a text or a title.
    replied: the developer has answered. changed: opinions of reviews that were written before;
    those of more stars before, or of fewer.
    """

    apps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stars: tuple[int, ...] = ()
    versions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    words: str = field(default="")
    sentiment_below: float | None = None
    sentiment_above: float | None = None
    edited: bool | None = None
    removed: bool | None = None
    replied: bool | None = None
    texted: bool | None = None
    changed: Changed | None = None


@dataclass(frozen=True, slots=True)
class ChangedReviews:
    """How many of some reviews are changed opinions; with more stars before, with fewer. exact:
    False where a search looked at the newest alone, so that there may be more."""

    reviews: int = 0
    higher: int = 0
    lower: int = 0
    exact: bool = True


NONE_CHANGED = ChangedReviews()


def narrowed(wanted: ItemFilter, changed: Changed) -> ItemFilter:
    """The changed opinions among what a filter matches."""
    return replace(wanted, changed=changed)
