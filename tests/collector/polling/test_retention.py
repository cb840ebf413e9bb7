"""Texts go when they were kept long enough; stars, times, scores and counts stay as they were."""

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from collector.polling.enforce_retention import enforce
from collector.settings.config import Retention, Settings
from collector.store import Store
from tests.collector.scripted import APP, START, Bench, Clock, Platform

RULES = Retention(review_text_days=60, social_text_days=10, removed_days=5)
TEXTS = ["title", "text", "reply_text", "url"]


@pytest.fixture
def bench(store: Store, tmp_path: Path) -> Bench:
    settings = Settings(apps={APP: {"name": "Library Card"}}, retention=RULES)
    return Bench(store, tmp_path, Clock(), settings=settings)


def hours(store: Store) -> list[int]:
    store.hourly.recount(APP)
    with store.database.connect() as connection:
        return [
            int(row[0])
            for row in connection.exec_driver_sql("SELECT items FROM hourly ORDER BY hour")
        ]


def test_texts_go_counts_stay_and_polls_do_not_bring_them_back(bench: Bench) -> None:
    platform = Platform()
    for number in range(6):
        platform.add(START - timedelta(hours=number), text=f"Words {number}", title="Words")
    source = platform.source(reread_every=timedelta(days=1))
    bench.run_one(source)
    platform.edit("r00001", text="Other words")
    bench.clock.pass_time(days=1)
    bench.run_one(source)
    before, counts = bench.items(), hours(bench.store)
    assert before["text"].notna().all()
    bench.clock.pass_time(days=60)
    for _ in range(3):
        bench.clock.pass_time(days=1)
        report = bench.run_one(source)
        assert (report.new, report.changed, report.seen) == (0, 0, 6)
    after = bench.items()
    assert after[TEXTS].isna().all(axis=None)
    kept = ["rating", "created_at", "author_key", "version", "lang", "first_seen"]
    pd.testing.assert_frame_equal(after[kept], before[kept])
    assert hours(bench.store) == counts
    every = bench.store.items.versions(APP)
    assert len(every) == 7
    assert every[TEXTS].isna().all(axis=None)


def test_an_edit_after_that_is_seen_once(bench: Bench) -> None:
    platform = Platform()
    platform.add(START, text="Words", stars=5)
    source = platform.source(reread_every=timedelta(days=1))
    bench.run_one(source)
    bench.clock.pass_time(days=61)
    bench.run_one(source)
    platform.edit("r00000", text="Never mind", rating=1.0)
    changed = []
    for _ in range(4):
        bench.clock.pass_time(days=1)
        changed.append(bench.run_one(source).changed)
    assert changed == [1, 0, 0, 0]
    every = bench.store.items.versions(APP)
    assert every["rating"].tolist() == [5.0, 1.0]
    assert every["text"].isna().tolist() == [True, False], "each version has its own term"
    bench.clock.pass_time(days=61)
    assert bench.run_one(source).changed == 0
    bench.run_one(source)
    assert bench.store.items.versions(APP)["text"].isna().all()


def test_what_the_platform_removed_goes_sooner_with_its_author(bench: Bench) -> None:
    platform = Platform()
    for number in range(3):
        platform.add(START - timedelta(hours=number), text=f"Words {number}")
    source = platform.source(reread_every=timedelta(days=1))
    bench.run_one(source)
    platform.remove("r00001", bench.clock.now)
    bench.clock.pass_time(days=1)
    assert bench.run_one(source).seen == 2
    counts = hours(bench.store)
    bench.clock.pass_time(days=6)
    bench.run_one(source)
    items = bench.items()
    assert items["text"].isna().to_dict() == {"r00000": False, "r00001": True, "r00002": False}
    assert items.loc["r00001", ["author_key", "url"]].isna().all()
    assert items.loc["r00001", "rating"] > 0
    assert hours(bench.store) == counts


def test_a_bounded_part_a_run_and_once_a_day_when_done(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.polling.enforce_retention.AT_ONCE", 4)
    platform = Platform()
    for number in range(10):
        platform.add(START - timedelta(hours=number), text=f"Words {number}")
    bench.run_one(platform.source())
    late = START + timedelta(days=61)
    taken = [enforce(RULES, bench.store, APP, late) for _ in range(4)]
    assert taken == [4, 4, 2, 0]
    statements: list[str] = []
    monkeypatch.setattr(bench.store.expiry, "texts", lambda *_a, **_k: statements.append("asked"))
    assert enforce(RULES, bench.store, APP, late) == 0
    assert statements == []


def test_posts_have_their_own_time(any_store: Store, tmp_path: Path) -> None:
    bench = Bench(any_store, tmp_path, Clock())
    platform = Platform()
    platform.add(START, text="A post", kind="post")
    platform.add(START - timedelta(hours=1), text="A review")
    bench.run_one(platform.source())
    assert enforce(RULES, any_store, APP, START + timedelta(days=11)) == 1
    items = any_store.items.frame(APP).set_index("kind")
    assert items["text"].isna().to_dict() == {"post": True, "review": False}
