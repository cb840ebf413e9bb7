"""Items with their scores, their versions, and hours of them, as frames hold them. No I/O."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from collector.records import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredItem(Item):
    """An item with what the analysis knows of it."""

    sentiment: Annotated[float | None, "sentiment of the text, -1 to 1; missing where unreadable"]
    sentiment_engine: Annotated[str | None, "engine and model version that gave the score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion(ScoredItem):
    """One version of an item: also those that are no opinion of their own."""

    counts: Annotated[
        int,
        "1: an opinion; 2: an opinion whose writer had given as many stars shortly before, counted "
        "once in a swing; 0: none (a corrected word, other stars of the same class)",
    ]
    gave_way_at: Annotated[
        datetime | None, "when a newer opinion took its place within a day; it counts no more"
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesHour:
    """One hour of one app, source, kind and star class."""

    app: Annotated[str, "key of the app"]
    source: Annotated[str, "source of the items"]
    kind: Annotated[str, "review or post"]
    hour: Annotated[datetime, "start of the hour"]
    stars: Annotated[int, "star class 1 to 5, 0 for items without stars"]
    items: Annotated[int, "items published in the hour"]
    rating_sum: Annotated[float, "sum of their stars"]
    sentiment_sum: Annotated[float, "sum of their sentiment scores"]
    sentiment_items: Annotated[int, "items with a sentiment score"]
    sentiment_squares: Annotated[float | None, "sum of the squares of their scores"] = None
    changed_items: Annotated[int, "how many of the items are changed opinions"] = 0
