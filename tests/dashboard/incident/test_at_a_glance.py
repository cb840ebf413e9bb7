"""The first look at an incident: its numbers are those of the store, its sentences read well."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from analysis.incidents.pace import Pace, pace
from analysis.incidents.shown_average import shown_averages
from analysis.records import Excerpt, GivenReason, Incident
from collector.records import RatingSnapshot
from collector.store import Store
from dashboard.incident import at_a_glance
from dashboard.words.catalogue import Wording
from tests.dashboard import builders

WORDS = Wording("en", ZoneInfo("UTC"))
HOUR = timedelta(hours=1)


def read(**other: Any) -> Incident:
    return builders.read(builders.incident(**other))


def given(reason: str, reviews: int, of: int) -> GivenReason:
    return GivenReason(
        reason=reason, reviews=reviews, share=reviews / of, share_before=0.0, once=reviews
    )


@pytest.fixture
def flooded(any_store: Store) -> Iterator[Store]:
    any_store.apps.ensure(builders.APP, "Tip line")
    return any_store


def flood(store: Store, per_hour: list[int]) -> None:
    """Low stars, spread evenly over each hour from the onset on; a high one in each as well."""
    items = [
        builders.item(
            1_000 * hour + n, builders.ONSET + HOUR * hour + HOUR * (n + 0.5) / count, 1.0, "down"
        )
        for hour, count in enumerate(per_hour)
        for n in range(count)
    ]
    items += [
        builders.item(50_000 + hour, builders.ONSET + HOUR * hour, 5.0, "fine")
        for hour in range(len(per_hour))
    ]
    store.items.write(items, how="import")
    store.hourly.recount(builders.APP)


@pytest.mark.parametrize(
    ("per_hour", "trend"),
    [([5, 5, 20, 40], "growing"), ([40, 30, 6, 3], "shrinking"), ([20, 21, 19, 20], "steady")],
)
def test_the_pace_is_the_last_hours(flooded: Store, per_hour: list[int], trend: str) -> None:
    flood(flooded, per_hour)
    now = builders.ONSET + HOUR * len(per_hour)
    found = pace(flooded, read(ended=False), now)
    assert found is not None
    assert found.trend == trend
    assert found.peak == max(per_hour)
    assert found.peak_at == builders.ONSET + HOUR * per_hour.index(max(per_hour))
    assert found.last_hour in (per_hour[-1] - 1, per_hour[-1], per_hour[-1] + 1)


def test_of_one_that_is_over_only_the_busiest_hour_is_told(flooded: Store) -> None:
    flood(flooded, [3, 30, 3])
    found = pace(flooded, read(), builders.LAST)
    assert found is not None
    assert found == Pace(None, found.until, 30, builders.ONSET + HOUR, None)
    told = at_a_glance.how_fast(at_a_glance.Glance(found, []), WORDS)
    assert told == "The busiest hour had 30 (from 5 May 2024 09:00 UTC)."


def snapshot(
    source: str, at: timedelta, average: float, count: int, country: str = "all"
) -> RatingSnapshot:
    return RatingSnapshot(
        app=builders.APP, source=source, country=country, at=builders.ONSET + at,
        average=average, count=count, star_1=None, star_2=None, star_3=None, star_4=None,
        star_5=None,
    )  # fmt: skip


def test_what_the_stores_show_before_and_now(flooded: Store) -> None:
    rows = [
        snapshot("google_play", -5 * HOUR, 4.1, 900),
        snapshot("google_play", 5 * HOUR, 3.2, 1_100),
        snapshot("app_store", -5 * HOUR, 3.9, 40, "us"),
        snapshot("app_store", 4 * HOUR, 2.2, 60, "us"),
        snapshot("app_store", 4 * HOUR, 5.0, 2, "de"),
    ]
    flooded.timeline.write_snapshots(rows)
    shown = shown_averages(flooded, read(), builders.LAST)
    assert [(s.source, s.country, s.before, s.now) for s in shown] == [
        ("google_play", "all", 4.1, 3.2),
        ("app_store", "us", 3.9, 2.2),
    ]
    assert at_a_glance.stores_show(at_a_glance.Glance(None, shown), WORDS) == (
        "Average that the stores show: Google Play 3.2 (4.1 before it began) and "
        "App Store 2.2 (3.9 before it began)."
    )


def test_nothing_is_said_where_nothing_is_known(flooded: Store) -> None:
    incident = read()
    found = at_a_glance.glance(flooded, incident, builders.LAST)
    assert found.shown == []
    assert at_a_glance.they_say(incident, WORDS) == ""
    assert at_a_glance.how_fast(found, WORDS) == ""
    assert at_a_glance.stores_show(found, WORDS) == ""
    assert at_a_glance.was_it_down(incident, WORDS) == ""
    assert at_a_glance.quotes(incident, WORDS, 4) == []


@pytest.mark.parametrize(
    ("reviews", "first"),
    [
        (90, "Most name an update or a version (90 of 100); 12 speak of money."),
        (40, "Many name an update or a version (40 of 100); 12 speak of money."),
        (20, "Said most often: 20 of 100 name an update or a version; 12 speak of money."),
    ],
)
def test_most_many_or_nothing(reviews: int, first: str) -> None:
    incident = read(reasons=[given("price", 12, 100), given("update", reviews, 100)])
    assert at_a_glance.they_say(incident, WORDS) == first
    subject = at_a_glance.subject_reason(incident, WORDS)
    assert subject == ("most name an update or a version" if reviews == 90 else "")


def test_whether_it_works_is_what_reviews_say() -> None:
    incident = read(reasons=[given("server", 30, 100), given("joke", 60, 100)])
    assert at_a_glance.was_it_down(incident, WORDS) == (
        "Of 100 reviews that were read, 30 say that it is slow, down or full of "
        "errors. Floodgauge reads reviews; it does not check the app itself."
    )


def test_one_that_disagrees_is_among_the_quotes() -> None:
    excerpts = [Excerpt(reason="update", text=f"broken {n}", stars=1.0) for n in range(6)]
    excerpts.insert(0, Excerpt(reason=None, text="works for me", stars=5.0))
    told = at_a_glance.quotes(read(excerpts=excerpts), WORDS, 4)
    assert [text for text, _ in told] == [
        "“broken 0”",
        "“broken 1”",
        "“broken 2”",
        "“works for me”",
    ]
    assert at_a_glance.quotes(read(excerpts=excerpts), WORDS, 1)[0][0] == "“broken 0”"


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("trend", ["growing", "shrinking", "steady"])
def test_a_small_number_is_not_shared(lang: str, trend: Any) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    slow = Pace(3, builders.LAST, 61, builders.ONSET, trend)
    told = at_a_glance.how_fast(at_a_glance.Glance(slow, []), words, 5)
    assert words("fewer-than", k=5) in told
    assert "61" in told
    few = Pace(3, builders.LAST, 4, builders.ONSET, trend)
    assert at_a_glance.how_fast(at_a_glance.Glance(few, []), words, 5) == ""
