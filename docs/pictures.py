"""Pictures of the simulated drill (needs chromium).

`python -m docs.pictures` takes those of the README; with `--sheet FOLDER` every page narrow and
wide, light and dark, in both languages and three time zones, and all of them on contact sheets.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

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


SHEET = {
    **{name: path for name, (path, _) in PAGES.items()},
    "trends": "trends",
    "all_apps": "trends?all=1",
    "compare": "compare",
    "replay": "replay",
    "collection": "collection",
    "wrong": "wrong",
    "data": "data",
    "network": "network",
}
LOOKS = [  # width, colours, language, zone: each of them at least twice
    (1440, "light", "en", "America/Chicago"),
    (1440, "dark", "es", "Asia/Kolkata"),
    (1024, "light", "es", "UTC"),
    (390, "dark", "en", "Asia/Kolkata"),
    (390, "light", "es", "America/Chicago"),
]
HEIGHT, THUMB, TALLEST, COLUMNS = 1000, 460, 1400, 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path, metavar="FOLDER", help="every page in every look")
    folder: Path | None = parser.parse_args().sheet
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if folder is None:
            _for_the_readme(browser, address)
        else:
            _contact_sheets(browser, address, folder)
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """A dashboard over the drill; its address."""
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
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()
            serving.wait()


def _for_the_readme(browser: Browser, address: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    for name, (path, height) in PAGES.items():
        page = browser.new_page(
            viewport={"width": 1440, "height": height}, timezone_id="America/Chicago"
        )
        _drawn(page, f"{address}/{path}")
        page.screenshot(path=PICTURES / f"{name}.png")
        page.close()


def _contact_sheets(browser: Browser, address: str, folder: Path) -> None:
    """One picture a page and look, and one sheet a look."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, colours, lang, zone in LOOKS:
        look = f"{width}-{colours}-{lang}-{zone.split('/')[-1].lower()}"
        taken = []
        for name, path in SHEET.items():
            page = browser.new_page(
                viewport={"width": width, "height": HEIGHT},
                color_scheme=colours,
                timezone_id=zone,
            )
            _drawn(page, f"{address}/{path}{'&' if '?' in path else '?'}lang={lang}")
            taken.append(folder / f"{look}-{name}.png")
            page.screenshot(path=taken[-1])
            page.close()
        _sheet(taken, folder / f"sheet-{look}.png")


def _drawn(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(6_000)  # charts draw after the last request


def _sheet(pictures: list[Path], file: Path) -> None:
    """Small ones of the pictures side by side, in rows."""
    small = []
    for path in pictures:
        with Image.open(path) as picture:
            height = min(TALLEST, picture.height * THUMB // picture.width)
            small.append(picture.convert("RGB").resize((THUMB, height)))
    rows = [small[n : n + COLUMNS] for n in range(0, len(small), COLUMNS)]
    heights = [max(picture.height for picture in row) for row in rows]
    sheet = Image.new("RGB", (THUMB * COLUMNS, sum(heights)), "white")
    for number, row in enumerate(rows):
        for place, picture in enumerate(row):
            sheet.paste(picture, (place * THUMB, sum(heights[:number])))
    sheet.save(file)


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
