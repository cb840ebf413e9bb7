"""X through tweepy, against a stand-in that bills."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis.simulate.standins.network import Post
from analysis.simulate.standins.x import XServer
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.sources import load_source
from collector.sources._x_api import Count
from collector.sources.x import windows, without_dear_overlap
from tests.collector.sources.social import (
    APP,
    START,
    X_TOKEN,
    Bench,
    Clock,
    bench_of,
    network,
    posts,
    settings,
    wanted,
)

APPROVAL = {"approved_by": "Chief of Communications", "approved_on": "2026-01-02"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> XServer:
    return XServer(network(clock))


@pytest.fixture
def bench(server: XServer, clock: Clock, tmp_path: Path, secret: bytes) -> Iterator[Bench]:
    with bench_of(server, tmp_path, secret, clock) as made:
        yield made


def fill(server: XServer, *given: Post) -> None:
    for post in given:
        server.network.add(post)


def budget(bench: Bench, usd: float) -> None:
    x = bench.settings.x.model_copy(update={"monthly_budget_usd": usd})
    bench.settings = bench.settings.model_copy(update={"x": x})


def asked(server: XServer, what: str) -> int:
    return sum(what in request.path for request in server.requests)


def test_first_run_reads_seven_days(bench: Bench, server: XServer) -> None:
    fill(server, *posts(400, every=timedelta(minutes=40)))
    report = bench.run("x")
    week = [p for p in server.network.visible() if p.created_at >= START - timedelta(days=7)]
    assert report.outcome == "ok"
    assert abs(report.new - len(week)) <= 1  # the search ends five minutes short of its reach
    assert report.cost_usd == pytest.approx((server.billed_posts + asked(server, "counts")) * 0.005)


def test_counts_before_it_reads(bench: Bench, server: XServer) -> None:
    fill(server, *posts(30))
    bench.run("x")
    paths = [request.path for request in server.requests]
    assert paths == ["/2/tweets/counts/recent", "/2/tweets/search/recent"]


def test_nothing_new_costs_a_count_and_at_most_the_overlap(
    bench: Bench, server: XServer, clock: Clock
) -> None:
    fill(server, *posts(30))
    bench.run("x")
    clock.pass_time(hours=1)
    billed = server.billed_posts
    report = bench.run("x")
    assert (report.outcome, report.new) == ("ok", 0)
    assert report.requests <= 2
    assert server.billed_posts - billed <= 30
    assert report.cost_usd == pytest.approx((1 + server.billed_posts - billed) * 0.005)


def test_later_posts_and_an_edit(bench: Bench, server: XServer, clock: Clock) -> None:
    fill(server, *posts(10, every=timedelta(minutes=2)))
    clock.pass_time(minutes=1)
    bench.run("x")
    server.network.edit(10, "corrected #librarycard", START + timedelta(minutes=2))
    fill(server, *posts(5, until=START + timedelta(minutes=50), first=50))
    clock.pass_time(hours=1)
    report = bench.run("x")
    assert (report.outcome, report.new, report.changed) == ("ok", 5, 1)
    assert bench.texts() == wanted(server.network)


def test_flood_is_read_in_windows(bench: Bench, server: XServer, clock: Clock) -> None:
    bench.run("x")
    flood = posts(1200, every=timedelta(seconds=2), until=START + timedelta(minutes=45))
    fill(server, *flood)
    clock.pass_time(hours=1)
    report = bench.run("x")
    assert (report.outcome, report.new) == ("ok", 1200)
    assert server.billed_posts == 1200
    assert bench.texts() == wanted(server.network)


def test_backlog_beyond_the_pages_of_a_run_is_read_on(
    bench: Bench, server: XServer, clock: Clock
) -> None:
    fill(server, *posts(900, every=timedelta(seconds=6)))
    collecting = bench.settings.collecting.model_copy(update={"pages": {"x": 8}})
    bench.settings = bench.settings.model_copy(update={"collecting": collecting})
    clock.pass_time(minutes=1)
    outcomes = []
    for _ in range(6):
        outcomes.append(bench.run("x").outcome)
        clock.pass_time(minutes=5)
    assert outcomes[0] == "truncated"
    assert outcomes[-1] == "ok"
    assert bench.texts() == wanted(server.network)


def test_budget_is_never_passed(bench: Bench, server: XServer, clock: Clock) -> None:
    """Whatever arrives in a month, no more is billed than the budget."""
    budget(bench, 1.00)
    for hour in range(48):
        fill(
            server,
            *posts(
                7 * (hour % 5) + 3,
                every=timedelta(minutes=1),
                until=clock.now,
                first=1000 * (hour + 1),
            ),
        )
        bench.run("x")
        clock.pass_time(hours=1)
    assert server.billed_posts * 0.005 <= 1.00
    assert sum(report.cost_usd for report in bench.reports) <= 1.00 + 1e-9
    assert bench.reports[-1].outcome in ("failed", "partial")
    assert "budget of $1.00" in told(bench.reports[-1].stop_reason, english())
    assert bench.reports[-1].requests == 0


def test_what_a_removed_app_cost_counts_against_the_month(
    bench: Bench, server: XServer, clock: Clock
) -> None:
    fill(server, *posts(150, every=timedelta(minutes=1)))
    clock.pass_time(minutes=1)
    spent = bench.run("x").cost_usd
    assert spent > 0.5
    others = {"other-card": bench.settings.apps[APP]}
    bench.settings = bench.settings.model_copy(update={"apps": others})
    budget(bench, spent + 0.2)
    billed = server.billed_posts
    report = bench.run("x")
    assert report.app == "other-card"
    assert report.outcome in ("failed", "partial", "truncated")
    assert "budget" in told(report.stop_reason, english())
    assert 0 < report.cost_usd <= 0.2 + 1e-9
    assert (server.billed_posts - billed) * 0.005 <= 0.2


def test_new_month_new_budget(bench: Bench, server: XServer, clock: Clock) -> None:
    budget(bench, 0.50)
    fill(server, *posts(400, every=timedelta(minutes=1)))
    clock.pass_time(minutes=1)
    assert "budget" in told(bench.run("x").stop_reason, english())
    clock.pass_time(days=22)  # into April
    fill(server, *posts(5, until=clock.now, first=9000))
    assert bench.run("x").outcome == "ok"


def test_too_small_a_budget_asks_nothing(bench: Bench, server: XServer) -> None:
    budget(bench, 0.05)
    report = bench.run("x")
    assert (report.outcome, report.requests, server.requests) == ("failed", 0, [])


def test_no_credits_stops_and_says_so(clock: Clock, tmp_path: Path, secret: bytes) -> None:
    server = XServer(network(clock, *posts(30)), credits_usd=0.0)
    queries = {"apps": {APP: {"name": "Library Card", "queries": ["Library Card", "librarycard"],
                              "aliases": ["librarycard"]}}}  # fmt: skip
    with bench_of(server, tmp_path, secret, clock, **queries) as bench:
        report = bench.run("x")
    assert (report.outcome, report.cost_usd) == ("failed", 0.0)
    assert "no credits" in told(report.stop_reason, english())
    assert len(server.requests) == 1  # the second query is not even asked


def test_rate_limit_waits_as_long_as_asked(clock: Clock, tmp_path: Path, secret: bytes) -> None:
    server = XServer(network(clock, *posts(30)), limit=1)
    with bench_of(server, tmp_path, secret, clock) as bench:
        report = bench.run("x")
        assert (report.outcome, len(server.requests)) == ("failed", 2)
        assert report.next_due_at is not None
        assert report.next_due_at - clock.now >= timedelta(minutes=9)


def test_interrupted_answer_is_booked_at_its_worst(bench: Bench, server: XServer) -> None:
    fill(server, *posts(30))
    server.fail("clock_skew", "truncated")  # the counts come through, the posts do not
    report = bench.run("x")
    assert report.outcome == "failed"
    assert report.cost_usd == pytest.approx(31 * 0.005)
    assert len(server.requests) == 2  # a read that may have been charged is not repeated
    again = bench.run("x")
    assert (again.outcome, again.new) == ("ok", 30)


def test_refused_reads_cost_nothing(bench: Bench, server: XServer) -> None:
    fill(server, *posts(30))
    server.fail("clock_skew", "500")
    report = bench.run("x")
    assert (report.outcome, report.cost_usd) == ("failed", pytest.approx(0.005))


def test_error_without_posts_in_a_success(
    bench: Bench, server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis.simulate.standins.loopback import json_answer

    fill(server, *posts(3))
    monkeypatch.setattr(
        server, "answer", lambda *_: json_answer({"errors": [{"title": "Not now"}]})
    )
    report = bench.run("x")
    assert report.outcome == "failed"
    assert "Not now" in told(report.stop_reason, english())


def test_token_is_in_no_log(
    bench: Bench, server: XServer, caplog: pytest.LogCaptureFixture
) -> None:
    fill(server, *posts(3))
    with caplog.at_level(logging.DEBUG):
        bench.run("x")
    assert X_TOKEN not in caplog.text
    assert server.requests[0].bearer == X_TOKEN


def test_no_account_is_kept_or_looked_up(bench: Bench, server: XServer) -> None:
    fill(server, *posts(5))
    bench.run("x")
    assert all("expansions" not in request.query for request in server.requests)
    assert all("user.fields" not in request.query for request in server.requests)
    assert bench.items()["author_key"].nunique() == 5
    assert set(bench.items()["url"].str.startswith("https://x.com/i/status/")) == {True}


def test_only_one_process_spends(bench: Bench, server: XServer) -> None:
    from filelock import FileLock

    fill(server, *posts(3))
    bench.folder.mkdir()
    with FileLock(bench.folder / "x.lock"):
        report = bench.run("x")
    assert (report.outcome, report.requests) == ("failed", 0)
    assert bench.run("x").outcome == "ok"


def test_gap_longer_than_the_search_reaches_is_a_hole(
    bench: Bench, server: XServer, clock: Clock
) -> None:
    fill(server, *posts(5))
    bench.run("x")
    clock.pass_time(days=20)
    report = bench.run("x")
    assert report.covered_from is not None
    assert report.covered_from > clock.now - timedelta(days=7)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"x": {}}, "monthly_budget_usd"),
        ({"secrets": {}}, "BEARER_TOKEN"),
        ({"app": {"queries": []}}, "queries"),
    ],
)
def test_off_until_paid_and_approved(server: XServer, change: dict[str, Any], why: str) -> None:
    with server:
        chosen = settings(server, **change)
    plan = load_source("x").plan(chosen.apps[APP], chosen)
    assert plan.parts == ()
    assert plan.off is not None
    assert why in told(plan.off, english())


def test_a_name_that_finds_too_much_is_not_paid_for(
    bench: Bench, server: XServer, clock: Clock
) -> None:
    """A first count that would cost more than the budget: ten posts are looked at, once a week."""
    ordinary = [
        Post(number=n, created_at=START - timedelta(minutes=n + 2), text=f"senior citizen {n}")
        for n in range(900)
    ]
    fill(server, *ordinary)
    budget(bench, 10)
    app = bench.settings.apps[APP].model_copy(
        update={"name": "Citizen: Protect The World", "queries": ('"Citizen"',)}
    )
    bench.settings = bench.settings.model_copy(update={"apps": {APP: app}})
    first = bench.run("x")
    assert (first.outcome, first.new) == ("truncated", 0)
    assert told(first.stop_reason, english()) == (
        "not read, because the name finds too much: about 900 posts a week, $19 a month, and 0 of "
        "a sample of 10 speak of an app; set `context` to words that stand beside it"
    )
    spent = server.billed_posts
    assert spent == 10
    clock.pass_time(hours=1)
    assert bench.run("x").cost_usd == 0
    narrow = app.model_copy(update={"context": ("app",)})
    bench.settings = bench.settings.model_copy(update={"apps": {APP: narrow}})
    clock.pass_time(hours=1)
    assert bench.run("x").outcome == "ok"


def test_a_dear_name_of_its_own_is_read(bench: Bench, server: XServer) -> None:
    fill(server, *posts(900, every=timedelta(minutes=2)))
    budget(bench, 10)
    assert bench.run("x").new == 900


def counts_of(*numbers: int) -> list[Count]:
    minute = timedelta(minutes=1)
    return [Count(START + minute * n, START + minute * (n + 1), c) for n, c in enumerate(numbers)]


def test_windows_fill_pages() -> None:
    found = windows(counts_of(0, 60, 0, 40, 1, 250, 3))
    assert [w.posts for w in found] == [100, 1, 250, 3]
    assert found[0].start == START + timedelta(minutes=1)
    assert found[0].end == START + timedelta(minutes=4)


def test_overlap_is_left_out_where_it_is_dear() -> None:
    mark = START + timedelta(minutes=2)
    assert len(without_dear_overlap(counts_of(50, 50, 9), mark)) == 3
    assert [c.posts for c in without_dear_overlap(counts_of(50, 51, 9), mark)] == [9]


def test_a_long_post_is_stored_whole(bench: Bench, server: XServer) -> None:
    """`text` has 280 characters of it; the whole is asked for, and its end is there."""
    said = " ".join(f"why the librarycard app fails, reason number {n}" for n in range(60))
    fill(server, Post(number=1, created_at=START - timedelta(hours=2), text=said))
    fill(server, Post(number=2, created_at=START - timedelta(hours=1), text="short #librarycard"))
    bench.run("x")
    assert bench.texts() == sorted([said, "short #librarycard"])
