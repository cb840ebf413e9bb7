"""The commands `collect` and `init`: exit codes, summaries, JSON lines, the loop."""

import json
import os
import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import stamina
from click.testing import Result
from typer.testing import CliRunner

from analysis.simulate.standins.feeds import Entry, FeedServer
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.x import XServer
from collector.errors import ConfigError
from collector.polling.loop import LONGEST, SHORTEST, rounds, wake_at
from collector.polling.run import collect as collect_once
from collector.polling.surroundings import Surroundings
from collector.settings.config import parse_settings
from collector.store import Store, open_store
from dashboard.command_line.options import Globals
from dashboard.command_line.run_lines import exit_code
from dashboard.commands import apps, collect, init, status
from tests.collector.sources.social import APP, START, X_TOKEN, Clock, network, posts

TOML = """
[apps.library-card]
name = "Library Card"
aliases = ["librarycard"]
queries = ["librarycard"]
news_feeds = ["https://news.example.org/rss.xml"]

[collecting]
timeout_s = 10
requests_per_second = 10

[endpoints]
"mastodon.social" = "{mastodon}"
"news.example.org" = "{feeds}"
"""


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def social(clock: Clock) -> Iterator[MastodonServer]:
    with MastodonServer(network(clock, *posts(5))) as server:
        yield server


@pytest.fixture
def feeds(clock: Clock) -> Iterator[FeedServer]:
    entry = Entry("Library Card is down", START - timedelta(hours=1), "https://news.example.org/1")
    with FeedServer(clock, [entry]) as server:
        yield server


@pytest.fixture
def options(
    social: MastodonServer,
    feeds: FeedServer,
    tmp_path: Path,
    secret: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> Globals:
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.hex())
    config = tmp_path / "floodgauge.toml"
    config.write_text(TOML.format(mastodon=social.address, feeds=feeds.address))
    return Globals(f"sqlite:///{tmp_path / 'store.db'}", config)


def run(options: Globals, *arguments: str) -> Result:
    name, *rest = arguments
    command = {"apps": apps, "collect": collect, "init": init, "status": status}[name]
    return CliRunner().invoke(command.app, rest, obj=options)


def lines(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line]


def test_one_line_a_source(options: Globals) -> None:
    """The real clock is far from the stand-in's posts, so the network has nothing to give."""
    result = run(options, "collect")
    assert result.exit_code == 0
    feeds, mastodon = lines(result)
    assert feeds.startswith("library-card feeds: ok, 1 requests")
    assert "1 of 1 headline kept" in feeds
    assert mastodon.startswith("library-card mastodon: ok")


def test_json_lines(options: Globals) -> None:
    result = run(options, "collect", "--log-json", "--source", "feeds")
    (event,) = [json.loads(line) for line in lines(result)]
    assert (event["event"], event["app"], event["source"]) == ("finished", APP, "feeds")
    assert event["outcome"] == "ok"
    assert {"covered_from", "covered_to", "requests", "cost_usd", "next_due_at"} <= event.keys()


def test_json_lines_say_what_was_skipped(options: Globals) -> None:
    events = [json.loads(line) for line in lines(run(options, "collect", "--log-json"))]
    reasons = {e["source"]: e["reason"] for e in events if e["event"] == "skipped"}
    assert "monthly_budget_usd" in reasons["x"]
    assert "no google_play id" in reasons["google_play"]


WANTED = """
[x]
monthly_budget_usd = 5.0
approved_by = "the board"
approved_on = 2026-01-31

[bluesky]
handle = "library.example.org"
"""


def test_a_configured_source_without_its_secret_is_told(options: Globals) -> None:
    assert options.config_path is not None
    options.config_path.write_text(options.config_path.read_text() + WANTED)
    result = run(options, "collect")
    assert result.exit_code == 0
    told = [line for line in lines(result) if "not read" in line]
    assert told == [
        "library-card bluesky: not read (set FLOODGAUGE_BLUESKY_APP_PASSWORD)",
        "library-card x: not read (set FLOODGAUGE_X_BEARER_TOKEN)",
    ]
    events = [json.loads(line) for line in lines(run(options, "collect", "--log-json"))]
    assert {e["source"] for e in events if e.get("wanted")} == {"bluesky", "x"}
    rows = run(options, "status", "--json")
    states = {row["source"]: row for row in json.loads(rows.stdout)}
    assert states["x"]["outcome"] == "not_read"
    assert states["x"]["message"] == "set FLOODGAUGE_X_BEARER_TOKEN"
    assert {name for name, row in states.items() if row["outcome"] == "not_read"} == {
        "bluesky",
        "x",
    }
    said = run(options, "status").stdout
    assert "not read (set FLOODGAUGE_BLUESKY_APP_PASSWORD)" in said


def test_one_failing_source_is_exit_1(options: Globals, social: MastodonServer) -> None:
    social.fail(always="500")
    result = run(options, "collect")
    assert result.exit_code == 1
    feeds, mastodon = lines(result)
    assert ": ok" in feeds
    assert ": failed" in mastodon
    assert "status 500" in mastodon


def test_all_failing_is_exit_3(options: Globals, social: MastodonServer, feeds: FeedServer) -> None:
    social.fail(always="500")
    feeds.fail(always="html")
    assert run(options, "collect").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--app", "other"], "no app 'other'"),
        (["--source", "nowhere"], "no source named"),
        (["--source", "x"], "monthly_budget_usd"),
    ],
)
def test_what_cannot_be_collected(options: Globals, arguments: list[str], why: str) -> None:
    result = run(options, "collect", *arguments)
    assert isinstance(result.exception, ConfigError)
    assert why in str(result.exception)


def test_without_apps_it_says_what_to_do(tmp_path: Path) -> None:
    config = tmp_path / "empty.toml"
    config.write_text("")
    result = run(Globals(f"sqlite:///{tmp_path / 'store.db'}", config), "collect")
    assert "floodgauge init" in str(result.exception)


def test_loop_ends_well_when_told_to_stop(
    options: Globals, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("time.sleep", wait)
    monkeypatch.setattr(Surroundings, "__init__", _with_sleep(wait))
    before = signal.getsignal(signal.SIGTERM)
    result = run(options, "collect", "--loop", "--source", "feeds")
    assert result.exit_code == 0
    assert signal.getsignal(signal.SIGTERM) == before
    assert len(waits) == 2
    assert all(SHORTEST.total_seconds() <= w <= LONGEST.total_seconds() for w in waits)
    assert len(lines(result)) == 1  # the second round had nothing that was due


def _with_sleep(wait: object) -> object:
    original = Surroundings.__init__

    def made(self: Surroundings, **how: object) -> None:
        original(self, **{"sleep": wait, **how})

    return made


def test_rounds_follow_what_the_sources_ask_for(
    options: Globals, social: MastodonServer, clock: Clock, tmp_path: Path, secret: bytes
) -> None:
    """Six hours of a quiet network: about one poll an hour, none of them early."""
    around = Surroundings(
        clock=clock, sleep=clock.sleep, monotonic=clock.monotonic, private_dir=tmp_path
    )
    polls = []
    with open_store(f"sqlite:///{tmp_path / 'loop.db'}", secret=secret) as store:
        for reports in rounds(options.settings, store, around, sources=["mastodon"]):
            polls += [report.started_at for report in reports]
            if clock.now > START + timedelta(hours=6):
                break
    assert 6 <= len(polls) <= 8
    gaps = [b - a for a, b in pairwise(polls)]
    assert min(gaps) >= timedelta(minutes=59)


def test_wake_is_bounded(options: Globals, clock: Clock, tmp_path: Path, any_due: Store) -> None:
    now = clock.now
    assert wake_at(any_due, [APP], now) <= now + LONGEST
    assert wake_at(any_due, [APP], now) >= now + SHORTEST
    assert wake_at(any_due, ["another"], now) == now + LONGEST


@pytest.fixture
def any_due(options: Globals, clock: Clock, tmp_path: Path, secret: bytes) -> Iterator[Store]:
    around = Surroundings(
        clock=clock, sleep=clock.sleep, monotonic=clock.monotonic, private_dir=tmp_path
    )
    with open_store(f"sqlite:///{tmp_path / 'due.db'}", secret=secret) as store:
        collect_once(options.settings, store, around, sources=["mastodon"])
        yield store


def test_exit_code_of_nothing_is_0() -> None:
    assert exit_code([]) == 0


def test_init_writes_once(tmp_path: Path) -> None:
    config = tmp_path / "new" / "floodgauge.toml"
    result = run(Globals(None, config), "init")
    assert result.exit_code == 0
    assert parse_settings(config.read_text()).apps
    config.write_text("# mine")
    again = run(Globals(None, config), "init")
    assert isinstance(again.exception, ConfigError)
    assert "--force" in str(again.exception)
    assert config.read_text() == "# mine"
    assert run(Globals(None, config), "init", "--force").exit_code == 0
    assert config.read_text() != "# mine"


def test_init_refuses_what_is_no_link(tmp_path: Path) -> None:
    config = tmp_path / "floodgauge.toml"
    result = run(Globals(None, config), "init", "--app", "some words")
    assert isinstance(result.exception, ConfigError)
    assert not config.exists()


def test_init_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(Globals(None, tmp_path / "file" / "floodgauge.toml"), "init")
    assert isinstance(result.exception, ConfigError)


PAID = """
[x]
monthly_budget_usd = 5.0
approved_by = "the board"
approved_on = 2026-01-31

[endpoints]
"api.twitter.com" = "{x}"
"""


def test_cron_pays_once_an_hour(
    options: Globals, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert options.config_path is not None
    monkeypatch.setenv("FLOODGAUGE_X_BEARER_TOKEN", X_TOKEN)
    clock.now = datetime.now(UTC)
    with XServer(network(clock)) as server:
        apps = TOML.split("[endpoints]")[0].format()
        options.config_path.write_text(apps + PAID.format(x=server.address))
        assert "$0.005" in run(options, "collect", "--source", "x").stdout
        again = run(options, "collect", "--source", "x")
        assert again.exit_code == 0
        assert re.fullmatch(
            r"library-card x: not due until \d\d:\d\d UTC \(--now reads it anyway\)\n",
            again.stdout,
        )
        assert len(server.requests) == 1
        assert ": ok" in run(options, "collect", "--source", "x", "--now").stdout
        assert len(server.requests) == 2
    both = run(options, "collect", "--loop", "--now")
    assert isinstance(both.exception, ConfigError)


def test_a_history_moves_to_another_key(options: Globals) -> None:
    run(options, "collect")
    assert run(options, "apps").stdout.startswith("library-card  Library Card  0 items, since ")
    moved = run(options, "apps", "rename", "library-card", "city-library")
    assert moved.stdout == "library-card is now city-library; everything kept under it came along\n"
    assert run(options, "apps").stdout.startswith("city-library  Library Card")
