"""A real dashboard with the simulated drill, and a real browser that opens it."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import dashboard
from analysis.run import analyze
from analysis.simulate import simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import load_world
from collector.settings.config import Settings
from collector.store import open_store
from tests.dashboard import builders

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S = 60
ZONES = ["own", "America/Chicago", "Asia/Kolkata"]
expect.set_options(timeout=20_000)  # a busy machine is no fault of what is tested


@dataclass(frozen=True, slots=True)
class Site:
    """A running dashboard. incident: id of the drill's incident. url: of its store.

    secrets: the file of its log-in.
    """

    address: str
    incident: str
    app: str
    url: str = ""
    secrets: Path = Path()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's browser; skips without it, fails in CI."""
    if not CHROMIUM.exists():
        message = f"needs {CHROMIUM} (Debian package chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message + ", and CI=true forbids skipping")
        pytest.skip(message)
    return CHROMIUM


@pytest.fixture(scope="session")
def site(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The drill in a store of its own, served on a free port."""
    folder = tmp_path_factory.mktemp("site")
    url = f"sqlite:///{folder / 'drill.db'}"
    secret = secrets.token_hex(32)
    with open_store(url, secret=secret.encode()) as store:
        world = simulate(iwatch_drill(), 2020)
        load_world(store, world)
        analyze(Settings(), store, world.end)
        incident = store.incidents.documents(world.app)[0]["id"]
    with served(url, secret, folder) as address:
        yield Site(address, incident, world.app)


@pytest.fixture(scope="module")
def empty_site(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A store without any app; a test may spoil it."""
    folder = tmp_path_factory.mktemp("empty-site")
    url = f"sqlite:///{folder / 'empty.db'}"
    secret = secrets.token_hex(32)
    open_store(url, secret=secret.encode()).close()
    with served(url, secret, folder) as address:
        yield Site(address, "", "", url)


@pytest.fixture(scope="module")
def crowded_site(
    chromium: Path, huge_store: Path, secret: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A huge store whose most urgent app has hostile texts in every place."""
    folder = tmp_path_factory.mktemp("crowded-site")
    url = f"sqlite:///{shutil.copy(huge_store, folder / 'crowded.db')}"
    with open_store(url, secret=secret) as store:
        builders.fill_hostilely(store)
    with served(url, secret.decode(), folder) as address:
        yield Site(address, builders.ID, builders.APP, url)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    url: str, secret: str, folder: Path, *options: str, port: int = 0, **environ: str
) -> Iterator[str]:
    """A dashboard on a store and a free port; gives its address."""
    port = port or free_port()
    root = Path(dashboard.__file__).parents[1]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(root / "dashboard" / "app.py")),
                *(f"--server.port={port}", "--server.address=127.0.0.1", *options),
            ],
            cwd=root,
            env={**os.environ, "FLOODGAUGE_STORE": url, "FLOODGAUGE_SECRET": secret, **environ},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, folder / "server.log")
        yield address
    finally:
        server.kill()  # nothing is left to be put in order
        server.wait(timeout=20)


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the dashboard did not start: " + log.read_text(errors="replace")[-2000:])


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for the session; each test gets a fresh profile."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield running
        running.close()


@dataclass
class Reader:
    """A person at a browser, who notices errors and calls to foreign hosts.

    zone: of the clock that the person chose, kept in the address; empty: the browser's own.
    """

    site: Site
    page: Page
    complaints: list[str]
    zone: str = ""

    def go(self, path: str = "/") -> Page:
        """Opens an address of the site and waits until it has settled."""
        if self.zone and "tz=" not in path:
            path += f"{'&' if '?' in path else '?'}tz={self.zone}"
        self.page.goto(self.site.address + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until the script has run and nothing is drawn any more."""
        self.page.wait_for_selector("h1, .fg-empty", timeout=30_000)
        self.page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=30_000)
        # Every page has something of ours; what draws it is loaded on its own.
        ours = "[data-testid=stMain] :is([class^=fg-], [data-testid=stMarkdown])"
        self.page.wait_for_selector(ours, timeout=30_000, state="attached")
        self.page.wait_for_selector("[data-testid=stSkeleton]", state="detached", timeout=30_000)
        self.page.wait_for_function("() => !document.querySelector('[data-stale=\"true\"]')")

    def picture(self, name: str) -> None:
        """Saves what is seen, where FLOODGAUGE_PICTURES names a folder for it."""
        folder = os.environ.get("FLOODGAUGE_PICTURES")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png")


def make_reader(browser: Browser, site: Site, **context: Any) -> Reader:
    """A fresh profile in Dallas' time zone."""
    return open_reader(profile(browser, **context), site)


def profile(browser: Browser, **context: Any) -> BrowserContext:
    """A fresh profile in Dallas' time zone."""
    return browser.new_context(**{"timezone_id": "America/Chicago", "locale": "en-US", **context})


def open_reader(context: BrowserContext, site: Site) -> Reader:
    """A new page of a profile, whose complaints are noticed."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith(
                (site.address, "data:", "blob:", site.address.replace("http", "ws"))
            )
            else complaints.append(f"foreign address {r.url}")
        ),
    )
    return Reader(site, page, complaints)


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """A profile at a desk, light. Its pages load Streamlit's own scripts once."""
    context = profile(browser, viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context
    context.close()


@pytest.fixture(scope="session")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A profile on a phone, dark."""
    context = profile(browser, viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield context
    context.close()


@pytest.fixture(scope="session")
def abroad(browser: Browser) -> Iterator[BrowserContext]:
    """A profile at a desk in India."""
    size = {"width": 1440, "height": 900}
    context = profile(browser, viewport=size, timezone_id="Asia/Kolkata")
    yield context
    context.close()


@pytest.fixture(params=ZONES)
def clicker(request: pytest.FixtureRequest, site: Site) -> Iterator[Reader]:
    """A reader who clicks: by the browser's own clock, and by the clock of another place.

    A zone is in the address only where it is not the browser's own.
    """
    zone: str = request.param
    desk = request.getfixturevalue("abroad" if zone == "America/Chicago" else "desk")
    for made in _with_page(desk, site):
        made.zone = "" if zone == "own" else zone
        yield made


@pytest.fixture
def reader(desk: BrowserContext, site: Site) -> Iterator[Reader]:
    """A reader at a desk."""
    yield from _with_page(desk, site)


@pytest.fixture
def phone_reader(phone: BrowserContext, site: Site) -> Iterator[Reader]:
    """A reader with a phone in dark mode."""
    yield from _with_page(phone, site)


def _with_page(context: BrowserContext, site: Site) -> Iterator[Reader]:
    made = open_reader(context, site)
    yield made
    made.page.close()
    assert made.complaints == []
