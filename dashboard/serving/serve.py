"""Streamlit as a child process: its port, its address, and its end together with ours."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from collector.errors import ConfigError

LOCAL = "127.0.0.1"
PORTS = range(8501, 8521)
GRACE_S = 10.0  # how long the child may take to end before it is made to
FREED_S = 4.0  # how long the child of a killed dashboard may still hold its port
STOPPED = 128


def serve(url: str, port: int | None, extra: dict[str, str]) -> None:
    """Runs Streamlit until it is told to stop: Ctrl-C, SIGTERM or SIGHUP, which are a good end.

    Raises ConfigError for a taken port, where Streamlit stopped by itself, and where it is not
    certain who may come in.
    """
    pin = access_pin()
    chosen = free_port(port)
    typer.echo(f"\nDashboard: http://{LOCAL}:{chosen}   (stop with Ctrl-C)")
    environ = {**os.environ, **extra, **pin, "FLOODGAUGE_STORE": url}
    with _told_to_stop() as told:
        running = subprocess.Popen(_command(chosen), env=environ, stdin=subprocess.PIPE)  # noqa: S603
        code = told.wait_for(running)
    if code and not told.signals:
        raise ConfigError(f"the dashboard stopped with exit code {code}; its own words are above")


def access_pin() -> dict[str, str]:
    """Who may come in, decided before anything is served. Raises ConfigError."""
    from dashboard.serving import access_at_start  # Streamlit takes a second to load

    return {access_at_start.PIN: access_at_start.start(os.environ)}


def _command(port: int) -> list[str]:
    options = {
        "server.address": LOCAL,
        "server.port": str(port),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    script = Path(__file__).parents[1] / "app.py"
    command = [sys.executable, "-m", "dashboard.serving.child", "run", str(script)]
    return command + [f"--{name}={value}" for name, value in options.items()]


class _Told:
    """The signals that came, passed on to the child: the first asks it to end, a second makes it.

    A handler may run before there is a child, so it only notes then.
    """

    def __init__(self) -> None:
        self.signals: list[int] = []
        self.child: subprocess.Popen[bytes] | None = None

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        self.signals.append(number)
        if self.child is not None:
            self._end(self.child)

    def wait_for(self, child: "subprocess.Popen[bytes]") -> int:
        """The child's exit code, once it has ended and nothing is left of it."""
        self.child = child
        try:
            if self.signals:
                self._end(child)
            return child.wait()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            if child.stdin is not None:
                child.stdin.close()

    def _end(self, child: "subprocess.Popen[bytes]") -> None:
        if len(self.signals) > 1:
            child.kill()
            return
        child.terminate()
        late = threading.Timer(GRACE_S, child.kill)
        late.daemon = True
        late.start()


@contextmanager
def _told_to_stop() -> Iterator[_Told]:
    told = _Told()
    with _handling(told):
        yield told


@contextmanager
def ending_tidily() -> Iterator[None]:
    """SIGTERM and SIGHUP end the block as an error does, so that what it made is taken away."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(STOPPED + number)

    with _handling(end, but=(signal.SIGINT,)):
        yield


@contextmanager
def _handling(handler: object, but: tuple[int, ...] = ()) -> Iterator[None]:
    """A handler for the signals that end a program; nohup's wish is kept."""
    named = ("SIGINT", "SIGTERM", "SIGHUP")  # not every system has each
    numbers = [getattr(signal, name) for name in named if hasattr(signal, name)]
    before = {}
    if threading.current_thread() is threading.main_thread():  # others cannot have handlers
        for number in numbers:
            ignored = number != signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN
            if number not in but and not ignored:
                before[number] = signal.signal(number, handler)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def free_port(wanted: int | None) -> int:
    """The wanted port, else the first that is free. Raises ConfigError."""
    if wanted is not None and _is_free_soon(wanted):
        return wanted
    free = next((port for port in PORTS if _is_free(port)), None)
    if wanted is None and free is not None:
        return free
    taken = wanted if wanted is not None else f"{PORTS[0]} to {PORTS[-1]}"
    another = "name another" if free is None else f"--port {free} is free"
    raise ConfigError(f"--port: {taken} is taken; {another}")


def _is_free_soon(port: int) -> bool:
    """Whether a port is free, or becomes so: a dashboard that was killed may still be ending."""
    until = time.monotonic() + FREED_S
    while not _is_free(port):
        if time.monotonic() > until or not 0 < port < 2**16:
            return False
        time.sleep(0.1)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCAL, port))
        except (OSError, OverflowError):
            return False
    return True
