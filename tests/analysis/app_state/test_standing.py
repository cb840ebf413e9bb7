"""Incident, calm or not judged: calm only where a swing would have been seen."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from analysis.app_state.first_days import first_reading
from analysis.app_state.standing import Standing, Standings
from analysis.run import analyze
from collector.records import Item, Outcome
from collector.settings.config import Settings
from collector.store import Store
from dashboard.command_line.incident_lines import given_line
from tests.analysis.test_coverage import report
from tests.collector.store.items import item

NOW = datetime.fromisoformat("2026-04-30T12:00:00+00:00")
DAY = timedelta(days=1)


def reviews(days: float, *, per_day: int = 3, source: str = "google_play") -> list[Item]:
    """Quiet days up to an hour ago."""
    rng = np.random.default_rng(1)
    ages = np.sort(rng.random(round(days * per_day))) * days
    made = [NOW - timedelta(hours=1) - DAY * float(age) for age in ages]
    return [
        item(f"{source}{n}", source=source, created_at=at, rating=float(rng.choice([1, 4, 5])))
        for n, at in enumerate(made)
    ]


def flood(reviews: int, minutes: float, until: datetime = NOW) -> list[Item]:
    """Low stars within some minutes; every hundredth is another."""
    step = timedelta(minutes=minutes) / reviews
    return [
        item(f"f{n}", source="app_store", created_at=until - n * step, rating=1.0 + 4 * (n == 7))
        for n in range(reviews)
    ]


def stands(store: Store, items: Iterable[Item], *, analysed: bool = True) -> Standing:
    store.apps.ensure("tips")
    store.items.write(list(items), how="import")
    if analysed:
        analyze(Settings(), store, NOW)
    return Standings(store).of("tips", NOW)


def polled(
    store: Store, source: str, since: datetime, until: datetime, outcome: Outcome = "ok"
) -> None:
    store.apps.ensure("tips")
    store.runs.write(replace(report(source, since, until), outcome=outcome))


def test_a_flood_that_the_first_poll_finds_is_shown_and_not_judged(store: Store) -> None:
    polled(store, "app_store", NOW - timedelta(minutes=10), NOW, "truncated")
    found = stands(store, flood(500, 10))
    assert (found.state, found.code) == ("not judged", "young")
    assert found.values["count"] == 500
    assert found.values["span"] < timedelta(minutes=11)
    assert found.values["low"] == pytest.approx(499 / 500)
    assert found.values["cut"]
    assert found.values["days"] == 11


def test_what_a_flood_of_the_first_days_says_is_read(store: Store) -> None:
    polled(store, "app_store", NOW - timedelta(minutes=10), NOW, "truncated")
    texts = ("It crashes every time I open it", "cannot log in, no code comes", "bad")
    said = [replace(one, text=texts[n % 3]) for n, one in enumerate(flood(120, 10))]
    found = {g.reason: g for g in first_reading(store, "tips", stands(store, said), NOW)}
    assert found.keys() == {"blame", "crash", "login"}
    assert 35 <= found["crash"].reviews <= 40
    assert given_line(found["crash"]) == (
        f"  {found['crash'].reviews} (34%) of the low stars say that it does not open or closes"
    )


def test_praise_of_the_first_days_is_no_surge_of_low_stars(store: Store) -> None:
    praise = [replace(one, rating=5.0) for one in flood(120, 10)]
    assert first_reading(store, "tips", stands(store, praise), NOW) == []


def test_nothing_at_all(store: Store) -> None:
    assert stands(store, []) == Standing("not judged", "no-items")


@pytest.mark.parametrize(("days", "state"), [(10, "not judged"), (12, "calm"), (80, "calm")])
def test_a_past_of_some_days(store: Store, days: float, state: str) -> None:
    found = stands(store, reviews(days))
    assert found.state == state
    if state != "calm":
        assert found.code == "young"
        assert found.values["days"] <= 2


def test_posts_only_and_reviews_without_stars(store: Store) -> None:
    posts = [
        item(f"p{n}", source="x", kind="post", rating=None, created_at=NOW - n * DAY / 9)
        for n in range(180)
    ]
    assert stands(store, posts).code == "posts-only"


def test_reviews_without_stars(store: Store) -> None:
    bare = [item(f"b{n}", rating=None, created_at=NOW - n * DAY / 3) for n in range(200)]
    assert stands(store, bare) == Standing("not judged", "no-stars")


def test_an_import_that_ended_long_ago(store: Store) -> None:
    old = [item(f"o{n}", created_at=NOW - 3 * DAY - n * DAY / 3) for n in range(200)]
    assert stands(store, old) == Standing("not judged", "seen-until", {"seen": NOW - 3 * DAY})


def test_a_failed_analysis(store: Store) -> None:
    assert stands(store, reviews(80)).state == "calm"
    store.analyses.note_failure("tips", NOW, "no space left")
    found = Standings(store).of("tips", NOW)
    assert found == Standing("not judged", "analysis-failed", {"failed": NOW})


def test_what_waits_for_an_analysis(store: Store) -> None:
    assert stands(store, reviews(80), analysed=False).code == "not-analysed"


def test_a_gap_in_the_latest_days(store: Store) -> None:
    polled(store, "google_play", NOW - 80 * DAY, NOW - 2.5 * DAY)
    polled(store, "google_play", NOW - 1 * DAY, NOW)
    found = stands(store, reviews(80))
    gap = {"since": NOW - 2.5 * DAY, "until": NOW - 1 * DAY}
    assert found == Standing("not judged", "gap", gap)


def test_a_gap_that_has_been_watched_since_hides_nothing(store: Store) -> None:
    polled(store, "google_play", NOW - 80 * DAY, NOW - 8 * DAY)
    polled(store, "google_play", NOW - 6 * DAY, NOW)
    assert stands(store, reviews(80)).state == "calm"


def test_a_store_that_is_asked_and_not_read(store: Store) -> None:
    for source in ("google_play", "app_store"):
        polled(store, source, NOW - 80 * DAY, NOW - 3 * DAY)
    polled(store, "google_play", NOW - 3 * DAY, NOW)
    both = reviews(80) + [
        i for i in reviews(80, source="app_store") if i.created_at < NOW - 3 * DAY
    ]
    found = stands(store, both)
    values = {"source": "app_store", "seen": NOW - 3 * DAY}
    assert found == Standing("not judged", "source-unread", values)


def test_a_quiet_store_that_polls_watch_is_calm(store: Store) -> None:
    polled(store, "google_play", NOW - 80 * DAY, NOW)
    rare = [item(f"r{n}", created_at=NOW - 9 * DAY - n * 9 * DAY) for n in range(8)]
    assert stands(store, rare) == Standing("calm", "calm")


def test_a_second_store_that_begins(store: Store) -> None:
    found = stands(store, reviews(80) + flood(500, 60))
    assert (found.state, found.code) == ("not judged", "young-source")
    assert (found.values["source"], found.values["count"]) == ("app_store", 500)


def test_an_incident_that_goes_on(store: Store) -> None:
    burst = [
        item(f"i{n}", rating=1.0, created_at=NOW - timedelta(minutes=5 * n)) for n in range(80)
    ]
    found = stands(store, reviews(80) + burst)
    assert (found.state, found.code) == ("incident", "open")
    store.analyses.note_failure("tips", NOW, "no space left")
    assert Standings(store).of("tips", NOW).state == "incident"
