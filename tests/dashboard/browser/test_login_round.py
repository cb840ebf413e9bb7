"""The log-in, all the way: Streamlit's own, a real OpenID provider on loopback, a real browser."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis import decisions
from collector.store import open_store
from dashboard.access import who_may_enter
from tests.dashboard import builders
from tests.dashboard.browser.conftest import Reader, Site, free_port, make_reader, served

pytestmark = pytest.mark.browser

SECRET = secrets.token_hex(32)
OPERATOR, VIEWER, STRANGER = "ana@city.example", "ben@city.example", "eve@elsewhere.example"
PEOPLE = [
    {"sub": OPERATOR, "email": OPERATOR, "email_verified": True, "name": "Ana Operator"},
    {"sub": VIEWER, "email": VIEWER, "email_verified": True},
    {"sub": STRANGER, "email": STRANGER, "email_verified": True},
    {"sub": "unchecked", "email": OPERATOR, "email_verified": False},
    {"sub": "worded", "email": OPERATOR, "email_verified": "true"},
    {"sub": "unsaid", "email": OPERATOR},
    {"sub": "wide a", "email": OPERATOR.replace("a", "\uff41"), "email_verified": True},
]
AUTH = """\
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "{cookie}"
client_id = "floodgauge"
client_secret = "not-a-secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@contextmanager
def provider() -> Iterator[str]:
    """An OpenID provider that knows the people."""
    port = free_port()
    claims = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    running = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/.well-known/openid-configuration", running)
        yield address
    finally:
        running.kill()
        running.wait()


def _wait(address: str, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the provider did not start")


@pytest.fixture(scope="module")
def guarded(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A dashboard that asks for a log-in."""
    folder = tmp_path_factory.mktemp("guarded")
    url = f"sqlite:///{folder / 'guarded.db'}"
    with open_store(url, secret=SECRET.encode()) as store:
        builders.fill(store)
    port, found = free_port(), folder / "secrets.toml"
    lists = {who_may_enter.OPERATORS: OPERATOR, who_may_enter.VIEWERS: VIEWER}
    with provider() as address:
        here = f"http://127.0.0.1:{port}"
        found.write_text(AUTH.format(address=here, cookie=secrets.token_hex(32), provider=address))
        with served(url, SECRET, folder, f"--secrets.files={found}", port=port, **lists):
            yield Site(here, builders.ID, builders.APP, url, found)


@pytest.fixture
def visitor(browser: Browser, guarded: Site, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A fresh browser at the incident's page, in Chicago unless told otherwise."""
    zone = getattr(request, "param", "America/Chicago")
    made = make_reader(browser, guarded, timezone_id=zone)
    made.page.goto(f"{guarded.address}/incident?incident={guarded.incident}")
    expect(made.page.get_by_role("button", name="Log in")).to_be_visible()
    yield made
    made.page.context.close()


def log_in(page: Page, person: str) -> None:
    """Through the provider's page and back."""
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name=person, exact=True).click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_who_is_not_logged_in_sees_nothing(visitor: Reader) -> None:
    text = visitor.page.locator("body").inner_text()
    assert "Please log in" in text
    assert "Tip line" not in text
    for page in ("", "data"):
        visitor.page.goto(f"{visitor.site.address}/{page}")
        expect(visitor.page.get_by_role("button", name="Log in")).to_be_visible()
        assert "Tip line" not in visitor.page.locator("body").inner_text()


def test_an_operator_logs_in_decides_and_is_in_the_log(visitor: Reader, guarded: Site) -> None:
    page = visitor.page
    log_in(page, OPERATOR)
    mark = who_may_enter.mark("operator", OPERATOR, SECRET.encode())
    expect(page.get_by_text(mark).first).to_be_visible()
    page.goto(f"{guarded.address}/incident?incident={guarded.incident}")
    expect(page.get_by_text("Tip line received 200 low-star reviews").first).to_be_visible()
    page.get_by_text("looking into it", exact=True).click()
    row = page.locator("tr").filter(has_text=mark)
    expect(row).to_contain_text("looking into it")
    with open_store(guarded.url, secret=SECRET.encode()) as store:
        (made,) = decisions.readable(store.decisions.frame(guarded.app))
    assert (made.kind, made.value, made.by) == ("phase", "looking", mark)
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert "Tip line" not in page.locator("body").inner_text()


@pytest.mark.parametrize("person", [STRANGER, "unchecked", "worded", "unsaid", "wide a"])
def test_who_is_on_no_list_is_refused(visitor: Reader, person: str) -> None:
    log_in(visitor.page, person)
    expect(visitor.page.get_by_text("Not on the list")).to_be_visible()
    assert "Tip line" not in visitor.page.locator("body").inner_text()


@pytest.mark.parametrize("visitor", ["America/Chicago", "Asia/Kolkata"], indirect=True)
def test_a_viewer_looks_and_cannot_act(visitor: Reader, guarded: Site) -> None:
    log_in(visitor.page, VIEWER)
    visitor.page.goto(f"{guarded.address}/incident?incident={guarded.incident}")
    expect(visitor.page.get_by_text("Tip line received 200 low-star").first).to_be_visible()
    assert visitor.page.get_by_role("button", name="Save").count() == 0
    assert visitor.page.get_by_role("button", name="Brief as HTML").count() == 0


def test_what_is_broken_while_it_runs_lets_nobody_in(visitor: Reader, guarded: Site) -> None:
    """Neither who was in, nor who comes anew; and no click of who was in is carried out."""
    page, path = visitor.page, guarded.secrets
    log_in(page, OPERATOR)
    page.goto(f"{guarded.address}/incident?incident={guarded.incident}")
    expect(page.get_by_text("Tip line received").first).to_be_visible()
    good = path.read_text()
    try:
        for bad in (good[:-40], good.replace("[auth]", "[Auth]"), None):
            path.unlink(missing_ok=True)
            if bad is not None:
                path.write_text(bad)
            page.get_by_text("monitoring", exact=True).click()
            expect(page.get_by_text("Nobody is let in")).to_be_visible()
            expect(page.locator("body")).not_to_contain_text("Tip line")
            stranger = make_reader(page.context.browser, guarded).page  # type: ignore[arg-type]
            stranger.goto(guarded.address)
            expect(stranger.get_by_text("Nobody is let in")).to_be_visible()
            assert "Tip line" not in stranger.locator("body").inner_text()
            stranger.context.close()
            path.write_text(good)
            page.reload()
            expect(page.get_by_text("Tip line received").first).to_be_visible()
    finally:
        path.write_text(good)
    with open_store(guarded.url, secret=SECRET.encode()) as store:
        said = [made.value for made in decisions.readable(store.decisions.frame(guarded.app))]
    assert "monitoring" not in said


@pytest.mark.parametrize("content", ["[auth", None], ids=["a syntax error", "not there"])
def test_streamlit_started_by_hand_shows_one_sentence(
    browser: Browser, guarded: Site, tmp_path: Path, content: str | None
) -> None:
    found = tmp_path / "secrets.toml"
    if content is not None:
        found.write_text(content)
    lists = {} if content else {who_may_enter.OPERATORS: OPERATOR}
    with served(guarded.url, SECRET, tmp_path, f"--secrets.files={found}", **lists) as address:
        made = make_reader(browser, Site(address, guarded.incident, guarded.app))
        for path in ("", "/data"):
            made.page.goto(address + path)
            expect(made.page.get_by_text("Nobody is let in")).to_be_visible()
            expect(made.page.get_by_text("start the dashboard again")).to_be_visible()
            assert "Tip line" not in made.page.locator("body").inner_text()
        made.page.context.close()
    assert "Traceback" not in (tmp_path / "server.log").read_text()
