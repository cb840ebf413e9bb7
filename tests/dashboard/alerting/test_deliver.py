"""Alerts: told once, told again when nobody took it, quiet when asked, and never in the way."""

import socket
import threading
from collections.abc import Iterator
from datetime import time, timedelta
from email import message_from_bytes, policy
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import stamina
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from werkzeug import Response

from analysis import decisions
from collector.end_codes import read
from collector.errors import ConfigError
from collector.freshness import source_states
from collector.store import Store
from dashboard.alerting.deliver import deliver
from dashboard.alerting.settings import AlertSettings, settings_from
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage

# Apprise reads all of its plug-ins, and one of them an old standard module.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NOW = builders.ONSET + timedelta(hours=3)
LINK = "https://floodgauge.example.org"
TWO = AlertSettings(channels=("one", "two"), zone=ZoneInfo("America/Chicago"))


class Post:
    """A channel that remembers, and can be out of order."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.broken: set[str] = set()

    def __call__(self, channel: str, title: str, body: str) -> bool:
        if channel in self.broken:
            return False
        self.sent.append((channel, title, body))
        return True


@pytest.fixture
def watched(store: Store) -> Store:
    builders.fill(store, ended=False)
    return store


@pytest.fixture
def post() -> Post:
    return Post()


def test_one_message_an_event_and_channel_and_never_twice(watched: Store, post: Post) -> None:
    done = deliver(watched, TWO, NOW, post)
    assert [(d.incident, d.alarms, d.taken) for d in done] == [(builders.ID, 2, True)] * 2
    assert [channel for channel, _, _ in post.sent] == ["one", "two"]
    assert deliver(watched, TWO, NOW + timedelta(minutes=5), post) == []


def test_the_text_says_what_since_when_how_sure_and_what_to_do(watched: Store, post: Post) -> None:
    deliver(watched, TWO, NOW, post)
    _, title, body = post.sent[0]
    assert title == "Tip line: 200 low-star reviews since Sun 03:00"
    assert "set its phase" in body
    assert "http" not in body  # no public address is set: an internal one leads nowhere
    for words in (
        "200 low-star reviews since Sun 5 May 2024, 03:00 CDT",
        "Most likely something outside the app (80%)",
        "There are some signs of coordinated-looking activity.",
        "What to do:",
    ):
        assert words in body


def test_growth_is_told_to_who_knows_of_the_incident(watched: Store, post: Post) -> None:
    one = AlertSettings(channels=("one",))
    deliver(watched, one, builders.ONSET + timedelta(minutes=40), post)
    deliver(watched, one, NOW, post)
    assert [title for _, title, _ in post.sent] == [
        "Tip line: 200 low-star reviews since Sun 08:00",
        "Tip line: growing, 200 low-star reviews since Sun 08:00",
    ]


def test_a_channel_that_is_out_of_order_is_told_later(watched: Store, post: Post) -> None:
    post.broken = {"one"}
    assert [d.taken for d in deliver(watched, TWO, NOW, post)] == [False, True]
    post.broken = set()
    later = deliver(watched, TWO, NOW + timedelta(hours=1), post)
    assert [d.taken for d in later] == [True]
    assert [channel for channel, _, _ in post.sent] == ["two", "one"]


def test_history_and_simulations_are_not_news(store: Store, post: Post) -> None:
    builders.fill(store)
    assert deliver(store, TWO, builders.ONSET + timedelta(days=90), post) == []
    builders.fill(store, "drill", simulated=True)
    deliver(store, TWO, NOW, post)
    assert all("drill" not in body for _, _, body in post.sent)


def test_nothing_later_than_now_is_told(watched: Store, post: Post) -> None:
    assert deliver(watched, TWO, builders.ONSET + timedelta(minutes=10), post) == []


def test_quiet_hours_hold_back_all_but_escalations(watched: Store, post: Post) -> None:
    night = AlertSettings(channels=("one",), quiet=(time(22), time(9)), zone=ZoneInfo("UTC"))
    assert deliver(watched, night, builders.ONSET + timedelta(minutes=40), post) == []
    assert len(deliver(watched, night, builders.ONSET + timedelta(hours=1, minutes=1), post)) == 1


def test_an_escalation_breaks_the_quiet(watched: Store, post: Post) -> None:
    always = AlertSettings(channels=("one",), quiet=(time(0), time(23, 59)), zone=ZoneInfo("UTC"))
    assert len(deliver(watched, always, NOW, post)) == 1


@pytest.mark.parametrize(("mute", "sent"), [("8h", 0), ("until_escalation", 1), ("off", 1)])
def test_mutes_are_kept(watched: Store, post: Post, mute: str, sent: int) -> None:
    made = builders.incident(ended=False)
    when = builders.ONSET + timedelta(minutes=35)
    about = builders.read(made)
    watched.decisions.add(decisions.decide(about, "mute", mute, "we are on it", by="", now=when))
    assert len(deliver(watched, AlertSettings(channels=("one",)), NOW, post)) == sent


@pytest.fixture
def mailbox() -> Iterator[tuple[int, list[Any]]]:
    """A real SMTP server and what it received."""
    received: list[Any] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
            received.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port, received
    controller.stop()


def test_mail_goes_through_a_real_server(watched: Store, mailbox: tuple[int, list[Any]]) -> None:
    port, received = mailbox
    address = f"mailto://127.0.0.1:{port}?from=floodgauge@example.org&to=press@example.org"
    settings = settings_from({"FLOODGAUGE_ALERTS": address, "FLOODGAUGE_ALERTS_PRIVATE": "1"})
    (done,) = deliver(watched, settings, NOW)
    assert done.taken
    assert received[0]["subject"] == "Tip line: 200 low-star reviews since Sun 08:00"
    assert "200 low-star reviews" in received[0].get_body(("plain", "html")).get_content()


def test_a_webhook_is_tried_again(watched: Store, httpserver: HTTPServer) -> None:
    answers = iter([503, 503, 200])
    httpserver.expect_request("/hook").respond_with_handler(
        lambda _: Response(status=next(answers))
    )
    address = (
        httpserver.url_for("/hook").replace("http://", "json://").replace("localhost", "127.0.0.1")
    )
    settings = settings_from({"FLOODGAUGE_ALERTS": address, "FLOODGAUGE_ALERTS_PRIVATE": "1"})
    with stamina.set_testing(True, attempts=3):
        (done,) = deliver(watched, settings, NOW)
    assert done.taken
    assert len(httpserver.log) == 3
    assert "200 low-star reviews" in httpserver.log[-1][0].get_data(as_text=True)


def test_a_dead_webhook_blocks_nothing(watched: Store, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("no", status=500)
    address = httpserver.url_for("/hook").replace("http://", "json://")
    settings = AlertSettings(channels=(address,))
    with stamina.set_testing(True, attempts=3):
        assert [d.taken for d in deliver(watched, settings, NOW)] == [False]


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"FLOODGAUGE_ALERTS": "nonsense"}, "address 1 is not an address"),
        ({"FLOODGAUGE_ALERTS": "json://example.org/s3cret"}, "not encrypted"),
        ({"FLOODGAUGE_ALERTS": "jsons://10.0.0.7/s3cret"}, "private host"),
        ({"FLOODGAUGE_ALERTS": "jsons://localhost/s3cret"}, "private host"),
        ({"FLOODGAUGE_ALERTS_QUIET": "late"}, "22:00-07:00"),
        ({"FLOODGAUGE_ALERTS_DIGEST": "noonish"}, "08:00"),
        ({"FLOODGAUGE_DASHBOARD_URL": "javascript:alert(1)"}, "http:// or https://"),
        ({"FLOODGAUGE_ALERTS_ZONE": "Mars/Base"}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_ZONE": "Europe"}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_ZONE": "/etc/localtime"}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_ZONE": "../UTC"}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_ZONE": "x" * 5_000}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_ZONE": "Europe/Mad\x00rid"}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_ZONE": "zone.tab"}, "no such time zone"),
        ({"FLOODGAUGE_ALERTS_DIGEST": "08:00+02:00"}, "08:00"),
        ({"FLOODGAUGE_ALERTS_QUIET": "22:00Z"}, "22:00-07:00"),
        ({"FLOODGAUGE_ALERTS_QUIET": "22:00-07:00-08:00"}, "22:00-07:00"),
        ({"FLOODGAUGE_ALERTS_QUIET": "07:00-07:00"}, "begins when it ends"),
        ({"FLOODGAUGE_ALERTS_PRIVATE": "yes"}, "write 1"),
        ({"FLOODGAUGE_DASHBOARD_URL": "https://"}, "name a host"),
        ({"FLOODGAUGE_DASHBOARD_URL": "https://example.org:port"}, "name a host"),
        ({"FLOODGAUGE_DASHBOARD_URL": "https://exam ple.org"}, "name a host"),
        ({"FLOODGAUGE_ALERTS_LANG": "tlh"}, "choose one of"),
    ],
)
def test_wrong_settings_are_explained_without_secrets(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        settings_from(environ)
    assert "s3cret" not in str(caught.value)


def test_good_settings_are_read() -> None:
    found = settings_from(
        {
            "FLOODGAUGE_ALERTS": "jsons://example.org/a mailtos://u:p@example.org",
            "FLOODGAUGE_ALERTS_QUIET": "22:00-07:00",
        }
    )
    assert len(found.channels) == 2
    assert found.quiet == (time(22), time(7))


def test_what_is_set_to_nothing_is_not_set() -> None:
    names = ("", "_QUIET", "_DIGEST", "_ZONE", "_LANG", "_PRIVATE")
    empty = {f"FLOODGAUGE_ALERTS{name}": " " for name in names}
    assert settings_from({**empty, "FLOODGAUGE_DASHBOARD_URL": ""}) == AlertSettings()


def test_no_delivery_names_a_secret(watched: Store, post: Post) -> None:
    settings = AlertSettings(channels=("jsons://user:s3cret@example.org",))
    (done,) = deliver(watched, settings, NOW, post)
    assert "s3cret" not in repr(done)


NIGHT = AlertSettings(channels=("one",), quiet=(time(7), time(20)), zone=ZoneInfo("UTC"), link=LINK)
MORNING = builders.ONSET + timedelta(hours=12, minutes=30)  # 20:30, the quiet is over


@pytest.fixture
def two_apps(store: Store) -> Store:
    """Two apps whose alarms opened at half past eight, without an escalation."""
    for key in ("tip-line", "bus-line"):
        store.apps.ensure(key, key)
        made = builders.incident(key, ended=False, escalations=[])
        store.incidents.replace(key, [(made, "x")], builders.alarms(made)[:1])
    return store


def test_what_the_quiet_held_back_comes_as_one_message(two_apps: Store, post: Post) -> None:
    assert deliver(two_apps, NIGHT, NOW, post) == []
    (done,) = deliver(two_apps, NIGHT, MORNING, post)
    assert (done.alarms, done.taken) == (2, True)
    _, title, body = post.sent[0]
    assert title == "2 incidents: what came in meanwhile"
    for key in ("tip-line", "bus-line"):
        assert f"/incident?incident={builders.ID.replace('tip-line', key)}" in body
    assert deliver(two_apps, NIGHT, MORNING + timedelta(hours=1), post) == []


def test_without_a_quiet_each_event_is_its_own_message(two_apps: Store, post: Post) -> None:
    assert len(deliver(two_apps, AlertSettings(channels=("one",)), NOW, post)) == 2


def test_a_digest_that_nobody_took_is_due_again(two_apps: Store, post: Post) -> None:
    deliver(two_apps, NIGHT, NOW, post)
    post.broken = {"one"}
    assert [d.taken for d in deliver(two_apps, NIGHT, MORNING, post)] == [False]
    post.broken = set()
    (done,) = deliver(two_apps, NIGHT, MORNING + timedelta(hours=1), post)
    assert (done.alarms, done.taken) == (2, True)


def test_a_daily_digest_comes_once_at_its_hour(two_apps: Store, post: Post) -> None:
    daily = AlertSettings(channels=("one",), digest=time(18), zone=ZoneInfo("UTC"))
    day = builders.ONSET.replace(hour=0)
    deliver(two_apps, daily, day - timedelta(hours=5), post)  # yesterday's, empty
    sent = [
        len(deliver(two_apps, daily, day + timedelta(hours=hour), post)) for hour in range(9, 48)
    ]
    assert sum(sent) == 1
    assert sent[18 - 9] == 1


def test_growth_does_not_wait_for_the_digest(watched: Store, post: Post) -> None:
    daily = AlertSettings(channels=("one",), digest=time(18), zone=ZoneInfo("UTC"))
    assert len(deliver(watched, daily, NOW, post)) == 1


def reclassify(store: Store, at: timedelta) -> None:
    made = builders.incident(ended=False)
    lines = builders.alarms(made)
    changed = {**lines[0], "kind": "reclassified", "at": (builders.ONSET + at).isoformat()}
    store.incidents.replace(builders.APP, [(made, "x")], [*lines, changed])


def test_a_changed_reading_is_an_event_of_its_own(watched: Store, post: Post) -> None:
    at_once = AlertSettings(channels=("one",))
    deliver(watched, at_once, builders.ONSET + timedelta(hours=1), post)
    reclassify(watched, timedelta(hours=2, minutes=30))
    deliver(watched, at_once, NOW, post)
    assert [title for _, title, _ in post.sent] == [
        "Tip line: 200 low-star reviews since Sun 08:00",
        "Tip line: growing, 200 low-star reviews since Sun 08:00",
        "Tip line: the reading changed to “something outside the app”",
    ]
    assert "Most likely something outside the app (80%)" in post.sent[-1][2]


def test_who_hears_it_for_the_first_time_hears_no_old_reading(watched: Store, post: Post) -> None:
    reclassify(watched, timedelta(hours=2, minutes=30))
    at_once = AlertSettings(channels=("one",))
    assert len(deliver(watched, at_once, NOW, post)) == 1
    assert "reading changed" not in post.sent[0][2]
    assert deliver(watched, at_once, NOW + timedelta(hours=1), post) == []


def test_a_channel_that_raises_stops_nothing(two_apps: Store) -> None:
    tried: list[str] = []

    def broken(channel: str, title: str, body: str) -> bool:
        tried.append(channel)
        raise RuntimeError("https://user:s3cret@example.org is wrong")

    done = deliver(two_apps, AlertSettings(channels=("one",)), NOW, broken)
    assert [d.taken for d in done] == [False, False]
    assert tried == ["one"]  # it rests until the next run


def test_a_failing_channel_is_reported_until_it_is_well(two_apps: Store, post: Post) -> None:
    post.broken = {"one"}
    at_once = AlertSettings(channels=("one", "two"))
    deliver(two_apps, at_once, NOW, post)
    deliver(two_apps, at_once, NOW + timedelta(hours=1), post)
    (found,) = two_apps.deliveries.failing()
    assert (found.since, found.tried, found.waiting) == (NOW, NOW + timedelta(hours=1), 2)
    (row,) = source_states(two_apps)
    assert row.outcome == "failed"
    assert row.message is not None
    assert read(row.message)[0].code == "failed-channel"
    post.broken = set()
    deliver(two_apps, at_once, NOW + timedelta(hours=2), post)
    assert two_apps.deliveries.failing() == []
    assert source_states(two_apps) == []


@pytest.mark.parametrize("page", ["overview", "collection"])
def test_pages_name_a_failing_channel(flooded: Store, open_page: OpenPage, page: str) -> None:
    events = [(builders.APP, event) for event in ("one", "two", "three")]
    flooded.deliveries.due("a1b2c3", events, NOW)
    flooded.deliveries.failed("a1b2c3", events, NOW)
    at = open_page(page)
    assert not at.exception
    assert "3 alerts wait: channel a1b2c3" in at.warning[0].value


def test_a_digest_goes_through_a_real_server(
    two_apps: Store, mailbox: tuple[int, list[Any]]
) -> None:
    port, received = mailbox
    address = f"mailto://127.0.0.1:{port}?from=floodgauge@example.org&to=press@example.org"
    settings = settings_from(
        {
            "FLOODGAUGE_ALERTS": address,
            "FLOODGAUGE_ALERTS_PRIVATE": "1",
            "FLOODGAUGE_ALERTS_DIGEST": "10:00",
            "FLOODGAUGE_DASHBOARD_URL": "https://floodgauge.example.org/",
        }
    )
    (done,) = deliver(two_apps, settings, NOW)
    assert done.taken
    assert received[0]["subject"] == "2 incidents: what came in meanwhile"
    text = received[0].get_body(("plain", "html")).get_content()
    assert "https://floodgauge.example.org/incident?incident=bus-line" in text


def webhook(httpserver: HTTPServer, options: str = "") -> str:
    """The receiver's address as Apprise wants it."""
    at = httpserver.url_for("/hook").replace("http://", "json://")
    return at.replace("localhost", "127.0.0.1") + options


def test_a_digest_by_webhook_is_tried_again_reported_and_told_once(
    two_apps: Store, httpserver: HTTPServer
) -> None:
    answers = iter([503, 503, 503, 200])
    httpserver.expect_request("/hook").respond_with_handler(
        lambda _: Response(status=next(answers))
    )
    settings = settings_from(
        {
            "FLOODGAUGE_ALERTS": webhook(httpserver),
            "FLOODGAUGE_ALERTS_PRIVATE": "1",
            "FLOODGAUGE_ALERTS_DIGEST": "10:00",
            "FLOODGAUGE_DASHBOARD_URL": LINK,
        }
    )
    with stamina.set_testing(True, attempts=3):
        (failed,) = deliver(two_apps, settings, NOW)
        (waiting,) = two_apps.deliveries.failing()
        (told,) = deliver(two_apps, settings, NOW + timedelta(hours=1))
        assert deliver(two_apps, settings, NOW + timedelta(hours=2)) == []
    assert (failed.taken, waiting.waiting, told.taken, told.alarms) == (False, 2, True, 2)
    assert two_apps.deliveries.failing() == []
    sent = httpserver.log[-1][0].get_json()
    assert sent["title"] == "2 incidents: what came in meanwhile"
    for key in ("tip-line", "bus-line"):
        assert f"/incident?incident={builders.ID.replace('tip-line', key)}" in sent["message"]


def test_each_kind_of_event_reaches_a_webhook(watched: Store, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    settings = AlertSettings(channels=(webhook(httpserver),), link=LINK)
    deliver(watched, settings, builders.ONSET + timedelta(hours=1))
    deliver(watched, settings, NOW)
    reclassify(watched, timedelta(hours=3, minutes=30))
    deliver(watched, settings, NOW + timedelta(hours=1))
    made = builders.incident()
    watched.incidents.replace(builders.APP, [(made, "y")], builders.alarms(made))
    deliver(watched, settings, builders.END + timedelta(days=3, hours=1))
    sent = [request.get_json() for request, _ in httpserver.log]
    assert [one["title"].removeprefix("Tip line: ") for one in sent] == [
        "200 low-star reviews since Sun 08:00",
        "growing, 200 low-star reviews since Sun 08:00",
        "the reading changed to “something outside the app”",
        "over since Mon 04:00, 200 low-star reviews in all",
    ]
    for one in sent:
        for words in ("low-star reviews", "5 May 2024", "(80%)", "What to do:", builders.ID):
            assert words in one["message"]


def test_a_webhook_that_hangs_holds_nothing_up(watched: Store, httpserver: HTTPServer) -> None:
    done = threading.Event()
    httpserver.expect_request("/hook").respond_with_handler(
        lambda _: Response(status=200 if done.wait(5) else 500)
    )
    settings = AlertSettings(channels=(webhook(httpserver, "?cto=0.2&rto=0.2"), "never-asked"))
    start = monotonic()
    with stamina.set_testing(True, attempts=2):
        taken = [d.taken for d in deliver(watched, settings, NOW)]
    passed = monotonic() - start
    done.set()
    assert taken == [False, False]
    assert passed < 4
    assert len(watched.deliveries.failing()) == 2
