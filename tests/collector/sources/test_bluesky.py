"""Bluesky through the atproto client, against a stand-in server."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.bluesky import PASSWORD, BlueskyServer
from analysis.simulate.standins.network import Post
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.sources import load_source
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
def server(clock: Clock) -> BlueskyServer:
    return BlueskyServer(network(clock))


@pytest.fixture
def bench(server: BlueskyServer, clock: Clock, tmp_path: Path, secret: bytes) -> Iterator[Bench]:
    with bench_of(server, tmp_path, secret, clock) as made:
        yield made


def fill(server: BlueskyServer, *given: Post) -> None:
    for post in given:
        server.network.add(post)


def searches(server: BlueskyServer) -> int:
    return sum(request.path.endswith("searchPosts") for request in server.requests)


def test_first_run_reads_all(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(250))
    report = bench.run("bluesky")
    assert (report.outcome, report.new, report.bad) == ("ok", 250, 0)
    assert bench.texts() == wanted(server.network)
    assert report.covered_from == START - timedelta(days=30)
    assert set(bench.items()["kind"]) == {"post"}


def test_session_outlives_the_run(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(3))
    bench.run("bluesky")
    bench.run("bluesky")
    assert server.sessions == 1
    (kept,) = bench.folder.glob("bluesky-*.session")
    assert kept.stat().st_mode & 0o077 == 0
    assert PASSWORD not in kept.read_text()


def test_expired_session_is_renewed(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(3))
    bench.run("bluesky")
    server.expire_sessions()
    assert bench.run("bluesky").outcome == "ok"
    assert server.sessions == 2


def test_unreadable_session_file_is_replaced(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(3))
    bench.run("bluesky")
    (kept,) = bench.folder.glob("bluesky-*.session")
    kept.write_text("not a session")
    assert bench.run("bluesky").outcome == "ok"
    assert server.sessions == 2


def test_wrong_password_says_so_without_it(
    server: BlueskyServer, clock: Clock, tmp_path: Path, secret: bytes
) -> None:
    wrong = {"bluesky_app_password": "wrong-wrong-wrong"}
    with bench_of(server, tmp_path, secret, clock, secrets=wrong) as bench:
        report = bench.run("bluesky")
    assert report.outcome == "failed"
    assert "app password" in told(report.stop_reason, english())
    assert "wrong-wrong" not in told(report.stop_reason, english())


def test_quiet_hour_costs_one_search(bench: Bench, server: BlueskyServer, clock: Clock) -> None:
    fill(server, *posts(150, every=timedelta(hours=5)))
    bench.run("bluesky")
    before = searches(server)
    clock.pass_time(hours=1)
    report = bench.run("bluesky")
    assert (report.outcome, report.new, searches(server) - before) == ("ok", 0, 1)
    assert report.covered_to == report.started_at


def test_posts_older_than_the_retention_are_not_taken(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(40, every=timedelta(days=1)))
    bench.run("bluesky")
    assert bench.items()["created_at"].min() >= START - timedelta(days=30)


def test_no_account_is_kept(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(5))
    bench.run("bluesky")
    stored = bench.items().reset_index().to_csv()
    assert "did:plc" not in stored
    assert "example.test" not in stored
    assert bench.items()["author_key"].nunique() == 5


def test_links_are_written_out(bench: Bench, server: BlueskyServer) -> None:
    link = "https://apps.example.com/library-card?l=en"
    fill(server, *posts(1))
    server.links[1] = link
    bench.run("bluesky")
    assert bench.texts() == [f"the #librarycard post number 1 {link}"]


def test_authors_who_ask_not_to_be_shown_are_left_out(bench: Bench, server: BlueskyServer) -> None:
    fill(server, *posts(3))
    server.hidden.add(2)
    report = bench.run("bluesky")
    assert (report.new, report.bad) == (2, 0)


def test_search_that_lists_less_than_it_counts_is_truncated(
    clock: Clock, tmp_path: Path, secret: bytes
) -> None:
    server = BlueskyServer(network(clock, *posts(900, every=timedelta(minutes=1))), most=600)
    with bench_of(server, tmp_path, secret, clock) as bench:
        report = bench.run("bluesky")
    assert (report.outcome, report.new) == ("truncated", 600)
    assert report.covered_from == START - timedelta(minutes=600)
    assert report.next_due_at is not None
    assert report.next_due_at - clock.now <= timedelta(minutes=5)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"app": {"queries": []}}, "no social queries"),
        ({"bluesky": {}}, "handle"),
        ({"secrets": {}}, "FLOODGAUGE_BLUESKY_APP_PASSWORD"),
    ],
)
def test_off_without_what_it_needs(
    server: BlueskyServer, change: dict[str, object], why: str
) -> None:
    with server:
        chosen = settings(server, **change)
    plan = load_source("bluesky").plan(chosen.apps[APP], chosen)
    assert plan.parts == ()
    assert plan.off is not None
    assert why in told(plan.off, english())


def test_a_quote_post_keeps_its_words_and_the_address_of_its_card(
    bench: Bench, server: BlueskyServer
) -> None:
    card = "https://news.example.org/2026/03/why-the-library-card-failed"
    fill(server, *posts(3))
    server.cards[2] = card
    report = bench.run("bluesky")
    assert (report.new, report.bad) == (3, 0)
    words = wanted(server.network)
    expected = [f"{text} {card}" if text.endswith(" 2") else text for text in words]
    assert bench.texts() == sorted(expected)
