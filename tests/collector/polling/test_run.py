"""How runs are made: marks, overlap, removals, budgets, locks, reports."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.end_codes import of_parts
from collector.errors import (
    AuthFailed,
    BudgetExhausted,
    ConfigError,
    PayloadChanged,
    RateLimited,
    SourceUnavailable,
    StoreError,
)
from collector.polling.lock import only_one
from collector.polling.run import collect
from collector.polling.surroundings import PollEvent, Surroundings
from collector.records import ContextEvent, RatingSnapshot, RawItem
from collector.settings.config import Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.store import Store, open_store
from tests.collector.scripted import APP, START, Bench, Platform
from tests.processes import hold_source, holding


@pytest.fixture
def bench(tmp_path: Path, secret: bytes) -> Iterator[Bench]:
    with open_store(f"sqlite:///{tmp_path / 'store.db'}", secret=secret) as store:
        yield Bench(store, tmp_path / "private")


def filled(count: int, *, every: timedelta = timedelta(hours=1), **how: object) -> Platform:
    platform = Platform(**how)
    for number in range(count):
        platform.add(START - every * (count - number))
    return platform


def mark_of(bench: Bench, part: str = "reviews") -> dict[str, object]:
    return json.loads(bench.store.cursors.get(APP, "scripted", part) or "{}")


def test_first_run_reads_to_the_end(bench: Bench) -> None:
    platform = filled(35)
    report = bench.run_one(platform.source())
    assert (report.outcome, report.new, report.seen, report.bad) == ("ok", 35, 35, 0)
    assert report.covered_from == START - timedelta(hours=35)
    assert report.covered_to == START
    assert set(bench.items().index) == set(platform.items)


def test_second_run_reads_only_the_overlap(bench: Bench) -> None:
    platform = filled(100, page_size=10)
    source = platform.source(overlap=timedelta(hours=14))
    bench.run_one(source)
    platform.pages_read = 0
    bench.clock.pass_time(hours=1)
    report = bench.run_one(source)
    assert report.new == 0
    assert platform.pages_read == 2  # 14 hours of one review an hour, ten a page
    assert report.covered_from == START - timedelta(hours=15)


def test_quiet_app_costs_one_page(bench: Bench) -> None:
    platform = filled(100, every=timedelta(days=3), page_size=20)
    source = platform.source()
    bench.run_one(source)
    platform.pages_read = 0
    bench.clock.pass_time(hours=1)
    assert bench.run_one(source).outcome == "ok"
    assert platform.pages_read == 1


def test_overlap_is_bounded_in_pages(bench: Bench) -> None:
    platform = filled(400, every=timedelta(minutes=1), page_size=10)
    source = platform.source(overlap=timedelta(days=2), overlap_pages=3)
    bench.run_one(source)
    platform.pages_read = 0
    platform.add(START)
    bench.clock.pass_time(minutes=5)
    report = bench.run_one(source)
    assert (report.outcome, report.new) == ("ok", 1)
    assert platform.pages_read == 3
    assert report.covered_from is not None
    assert report.covered_from < START


def test_an_edit_keeps_the_old_stars_and_text(bench: Bench) -> None:
    platform = filled(5)
    source = platform.source()
    bench.run_one(source)
    platform.edit("r00004", rating=1.0, text="crashes now")
    bench.clock.pass_time(hours=1)
    report = bench.run_one(source)
    assert (report.new, report.changed) == (0, 1)
    assert bench.items().loc["r00004", "rating"] == 1.0
    old = bench.store.revisions.frame(APP)
    assert old[["item_id", "rating", "text"]].values.tolist() == [["r00004", 3.0, "fine"]]


def test_two_clocks(bench: Bench) -> None:
    platform = filled(3)
    source = platform.source()
    bench.run_one(source)
    bench.clock.pass_time(hours=2)
    bench.run_one(source)
    row = bench.items().loc["r00002"]
    assert row["created_at"] == START - timedelta(hours=1)
    assert row["first_seen"] == START
    assert row["last_seen"] == START + timedelta(hours=2)


def test_the_mark_holds_times_only(bench: Bench) -> None:
    bench.run_one(filled(35).source())
    mark = mark_of(bench)
    assert mark.pop("state") == {}
    assert {type(datetime.fromisoformat(str(value))) for value in mark.values()} == {datetime}


@pytest.mark.parametrize(
    "failure",
    [
        SourceUnavailable("no answer"),
        RateLimited("slow down", 60),
        PayloadChanged("odd"),
        AuthFailed("no"),
        KeyError("surprise"),
    ],
)
def test_a_walk_that_breaks_off_leaves_the_mark(bench: Bench, failure: Exception) -> None:
    platform = filled(30)
    source = platform.source(overlap=timedelta(0))
    bench.run_one(source)
    before = mark_of(bench)
    for hour in range(25):
        platform.add(START + timedelta(hours=hour))
    bench.clock.pass_time(hours=25)
    platform.fail_at, platform.failure = 2, failure
    report = bench.run_one(source)
    assert (report.outcome, report.new) == ("partial", 10)
    assert report.covered_from == START + timedelta(hours=15)  # the first page was read
    assert mark_of(bench) == before
    platform.fail_at = None
    bench.clock.pass_time(minutes=5)
    healed = bench.run_one(source)
    assert (healed.outcome, healed.new) == ("ok", 15)
    assert set(bench.items().index) == set(platform.items)


def test_a_failure_on_the_first_page_is_a_failed_run(bench: Bench) -> None:
    platform = filled(30, fail_at=1, failure=SourceUnavailable("no answer in time"))
    report = bench.run_one(platform.source())
    assert (report.outcome, report.stop_reason) == ("failed", "no answer in time")
    assert report.covered_from is None
    assert report.covered_to is None
    assert bench.store.runs.latest().loc[0, "message"] == of_parts(
        [("reviews", "no answer in time")]
    )


def test_a_walk_without_an_end_is_not_believed(bench: Bench) -> None:
    def walk(visit: Visit) -> Iterator[Page]:
        yield Page(items=(RawItem(source="scripted", item_id="a", created_at=START, rating=1),))

    report = bench.run_one(Platform().source(walk=walk))
    assert report.outcome == "partial"
    assert mark_of(bench) == {}


def test_a_cap_that_hides_the_mark_is_truncated_and_due_sooner(bench: Bench) -> None:
    platform = filled(40, page_size=10, cap=50)
    source = platform.source(page_budget=5, first_budget=5)
    assert bench.run_one(source).outcome == "ok"
    bench.clock.pass_time(hours=1)
    flood = [
        platform.add(START + timedelta(seconds=n * 0.36), stars=1, text=f"flood {n}")
        for n in range(10_000)
    ]
    report = bench.run_one(source)
    assert (report.outcome, report.new) == ("truncated", 50)
    assert report.next_due_at == report.ended_at + source.poll_at_least
    assert report.covered_from == platform.items[flood[-50]].created_at
    assert mark_of(bench)["newest"] == platform.items[flood[-1]].created_at.isoformat()
    bench.clock.pass_time(minutes=5)
    later = platform.add(bench.clock.now - timedelta(seconds=10))
    again = bench.run_one(source)
    assert (again.outcome, again.new) == ("ok", 1)  # the mark had moved
    assert later in bench.items().index
    assert bench.items()["removed_at"].isna().all()  # pushed out of sight is not gone


def test_a_spent_page_budget_is_truncated(bench: Bench) -> None:
    platform = filled(95)
    source = platform.source(page_budget=3, first_budget=5)
    report = bench.run_one(source)
    assert (report.outcome, report.seen) == ("truncated", 50)
    assert "5 pages" in told(report.stop_reason, english())
    bench.clock.pass_time(hours=1)
    assert bench.run_one(source).outcome == "ok"


def test_the_operator_can_set_the_page_budget(bench: Bench) -> None:
    bench.settings = Settings(
        apps={APP: {"name": "Library Card"}}, collecting={"pages": {"scripted": 2}}
    )
    assert bench.run_one(filled(95).source()).seen == 20


def test_gone_after_a_complete_walk_only(bench: Bench) -> None:
    platform = filled(60)
    source = platform.source(overlap=timedelta(hours=20))
    bench.run_one(source)
    platform.remove("r00055", bench.clock.now)  # within the overlap
    platform.remove("r00005", bench.clock.now)  # far behind it
    bench.clock.pass_time(hours=1)
    platform.fail_at, platform.failure = 2, SourceUnavailable("no answer")
    assert bench.run_one(source).outcome == "partial"
    assert bench.items()["removed_at"].isna().all()
    platform.fail_at = None
    bench.clock.pass_time(hours=1)
    bench.run_one(source)
    gone = bench.items()["removed_at"].dropna()
    assert gone.to_dict() == {"r00055": pd.Timestamp(bench.clock.now)}


def test_a_walk_to_the_end_is_repeated_and_sees_old_removals_and_edits(bench: Bench) -> None:
    platform = filled(60)
    source = platform.source(overlap=timedelta(hours=5), reread_every=timedelta(days=7))
    bench.run_one(source)
    platform.remove("r00000", bench.clock.now)
    platform.remove("r00005", bench.clock.now)
    platform.edit("r00010", text="better now")
    bench.clock.pass_time(days=6)
    assert bench.run_one(source).changed == 0
    bench.clock.pass_time(days=1)
    assert bench.run_one(source).changed == 1
    assert set(bench.items()["removed_at"].dropna().index) == {"r00000", "r00005"}


def test_an_item_that_slips_between_numbered_pages_is_not_gone(bench: Bench) -> None:
    platform = filled(30, page_size=10)
    source = platform.source(shifts=True)
    bench.run_one(source)
    bench.clock.pass_time(hours=1)
    platform.during = lambda page: (
        platform.remove("r00025", bench.clock.now) if "r00025" in platform.items else None
    )
    bench.run_one(source)  # r00019 was first on page 2, then last on page 1, already read
    assert bench.items()["removed_at"].isna().all()
    for _ in range(2):
        bench.clock.pass_time(hours=1)
        bench.run_one(source)
    assert set(bench.items()["removed_at"].dropna().index) == {"r00025"}


def test_old_removals_between_numbered_pages_take_two_walks_to_the_end(bench: Bench) -> None:
    platform = filled(60)
    source = platform.source(
        overlap=timedelta(hours=5), overlap_pages=2, reread_every=timedelta(days=7), shifts=True
    )
    bench.run_one(source)
    platform.remove("r00005", bench.clock.now)
    bench.clock.pass_time(days=7)
    platform.pages_read = 0
    bench.run_one(source)
    assert platform.pages_read == 6
    assert bench.items()["removed_at"].isna().all()
    bench.clock.pass_time(hours=1)
    bench.run_one(source)
    assert platform.pages_read == 12
    assert set(bench.items()["removed_at"].dropna().index) == {"r00005"}
    bench.clock.pass_time(hours=1)
    bench.run_one(source)
    assert platform.pages_read == 14  # back to the overlap only


def test_an_item_that_comes_back_is_not_gone(bench: Bench) -> None:
    platform = filled(30)
    source = platform.source()
    bench.run_one(source)
    kept = platform.items["r00029"]
    platform.remove("r00029", bench.clock.now)
    bench.clock.pass_time(hours=1)
    bench.run_one(source)
    assert bench.items().loc["r00029", "removed_at"] is not pd.NaT
    platform.items["r00029"] = kept
    bench.clock.pass_time(hours=1)
    report = bench.run_one(source)
    assert (report.new, report.changed) == (0, 0)
    assert bench.items()["removed_at"].isna().all()


def test_an_interrupted_judgement_is_made_up_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process may end between the last page and the marking of what is gone."""
    platform = filled(60)
    source = platform.source(overlap=timedelta(hours=5), reread_every=timedelta(days=7))
    bench.run_one(source)
    platform.remove("r00010", bench.clock.now)
    bench.clock.pass_time(days=7)

    def killed(*args: object, **kwargs: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        calls = iter([lambda *a, **k: 0, killed])
        patch.setattr(bench.store.items, "mark_gone", lambda *a, **k: next(calls)(*a, **k))
        with pytest.raises(KeyboardInterrupt):
            bench.run_one(source)
    assert bench.items()["removed_at"].isna().all()
    bench.clock.pass_time(hours=1)
    bench.run_one(source)
    assert set(bench.items()["removed_at"].dropna().index) == {"r00010"}


def test_an_empty_list_that_was_not_empty_is_suspect(bench: Bench) -> None:
    platform = filled(30)
    source = platform.source()
    bench.run_one(source)
    before = mark_of(bench)
    kept, platform.items = platform.items, {}
    bench.clock.pass_time(hours=1)
    report = bench.run_one(source)
    assert report.outcome == "suspect_empty"
    assert report.covered_to is None
    assert mark_of(bench) == before
    assert bench.items()["removed_at"].isna().all()
    platform.items = kept
    assert bench.run_one(source).outcome == "ok"


def test_an_empty_list_beside_many_ratings_is_suspect(bench: Bench) -> None:
    def plan(app: object, settings: object) -> Plan:
        return Plan(parts=(Part(key="totals", reads="totals"), Part(key="reviews")))

    def walk(visit: Visit) -> Iterator[Page]:
        if visit.part.reads == "items":
            yield Page(end=End(kind="end", why="end of the list"))
            return
        stars = dict.fromkeys([f"star_{n}" for n in range(1, 6)])
        total = RatingSnapshot(
            app=APP, source="scripted", country="us", at=visit.now, average=1.1, count=516, **stars
        )
        yield Page(snapshots=(total,), end=End(kind="end", why="read"))

    report = bench.run_one(Platform().source(plan=plan, walk=walk))
    assert report.outcome == "suspect_empty"
    assert "516" in told(report.stop_reason, english())
    assert bench.store.timeline.snapshots(APP)["count"].tolist() == [516]


def test_rows_out_of_order_neither_stop_a_walk_nor_go_missing(bench: Bench) -> None:
    platform = filled(50)
    source = platform.source(overlap=timedelta(hours=2))
    bench.run_one(source)
    for hour in range(40):
        platform.add(START + timedelta(hours=hour))
    bench.clock.pass_time(hours=41)

    def pinned(rows: list[RawItem]) -> list[RawItem]:
        """Each page upside down, and a very old row on top of the list."""
        rows = [*rows[-1:], *rows[:-1]]
        return [row for n in range(0, len(rows), 10) for row in rows[n : n + 10][::-1]]

    platform.shuffle = pinned
    assert bench.run_one(source).new == 40
    assert set(bench.items().index) == set(platform.items)


def test_repeated_rows_count_once(bench: Bench) -> None:
    platform = filled(15)
    platform.shuffle = lambda rows: [row for row in rows for _ in range(2)]
    report = bench.run_one(platform.source())
    assert report.new == 15
    assert len(bench.items()) == 15


def test_a_platform_clock_ahead_of_ours_does_not_lose_reviews(bench: Bench) -> None:
    platform = filled(5, page_size=5)
    platform.add(START + timedelta(days=400), text="from the future")
    source = platform.source(overlap=timedelta(hours=1))
    bench.run_one(source)
    assert mark_of(bench)["newest"] == START.isoformat()
    assert bench.items()["created_at"].max() <= START + timedelta(days=1)
    for hour in range(12):
        platform.add(START + timedelta(hours=hour))
    bench.clock.pass_time(hours=12)
    assert bench.run_one(source).new == 12


def test_a_mostly_unreadable_page_is_a_changed_payload(bench: Bench) -> None:
    def walk(visit: Visit) -> Iterator[Page]:
        item = RawItem(source="scripted", item_id="a", created_at=START, rating=1)
        yield Page(items=(item,), bad=9, end=End(kind="end", why="end"))

    report = bench.run_one(Platform().source(walk=walk))
    assert report.outcome == "failed"
    assert "9 of 10 rows" in told(report.stop_reason, english())
    assert mark_of(bench) == {}


def test_bad_rows_are_counted_and_stop_judging_removals(bench: Bench) -> None:
    platform = filled(10)
    bench.run_one(platform.source())

    def walk(visit: Visit) -> Iterator[Page]:
        rows = tuple(platform.listed()[1:])
        yield Page(items=rows, bad=1, end=End(kind="end", why="end"))

    bench.clock.pass_time(hours=1)
    report = bench.run_one(platform.source(walk=walk))
    assert (report.outcome, report.bad) == ("ok", 1)
    assert bench.items()["removed_at"].isna().all()


def parts_source(walks: dict[str, Platform | Exception], **changes: object) -> Source:
    """A source with one part for each entry, read from its platform or failing."""

    def walk(visit: Visit) -> Iterator[Page]:
        platform = walks[visit.part.key]
        if isinstance(platform, Exception):
            raise platform
        return platform.walk(visit)

    parts = tuple(Part(key=key, country=key) for key in walks)
    return Platform().source(plan=lambda app, settings: Plan(parts=parts), walk=walk, **changes)


def test_one_storefront_failing_does_not_fail_the_rest(bench: Bench) -> None:
    us, gb = filled(12), Platform()
    for n in range(7):
        gb.items[f"gb{n}"] = RawItem(
            source="scripted", item_id=f"gb{n}", created_at=START - timedelta(hours=n), rating=5
        )
    report = bench.run_one(
        parts_source({"us": us, "de": SourceUnavailable("status 500"), "gb": gb})
    )
    assert (report.outcome, report.new) == ("partial", 19)
    assert "status 500" in told(report.stop_reason, english())
    assert mark_of(bench, "us")
    assert mark_of(bench, "gb")
    assert not mark_of(bench, "de")
    details = json.loads(bench.store.runs.latest().loc[0, "details"])
    assert {key: part["outcome"] for key, part in details.items()} == {
        "us": "ok",
        "de": "failed",
        "gb": "ok",
    }


def test_a_storefront_without_reviews_beside_others_is_no_failure(bench: Bench) -> None:
    def empty(visit: Visit) -> Iterator[Page]:
        yield Page(end=End(kind="suspect_empty", why="both feeds are empty"))

    silent = Platform()
    silent.walk = empty  # type: ignore[method-assign]
    report = bench.run_one(parts_source({"us": filled(12), "va": silent}))
    assert report.outcome == "ok"
    assert bench.run_one(parts_source({"va": silent})).outcome == "suspect_empty"


@pytest.mark.parametrize(
    ("errors", "asked"),
    [
        (
            [
                RateLimited("slow"),
                RateLimited("slow"),
                SourceUnavailable("x"),
                SourceUnavailable("x"),
            ],
            2,
        ),
        (
            [
                RateLimited("slow"),
                SourceUnavailable("x"),
                RateLimited("slow"),
                SourceUnavailable("x"),
            ],
            4,
        ),
        ([BudgetExhausted("spent"), SourceUnavailable("x")], 1),
    ],
)
def test_a_source_that_says_stop_is_left_alone(
    bench: Bench, errors: list[Exception], asked: int
) -> None:
    walks: dict[str, Platform | Exception] = {f"p{n}": e for n, e in enumerate(errors)}
    bench.run_one(parts_source(walks))
    details = json.loads(bench.store.runs.latest().loc[0, "details"])
    reasons = [part["stop_reason"] for part in details.values()]
    assert sum("not-asked" not in reason for reason in reasons) == asked


def test_a_list_that_was_empty_is_covered_from_its_last_walk(bench: Bench) -> None:
    """Its first item does not open a hole between the walk before and that item."""
    platform = Platform()
    source = platform.source()
    assert bench.run_one(source).outcome == "ok"
    bench.clock.pass_time(hours=4)
    platform.add(bench.clock.now - timedelta(hours=1))
    report = bench.run_one(source)
    assert (report.outcome, report.new) == ("ok", 1)
    assert report.covered_from == START


def test_a_language_without_reviews_does_not_hide_what_the_others_cover(bench: Bench) -> None:
    source = parts_source({"en": filled(35), "es": Platform()})
    first = bench.run_one(source)
    assert (first.outcome, first.new) == ("ok", 35)
    assert (first.covered_from, first.covered_to) == (START - timedelta(hours=35), START)
    bench.clock.pass_time(hours=1)
    later = bench.run_one(source)
    assert later.outcome == "ok"
    assert later.covered_from == START - timedelta(hours=35)  # the list ends within the overlap


def test_a_language_that_failed_beside_an_empty_one_covers_nothing_yet(bench: Bench) -> None:
    report = bench.run_one(parts_source({"en": SourceUnavailable("status 500"), "es": Platform()}))
    assert (report.outcome, report.covered_from) == ("partial", START)


def test_an_item_of_two_parts_is_stored_once_and_as_the_first(bench: Bench) -> None:
    def language(code: str) -> Platform:
        platform = filled(6)
        platform.items = {k: replace(v, lang=code) for k, v in platform.items.items()}
        return platform

    source = parts_source({"en": language("en"), "es": language("es")})
    first = bench.run_one(source)
    bench.clock.pass_time(hours=1)
    second = bench.run_one(source)
    assert (first.new, second.new, second.changed) == (6, 0, 0)
    assert set(bench.items()["lang"]) == {"en"}


def test_oldest_first_moves_the_mark_with_every_page(bench: Bench) -> None:
    platform = filled(60, page_size=10)

    def walk(visit: Visit) -> Iterator[Page]:
        after = visit.mark or START - timedelta(days=10)
        rows = [r for r in reversed(platform.listed()) if r.created_at > after]
        for n in range(0, max(len(rows), 1), 10):
            if platform.fail_at == n // 10 + 1:
                raise SourceUnavailable("no answer")
            end = End(kind="end", why="caught up") if n + 10 >= len(rows) else None
            state = {"min_id": rows[n].item_id or ""} if rows else None
            yield Page(items=tuple(rows[n : n + 10]), end=end, state=state)

    source = platform.source(order="oldest_first", walk=walk, tells_gone=False, first_budget=4)
    platform.fail_at = 3
    report = bench.run_one(source)
    assert (report.outcome, report.new) == ("partial", 20)
    assert mark_of(bench)["newest"] == platform.items["r00019"].created_at.isoformat()
    assert mark_of(bench)["state"] == {"min_id": "r00010"}
    platform.fail_at = None
    report = bench.run_one(source)
    assert (report.outcome, report.new) == ("ok", 40)
    assert report.covered_from == platform.items["r00019"].created_at


def test_sources_that_are_not_configured_are_skipped_with_the_reason(bench: Bench) -> None:
    said: list[PollEvent] = []
    around = Surroundings(clock=bench.clock, private_dir=bench.folder, progress=said.append)
    off = Platform().source(plan=lambda app, settings: Plan(off="needs a key"))
    assert collect(bench.settings, bench.store, around, sources=[off]) == []
    assert [(p.step, p.message) for p in said] == [("skipped", "needs a key")]


def test_unknown_names_are_refused(bench: Bench) -> None:
    with pytest.raises(ConfigError, match="no app nobody"):
        bench.run(Platform().source(), apps=["nobody"])
    with pytest.raises(ConfigError, match="no source named 'nowhere'"):
        collect(bench.settings, bench.store, sources=["nowhere"])


def shop(name: str = "google_play") -> Source:
    """Three reviews of a store of that name."""
    platform = filled(3)
    for item_id in platform.items:
        platform.edit(item_id, source=name)
    return platform.source(name=name)


def named(bench: Bench, **ids: str) -> None:
    bench.settings = Settings(apps={APP: {"name": "Library Card", **ids}})


def test_a_key_is_one_app_for_good(bench: Bench) -> None:
    source = shop()
    named(bench, google_play="com.one.app")
    bench.run_one(source)
    named(bench, google_play="com.two.app")
    with pytest.raises(ConfigError, match=r"'com\.one\.app' already.*another key"):
        bench.run(source)
    assert len(bench.items()) == 3
    named(bench, google_play="com.one.app", app_store="123456789")
    assert bench.run_one(source).outcome == "ok"


def test_an_id_that_found_nothing_may_be_corrected(bench: Bench) -> None:
    named(bench, google_play="com.one.typo")
    bench.run_one(shop("mastodon"))
    named(bench, google_play="com.one.app")
    bench.run_one(shop())
    named(bench, google_play="com.one.typo")
    with pytest.raises(ConfigError, match=r"com\.one\.app"):
        bench.run(shop())


def test_only_due(bench: Bench) -> None:
    source = filled(3).source(poll_every=timedelta(hours=1))
    bench.run_one(source)
    bench.clock.pass_time(minutes=59)
    assert bench.run(source, waiting="all") == []
    bench.clock.pass_time(minutes=1)
    assert len(bench.run(source, waiting="all")) == 1


def test_a_paid_source_waits_and_a_free_one_does_not(bench: Bench) -> None:
    """cron every ten minutes for six hours: the paid source is read once an hour."""
    paid = filled(3).source(cost="$0.005 a post read", poll_every=timedelta(hours=1))
    read = {"paid": 0, "free": 0}
    for _ in range(36):
        read["paid"] += len(bench.run(paid, waiting="paid"))
        bench.clock.pass_time(minutes=10)
    for _ in range(36):
        read["free"] += len(bench.run(filled(3).source(cost="free"), waiting="paid"))
        bench.clock.pass_time(minutes=10)
    assert read == {"paid": 6, "free": 36}
    assert len(bench.run(paid, waiting="none")) == len(bench.run(paid, waiting="none")) == 1


def test_an_hourly_cron_job_does_not_miss_a_paid_source(bench: Bench) -> None:
    """The next time is counted from the end of a run, cron counts from its start."""
    paid = filled(30).source(cost="$0.005 a post read", poll_every=timedelta(hours=1))
    for hour in range(4):
        bench.clock.now = START + timedelta(hours=hour)
        assert len(bench.run(paid, waiting="paid")) == 1
        bench.clock.pass_time(minutes=3)


@pytest.mark.parametrize(
    ("new", "elapsed", "minutes"),
    [(0, 60, 60), (10, 60, 60), (25, 60, 60), (50, 60, 30), (75, 60, 20), (75, 10, 5)],
)
def test_next_due_follows_the_share_that_was_new(
    bench: Bench, new: int, elapsed: int, minutes: int
) -> None:
    """100 rows are what a walk can read; the aim is that a poll finds at most a quarter new."""
    platform = filled(30)
    source = platform.source(page_budget=10, overlap=timedelta(0))
    bench.run_one(source)
    bench.clock.pass_time(minutes=elapsed)
    for n in range(new):
        platform.add(START + timedelta(seconds=n))
    report = bench.run_one(source)
    assert report.new == new
    assert report.next_due_at == report.ended_at + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("failure", "minutes"),
    [
        (RateLimited("slow down", 7200.0), 120),
        (RateLimited("slow down"), 60),
        (SourceUnavailable("no answer"), 15),
    ],
)
def test_next_due_after_a_failure(bench: Bench, failure: Exception, minutes: int) -> None:
    report = bench.run_one(filled(30, fail_at=1, failure=failure).source())
    assert report.next_due_at == report.ended_at + timedelta(minutes=minutes)


def test_a_failing_source_leaves_the_others(bench: Bench) -> None:
    bad = filled(3, fail_at=1, failure=SourceUnavailable("down")).source(name="other")
    reports = bench.run(bad, filled(3).source())
    assert [(r.source, r.outcome) for r in reports] == [("other", "failed"), ("scripted", "ok")]
    assert len(bench.items()) == 3


def test_a_failing_store_is_not_the_sources_fault(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr(bench.store.items, "write", full)
    with pytest.raises(StoreError, match="disk full"):
        bench.run_one(filled(3).source())


def test_cost_is_counted_by_month_over_all_apps(bench: Bench) -> None:
    bench.settings = Settings(apps={APP: {}, "bus-times": {}})
    spent: list[float] = []

    def walk(visit: Visit) -> Iterator[Page]:
        spent.append(visit.spent_usd)
        yield Page(cost_usd=0.25)
        raise SourceUnavailable("broke off after paying")

    source = Platform().source(walk=walk)
    reports = bench.run(source)
    bench.run(source)
    assert spent == [0.0, 0.25, 0.5, 0.75]
    assert [r.cost_usd for r in reports] == [0.25, 0.25]
    bench.clock.now = datetime(2026, 4, 1, tzinfo=START.tzinfo)
    bench.run(source)
    assert spent[4] == 0.0


def test_context_events_are_kept_once(bench: Bench) -> None:
    def walk(visit: Visit) -> Iterator[Page]:
        event = ContextEvent(
            app=visit.key,
            source="scripted",
            event_id="e1",
            at=START,
            kind="statement",
            title="The library card app is back",
            url=None,
            first_seen=visit.now,
        )
        yield Page(context=(event,), end=End(kind="end", why="end of the feed"))

    source = Platform().source(walk=walk, tells_gone=False)
    bench.run_one(source)
    bench.clock.pass_time(hours=1)
    assert bench.run_one(source).outcome == "ok"
    assert bench.store.timeline.context(APP)["first_seen"].tolist() == [pd.Timestamp(START)]


def test_descriptions_are_kept_from_their_first_sight(bench: Bench) -> None:
    shown = ["Your library", "Your library", " ", "Your library, faster", "Your library"]

    def walk(visit: Visit) -> Iterator[Page]:
        yield Page(description=shown.pop(0), end=End(kind="end", why="all"))

    source = Platform().source(walk=walk, tells_gone=False)
    for _ in range(5):
        bench.run_one(source)
        bench.clock.pass_time(hours=1)
    known = bench.store.descriptions.known
    assert known(APP, START) == ["Your library"]
    assert known(APP, START + timedelta(hours=9)) == ["Your library", "Your library, faster"]
    assert known("another", START + timedelta(hours=9)) == []


def test_secrets_do_not_reach_the_report(bench: Bench) -> None:
    bench.settings = Settings(apps={APP: {}}, secrets={"x_bearer_token": "AAAA-very-secret"})
    failure = SourceUnavailable("https://example.org/?token=AAAA-very-secret refused")
    report = bench.run_one(filled(3, fail_at=1, failure=failure).source())
    assert "AAAA" not in told(report.stop_reason, english())
    assert "AAAA" not in bench.store.runs.latest().to_string()


def test_two_processes_do_not_run_the_same_source(bench: Bench) -> None:
    where = (bench.store.database.url, APP, "scripted", bench.folder / "locks")
    other, free = holding(hold_source, *where)
    try:
        assert free
        assert bench.run(filled(3).source()) == []
        assert [r.source for r in bench.run(filled(3).source(name="other"))] == ["other"]
        other.kill()  # the lock of a killed process is free again
        other.join(30)
        assert len(bench.run(filled(3).source())) == 1
    finally:
        other.kill()
        other.join(30)


def test_a_folder_that_cannot_hold_locks_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(ConfigError, match="cannot make a lock in"),
        only_one("sqlite://", APP, "scripted", tmp_path / "file" / "locks"),
    ):
        pass


def test_works_on_every_database(any_store: Store, tmp_path: Path) -> None:
    bench = Bench(any_store, tmp_path / "private")
    platform = filled(35)
    assert bench.run_one(platform.source()).new == 35
    platform.remove("r00030", START)
    platform.edit("r00031", text="changed")
    bench.clock.pass_time(hours=1)
    report = bench.run_one(platform.source())
    assert (report.new, report.changed) == (0, 1)
    assert set(bench.items()["removed_at"].dropna().index) == {"r00030"}
