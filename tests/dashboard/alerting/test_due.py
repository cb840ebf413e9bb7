"""What a channel did not take stays due: told late, once a channel, in what it has room for."""

import os
import signal
import time as clock
from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import stamina
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from collector.end_codes import reason
from collector.errors import StoreError
from collector.freshness import source_states
from collector.store import Store, open_store
from dashboard.alerting import sending
from dashboard.alerting.deliver import all_told, deliver
from dashboard.alerting.sending import Refused
from dashboard.alerting.settings import AlertSettings
from tests import processes
from tests.dashboard import builders
from tests.dashboard.alerting.test_deliver import Post, webhook

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NOW = builders.ONSET + timedelta(hours=3)
LINK = "https://floodgauge.example.org"
ONE = AlertSettings(channels=("one",))
TWO = AlertSettings(channels=("one", "two"))
DAY = timedelta(days=1)


def tell(store: Store, made: dict[str, Any], lines: int | None = None) -> None:
    store.apps.ensure(made["app"], made["app"])
    store.incidents.replace(made["app"], [(made, "x")], builders.alarms(made)[:lines])


@pytest.fixture
def watched(any_store: Store) -> Store:
    tell(any_store, builders.incident(ended=False))
    return any_store


@pytest.fixture
def six(store: Store) -> Store:
    """Six apps with an incident each, none of which has grown."""
    for number in range(6):
        tell(store, builders.incident(f"tip-line-{number}", ended=False, escalations=[]), 1)
    return store


@pytest.mark.parametrize("days", [3, 30, 400])
def test_what_was_not_delivered_is_told_late(watched: Store, days: int) -> None:
    post = Post()
    post.broken = {"one"}
    for day in range(min(days, 5)):
        deliver(watched, ONE, NOW + DAY * day, post)
    assert not all_told(watched, ONE)
    (row,) = source_states(watched)
    assert row.message == reason("failed-channel", count=2, since="2024-05-05T11:00:00Z")
    post.broken = set()
    (done,) = deliver(watched, ONE, NOW + DAY * days, post)
    assert (done.alarms, done.taken) == (2, True)
    _, title, body = post.sent[0]
    assert title == "tip-line: 200 low-star reviews since Sun 08:00"
    assert "This comes late: it should have been told on Sun 5 May 2024" in body
    assert deliver(watched, ONE, NOW + DAY * (days + 1), post) == []
    assert all_told(watched, ONE)
    assert source_states(watched) == []


def test_an_incident_that_ended_meanwhile_is_one_late_message(watched: Store) -> None:
    post = Post()
    post.broken = {"one"}
    deliver(watched, ONE, NOW, post)
    tell(watched, builders.incident())
    deliver(watched, ONE, NOW + DAY * 5, post)
    post.broken = set()
    (done,) = deliver(watched, ONE, NOW + DAY * 9, post)
    assert done.alarms == 3
    ((_, title, body),) = post.sent
    assert title == "tip-line: over since Mon 04:00, 200 low-star reviews in all"
    assert "This comes late" in body
    assert deliver(watched, ONE, NOW + DAY * 10, post) == []


def test_a_message_in_time_is_not_called_late(watched: Store) -> None:
    post = Post()
    deliver(watched, ONE, NOW, post)
    assert "comes late" not in post.sent[0][2]


def test_analyses_that_stood_still_for_days_drop_nothing(any_store: Store) -> None:
    post = Post()
    deliver(any_store, ONE, builders.ONSET - timedelta(hours=1), post)
    tell(any_store, builders.incident(ended=False))
    (done,) = deliver(any_store, ONE, builders.ONSET + DAY * 6, post)
    assert done.taken
    assert "This comes late" in post.sent[0][2]


def test_an_old_dump_is_history_for_a_channel_that_was_looked_at(any_store: Store) -> None:
    post = Post()
    later = builders.ONSET + DAY * 200
    deliver(any_store, ONE, later, post)
    tell(any_store, builders.incident())
    assert deliver(any_store, ONE, later + DAY, post) == []


def test_what_quiet_hours_hold_for_days_is_not_dropped(any_store: Store) -> None:
    """An operator's quiet that hardly ever ends: what it holds stays due."""
    made = builders.incident(ended=False, escalations=[])
    tell(any_store, made, 1)
    always = AlertSettings(channels=("one",), quiet=(time(0), time(23, 59, 59)))
    post = Post()
    for day in range(6):
        assert deliver(any_store, always, NOW + DAY * day, post) == []
    assert len(deliver(any_store, ONE, NOW + DAY * 6, post)) == 1


def test_a_new_address_is_told_what_the_old_one_never_took(watched: Store) -> None:
    post = Post()
    post.broken = {"one"}
    deliver(watched, ONE, NOW, post)
    (done,) = deliver(watched, AlertSettings(channels=("new",)), NOW + DAY * 9, post)
    assert done.taken


def test_an_incident_that_is_none_any_more_waits_for_nobody(watched: Store) -> None:
    post = Post()
    post.broken = {"one"}
    deliver(watched, ONE, NOW, post)
    watched.incidents.replace("tip-line", [], [])
    assert deliver(watched, ONE, NOW + DAY, post) == []
    assert watched.deliveries.failing() == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    down=st.lists(st.sets(st.sampled_from(["one", "two"])), max_size=8),
    hours=st.lists(st.integers(1, 100), min_size=8, max_size=8),
)
def test_each_channel_is_told_each_line_once(
    down: Sequence[set[str]], hours: Sequence[int]
) -> None:
    """Whatever is down when, and however long."""
    with open_store("sqlite://", secret=processes.SECRET) as store:
        tell(store, builders.incident(ended=False))
        post, now, told = Post(), NOW, dict.fromkeys(("one", "two"), 0)
        for broken, passed in zip([*down, set()], [*hours, 1], strict=False):
            post.broken = broken
            before = len(post.sent)
            done = [d for d in deliver(store, TWO, now, post) if d.taken]
            for (channel, _, _), delivery in zip(post.sent[before:], done, strict=True):
                told[channel] += delivery.alarms
            now += timedelta(hours=passed)
        assert told == {"one": 2, "two": 2}
        assert all_told(store, TWO)


class Narrow(Post):
    """A channel that takes some characters, and whose limit Apprise does not know."""

    def __init__(self, limit: int, *, says_so: bool) -> None:
        super().__init__()
        self.limit, self.says_so = limit, says_so

    def __call__(self, channel: str, title: str, body: str) -> bool:
        if len(title) + len(body) <= self.limit:
            return super().__call__(channel, title, body)
        if self.says_so:
            raise Refused
        return False


DAILY = AlertSettings(channels=("one",), digest=time(10), zone=ZoneInfo("UTC"), link=LINK)


@pytest.mark.parametrize("limit", [2_000, 700, 300])
def test_a_digest_that_is_refused_comes_in_parts(six: Store, limit: int) -> None:
    post = Narrow(limit, says_so=True)
    done = deliver(six, DAILY, NOW, post)
    assert sum(d.alarms for d in done) == 6
    assert all(d.taken for d in done)
    said = "".join(body for _, _, body in post.sent)
    assert all(said.count(f"incident=tip-line-{n}-") == 1 for n in range(6))
    assert deliver(six, DAILY, NOW + timedelta(hours=1), post) == []


def test_a_digest_that_fails_again_comes_in_parts(six: Store) -> None:
    post = Narrow(2_000, says_so=False)
    assert [d.taken for d in deliver(six, DAILY, NOW, post)] == [False]
    done = deliver(six, DAILY, NOW + timedelta(hours=1), post)
    assert [d.taken for d in done] == [True] * 6
    assert all_told(six, DAILY)


def test_a_digest_fits_where_the_limit_is_known(
    six: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.alerting.deliver.room_of", lambda _: 2_000)
    post = Narrow(2_000, says_so=False)
    done = deliver(six, DAILY, NOW, post)
    assert [d.taken for d in done] == [True, True]
    assert sorted(d.alarms for d in done) in ([2, 4], [3, 3])


def test_apprise_knows_what_discord_takes_and_splits() -> None:
    address = "discord://123456789012345678/abcdefghijklmnopqrstuvwxyz"
    assert sending.room_of(address) == 1_800
    plugin = sending._plugin(address)
    assert plugin is not None
    parts = plugin._apply_overflow(body="word " * 1_000, title="title")
    assert len(parts) == 3
    assert all(len(part["body"]) + len(part["title"]) <= 2_000 for part in parts)
    kept = sending._plugin(f"{address}?overflow=truncate")
    assert kept is not None
    assert len(kept._apply_overflow(body="word " * 1_000, title="title")) == 1


def test_a_webhook_that_takes_2000_is_told_at_once(six: Store, httpserver: HTTPServer) -> None:
    taken: list[str] = []

    def answer(request: Request) -> Response:
        sent = request.get_json()
        if len(sent["title"]) + len(sent["message"]) > 2_000:
            return Response(status=413)
        taken.append(sent["message"])
        return Response(status=200)

    httpserver.expect_request("/hook").respond_with_handler(answer)
    daily = AlertSettings(channels=(webhook(httpserver),), digest=time(10), link=LINK)
    with stamina.set_testing(True, attempts=3):
        assert all(d.taken for d in deliver(six, daily, NOW))
    assert all("".join(taken).count(f"incident=tip-line-{n}-") == 1 for n in range(6))
    assert len(httpserver.log) == 7  # what is refused is not asked three times


def test_two_at_once_tell_it_once(store_url: str, httpserver: HTTPServer) -> None:
    """Processes as those of two cron jobs, or of two hosts on one PostgreSQL."""

    def slowly(_: Request) -> Response:
        clock.sleep(1.5)
        return Response(status=200)

    httpserver.expect_request("/hook").respond_with_handler(slowly)
    with open_store(store_url, secret=processes.SECRET) as store:
        tell(store, builders.incident(ended=False))
    two = [processes.started(processes.tell, store_url, webhook(httpserver), NOW) for _ in range(2)]
    for process in two:
        process.join(120)
    assert [process.exitcode for process in two] == [0, 0]
    assert len(httpserver.log) == 1


def test_a_killed_one_blocks_nobody_and_nothing_is_lost(
    store_url: str, httpserver: HTTPServer
) -> None:
    asked: list[float] = []

    def hangs_once(_: Request) -> Response:
        asked.append(clock.monotonic())
        clock.sleep(3 if len(asked) == 1 else 0)
        return Response(status=500 if len(asked) == 1 else 200)

    httpserver.expect_request("/hook").respond_with_handler(hangs_once)
    with open_store(store_url, secret=processes.SECRET) as store:
        tell(store, builders.incident(ended=False))
        process = processes.started(processes.tell, store_url, webhook(httpserver), NOW)
        for _ in range(600):
            if asked:
                break
            clock.sleep(0.1)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join(30)
        start = clock.monotonic()
        (done,) = deliver(store, AlertSettings(channels=(webhook(httpserver),)), NOW)
        assert done.taken
        assert clock.monotonic() - start < 20


def test_a_turn_is_waited_for_and_then_refused_with_a_sentence(any_store: Store) -> None:
    with (
        any_store.database.turn("analyze tips") as holds,
        any_store.database.turn("analyze others"),
        pytest.raises(StoreError, match=r"another process has been busy .*analyze tips"),
        any_store.database.turn("analyze tips", wait_s=0.5),
    ):
        pytest.fail("two at once")
    assert holds is not None
    with any_store.database.turn("analyze tips", wait_s=0.0) as again:
        assert again()
