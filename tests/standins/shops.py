"""Shops whose reviews a test adds, changes and removes by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from analysis.simulate import World
from analysis.simulate.standins.shop import Shop
from collector.records import RatingSnapshot, RawItem, Release

APP = "library-card"
PACKAGE, STORE_ID = "com.example.library", "1234567890"
SHOPS = ("app_store", "google_play")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def bare_world(*, release_every: timedelta = timedelta(days=2)) -> World:
    """An app without reviews, with a new version now and then for a year."""
    end = BEGIN + timedelta(days=365)
    releases = tuple(
        Release(app=APP, source=source, version=f"1.{n}.0", released_at=at, first_seen=at, notes="")
        for n in range((end - BEGIN) // release_every)
        for source in SHOPS
        for at in [BEGIN + n * release_every]
    )
    totals = tuple(
        RatingSnapshot(
            app=APP,
            source=source,
            country=country,
            at=BEGIN,
            average=None,
            count=0,
            star_1=0,
            star_2=0,
            star_3=0,
            star_4=0,
            star_5=0,
        )
        for source, country in (("app_store", "us"), ("google_play", "all"))
    )
    return World(
        app=APP,
        name="Library Card",
        timezone="UTC",
        start=BEGIN,
        end=end,
        items=(),
        edits=(),
        removals=(),
        releases=releases,
        context=(),
        snapshots=totals,
        truth=(),
        ids=(("google_play", PACKAGE), ("app_store", STORE_ID)),
    )


def bare_shop(source: str, clock: Callable[[], datetime]) -> Shop:
    """A store that lists the app, without reviews. source: google_play or app_store."""
    return Shop(bare_world(), source, clock)


def review(number: int, at: datetime, *, source: str, stars: int = 3, text: str = "") -> RawItem:
    """A review with an id of its own, as Apple's US storefront or Google's English list has it."""
    apple = source == "app_store"
    return RawItem(
        source=source,
        item_id=str(10_000_000 + number) if apple else f"review-{number:06d}",
        created_at=at.replace(microsecond=0),
        author=f"Reader {number}",
        rating=float(stars),
        title="A title" if apple else None,
        text=text or f"Text {number}",
        version="1.0.0",
        country="us" if apple else None,
        lang=None if apple else "en",
    )
