"""Alerts: told once, told again when nobody took it, quiet when asked, and never in the way."""

import socket
from collections.abc import Iterator
from datetime import time, timedelta
from email import message_from_bytes, policy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import stamina
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer
from werkzeug import Response

from collector.errors import ConfigError
from collector.store import Store
from dashboard import acting
from dashboard.alerts import AlertSettings, deliver, settings_from
from tests.dashboard import builders

# Apprise reads all of its plug-ins, and one of them an old standard module.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NOW = builders.ONSET + timedelta(hours=3)
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
    assert title == "Tip line: the incident grows"
    for words in (
        "200 low-star reviews since Sun 5 May 2024, 03:00 CDT",
        "Most likely something outside the app (80%)",
        "Signs of coordination: some.",
        "What to do:",
        f"/incident?incident={builders.ID}",
    ):
        assert words in body


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
    watched.timeline.annotate(acting.decide(made, "mute", mute, "we are on it", by="", now=when))
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
    assert received[0]["subject"] == "Tip line: the incident grows"
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
        ({"FLOODGAUGE_ALERTS_ZONE": "Mars/Base"}, "no such time zone"),
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


def test_no_delivery_names_a_secret(watched: Store, post: Post) -> None:
    settings = AlertSettings(channels=("jsons://user:s3cret@example.org",))
    (done,) = deliver(watched, settings, NOW, post)
    assert "s3cret" not in repr(done)
