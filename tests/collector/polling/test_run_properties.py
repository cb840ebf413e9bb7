"""What holds for any history of reviews, edits, removals and interrupted runs."""

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import SourceUnavailable
from collector.polling.walk import stamp
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.collector.scripted import Bench, Clock, Platform

COUNTER = itertools.count()
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 12)),
        st.tuples(st.just("edit"), st.integers(0, 99)),
        st.tuples(st.just("bump"), st.integers(0, 99)),
        st.tuples(st.just("remove"), st.integers(0, 99)),
        st.tuples(st.just("wait"), st.integers(1, 900)),
        st.tuples(st.just("run"), st.one_of(st.none(), st.integers(1, 4))),
    ),
    min_size=5,
    max_size=40,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, secret: bytes) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("properties") / "store.db"
    with open_store(f"sqlite:///{path}", secret=secret) as opened:
        yield opened


@pytest.fixture(scope="module")
def fresh(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Bench]:
    """A bench with an app of its own for every example, in one store."""
    folder: Path = tmp_path_factory.mktemp("private")

    def make() -> Bench:
        key = f"app{next(COUNTER)}"
        clock = Clock()
        clock.now = max(clock.now, store.clocks.newest() or clock.now)  # no clock goes back
        return Bench(store, folder, clock, key, Settings(apps={key: {}}))

    return make


def live(
    bench: Bench, platform: Platform, steps: list[tuple[str, int | None]], *, shifts: bool
) -> list[tuple[RunReport, dict[str, tuple[datetime, str]]]]:
    """Play the steps; each run with what the platform showed then: id -> (stamp, text)."""
    source = platform.source(
        overlap=timedelta(hours=12),
        overlap_pages=2,
        page_budget=4,
        first_budget=6,
        reread_every=timedelta(days=3),
        shifts=shifts,
    )
    history = []
    for action, number in steps:
        bench.clock.pass_time(minutes=1)
        ids = sorted(platform.items)
        chosen = ids[(number or 0) % len(ids)] if ids else None
        if action == "add":
            for _ in range(number or 0):
                bench.clock.pass_time(seconds=20)
                platform.add(bench.clock.now)
        elif action == "wait":
            bench.clock.pass_time(minutes=number or 0)
        elif action == "run":
            platform.fail_at, platform.failure = number, SourceUnavailable("no answer")
            report = bench.run_one(source)
            shown = {k: (stamp(r), r.text or "") for k, r in platform.items.items()}
            history.append((report, shown))
        elif chosen is not None and action == "remove":
            platform.remove(chosen, bench.clock.now)
        elif chosen is not None:
            moved = {"updated_at": bench.clock.now} if action == "bump" else {}
            platform.edit(chosen, text=f"now {bench.clock.now:%d %H:%M}", **moved)
    return history


@settings(max_examples=40, deadline=None)
@given(STEPS, st.booleans())
def test_what_a_run_says_it_covered_is_in_the_store(
    fresh: Callable[[], Bench], steps: list[tuple[str, int | None]], shifts: bool
) -> None:
    bench, platform = fresh(), Platform(page_size=5)
    history = live(bench, platform, [*steps, ("run", None)], shifts=shifts)
    items = bench.items()
    report, shown = history[-1]
    for item_id, (at, text) in shown.items():
        if report.covered_from is not None and at >= report.covered_from:
            assert items.loc[item_id, "text"] == text
    for report, shown in history:
        for item_id, (at, _) in shown.items():
            if report.covered_from is not None and at >= report.covered_from:
                assert item_id in items.index


@settings(max_examples=40, deadline=None)
@given(STEPS, st.booleans())
def test_every_hole_is_recorded(
    fresh: Callable[[], Bench], steps: list[tuple[str, int | None]], shifts: bool
) -> None:
    bench, platform = fresh(), Platform(page_size=5)
    history = live(bench, platform, [*steps, ("run", None)], shifts=shifts)
    reached: datetime | None = None
    for report, shown in history:
        newest = max((at for at, _ in shown.values()), default=None)
        if report.outcome not in ("ok", "truncated") or newest is None:
            continue
        assert report.covered_from is not None
        if report.outcome == "ok" and reached is not None:
            assert report.covered_from <= reached
        reached = max(newest, reached or newest)
    missing = set(platform.items) - set(bench.items().index)
    cut = any(report.outcome == "truncated" for report, _ in history)
    assert not missing or cut or history[-1][0].outcome == "suspect_empty"


@settings(max_examples=40, deadline=None)
@given(STEPS, st.booleans())
def test_counts_add_up_and_only_what_was_removed_is_gone(
    fresh: Callable[[], Bench], steps: list[tuple[str, int | None]], shifts: bool
) -> None:
    bench, platform = fresh(), Platform(page_size=5)
    history = live(bench, platform, [*steps, ("run", None)], shifts=shifts)
    items = bench.items()
    assert items.index.is_unique
    assert sum(report.new for report, _ in history) == len(items)
    assert sum(report.changed for report, _ in history) == len(
        bench.store.revisions.frame(bench.key)
    )
    gone = items["removed_at"].dropna()
    assert set(gone.index) <= set(platform.removed)
    for item_id, at in gone.items():
        assert at >= platform.removed[str(item_id)]
