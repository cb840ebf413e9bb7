"""One row a bin and series: what pages, files and researchers get."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

Panel = Literal["reviews", "stars", "store_average", "sentiment", "reasons", "posts", "replies"]
PANELS: tuple[Panel, ...] = (
    "reviews", "stars", "store_average", "sentiment", "reasons", "posts", "replies",
)  # fmt: skip
FEWEST = 5
"""Below, a bin has its count and no mean or share."""
At = Annotated[datetime, "start of the bin; the first is cut where the span begins"]
Series = Annotated[
    str,
    "reviews: low, middle, high, no_stars; stars: mean; store_average: a store, or `silent:` and a "
    "store (ratings without a review); sentiment: negative, mixed, positive, unread, mean; "
    "reasons: a reason, or texts; posts: a network, `sentiment:` and a network, or calls; replies: "
    "answered, hours",
]
Value = Annotated[
    float | None,
    "a count, a mean or a share; where only a part was read, as many as that part stands for; "
    "missing where nobody looked, or where it rests on under five",
]
Low = Annotated[float | None, "lower end of the 95 % interval, of means"]
High = Annotated[float | None, "upper end of it"]
Items = Annotated[
    int | None,
    "reviews, posts, ratings or texts that it rests on; of a share those that have it; missing "
    "where nobody looked",
]
Changed = Annotated[
    int | None,
    "how many of the reviews are changed opinions; missing but of reviews, and where nobody looked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One bin of one series."""

    at: At
    panel: Annotated[Panel, "what is told"]
    series: Series
    value: Value
    low: Low
    high: High
    items: Items
    changed: Changed


@dataclass(frozen=True, slots=True, kw_only=True)
class AppTrendPoint:
    """One bin of one series of one app, as exported."""

    app: Annotated[str, "key of the app"]
    at: At
    panel: Annotated[Panel, "what is told"]
    series: Series
    value: Value
    low: Low
    high: High
    items: Items
    changed: Changed
