"""Pictures of the simulated drill for the README: `python -m docs.pictures` (needs chromium)."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from collector.store import open_store
from dashboard.drills.demo import run_drill

PICTURES = Path(__file__).with_name("pictures")
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {"overview": ("", 620), "incident": ("incident", 1500), "explore": ("explore", 1100)}


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        secret = secrets.token_hex(32)
        url = f"sqlite:///{folder}/drill.db"
        with open_store(url, secret=secret.encode()) as store:
            run_drill(store)
        port = _free_port()
        script = Path(__file__).parents[1] / "dashboard" / "app.py"
        options = {"server.address": "127.0.0.1", "server.port": port, "server.headless": "true"}
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        command += [f"--{name}={value}" for name, value in options.items()]
        environment = {**os.environ, "FLOODGAUGE_STORE": url, "FLOODGAUGE_SECRET": secret}
        serving = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait_for(port)
            _shoot(f"http://127.0.0.1:{port}")
        finally:
            serving.terminate()
            serving.wait()


def _shoot(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (path, height) in PAGES.items():
            page: Page = browser.new_page(
                viewport={"width": 1440, "height": height}, timezone_id="America/Chicago"
            )
            page.goto(f"{address}/{path}")
            page.wait_for_selector("h1", timeout=60_000)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(3_000)  # charts draw after the last request
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(120):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise TimeoutError("the dashboard did not start within a minute")


if __name__ == "__main__":
    main()
