"""Ctrl-C in a real process: one sentence, exit code 130, and a store that can be read on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collector.store import open_store

SECRET = "a secret for tests, long enough"

# Each command is stopped in the middle of its own work: there a marker appears, then it waits.
PAUSE = """
import sys, time
from pathlib import Path
import {module}
def pause(*args, **kwargs):
    Path(sys.argv[1]).touch()
    time.sleep(60)
{module}.{name} = pause
from dashboard.main import main
main(sys.argv[2:])
"""
COMMANDS = {
    "collect": ("dashboard.commands.collect", "collect_once", ["collect"]),
    "analyze": ("dashboard.commands.analyze", "analyze_apps", ["analyze"]),
    "export": ("analysis.research.export", "write_frames", ["export", "items", "-o", "items.csv"]),
    "replay": ("dashboard.commands.replay", "alarms_of", ["replay"]),
}
TOML = '[apps.tips]\nname = "Tips"\ngoogle_play = "org.example.tips"\n'


@pytest.mark.parametrize("command", COMMANDS)
def test_ctrl_c_ends_with_a_sentence(tmp_path: Path, command: str) -> None:
    module, name, words = COMMANDS[command]
    store = tmp_path / "store.db"
    with open_store(str(store), secret=SECRET.encode()) as opened:
        opened.apps.ensure("tips")
    (tmp_path / "floodgauge.toml").write_text(TOML, encoding="utf-8")
    marker = tmp_path / "in the middle"
    script = PAUSE.format(module=module, name=name)
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(marker), *words],
        cwd=tmp_path,
        env={**os.environ, "FLOODGAUGE_STORE": f"sqlite:///{store}", "FLOODGAUGE_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(600):
            if marker.exists() or running.poll() is not None:
                break
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    finally:
        running.kill()
    assert marker.exists(), said
    assert running.returncode == 130
    assert said.strip() == "floodgauge: interrupted; nothing is half-written, run it again"
    with open_store(str(store), secret=SECRET.encode()) as opened:
        assert opened.apps.keys() == ["tips"]
