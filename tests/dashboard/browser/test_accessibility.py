"""No serious fault in axe-core's eyes, and every page works from the keyboard."""

import sqlite3
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from dashboard.views import discover
from tests.dashboard.browser.conftest import Reader, Site, make_reader, open_reader

pytestmark = pytest.mark.browser

# Streamlit 1.67 itself: the menu's sections put divs between its list and the list's items.
STREAMLITS_OWN = {"list": "stSidebarNavItems", "listitem": "stSidebarNav"}
PAGES = [page.key for page, _ in discover()]
STICKS_OUT = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 2 && !e.closest(
        '.fg-scroll, [data-testid=stDataFrame], svg, [data-baseweb], [data-testid=stMultiSelect]'))
    .map(e => e.className.toString().slice(0, 60))"""
# What has the focus, if it is the page's own: its name, and whether one sees that it has it.
FOCUS = """() => {
    const e = document.activeElement;
    if (!e || !e.closest('[data-testid=stMain]')) return null;
    const look = () => {
        const seen = [];
        for (let at = e; at && seen.length < 4; at = at.parentElement) {
            const s = getComputedStyle(at);
            seen.push([s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color].join());
        }
        return seen.join();
    };
    const focused = look();
    const name = e.getAttribute('aria-label') || e.innerText || e.title
        || (e.labels && e.labels.length ? e.labels[0].innerText : '');
    e.blur();
    const seen = look() !== focused;
    e.focus({focusVisible: true});
    return [name.trim(), seen, e.outerHTML.slice(0, 160)];
}"""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_at_a_desk_in_light(reader: Reader, page: str) -> None:
    """No serious fault; Tab reaches the page's own controls, each with a name and a sign."""
    reader.go(_path(page))
    assert _faults(reader) == []
    stops = _walk(reader)
    assert stops, "no control of the page was reached"
    assert [code for name, _, code in stops if not name] == []
    assert [code for _, seen, code in stops if not seen] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_on_a_phone_in_the_dark(phone_reader: Reader, page: str) -> None:
    """No serious fault, and nothing is wider than the phone."""
    phone_reader.go(_path(page))
    assert _faults(phone_reader) == []
    assert _sticks_out(phone_reader) == []


@pytest.mark.parametrize(("page", "small"), [(p, n % 2 == 0) for n, p in enumerate(PAGES)])
def test_a_huge_store_with_hostile_texts(
    desk: BrowserContext, phone: BrowserContext, crowded_site: Site, page: str, *, small: bool
) -> None:
    """As the others, by turns on a phone in the dark and at a desk."""
    reader = open_reader(phone if small else desk, crowded_site)
    reader.go(f"{_path(page)}?app={crowded_site.app}&incident={crowded_site.incident}")
    if page == "collection":
        reader.page.get_by_label("Find an app by its name").fill("alert")
        reader.page.keyboard.press("Enter")
        expect(reader.page.locator(".fg-run-failed")).to_be_visible()
        reader.settle()
    faults, wide = _faults(reader), _sticks_out(reader)
    said = reader.page.evaluate("() => window.alerted || ''")
    reader.page.close()
    assert (faults, wide, said, reader.complaints) == ([], [], "", [])


def test_an_empty_store_and_one_that_cannot_be_read(
    phone: BrowserContext, empty_site: Site
) -> None:
    reader = open_reader(phone, empty_site)
    for page in ("overview", "incident"):
        reader.go(_path(page))
        assert (_faults(reader), _sticks_out(reader)) == ([], [])
    with sqlite3.connect(empty_site.url.removeprefix("sqlite:///")) as store:
        store.execute("ALTER TABLE apps RENAME TO gone")
    store.close()
    for page in ("overview", "collection"):
        reader.go(_path(page))
        expect(reader.page.get_by_text("The store cannot be read")).to_be_visible()
        assert (_faults(reader), _sticks_out(reader)) == ([], [])
    reader.page.close()


def _path(page: str) -> str:
    return "/" if page == "overview" else f"/{page}"


def _sticks_out(reader: Reader) -> list[str]:
    found: list[str] = reader.page.evaluate(STICKS_OUT)
    if not reader.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"):
        found.append("the page itself")
    return found


def _walk(reader: Reader) -> list[tuple[str, bool, str]]:
    """The page's own stops of the Tab key: name, whether the focus shows, code."""
    stops = []
    for _ in range(80):
        reader.page.keyboard.press("Tab")
        at = reader.page.evaluate(FOCUS)
        if at is not None:
            stops.append(tuple(at))
        elif stops:
            break
    return stops


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
