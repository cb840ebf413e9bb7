"""Every source under every fault: the run says what went wrong, and nothing is lost or doubled.

The faults are those of the sources' rules: what a wire does, what odd rows do, and what a platform
does between two polls. A combination that cannot occur stands in NOT_POSSIBLE with its reason.
"""

from datetime import timedelta
from pathlib import Path
from typing import Literal, get_args

import pytest

from analysis.simulate.standins.loopback import IN_THE_ROWS, ON_THE_WIRE, RETRY_AFTER_S, Fault
from collector.sources import load_source
from tests.collector.sources.places import PLACED, Place, fill, place_of
from tests.collector.sources.social import START
from tests.standins.shops import APP

Change = Literal["edited", "removed", "flood"]
BETWEEN_POLLS: tuple[Change, ...] = get_args(Change)
ONE_PAGE = "a feed is one page"
NOT_POSSIBLE: dict[tuple[str, str], str] = {
    ("feeds", "repeated_token"): ONE_PAGE,
    ("feeds", "empty_page_with_token"): ONE_PAGE,
    ("feeds", "more_rows"): "a feed is not asked for a number of rows",
    ("feeds", "clock_skew"): "an entry's date is the publisher's; a later one than now becomes now",
    ("mastodon", "empty_page_with_token"): "it gives no tokens: an empty page is the end",
    ("feeds", "edited"): "a headline is kept as it was first read",
    ("bluesky", "edited"): "posts cannot be edited there",
}
CIRCULAR = ("repeated_token", "empty_page_with_token")
FLOOD, PAGES = 1_200, 5
"""Far more than a run that may read so many pages can get."""


def combinations(faults: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(s, f) for s in PLACED for f in faults if (s, f) not in NOT_POSSIBLE]


def each(faults: tuple[str, ...]) -> pytest.MarkDecorator:
    cases = combinations(faults)
    return pytest.mark.parametrize(("source", "fault"), cases, ids=[f"{s}-{f}" for s, f in cases])


def assert_equal(place: Place) -> None:
    """All that is visible is in the store, once."""
    shown = sorted(place.things.shown())
    kept = [text for text in place.stored() if text in shown]
    assert kept == shown


def start(place: Place) -> None:
    """A first good run over some things of the last days; a feed shows no more than 20."""
    fill(place, 1, 15, START - timedelta(minutes=1), timedelta(minutes=10))
    assert place.run().outcome == "ok"
    place.clock.pass_time(hours=1)


def recover(place: Place) -> None:
    """An hour later and, for what is only seen in a walk to the end, a week later."""
    place.server.fail()
    place.timeout_s = 10.0
    twice = load_source(place.source).shifts  # where pages are numbered, removals want two walks
    for wait in (1, 6 * 24 + 22, *((1,) * twice)):
        place.clock.pass_time(hours=wait)
        assert place.run().outcome == "ok"


@each(ON_THE_WIRE)
def test_on_the_wire(source: str, fault: Fault, tmp_path: Path, secret: bytes) -> None:
    with place_of(source, tmp_path, secret) as place:
        start(place)
        fill(place, 100, 3, place.clock.now, timedelta(minutes=5))
        before, marks = place.stored(), place.marks()
        place.server.fail(always=fault)
        if fault == "time_out":
            place.timeout_s = 0.15
        report = place.run()
        assert report.outcome == "failed", report.stop_reason
        assert report.stop_reason
        if (source, fault) == ("feeds", "truncated"):  # what came of it is readable
            assert set(place.stored()) >= set(before)
        else:
            assert place.stored() == before
        assert place.marks() == marks
        assert report.next_due_at is not None
        wait = report.next_due_at - report.ended_at
        assert wait >= timedelta(seconds=RETRY_AFTER_S if fault == "429_retry_after" else 1)
        recover(place)
        assert_equal(place)
        assert not place.gone()


@each(IN_THE_ROWS)
def test_in_the_rows(source: str, fault: Fault, tmp_path: Path, secret: bytes) -> None:
    with place_of(source, tmp_path, secret) as place:
        count = {"feeds": 15, "x": 130, "bluesky": 130, "mastodon": 90}.get(source, 230)
        fill(place, 1, count, START - timedelta(minutes=1), timedelta(minutes=10))
        place.server.fail(always=fault)
        report = place.run()
        assert len(place.server.requests) < 100  # never in circles
        if fault in CIRCULAR:
            assert report.outcome != "ok" or set(place.stored()) == set(place.things.shown())
        else:
            assert report.outcome in ("ok", "truncated"), report.stop_reason
            assert_equal(place)
        recover(place)
        assert_equal(place)
        assert not place.gone()


@each(("edited",))
def test_edited(source: str, fault: Change, tmp_path: Path, secret: bytes) -> None:
    with place_of(source, tmp_path, secret) as place:
        start(place)
        place.things.add(50, place.clock.now - timedelta(minutes=6))
        place.run()
        place.clock.pass_time(minutes=5)
        place.things.edit(50, place.clock.now - timedelta(minutes=1))
        recover(place)
        assert_equal(place)
        revisions = place.store.revisions.frame(APP)
        assert [text.removeprefix("#librarycard ") for text in revisions["text"]] == ["Text 50"]
        if revisions["rating"].notna().any():
            assert revisions["rating"].tolist() == [3.0]


@each(("removed",))
def test_removed(source: str, fault: Change, tmp_path: Path, secret: bytes) -> None:
    """Where a complete walk can tell, the thing counts as gone; elsewhere nothing is claimed."""
    with place_of(source, tmp_path, secret) as place:
        start(place)
        before = place.stored()
        (text,) = [text for text in place.things.shown() if text.endswith("Text 13")]
        place.things.remove(13, place.clock.now)
        recover(place)
        assert_equal(place)
        told = load_source(source).tells_gone
        assert place.stored() == [kept for kept in before if not (told and kept == text)]
        if source != "feeds":
            assert place.gone() == ({text} if told else set())


@each(("flood",))
def test_flood_between_two_polls(source: str, fault: Change, tmp_path: Path, secret: bytes) -> None:
    """What the platform or the run's limits withhold is said, and what counts as read is there.

    The App Store gets the 10,000 of its own rule, of which it shows 500.
    """
    with place_of(source, tmp_path, secret) as place:
        start(place)
        flood = 10_000 if source == "app_store" else FLOOD
        fill(place, 1000, flood, place.clock.now, timedelta(minutes=50) / flood)
        place.pages = {source: PAGES} if source != "app_store" else {}
        report = place.run()
        kept, shown = set(place.stored()), place.things.shown()
        assert report.outcome == "truncated", report.stop_reason
        assert report.stop_reason
        assert report.next_due_at == report.ended_at + load_source(source).poll_at_least
        assert 10 < len(kept) < len(shown)
        assert not place.gone()
        if source == "feeds":
            return
        assert report.covered_from is not None
        assert report.covered_to is not None
        read = [t for t, at in shown.items() if report.covered_from < at < report.covered_to]
        assert kept.issuperset(read)
        assert len(read) > 50


def test_every_combination_is_tried_or_impossible() -> None:
    every = {(s, f) for s in PLACED for f in (*ON_THE_WIRE, *IN_THE_ROWS, *BETWEEN_POLLS)}
    tried = combinations((*ON_THE_WIRE, *IN_THE_ROWS, *BETWEEN_POLLS))
    assert set(tried) | NOT_POSSIBLE.keys() == every
    assert len(every) == 9 * 18
