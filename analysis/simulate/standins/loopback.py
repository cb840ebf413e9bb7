"""A server on loopback that answers like one service, and can fail in the ways that services do."""

import json
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qs, urlsplit

Fault = Literal[
    "time_out",
    "reset",
    "403",
    "404",
    "429",
    "429_retry_after",
    "500",
    "html",
    "truncated",
    "repeated_token",
    "empty_page_with_token",
    "more_rows",
    "duplicate_rows",
    "out_of_order",
    "clock_skew",
]
ON_THE_WIRE: tuple[Fault, ...] = (
    "time_out",
    "reset",
    "403",
    "404",
    "429",
    "429_retry_after",
    "500",
    "html",
    "truncated",
)
IN_THE_ROWS: tuple[Fault, ...] = (
    "repeated_token",
    "empty_page_with_token",
    "more_rows",
    "duplicate_rows",
    "out_of_order",
    "clock_skew",
)
RETRY_AFTER_S = 120
PAGE = b"<!doctype html><html><head><title>One moment</title></head><body>Wait</body></html>"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def bearer(self) -> str | None:
        """The token of the Authorization header."""
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token if kind == "Bearer" else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service says."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer with JSON."""
    content = {"content-type": "application/json; charset=utf-8", **(headers or {})}
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), content)


class StandIn:
    """One service. A subclass answers; `fail` makes the next requests go wrong.

    requests: every request so far. host: the host name of the real service.
    """

    host = "service.example"

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._faults: list[Fault] = []
        self._always: Fault | None = None
        self._released = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """The answer to a request; `fault`: one of IN_THE_ROWS to act out."""
        raise NotImplementedError

    def fail(self, *faults: Fault, always: Fault | None = None) -> None:
        """The next requests fail in these ways, one each; then all of them with `always`."""
        self._faults = list(faults)
        self._always = always

    def respond(self, request: Request) -> Answer | Literal["time_out", "reset"]:
        """What goes over the wire."""
        self.requests.append(request)
        fault = self._faults.pop(0) if self._faults else self._always
        match fault:
            case "time_out" | "reset":
                return fault
            case "403" | "404" | "500":
                return Answer(int(fault), PAGE, {"content-type": "text/html"})
            case "429":
                return Answer(429, b"", {})
            case "429_retry_after":
                return Answer(429, b"", {"retry-after": str(RETRY_AFTER_S)})
            case "html":
                return Answer(200, PAGE, {"content-type": "text/html; charset=utf-8"})
            case "truncated":
                whole = self.answer(request, None)
                return Answer(whole.status, whole.body[: len(whole.body) // 2], whole.headers)
            case _:
                return self.answer(request, fault)

    @property
    def address(self) -> str:
        """Where it listens."""
        if self._server is None:
            raise RuntimeError("not started")
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self, port: int = 0) -> Self:
        """Listen on a port of this machine; 0 takes a free one."""
        self._released.clear()
        self._server = _Server(("127.0.0.1", port), _handler(self, self._released))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def close(self) -> None:
        """Stop listening."""
        self._released.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle, killed for example, is nothing to report."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(stand_in: StandIn, released: threading.Event) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are two writes

        def do_GET(self) -> None:
            self._do()

        def do_POST(self) -> None:
            self._do()

        def _do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                raise ConnectionAbortedError("the client went away")
            request = Request(
                self.command,
                parts.path,
                {k: v[-1] for k, v in parse_qs(parts.query, keep_blank_values=True).items()},
                {name.lower(): value for name, value in self.headers.items()},
                body,
            )
            answer = stand_in.respond(request)
            if answer == "time_out":
                released.wait(60)
                self.close_connection = True
            elif answer == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
            else:
                self._write(answer)

        def _write(self, answer: Answer) -> None:
            try:
                self.send_response_only(answer.status)
                if "date" not in answer.headers:
                    self.send_header("date", self.date_time_string())
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """The requests are kept, not printed."""

    return Handler
