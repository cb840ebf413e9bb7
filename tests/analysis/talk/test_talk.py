"""What is said outside the stores is an event: the simplest cases."""

from dataclasses import replace
from datetime import timedelta

from analysis.incidents.stored import stored_alarms, stored_incidents
from analysis.records import Incident
from analysis.run import analyze
from collector.settings.config import Settings
from collector.store import Store
from tests.analysis.talk.worlds import (
    ANGRY,
    APP,
    CHEERFUL,
    DAY,
    DAYS,
    STORM,
    T0,
    filled,
    post,
    quiet,
    storm,
)

NOW = STORM + 3 * DAY


def found(store: Store) -> list[Incident]:
    analyze(Settings(), store, NOW)
    return stored_incidents(store, APP)


def test_three_hundred_angry_posts_are_an_event(store: Store) -> None:
    angry = storm(ANGRY, 290, 5) + storm(("The tips app, is it open, {n}?",), 10, 5, first=200_000)
    filled(store, quiet(), angry)
    (made,) = found(store)
    assert (made.where, made.direction) == ("social", "negative")
    assert made.alarmed_at <= sorted(one.created_at for one in angry)[19]
    assert made.posts is not None
    assert 290 <= made.posts <= 302
    assert made.people is not None
    assert 290 <= made.people <= 302
    assert made.expected_posts is not None
    assert made.expected_posts < 5
    assert (made.items, made.rating_during, made.sources) == (0, None, ["bluesky"])
    assert made.onset_at >= STORM - timedelta(hours=3)
    (opened, ended) = [a for a in stored_alarms(store, APP) if a.kind in ("opened", "ended")]
    assert opened.where == "social"
    assert ended.kind == "ended"


def test_a_day_of_cheerful_posts_is_positive(store: Store) -> None:
    filled(store, quiet(), storm(CHEERFUL, 30, 20))
    (made,) = found(store)
    assert (made.where, made.direction) == ("social", "positive")


def test_one_headline_passed_on_is_one_opinion(store: Store) -> None:
    said = "City drops the tips app after a year of horrible failures https://news.example/1?u={n}"
    passed = storm((said, "RT @reader{n}: " + said), 300, 5)
    filled(store, quiet(), passed)
    assert found(store) == []
    filled(store, storm(ANGRY, 40, 5, first=300_000))
    (made,) = found(store)
    assert made.reach is not None
    assert made.reach >= 290
    assert made.people is not None
    assert made.people <= 46
    assert made.conversations is not None
    assert made.conversations <= 46


def test_one_account_counts_once_an_hour(store: Store) -> None:
    angry = [replace(one, author_key="a" * 32) for one in storm(ANGRY, 60, 2)]
    filled(store, quiet(), angry)
    assert found(store) == []


def test_a_post_every_hour_is_usual(store: Store) -> None:
    weather = [
        post(
            hour * timedelta(hours=1), 400_000 + hour, f"Weather of hour {hour}, says the tips app"
        )
        for hour in range(24 * (DAYS + 3))
    ]
    filled(store, [replace(one, author_key="b" * 32) for one in weather], quiet())
    assert found(store) == []


def test_comments_without_stars_are_judged(store: Store) -> None:
    """Answers of a survey, mails: texts without stars that are no posts."""
    apart = {"kind": "review", "source": "survey"}
    filled(store, [replace(one, **apart) for one in (*quiet(), *storm(ANGRY, 60, 5))])  # type: ignore[arg-type]
    (made,) = found(store)
    assert (made.where, made.direction, made.networks) == ("social", "negative", ["survey"])


def test_what_was_found_goes_on_from_where_it_was_left(store: Store) -> None:
    """Hour by hour is the same as all at once."""
    posts = sorted(quiet() + storm(ANGRY, 80, 30), key=lambda one: one.created_at)
    store.apps.ensure(APP)
    at = T0 + (DAYS - 2) * DAY
    store.items.write([one for one in posts if one.created_at <= at], how="import")
    analyze(Settings(), store, at)
    alarms = set()
    while at < STORM + 2 * DAY:
        before, at = at, at + timedelta(hours=13)
        store.items.write([one for one in posts if before < one.created_at <= at], how="import")
        analyze(Settings(), store, at)
        alarms |= {(a.kind, a.at) for a in stored_alarms(store, APP) if a.kind == "opened"}
    step = [(one.alarmed_at, one.posts, one.people) for one in stored_incidents(store, APP)]
    analyze(Settings(), store, at, as_of=at)
    whole = [(one.alarmed_at, one.posts, one.people) for one in stored_incidents(store, APP)]
    assert step == whole
    assert len(alarms) == 1
