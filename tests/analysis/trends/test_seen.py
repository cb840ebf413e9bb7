"""What nobody looked at is missing: by kind, by network, by source."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from analysis import load_trends
from collector.importers import silences
from collector.store import Store
from tests.analysis.trends import histories
from tests.analysis.trends.histories import APP
from tests.dashboard import builders

FIRST = datetime(2024, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def write(store: Store, source: str, days: range, kind: str = "review", **other: Any) -> None:
    store.apps.ensure(APP)
    store.items.write(
        [
            builders.item(
                n, FIRST + n * DAY + timedelta(hours=9), None if kind == "post" else 4.0, "fine",
                app=APP, source=source, kind=kind, item_id=f"{source}{n}", **other,
            )
            for n in days
        ],
        how="import",
    )  # fmt: skip


def counts(store: Store, days: int, **other: Any) -> pd.DataFrame:
    return load_trends(
        APP, store=store, since=FIRST, until=FIRST + days * DAY, bin="day",
        now=FIRST + days * DAY, **other,
    )  # fmt: skip


def seen(frame: pd.DataFrame, panel: str, series: str) -> list[int]:
    """Places of the bins that have a count."""
    rows = frame[(frame["panel"] == panel) & (frame["series"] == series)]
    return [n for n, known in enumerate(rows["items"].notna()) if known]


def test_years_of_posts_are_no_years_without_reviews(store: Store) -> None:
    write(store, "mastodon", range(12), "post")
    write(store, "google_play", range(7, 10))
    frame = counts(store, 12)
    assert seen(frame, "reviews", "low") == [7, 8, 9]
    assert seen(frame, "stars", "mean") == [7, 8, 9]


def test_an_app_of_posts_alone_has_no_reviews_that_are_nought(store: Store) -> None:
    write(store, "mastodon", range(12), "post")
    assert seen(counts(store, 12), "reviews", "low") == []


def test_polls_that_found_nothing_are_nought(store: Store) -> None:
    store.apps.ensure(APP)
    store.runs.write(histories.run("google_play", FIRST + 2 * DAY, FIRST + 5 * DAY))
    assert seen(counts(store, 8), "reviews", "low") == [2, 3, 4, 5]


def test_what_one_network_saw_says_nothing_of_another(store: Store) -> None:
    write(store, "mastodon", range(3, 4), "post")
    write(store, "bluesky", range(1, 2), "post")
    store.runs.write(histories.run("mastodon", FIRST + 2 * DAY, FIRST + 6 * DAY))
    store.runs.write(histories.run("bluesky", FIRST, FIRST + 3 * DAY))
    frame = counts(store, 8)
    assert seen(frame, "posts", "mastodon") == [2, 3, 4, 5]
    assert seen(frame, "posts", "bluesky") == [0, 1, 2]
    assert seen(frame, "posts", "sentiment:bluesky") == [0, 1, 2]
    assert seen(frame, "posts", "calls") == [0, 1, 2, 3, 4, 5]


def test_a_source_is_missing_before_it_began_and_after_it_ended(store: Store) -> None:
    write(store, "google_play", range(10))
    write(store, "app_store", range(4, 7, 2))
    frame = counts(store, 10, by="source")
    mine = dict(list(frame.groupby("source")))
    assert seen(mine["google_play"], "reviews", "low") == list(range(10))
    for panel, series in (("reviews", "low"), ("stars", "mean"), ("sentiment", "mixed")):
        assert seen(mine["app_store"], panel, series) == [4, 5, 6]


def test_a_span_that_a_file_lacks_is_missing_in_its_source(store: Store) -> None:
    write(store, "google_play", range(60))
    many = [
        builders.item(
            n, FIRST + n * DAY / 4, 4.0, "fine", app=APP, source="app_store", item_id=f"a{n}"
        )
        for n in range(60 * 4)
        if not 20 <= n // 4 < 35
    ]
    store.items.write(many, how="import")
    silences.note(store, APP)
    frame = counts(store, 60, by="source")
    mine = dict(list(frame.groupby("source")))
    assert seen(mine["app_store"], "reviews", "low") == [*range(20), *range(35, 60)]
