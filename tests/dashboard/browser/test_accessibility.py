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
    faults = _faults(reader)
    reader.page.context.close()
    assert faults == []


def test_no_serious_fault_with_an_empty_store(browser: Browser, empty_site: Site) -> None:
    reader = make_reader(browser, empty_site, viewport={"width": 390, "height": 844})
    for page in ("", "incident"):
        reader.go(f"/{page}")
        reader.page.wait_for_timeout(700)
        assert _faults(reader) == []
    reader.page.context.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_be_walked_from_the_keyboard(reader: Reader, page: str) -> None:
    """Tab reaches the page's own controls, one after the other, each with a name and a sign."""
    seen = reader.go(f"/{page}" if page != "overview" else "/")
    inside: list[str] = []
    for _ in range(60):
        seen.keyboard.press("Tab")
        at = seen.evaluate(
            """() => {
                const e = document.activeElement;
                if (!e || !e.closest('[data-testid=stMain]')) return null;
                const s = getComputedStyle(e), p = getComputedStyle(e.parentElement);
                const sign = [s, p].some(x => x.boxShadow !== 'none' || x.outlineStyle !== 'none'
                    || x.borderColor !== '');
                const name = e.getAttribute('aria-label') || e.innerText || e.title
                    || (e.labels && e.labels.length ? e.labels[0].innerText : '');
                return sign ? (name || e.outerHTML.slice(0, 120)) : null;
            }"""
        )
        if at is not None:
            inside.append(at)
        elif inside:
            break
    assert inside, "no control of the page was reached"
    assert len(set(inside)) >= min(2, len(inside))


def test_reduced_motion_stops_what_moves(browser: Browser, site: Site) -> None:
    reader = make_reader(browser, site, reduced_motion="reduce")
    reader.go()
    longest = reader.page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('.stApp *')].map(e => {
            const s = getComputedStyle(e);
            return Math.max(...[s.animationDuration, s.transitionDuration]
                .flatMap(d => d.split(',').map(parseFloat)));
        }))"""
    )
    reader.page.context.close()
    assert longest < 0.01


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


def _faults(reader: Reader) -> list[Any]:
    """Serious and critical faults of our own content."""
    found = Axe().run(reader.page).response["violations"]
    return [
        (fault["id"], node["target"], node["html"][:160])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
        if not _streamlits_own(reader, fault["id"], node["target"][0])
    ]


def _streamlits_own(reader: Reader, fault: str, target: str) -> bool:
    place = STREAMLITS_OWN.get(fault)
    inside = "(e, id) => !!e.closest(`[data-testid^=${id}]`)"
    return place is not None and bool(reader.page.locator(target).first.evaluate(inside, place))
