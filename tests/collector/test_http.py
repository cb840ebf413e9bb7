"""The HTTP client: pace, retry, limits in time and size, redaction, stand-ins."""

import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from collector.answer_outlines import outline
from collector.errors import (
    AuthFailed,
    PayloadChanged,
    RateLimited,
    SourceError,
    SourceUnavailable,
)
from collector.http import ATTEMPTS, Http, retry_after_s
from collector.settings.config import Settings
from tests.collector.scripted import Clock

URL = "https://store.example/reviews"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=ATTEMPTS, cap=True):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(httpserver: HTTPServer, clock: Clock) -> Iterator[Callable[..., Http]]:
    made: list[Http] = []

    def build(**changes: object) -> Http:
        given_ = {
            "requests_per_second": 1.0,
            "timeout_s": 20.0,
            "endpoints": {"store.example": httpserver.url_for("")},
            "sleep": clock.sleep,
            "clock": clock.monotonic,
        }
        made.append(Http(**{**given_, **changes}))
        return made[-1]

    yield build
    for http in made:
        http.close()


def test_an_answer_comes_through(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_request("/reviews", query_string="page=2").respond_with_data("héllo")
    http = make(contact="mail@example.org")
    assert http.get(URL, params={"page": "2"}).text == "héllo"
    assert http.requests == 1
    request, _ = httpserver.log[0]
    assert request.headers["User-Agent"].startswith("floodgauge")
    assert "mail@example.org" in request.headers["User-Agent"]


def test_about_one_request_a_second(
    httpserver: HTTPServer, make: Callable[..., Http], clock: Clock
) -> None:
    httpserver.expect_request("/reviews").respond_with_data("ok")
    http = make()
    for _ in range(5):
        http.get(URL)
    assert clock.slept_s == pytest.approx(4.0)
    clock.pass_time(seconds=30)
    http.get(URL)  # time gone by is not saved up for a burst
    http.get(URL)
    assert clock.slept_s == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("status", "error", "requests"),
    [
        (401, AuthFailed, 1),
        (403, AuthFailed, 1),
        (404, SourceUnavailable, 1),
        (429, RateLimited, ATTEMPTS),
        (500, SourceUnavailable, ATTEMPTS),
        (503, SourceUnavailable, ATTEMPTS),
        (418, SourceUnavailable, 1),
    ],
)
def test_what_a_status_means(
    httpserver: HTTPServer,
    make: Callable[..., Http],
    status: int,
    error: type[SourceError],
    requests: int,
) -> None:
    httpserver.expect_request("/reviews").respond_with_data("no", status=status)
    http = make()
    with pytest.raises(error, match=f'"status": {status}'):
        http.get(URL)
    assert http.requests == requests


def test_a_source_may_throttle_with_403(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_request("/reviews").respond_with_data("no", status=403)
    with pytest.raises(RateLimited):
        make().get(URL, throttled=(403,))


def test_a_passing_fault_is_not_noticed(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    for status in (502, 503):
        httpserver.expect_ordered_request("/reviews").respond_with_data("", status=status)
    httpserver.expect_ordered_request("/reviews").respond_with_data("fine")
    http = make()
    assert http.get(URL).text == "fine"
    assert http.requests == 3


@pytest.mark.parametrize("asked_s", [31, 900])
def test_a_long_wait_is_left_to_the_next_run(
    httpserver: HTTPServer, make: Callable[..., Http], asked_s: int
) -> None:
    httpserver.expect_request("/reviews").respond_with_data(
        "", status=429, headers={"Retry-After": f"{asked_s}"}
    )
    http = make()
    with pytest.raises(RateLimited) as caught:
        http.get(URL)
    assert caught.value.retry_after_s == asked_s
    assert http.requests == 1


def test_a_short_wait_is_kept(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_ordered_request("/reviews").respond_with_data(
        "", status=429, headers={"Retry-After": "0.3"}
    )
    httpserver.expect_ordered_request("/reviews").respond_with_data("fine")
    with stamina.set_testing(False):
        before = time.monotonic()
        assert make().get(URL).text == "fine"
        assert time.monotonic() - before >= 0.3


@given(st.one_of(st.none(), st.text(max_size=30)))
def test_retry_after_never_fails(value: str | None) -> None:
    wait = retry_after_s(value)
    assert wait is None or wait >= 0


def test_retry_after_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after_s(later) == pytest.approx(90, abs=2)
    assert retry_after_s("inf") is None
    assert retry_after_s("1e300") == 7 * 86_400
    assert retry_after_s("Thu, 01 Jan 2015 00:00:00 GMT") == 0


def _serve_raw(answer: Callable[[socket.socket], None]) -> tuple[socket.socket, str]:
    """A server that answers every connection by a function of its socket."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                answer(connection)

    threading.Thread(target=accept, daemon=True).start()
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


def _reset(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def _silence(connection: socket.socket) -> None:
    connection.recv(1000)
    time.sleep(0.4)


def _cut(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")


def _trickle(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n")
    try:
        for _ in range(40):
            connection.sendall(b"x")
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize("answer", [_reset, _silence, _cut, _trickle])
def test_broken_connections(make: Callable[..., Http], answer: Callable[..., None]) -> None:
    listener, address = _serve_raw(answer)
    with listener, make(endpoints={"store.example": address}, timeout_s=0.2) as http:
        with pytest.raises(SourceUnavailable, match="/reviews"):
            http.get(URL)
        assert http.requests == ATTEMPTS


def test_nobody_there(make: Callable[..., Http]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceUnavailable):
        make(endpoints={"store.example": f"http://127.0.0.1:{port}"}).get(URL)


def test_size_is_bounded_also_when_compressed(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    bomb = gzip.compress(b"x" * 3_000_000)
    assert len(bomb) < 10_000
    httpserver.expect_request("/reviews").respond_with_data(
        bomb, headers={"Content-Encoding": "gzip"}
    )
    http = make(max_bytes=1_000_000)
    with pytest.raises(PayloadChanged, match=r"failed-large.*1000000"):
        http.get(URL)
    assert http.requests == 1


def test_compressed_answers_are_read(httpserver: HTTPServer, make: Callable[..., Http]) -> None:
    httpserver.expect_request("/reviews").respond_with_data(
        gzip.compress("Straße".encode()), headers={"Content-Encoding": "gzip"}
    )
    assert make().get(URL).text == "Straße"


def test_redirects_are_followed_within_the_rules(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/reviews").respond_with_data(
        "", status=302, headers={"Location": "https://store.example/moved"}
    )
    httpserver.expect_request("/moved").respond_with_data("here")
    assert make().get(URL).text == "here"
    httpserver.clear()
    httpserver.expect_request("/reviews").respond_with_data(
        "", status=302, headers={"Location": "http://127.0.0.1:1/inner"}
    )
    with pytest.raises(SourceUnavailable, match="failed-not-public"):
        make().get(URL)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/feed",
        "https://127.0.0.1/feed",
        "https://localhost/feed",
        "https://169.254.169.254/latest",
        "https://[::1]/feed",
        "ftp://news.example/feed",
    ],
)
def test_inner_addresses_are_refused(make: Callable[..., Http], url: str) -> None:
    http = make()
    with pytest.raises(SourceUnavailable):
        http.get(url)


def test_a_name_that_resolves_to_an_inner_address_is_refused(
    make: Callable[..., Http], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", ("10.0.0.7", 443))])
    with pytest.raises(SourceUnavailable, match="failed-not-public"):
        make().get("https://news.example/feed")


def test_secrets_reach_neither_errors_nor_logs(
    httpserver: HTTPServer, make: Callable[..., Http], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    httpserver.expect_request("/reviews").respond_with_data("no", status=500)
    settings = Settings(secrets={"x_bearer_token": "s3cr3t-token"})
    http = make(secrets=["s3cr3t-token"])
    with pytest.raises(SourceUnavailable) as caught:
        http.get(URL, params={"page": "1"}, headers={"Authorization": "Bearer s3cr3t-token"})
    assert "s3cr3t" not in str(caught.value) + caplog.text
    with Http.from_settings(settings) as other:
        assert other.redact("say s3cr3t-token") == "say [secret]"


def test_libraries_on_httpx_get_the_same_transport(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    httpserver.expect_request("/reviews").respond_with_handler(
        lambda request: Response(request.headers["Authorization"], status=200)
    )
    http = make()
    with httpx.Client(transport=http.transport) as client:
        assert client.get(URL, headers={"Authorization": "abc"}).text == "abc"
        httpserver.clear()
        httpserver.expect_request("/reviews").respond_with_data("", status=503)
        assert client.get(URL).status_code == 503  # after the attempts, as it is
    assert http.requests == 1 + ATTEMPTS


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "nonsense://nowhere"])
def test_no_proxy_stands_before_a_stand_in(
    httpserver: HTTPServer,
    make: Callable[..., Http],
    monkeypatch: pytest.MonkeyPatch,
    proxy: str,
) -> None:
    httpserver.expect_request("/reviews").respond_with_data("here")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy)
    http = make(allow_private=True)
    assert http.get(URL).text == "here"
    with pytest.raises(SourceUnavailable, match=r"elsewhere\.example|failed-proxy"):
        http.get("https://elsewhere.example/")


def test_posts_are_repeated_with_their_body(
    httpserver: HTTPServer, make: Callable[..., Http]
) -> None:
    bodies: list[bytes] = []

    def handle(request: Request) -> Response:
        bodies.append(request.data)
        return Response("late", status=200 if len(bodies) > 1 else 500)

    httpserver.expect_request("/reviews", method="POST").respond_with_handler(handle)
    assert make().post(URL, content=b"f.req=1").text == "late"
    assert bodies == [b"f.req=1"] * 2


def test_samples_hold_no_texts(tmp_path: Path, make: Callable[..., Http]) -> None:
    http = make(sample_dir=tmp_path / "samples")
    body = json.dumps({"reviews": [{"author": "Jane", "text": "It shows nothing", "stars": 1}]})
    error = http.payload_changed("app_store", "does not parse", body)
    assert error.sample_path is not None
    kept = error.sample_path.read_text(encoding="utf-8")
    assert "text of 16" in kept
    assert "Jane" not in kept
    assert error.sample_path.stat().st_mode & 0o077 == 0
    page = "<html><head><title>Before you continue</title></head><p class='x'>Jane wrote</p>"
    assert "Before you continue" in outline(page)
    assert "Jane" not in outline(page)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_any_answer_has_an_outline(body: bytes | str) -> None:
    assert isinstance(outline(body), str)


def test_deep_nesting_has_an_outline() -> None:
    assert outline("[" * 100_000)
