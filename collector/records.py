"""What the collector knows: one frozen class a row, the meaning of each field beside it. No I/O.

Times are UTC-aware. The SQL columns, frames, Arrow schemas and the data dictionary derive from
these classes (see tables.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

Kind = Literal["review", "post"]
Outcome = Literal["ok", "partial", "failed", "suspect_empty", "truncated"]
ContextKind = Literal["news", "statement", "other"]
Cut = Literal[
    "none", "newest", "per_star", "one_star", "per_month", "per_day", "began", "no_days"
]  # fmt: skip
"""What an imported file leaves out, as far as its counts tell; `none` where they tell nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """A review or post as a source gives it: personal data still inside, never stored.

    `collector.privacy.protect` turns it into an Item; the store takes nothing else.
    """

    source: str
    created_at: datetime
    kind: Kind = "review"
    item_id: str | None = None
    author: str | None = None
    rating: float | None = None
    rating_given: str | None = None
    title: str | None = None
    text: str | None = None
    version: str | None = None
    country: str | None = None
    lang: str | None = None
    thumbs_up: int | None = None
    reply_text: str | None = None
    reply_at: datetime | None = None
    updated_at: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One opinion: a review or social post, pseudonymised and masked. A review that was changed in
    substance is one for each opinion, all with its item_id, each at its own time."""

    app: Annotated[str, "key of the app in Floodgauge"]
    source: Annotated[str, "where it was published: google_play, app_store, bluesky, ..."]
    item_id: Annotated[str, "the platform's id, or a stable hash where it gives none"]
    kind: Annotated[Kind, "review or post"]
    created_at: Annotated[
        datetime, "when this was said: published, or changed where it is a later opinion"
    ]
    updated_at: Annotated[datetime | None, "the platform's time of the last edit"]
    arrived_at: Annotated[
        datetime,
        "when Floodgauge could know of it: the first poll that saw it; imported: created_at",
    ]
    first_seen: Annotated[datetime, "first poll or import that had it"]
    last_seen: Annotated[datetime, "latest poll or import that had it"]
    author_key: Annotated[
        str | None, "keyed hash of the author within this deployment, 32 hex digits"
    ]
    rating: Annotated[float | None, "stars, 1 to 5; missing for posts"]
    rating_given: Annotated[
        str | None, "the rating as an imported file has it, where that is not in stars"
    ] = None
    title: Annotated[str | None, "title, personal data masked"]
    text: Annotated[str | None, "text, personal data masked"]
    version: Annotated[str | None, "app version that the review names"]
    country: Annotated[str | None, "storefront or country, ISO 3166 alpha-2, lower case"]
    lang: Annotated[str | None, "language as the source says, BCP 47"]
    thumbs_up: Annotated[int | None, "votes of other readers"]
    reply_text: Annotated[str | None, "the developer's reply, personal data masked"]
    reply_at: Annotated[datetime | None, "time of the developer's reply"]
    url: Annotated[str | None, "public address of the item, without account names"]
    removed_at: Annotated[datetime | None, "first complete walk that no longer had it"]
    written_at: Annotated[
        datetime | None, "when the review was first published, where this is a later opinion of it"
    ] = None
    rating_before: Annotated[
        float | None, "stars of the opinion that this one took the place of, where it is known"
    ] = None
    changed_after: Annotated[
        datetime | None,
        "last poll that still saw the opinion before, where the source gives no time of change: "
        "created_at is then a moment between that poll and the next",
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What an item said before it was changed."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "source of the item"]
    item_id: Annotated[str, "the item's id"]
    replaced_at: Annotated[datetime, "when the newer version was said"]
    rating: Annotated[float | None, "stars before the edit"]
    title: Annotated[str | None, "title before the edit"]
    text: Annotated[str | None, "text before the edit"]
    version: Annotated[str | None, "app version before the edit"]
    reply_text: Annotated[str | None, "reply before the edit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSnapshot:
    """The store's own totals at one moment; shows ratings that carry no text."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "google_play, app_store, ..."]
    country: Annotated[str, "storefront, or 'all' where the store gives one total"]
    at: Annotated[datetime, "time of the poll"]
    average: Annotated[float | None, "mean stars as shown by the store"]
    count: Annotated[int | None, "ratings behind the mean"]
    star_1: Annotated[int | None, "ratings of one star"]
    star_2: Annotated[int | None, "ratings of two stars"]
    star_3: Annotated[int | None, "ratings of three stars"]
    star_4: Annotated[int | None, "ratings of four stars"]
    star_5: Annotated[int | None, "ratings of five stars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version of the app."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "store that published it"]
    version: Annotated[str, "version as the store names it"]
    released_at: Annotated[datetime, "release time; the first poll that saw it where unknown"]
    first_seen: Annotated[datetime, "poll that first saw it"]
    notes: Annotated[str | None, "release notes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEvent:
    """Something outside the stores that may explain a swing: news, the agency's own statement."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "feed or file it came from"]
    event_id: Annotated[str, "id within the source"]
    at: Annotated[datetime, "time of publication"]
    kind: Annotated[ContextKind, "news, statement or other"]
    title: Annotated[str, "headline"]
    url: Annotated[str | None, "address"]
    first_seen: Annotated[datetime, "poll that first saw it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What one run of one source saw, and what it could not see."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "source that ran"]
    started_at: Annotated[datetime, "start"]
    ended_at: Annotated[datetime, "end"]
    outcome: Annotated[Outcome, "ok, partial, failed, suspect_empty or truncated"]
    stop_reason: Annotated[str, "why the walk stopped: kept as a code with values, told in words"]
    covered_from: Annotated[datetime | None, "start of the span that the walk saw completely"]
    covered_to: Annotated[datetime | None, "end of that span"]
    new: Annotated[int, "items never seen before"]
    changed: Annotated[int, "items whose content changed"]
    seen: Annotated[int, "items read"]
    bad: Annotated[int, "rows that could not be read"]
    requests: Annotated[int, "requests made"]
    cost_usd: Annotated[float, "money spent, US dollars"]
    next_due_at: Annotated[datetime | None, "when the source wants to be polled again"]
    runs: Annotated[int, "runs that this row stands for; like ones in a row are joined later"] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSample:
    """What one import brought of an app and source, and what its counts say that it left out."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "source of the items"]
    imported_at: Annotated[datetime, "when the import began"]
    items: Annotated[int, "items in the file"]
    first_at: Annotated[datetime, "time of the first of them"]
    last_at: Annotated[datetime, "time of the last"]
    cut: Annotated[Cut, "how the file seems to be cut"]
    size: Annotated[int | None, "of so many; the stars where all have the same"]
    cut_at: Annotated[datetime | None, "where the file begins or comes to show all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """A person's decision as the store keeps it, in the table `annotations`; analysis.decisions
    reads it."""

    app: Annotated[str, "key of the app"]
    incident_id: Annotated[str | None, "incident it belongs to"]
    at: Annotated[datetime, "moment that the note is about"]
    made_at: Annotated[datetime, "when it was written"]
    kind: Annotated[str, "note, phase, label, mute, ..."]
    text: Annotated[str, "the note"]
