"""Mastodon through Mastodon.py, against a stand-in server."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.network import Post
from collector.sources import load_source
from collector.sources.mastodon import hashtags
from tests.collector.sources.social import (
    APP,
    START,
    Bench,
    Clock,
    bench_of,
    network,
    posts,
    settings,
    wanted,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> MastodonServer:
    return MastodonServer(network(clock))


@pytest.fixture
def bench(server: MastodonServer, clock: Clock, tmp_path: Path, secret: bytes) -> Iterator[Bench]:
    with bench_of(server, tmp_path, secret, clock) as made:
        yield made


def fill(server: MastodonServer, *given: Post) -> None:
    for post in given:
        server.network.add(post)


def test_first_run_reads_all(bench: Bench, server: MastodonServer) -> None:
    fill(server, *posts(130))
    report = bench.run("mastodon")
    assert (report.outcome, report.new, report.bad) == ("ok", 130, 0)
    assert bench.texts() == wanted(server.network)
    assert report.covered_from == START - timedelta(days=30)
    assert report.covered_to is not None
    assert report.covered_to >= START


def test_quiet_hour_costs_two_requests(bench: Bench, server: MastodonServer, clock: Clock) -> None:
    fill(server, *posts(30, every=timedelta(hours=3)))
    bench.run("mastodon")
    server.requests.clear()
    clock.pass_time(hours=1)
    report = bench.run("mastodon")
    assert (report.outcome, report.new, report.requests) == ("ok", 0, 2)
    assert [set(r.query) & {"min_id", "max_id"} for r in server.requests] == [
        {"min_id"},
        {"max_id"},
    ]


def test_edits_and_late_arrivals_within_the_overlap(
    bench: Bench, server: MastodonServer, clock: Clock
) -> None:
    fill(server, *posts(20))
    bench.run("mastodon")
    server.network.edit(15, "the #librarycard post, corrected", START + timedelta(minutes=5))
    late = Post(number=99, created_at=START - timedelta(hours=2), text="late #librarycard")
    server.network.add(late, visible_at=START + timedelta(minutes=10))
    clock.pass_time(minutes=30)
    report = bench.run("mastodon")
    assert (report.new, report.changed) == (1, 1)
    assert bench.texts() == wanted(server.network)
    assert list(bench.store.revisions.frame(APP)["text"]) == ["the #librarycard post number 15"]


def allow_pages(bench: Bench, pages: int) -> None:
    collecting = bench.settings.collecting.model_copy(update={"pages": {"mastodon": pages}})
    bench.settings = bench.settings.model_copy(update={"collecting": collecting})


def test_an_edit_does_not_move_the_mark_past_unread_posts(
    bench: Bench, server: MastodonServer, clock: Clock
) -> None:
    """The first page holds a post that was edited after all others were published."""
    fill(server, *posts(100))
    server.network.edit(3, "edited #librarycard", START - timedelta(seconds=1))
    allow_pages(bench, 1)
    assert bench.run("mastodon").outcome == "truncated"
    for _ in range(4):
        clock.pass_time(minutes=5)
        bench.run("mastodon")
    assert bench.texts() == wanted(server.network)


def test_flood_larger_than_a_run_is_read_on_without_a_hole(
    bench: Bench, server: MastodonServer, clock: Clock
) -> None:
    fill(server, *posts(10))
    bench.run("mastodon")
    flood = posts(500, every=timedelta(seconds=5), until=START + timedelta(hours=1), first=100)
    fill(server, *flood)
    allow_pages(bench, 10)
    clock.pass_time(hours=1)
    first = bench.run("mastodon")
    assert first.outcome == "truncated"
    assert first.next_due_at is not None
    assert first.next_due_at - clock.now <= timedelta(minutes=5)
    clock.pass_time(minutes=5)
    assert bench.run("mastodon").outcome == "ok"
    assert bench.texts() == wanted(server.network)


def test_gap_longer_than_the_retention_is_not_called_covered(
    bench: Bench, server: MastodonServer, clock: Clock
) -> None:
    fill(server, *posts(5))
    bench.run("mastodon")
    clock.pass_time(days=50)
    report = bench.run("mastodon")
    assert report.covered_from == report.started_at - timedelta(days=30)


def test_no_account_is_kept(bench: Bench, server: MastodonServer) -> None:
    fill(server, *posts(5))
    bench.run("mastodon")
    stored = bench.items().reset_index().to_csv()
    assert "author-" not in stored
    assert "example.test" not in stored
    assert bench.items()["author_key"].nunique() == 5


def test_token_goes_to_the_first_server_only(
    clock: Clock, tmp_path: Path, secret: bytes, server: MastodonServer
) -> None:
    more = {
        "mastodon": {"servers": ["https://mastodon.social", "https://other.example.com"]},
        "secrets": {"mastodon_token": "token-of-the-first"},
    }
    with bench_of(server, tmp_path, secret, clock, **more) as bench:
        both = {server.host: server.address, "other.example.com": server.address}
        bench.settings = bench.settings.model_copy(update={"endpoints": both})
        fill(server, *posts(3))
        report = bench.run("mastodon")
    assert report.new == 3  # the same posts on two servers are the same items
    assert [request.bearer for request in server.requests] == [
        "token-of-the-first",
        "token-of-the-first",
        None,
        None,
    ]


def test_server_that_wants_a_token(clock: Clock, tmp_path: Path, secret: bytes) -> None:
    server = MastodonServer(network(clock, *posts(3)), token="wanted")
    with bench_of(server, tmp_path, secret, clock) as bench:
        report = bench.run("mastodon")
    assert report.outcome == "failed"
    assert "token" in report.stop_reason


def test_rate_limit_says_when(clock: Clock, tmp_path: Path, secret: bytes) -> None:
    server = MastodonServer(network(clock, *posts(100)), limit=1)
    with bench_of(server, tmp_path, secret, clock) as bench:
        report = bench.run("mastodon")
        assert report.outcome == "partial"
        assert report.new == 40
        assert report.next_due_at is not None
        assert report.next_due_at - clock.now >= timedelta(minutes=4)
        server.limit = None
        clock.pass_time(minutes=5)
        assert bench.run("mastodon").outcome == "ok"
        assert bench.texts() == wanted(server.network)


def test_hashtags_name_the_app() -> None:
    subjects = ("Library Card", "Example City")
    assert hashtags(('"Library Card"',), subjects) == ("librarycard",)
    assert hashtags(("#LibraryCard OR #examplecity",), subjects) == ("examplecity", "librarycard")
    assert hashtags(("#protest Library Card",), subjects) == ("librarycard",)


def test_off_without_queries(server: MastodonServer) -> None:
    with server:
        chosen = settings(server, {"queries": []})
    assert load_source("mastodon").plan(chosen.apps[APP], chosen).parts == ()
