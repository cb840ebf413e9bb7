"""The dashboard as a real process: it ends whole, however it is ended, and its port is free."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.serving.serve import _is_free

WAIT_S = 60.0


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


def until(holds: Callable[[], bool], wait_s: float = WAIT_S) -> bool:
    end = time.monotonic() + wait_s
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as got:
            return bool(got.status == 200)
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Processes that a process started and that are there still; from Linux's own files."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(state[1]) == pid:
            found.append(int(folder.name))
    return found


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[int], "subprocess.Popen[bytes]"]]:
    """Starts a dashboard on a port and waits until it answers."""
    started: list[subprocess.Popen[bytes]] = []
    environ = {
        **os.environ,
        "FLOODGAUGE_STORE": f"sqlite:///{tmp_path / 'store.db'}",
        "FLOODGAUGE_SECRET": "a secret for tests, long enough",
    }

    def run(port: int) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "dashboard.main",
            "dashboard",
            "--port",
            str(port),
        ]
        running = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
        started.append(running)
        assert until(lambda: answers(port) or running.poll() is not None)
        assert running.poll() is None
        return running

    yield run
    for running in started:
        for left in [*children(running.pid), running.pid]:
            if not is_gone(left):
                os.kill(left, signal.SIGKILL)
        running.wait(10)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the processes of Linux")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_the_child_too_and_the_port_is_free(
    start: Callable[[int], "subprocess.Popen[bytes]"], name: str
) -> None:
    port = free()
    running = start(port)
    (child,) = children(running.pid)
    running.send_signal(getattr(signal, name))  # to it alone, as `kill` and systemd do
    assert running.wait(60) == 0
    assert is_gone(child)
    assert _is_free(port)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the processes of Linux")
def test_the_child_of_a_killed_dashboard_ends_and_the_next_start_has_the_port(
    start: Callable[[int], "subprocess.Popen[bytes]"],
) -> None:
    port = free()
    running = start(port)
    (child,) = children(running.pid)
    running.kill()
    running.wait(10)
    again = start(port)  # at once; whoever answers first
    assert until(lambda: is_gone(child), 10)
    assert until(lambda: answers(port))
    again.terminate()
    assert again.wait(60) == 0


PAUSED_DRILL = """
import sys, time
from pathlib import Path
from dashboard.commands import demo
from dashboard.main import main
def pause(*args, **kwargs):
    Path(sys.argv[1]).touch()
    time.sleep(60)
demo.run_drill = pause
main(["demo"])
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_drill_that_is_ended_leaves_no_folder(tmp_path: Path, name: str) -> None:
    folder, marker = tmp_path / "tmp", tmp_path / "in the middle"
    folder.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-c", PAUSED_DRILL, str(marker)],
        env={**os.environ, "TMPDIR": str(folder)},
    )
    try:
        assert until(lambda: marker.exists() or running.poll() is not None)
        assert list(folder.iterdir()) != []
        number = getattr(signal, name)
        running.send_signal(number)
        assert running.wait(60) == 128 + number
        assert list(folder.iterdir()) == []
    finally:
        running.kill()
        running.wait(10)
