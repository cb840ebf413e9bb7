"""Feeds through feedparser, against a stand-in site."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.feeds import Entry, FeedServer
from analysis.simulate.standins.loopback import Answer
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.sources import load_source
from tests.collector.sources.social import APP, START, Bench, Clock, bench_of, settings

NEWS = "https://news.example.org/rss.xml"
STATEMENTS = "https://news.example.org/atom.xml"
BOTH = {"news_feeds": [NEWS], "statement_feeds": [STATEMENTS]}


def entry(number: int, title: str = "", *, summary: str = "", hours: float = 1) -> Entry:
    return Entry(
        title=title or f"Library Card in the news, part {number}",
        at=START - timedelta(hours=hours * number),
        link=f"https://news.example.org/{number}",
        summary=summary,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> FeedServer:
    return FeedServer(clock)


@pytest.fixture
def news(server: FeedServer, clock: Clock, tmp_path: Path, secret: bytes) -> Iterator[Bench]:
    app = {"apps": {APP: {"name": "Library Card", "news_feeds": [NEWS]}}}
    with bench_of(server, tmp_path, secret, clock, **app) as made:
        yield made


def titles(bench: Bench) -> list[str]:
    return list(bench.store.timeline.context(APP)["title"])


def test_news_that_name_the_app(news: Bench, server: FeedServer) -> None:
    server.entries = [
        entry(1, "Library Card is down"),
        entry(2, "Weather"),
        entry(3, "City hall", summary="<p>The <b>Library Card</b> app &amp; more</p>"),
        entry(4, "Cards for every library"),
    ]
    report = news.run("feeds")
    assert report.outcome == "ok"
    assert titles(news) == ["City hall", "Library Card is down"]
    found = news.store.timeline.context(APP).iloc[-1]
    assert (found["kind"], found["source"]) == ("news", "news.example.org")
    assert found["at"] == START - timedelta(hours=1)
    assert found["url"] == "https://news.example.org/1"


def test_all_statements(server: FeedServer, clock: Clock, tmp_path: Path, secret: bytes) -> None:
    server.entries = [entry(1, "Road works"), entry(2, "We are hiring")]
    app = {"apps": {APP: {"statement_feeds": [STATEMENTS]}}}
    with bench_of(server, tmp_path, secret, clock, **app) as bench:
        bench.run("feeds")
        assert set(bench.store.timeline.context(APP)["kind"]) == {"statement"}
        assert titles(bench) == ["We are hiring", "Road works"]


def test_unchanged_feed_is_not_sent_again(news: Bench, server: FeedServer, clock: Clock) -> None:
    server.entries = [entry(1)]
    news.run("feeds")
    clock.pass_time(hours=1)
    report = news.run("feeds")
    assert (report.outcome, told(report.stop_reason, english())) == (
        "ok",
        "unchanged since the last poll",
    )
    assert "if-none-match" in server.requests[-1].headers
    assert report.covered_from == START


def test_feed_without_a_known_entry_is_truncated(
    news: Bench, server: FeedServer, clock: Clock
) -> None:
    server.entries = [entry(n) for n in range(1, 15)]
    assert news.run("feeds").outcome == "ok"
    server.entries += [
        Entry(f"Library Card {n}", START + timedelta(minutes=n), f"https://news.example.org/n{n}")
        for n in range(1, 40)
    ]
    clock.pass_time(hours=1)
    report = news.run("feeds")
    assert report.outcome == "truncated"
    assert "all of them were new" in told(report.stop_reason, english())


def test_entries_without_a_date_are_left_out(news: Bench, server: FeedServer) -> None:
    server.entries = [entry(1), Entry("Library Card", None, "https://news.example.org/x")]
    report = news.run("feeds")
    assert len(titles(news)) == 1
    assert "1 without a date" in told(report.stop_reason, english())


def test_feed_that_breaks_off_keeps_what_it_gave(news: Bench, server: FeedServer) -> None:
    server.entries = [entry(n) for n in range(1, 12)]
    server.fail("truncated")
    report = news.run("feeds")
    assert report.outcome == "failed"
    assert "breaks off" in told(report.stop_reason, english())
    assert 0 < len(titles(news)) < 11
    assert news.run("feeds").outcome == "ok"
    assert len(titles(news)) == 11


def test_hostile_markup_is_text(
    news: Bench, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item>'
        "<title>Library Card &lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;bold&lt;/b&gt; "
        "someone@example.com</title><link>javascript:alert(1)</link>"
        "<pubDate>Tue, 10 Mar 2026 11:00:00 GMT</pubDate></item></channel></rss>"
    )
    monkeypatch.setattr(
        server, "answer", lambda *_: Answer(200, body.encode(), {"content-type": "text/xml"})
    )
    news.run("feeds")
    (title,) = titles(news)
    assert "script" not in title
    assert "<" not in title
    assert "someone@example.com" not in title
    assert news.store.timeline.context(APP)["url"].isna().all()


def test_entity_bombs_do_no_harm(
    news: Bench, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{entities}]><rss version="2.0">'
        "<channel><title>&e8;</title></channel></rss>"
    )
    monkeypatch.setattr(
        server, "answer", lambda *_: Answer(200, body.encode(), {"content-type": "text/xml"})
    )
    assert news.run("feeds").requests == 1
    assert titles(news) == []


def test_one_feed_failing_leaves_the_other(
    server: FeedServer, clock: Clock, tmp_path: Path, secret: bytes
) -> None:
    server.entries = [entry(1), entry(2)]
    server.fail("404")
    app = {"apps": {APP: {"name": "Library Card", **BOTH}}}
    with bench_of(server, tmp_path, secret, clock, **app) as bench:
        report = bench.run("feeds")
        assert report.outcome == "partial"
        assert len(titles(bench)) == 2


def test_redirect_inside_is_refused(
    news: Bench, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = {"location": "http://169.254.169.254/latest/meta-data"}
    monkeypatch.setattr(server, "answer", lambda *_: Answer(302, b"", inside))
    report = news.run("feeds")
    assert report.outcome == "failed"
    assert "not a public https address" in told(report.stop_reason, english())


def test_off_without_feeds(server: FeedServer) -> None:
    with server:
        chosen = settings(server)
    assert load_source("feeds").plan(chosen.apps[APP], chosen).parts == ()
