"""No serious fault in axe-core's eyes, and every page works from the keyboard."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dashboard.views import discover
from tests.dashboard.browser.conftest import Reader, Site, make_reader

pytestmark = pytest.mark.browser

# Streamlit 1.67 itself: the menu's sections put divs between its list and the list's items.
STREAMLITS_OWN = {"list": "stSidebarNavItems", "listitem": "stSidebarNav"}
PAGES = [page.key for page, _ in discover()]
VIEWS = [(page, scheme) for page in PAGES for scheme in ("light", "dark")]


@pytest.mark.parametrize(("page", "scheme"), VIEWS[:6] + VIEWS[7::2])
def test_no_serious_fault(browser: Browser, site: Site, page: str, scheme: str) -> None:
    view: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "color_scheme": scheme}
    reader = make_reader(browser, site, **view)
    reader.go(f"/{page}" if page != "overview" else "/")
    reader.page.wait_for_timeout(700)  # fading of what was redrawn
    found = Axe().run(reader.page).response["violations"]
    faults = [
        (fault["id"], node["target"], node["html"][:160])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
        if not _streamlits_own(reader, fault["id"], node["target"][0])
    ]
    reader.page.context.close()
    assert faults == []


def test_the_menu_and_a_filter_work_from_the_keyboard(reader: Reader) -> None:
    page = reader.go()
    link = page.get_by_role("link", name="Explore")
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    reader.settle()
    expect(page.get_by_role("heading", name="Explore", level=1)).to_be_visible()
    words = page.get_by_label("Words in title or text")
    words.focus()
    page.keyboard.type("dance")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=dance*")


def test_every_chart_and_picture_has_a_name(reader: Reader) -> None:
    page = reader.go("/incident")
    page.wait_for_selector("[data-testid=stVegaLiteChart]")
    named = page.locator("[data-testid=stVegaLiteChart] [aria-label]")
    assert named.count() >= page.locator("[data-testid=stVegaLiteChart]").count()
    page = reader.go()
    for image in page.locator("[data-testid=stMain] img").all():
        assert image.get_attribute("alt")


def _streamlits_own(reader: Reader, fault: str, target: str) -> bool:
    place = STREAMLITS_OWN.get(fault)
    inside = "(e, id) => !!e.closest(`[data-testid^=${id}]`)"
    return place is not None and bool(reader.page.locator(target).first.evaluate(inside, place))
