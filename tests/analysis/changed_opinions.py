"""Reviews of a quiet app, and people who change what they had said."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from collector.records import Item

APP = "tips"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
STORM = BEGIN + timedelta(days=150, hours=9)
FINE = ("works as it should", "very useful app", "easy to report things", "thank you", "good")
BAD = ("slow sometimes", "too many menus", "cannot find my street", "it is not for me")
WORDS = [
    "pipes",
    "lamp",
    "bridge",
    "corner",
    "market",
    "school",
    "river",
    "garden",
    "office",
    "tower",
    "harbour",
]


def review(number: int, at: datetime, stars: float, text: str, **changes: Any) -> Item:
    """A review of Google Play, as a poll right after it would see it."""
    values: dict[str, Any] = {
        "app": APP, "source": "google_play", "item_id": f"gp:{number}", "kind": "review",
        "created_at": at, "updated_at": None, "arrived_at": at, "first_seen": at, "last_seen": at,
        "author_key": f"{number:032x}", "rating": stars, "title": None, "text": text,
        "version": "1.2", "country": None, "lang": "en", "thumbs_up": None, "reply_text": None,
        "reply_at": None, "url": None, "removed_at": None,
    }  # fmt: skip
    return Item(**(values | changes))


def quiet(reviews: int = 575, days: int = 149, seed: int = 1) -> list[Item]:
    """A past without any event: nine in ten give four or five stars."""
    dice = random.Random(seed)
    moments = sorted(
        BEGIN + timedelta(seconds=dice.uniform(0, days * 86_400)) for _ in range(reviews)
    )
    found = []
    for number, at in enumerate(moments):
        low = dice.random() < 0.1
        stars = float(dice.choice((1, 2)) if low else dice.choice((4, 5)))
        words = " ".join(dice.sample(WORDS, 3))
        found.append(review(number, at, stars, f"{dice.choice(BAD if low else FINE)} {words}"))
    return found


def changed(
    past: Sequence[Item],
    count: int = 110,
    *,
    at: datetime = STORM,
    hours: float = 6,
    stars: float = 1.0,
    text: str = "changed my stars after what the city did to us {}",
    which: Sequence[float] = (4.0, 5.0),
    seed: int = 2,
) -> list[Item]:
    """What so many of those with these stars say instead, by time."""
    dice = random.Random(seed)
    people = dice.sample([item for item in past if item.rating in which], count)
    moments = sorted(at + timedelta(seconds=dice.uniform(0, hours * 3600)) for _ in people)
    return [
        seen(replace(item, rating=stars, text=text.format(dice.choice(WORDS)), created_at=moment))
        for item, moment in zip(people, moments, strict=True)
    ]


def seen(item: Item, at: datetime | None = None) -> Item:
    """The item as a poll at a moment sees it first."""
    at = at or item.created_at
    return replace(item, arrived_at=at, first_seen=at, last_seen=at)


def polls(items: Sequence[Item], every: timedelta) -> Iterator[list[Item]]:
    """What polls bring that run so often, each item as seen by its poll."""
    brought: dict[datetime, list[Item]] = {}
    for item in items:
        poll = BEGIN + ((item.created_at - BEGIN) // every + 1) * every
        brought.setdefault(poll, []).append(seen(item, poll))
    yield from (brought[at] for at in sorted(brought))
