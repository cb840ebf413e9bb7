"""Windows of invented reviews for the tests of this folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from pandas import DataFrame

from analysis.evidence import Window
from analysis.records import Swing
from analysis.scored_items import ScoredItem
from collector.record_frames import columns, empty_frame, frame_from_rows
from collector.records import ContextEvent, Item, RatingSnapshot, Release

ONSET = datetime(2026, 3, 1, tzinfo=UTC)
END = ONSET + timedelta(days=2)


@dataclass(frozen=True)
class Review:
    """What a test wants to say of a review; the rest is filled in."""

    rating: float
    text: str
    version: str | None = None
    author: str | None = None
    country: str | None = None
    source: str = "google_play"
    lang: str | None = "en"
    at: datetime | None = None


def frame(
    reviews: Sequence[Review],
    start: datetime,
    end: datetime,
    *,
    kind: str = "review",
    scattered: bool = False,
) -> DataFrame:
    """Reviews as a frame of ScoredItem, spread from start to end where they name no time: evenly,
    or as people come (even arrivals are a sign of their own)."""
    rows = []
    places = np.arange(len(reviews)) / max(len(reviews), 1)
    if scattered:
        places = np.sort(np.random.default_rng(len(reviews)).random(len(reviews)))
    for n, review in enumerate(reviews):
        at = review.at or start + float(places[n]) * (end - start)
        given: dict[str, Any] = {
            "app": "city-app",
            "source": review.source,
            "item_id": f"{start:%j}-{n}",
            "kind": kind,
            "author_key": review.author,
            "rating": review.rating if kind == "review" else None,
            "text": review.text,
            "version": review.version,
            "country": review.country,
            "lang": review.lang,
        }
        given |= dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), at)
        record = Item if kind == "post" else ScoredItem
        rows.append([given.get(c.name) for c in columns(record)])
    return frame_from_rows(Item if kind == "post" else ScoredItem, rows)


def swing(direction: Any = "negative", **changes: Any) -> Swing:
    """A closed swing of two days."""
    plain = Swing(
        direction=direction,
        onset_at=ONSET,
        alarmed_at=ONSET + timedelta(hours=2),
        peak_at=ONSET + timedelta(hours=3),
        ended_at=END,
        closed_at=END + timedelta(days=3),
        items=100,
        expected_items=2.0,
        recurrence_days=1800.0,
        escalations=(),
        detector="count",
        window_hours=24.0,
        launch=False,
    )
    return replace(plain, **changes)


def window(
    items: Sequence[Review],
    before: Sequence[Review],
    posts: Sequence[Review] = (),
    direction: Any = "negative",
    **changes: Any,
) -> Window:
    """A window of a swing from 1 to 3 March 2026 after 180 days of history."""
    plain = Window(
        app="city-app",
        swing=swing(direction),
        items=frame(items, ONSET, END, scattered=True),
        before=frame(before, ONSET - timedelta(days=180), ONSET),
        posts=frame(posts, ONSET - timedelta(days=60), END, kind="post"),
        context=empty_frame(ContextEvent),
        releases=empty_frame(Release),
        snapshots=empty_frame(RatingSnapshot),
        names=("city-app", "City App"),
        now=END + timedelta(days=1),
    )
    return replace(plain, **changes)
