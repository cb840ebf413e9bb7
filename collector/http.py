"""One polite HTTP client for every source: time-outs, retry with jitter, rate, size, redaction.

Libraries that take an httpx transport get `Http.transport`; those that bring their own sockets
call `Http.turn` before each request, so that rate and request count hold for all of them.
"""

import email.utils
import ipaddress
import logging
import math
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import stamina

from collector.answer_outlines import keep_sample
from collector.clock_check import ServerClocks
from collector.end_codes import reason
from collector.errors import AuthFailed, PayloadChanged, RateLimited, SourceUnavailable
from collector.settings.config import Settings
from collector.settings.field_types import is_private

log = logging.getLogger(__name__)

ATTEMPTS = 3
LONGEST_WAIT_S = 30.0
"""A source that asks for more than this is left alone until the next run."""
LONGEST_RETRY_AFTER_S = 7 * 86_400.0
RETRY_STATUSES = frozenset({429, 500, 502, 503, 504})
USER_AGENT = "floodgauge (+https://pypi.org/project/floodgauge)"


class _NotNowError(Exception):
    """A status worth another attempt."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"status {response.status_code}")
        self.response = response


class Http:
    """Requests of one run, counted. Raises SourceError subclasses only.

    retry_after: the header of the latest answer, for libraries that do not pass it on.
    requests_per_second: over all hosts of one source run. sleep, clock: time.sleep and
    time.monotonic, or a test's. endpoints: host -> address of a stand-in that answers for it.
    servers: hears the date of each answer; ClockError passes through where it is too far off.
    """

    def __init__(
        self,
        *,
        requests_per_second: float,
        timeout_s: float,
        max_bytes: int = 16_000_000,
        endpoints: Mapping[str, str] | None = None,
        allow_private: bool = False,
        contact: str | None = None,
        secrets: Iterable[str] = (),
        sample_dir: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        servers: ServerClocks | None = None,
    ) -> None:
        self.requests = 0
        self.retry_after: str | None = None
        self.timeout_s = timeout_s
        self.max_bytes = max_bytes
        self.sleep = sleep
        self.clock = clock
        self.sample_dir = sample_dir
        self.servers = servers
        self.user_agent = f"{USER_AGENT} {contact}" if contact else USER_AGENT
        self.transport: httpx.BaseTransport = _Transport(self)
        self._endpoints = dict(endpoints or {})
        self._allow_private = allow_private
        self._interval_s = 1.0 / requests_per_second
        self._free_at = float("-inf")
        self._secrets = tuple(sorted((s for s in secrets if len(s) >= 4), key=len, reverse=True))
        self._public: set[str] = set()
        self._wires: dict[bool, httpx.Client] = {}
        self._client = httpx.Client(
            transport=self.transport,
            timeout=timeout_s,
            follow_redirects=True,
            max_redirects=5,
            headers={"User-Agent": self.user_agent},
        )

    @classmethod
    def from_settings(cls, settings: Settings, **changes: Any) -> Self:
        """A client as the settings want it; `changes` replace constructor arguments."""
        collecting = settings.collecting
        secrets = [s.get_secret_value() for _, s in settings.secrets if s is not None]
        wanted = {
            "requests_per_second": collecting.requests_per_second,
            "timeout_s": collecting.timeout_s,
            "max_bytes": int(collecting.max_response_mb * 1_000_000),
            "endpoints": settings.endpoints,
            "allow_private": collecting.allow_private_addresses,
            "contact": collecting.contact,
            "secrets": secrets,
        }
        return cls(**{**wanted, **changes})

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        throttled: Collection[int] = (429,),
    ) -> httpx.Response:
        """A successful answer, read completely. `throttled`: statuses by which this source says
        "slow down". Raises RateLimited, AuthFailed, SourceUnavailable, PayloadChanged."""
        return self._ask("GET", url, throttled, params=params, headers=headers)

    def post(
        self,
        url: str,
        *,
        content: bytes | str,
        headers: Mapping[str, str] | None = None,
        throttled: Collection[int] = (429,),
    ) -> httpx.Response:
        """Like `get`, for reads that are sent as POST."""
        return self._ask("POST", url, throttled, content=content, headers=headers)

    def turn(self) -> None:
        """Wait until the next request may go out, and count it."""
        wait = self._free_at - self.clock()
        if wait > 0:
            self.sleep(wait)
        self._free_at = max(self.clock(), self._free_at) + self._interval_s
        self.requests += 1

    def endpoint(self, url: str) -> str:
        """The address to really ask: the stand-in's where one answers for this host.

        Raises SourceUnavailable for anything but https to a public address.
        """
        parts = urlsplit(url)
        host = parts.hostname or ""
        if (base := self._endpoints.get(host)) is not None:
            return base.rstrip("/") + parts._replace(scheme="", netloc="").geturl()
        if self._allow_private or host in self._public:
            return url
        if parts.scheme != "https" or _resolves_inside(host):
            raise SourceUnavailable(reason("failed-not-public", place=f"{parts.scheme}://{host}"))
        self._public.add(host)
        return url

    def redact(self, text: str) -> str:
        """The text without any of the deployment's secrets."""
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

    def payload_changed(self, source: str, message: str, body: str | bytes) -> PayloadChanged:
        """The error for an answer that does not parse; keeps its outline, without texts."""
        path = keep_sample(self.sample_dir, source, body) if self.sample_dir else None
        return PayloadChanged(message, path)

    def close(self) -> None:
        """Release the sockets."""
        self._client.close()
        for wire in self._wires.values():
            wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, method: str, url: str, throttled: Collection[int], **how: Any) -> httpx.Response:
        try:
            response = self._client.request(method, url, **how)
        except httpx.HTTPError as error:
            raise SourceUnavailable(self.redact(unanswered(_place(url), error))) from error
        check_status(
            response.status_code, response.headers.get("Retry-After"), _place(url), throttled
        )
        return response

    def _send(self, request: httpx.Request) -> httpx.Response:
        """One attempt: paced, counted, bounded in time and size, body read."""
        self.turn()
        target = httpx.Request(
            request.method,
            self.endpoint(str(request.url)),
            headers=[(k, v) for k, v in request.headers.raw if k.lower() != b"host"],
            content=request.read(),
            extensions={"timeout": httpx.Timeout(self.timeout_s).as_dict()},
        )
        deadline = time.monotonic() + 3 * self.timeout_s
        response = self._wire(inside=_on_loopback(str(target.url))).send(target, stream=True)
        try:
            body = self._read(response, deadline)
        finally:
            response.close()
        if self.servers is not None:
            headers = response.headers
            self.servers.heard(request.url.host, headers.get("Date"), headers.get("Age"))
        kept = [
            (k, v)
            for k, v in response.headers.raw
            if k.lower() not in (b"content-encoding", b"content-length", b"transfer-encoding")
        ]
        answer = httpx.Response(response.status_code, headers=kept, content=body, request=request)
        self.retry_after = response.headers.get("Retry-After")
        if answer.status_code in RETRY_STATUSES:
            raise _NotNowError(answer)
        return answer

    def _wire(self, *, inside: bool) -> httpx.Client:
        """The connections to this machine, or to everything else by the environment's proxies."""
        if inside not in self._wires:
            try:
                self._wires[inside] = httpx.Client(
                    verify=_certificates(),
                    timeout=self.timeout_s,
                    follow_redirects=False,
                    headers={"User-Agent": self.user_agent},
                    trust_env=not inside,
                )
            except (ImportError, ValueError, httpx.InvalidURL) as error:
                raise SourceUnavailable(reason("failed-proxy", error=str(error))) from error
        return self._wires[inside]

    def _read(self, response: httpx.Response, deadline: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self.max_bytes:
                place = _place(str(response.url))
                raise PayloadChanged(reason("failed-large", place=place, count=self.max_bytes))
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the answer came too slowly")
            chunks.append(chunk)
        return b"".join(chunks)


class _Transport(httpx.BaseTransport):
    """`Http` as a transport: what libraries built on httpx are given.

    A request with the extension "attempts" is tried that often (1: every attempt costs money).
    """

    def __init__(self, http: Http) -> None:
        self._http = http

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            for attempt in stamina.retry_context(
                on=_wait_before_retry,
                attempts=request.extensions.get("attempts", ATTEMPTS),
                timeout=LONGEST_WAIT_S * ATTEMPTS,
                wait_initial=1.0,
                wait_max=10.0,
            ):
                with attempt:
                    return self._http._send(request)
        except _NotNowError as refused:
            return refused.response
        raise AssertionError("unreachable")


def _wait_before_retry(error: Exception) -> bool | float:
    """False: give up; True: usual jittered wait; a number: seconds that the source asked for."""
    if isinstance(error, _NotNowError):
        wait_s = retry_after_s(error.response.headers.get("Retry-After"))
        if wait_s is None:
            return True
        return wait_s if wait_s <= LONGEST_WAIT_S else False
    return isinstance(error, httpx.TransportError) and not isinstance(
        error, httpx.UnsupportedProtocol | httpx.ProxyError
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Certificate checks as the machine wants them; reading them takes longer than most runs."""
    return httpx.create_ssl_context()


def retry_after_s(value: str | None) -> float | None:
    """Seconds of a Retry-After header (a number or a date); None where it says nothing usable."""
    if not value:
        return None
    try:
        seconds = float(value)
        return min(max(0.0, seconds), LONGEST_RETRY_AFTER_S) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(0.0, seconds), LONGEST_RETRY_AFTER_S)


def check_status(
    status: int, retry_after: str | None, place: str, throttled: Collection[int] = (429,)
) -> None:
    """Raise what an unsuccessful HTTP status means; nothing for a successful one."""
    if 200 <= status < 300:
        return
    if status in throttled or status == 429:
        wait_s = retry_after_s(retry_after)
        raise RateLimited(reason("failed-slow", place=place, status=status), wait_s)
    if status in (401, 403):
        raise AuthFailed(reason("failed-refused", place=place, status=status))
    if status in (404, 410):
        raise SourceUnavailable(reason("failed-gone", place=place, status=status))
    raise SourceUnavailable(reason("failed-status", place=place, status=status))


def unanswered(place: str, error: Exception) -> str:
    """The reason that a network error is. said: what the library calls it."""
    if isinstance(error, httpx.TimeoutException):
        return reason("failed-late", place=place)
    return reason("failed-unreachable", place=place, said=f"{error or type(error).__name__}")


def _on_loopback(url: str) -> bool:
    """Whether an address is on this machine, where no proxy can reach it."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _place(url: str) -> str:
    """Host and path only: queries can carry tokens."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def _resolves_inside(host: str) -> bool:
    """Whether a host is, or resolves to, an address of this machine or an inner network."""
    if not host or is_private(host):
        return True
    try:
        found = socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)
    except OSError:
        return False
    return any(is_private(str(address[4][0])) for address in found)
