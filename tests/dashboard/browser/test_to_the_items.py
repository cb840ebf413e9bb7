"""From a chart to the items behind a bar: by click, and from the keyboard."""

import re

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.dashboard.browser.conftest import Reader

pytestmark = pytest.mark.browser
TRIES = 10
CHOSEN = """box => [box.innerText, ...[...box.querySelectorAll('input')].map(i => i.value)]
    .join('\\n')"""


def click_a_bar(page: Page, share: float) -> None:
    """Clicks into the first chart, at a share of its width, until it is there to be clicked."""
    chart = page.locator("[data-testid=stVegaLiteChart]").first
    expect(chart.locator("svg, canvas").first).to_be_visible()
    for _ in range(TRIES):
        try:  # while the chart is drawn anew it is not where it was
            _click(page, chart, share)
            page.wait_for_url("**/explore?*", timeout=2_000)
        except Error:
            continue
        return
    raise AssertionError("no click on the bar led anywhere")


def _click(page: Page, chart: Locator, share: float) -> None:
    chart.scroll_into_view_if_needed(timeout=2_000)
    box = chart.bounding_box(timeout=2_000)
    assert box is not None
    x, y = box["x"] + box["width"] * share, box["y"] + box["height"] * 0.5
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    page.mouse.click(x, y)


def found_items(page: Page) -> str:
    """How many items the explore page says it found."""
    found = page.get_by_text(re.compile(r"^(One item|[\d,]+ items)$")).inner_text()
    return found.replace("One", "1").split()[0]


def test_a_click_on_a_bar_opens_its_items(clicker: Reader) -> None:
    page = clicker.go(f"/incident?incident={clicker.site.incident}")
    click_a_bar(page, 0.5)
    page.wait_for_url("**/explore?*")
    clicker.settle()
    assert clicker.zone in page.url.replace("%2F", "/")
    for part in ("from=2020-", "to=2020-", "stars=1", "stars=2", f"app={clicker.site.app}"):
        assert part in page.url
    expect(page.get_by_text(re.compile(r"^Only .* to "))).to_be_visible()
    expect(page.locator(".fg-items > li").first).to_be_visible()
    few = page.url
    again = clicker.go(few.removeprefix(clicker.site.address))
    expect(again.get_by_text(re.compile(r"^Only .* to "))).to_be_visible()
    again.get_by_role("button", name="All times").click()
    clicker.settle()
    expect(again.get_by_text(re.compile(r"^Only .* to "))).to_have_count(0)


def test_the_picker_does_the_same_from_the_keyboard(clicker: Reader) -> None:
    page = clicker.go(f"/incident?incident={clicker.site.incident}")
    summary = page.get_by_text("Read what is behind a bar")
    summary.scroll_into_view_if_needed()
    summary.locator("xpath=ancestor::summary").focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Read these items")
    expect(link).to_be_visible()
    bar = page.locator("[data-testid=stSelectbox]").filter(has_text="Bar").last.evaluate(CHOSEN)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore?*from=2020-*")
    clicker.settle()
    expect(page.locator(".fg-items > li").first).to_be_visible()
    assert [found_items(page)] == re.findall(r"· ([\d,]+)$", bar, re.MULTILINE)[:1], bar


def test_compare_leads_to_the_items_too(clicker: Reader) -> None:
    page = clicker.go("/compare")
    click_a_bar(page, 0.56)
    page.wait_for_url("**/explore?*from=2020-*")


def test_a_day_of_the_overviews_small_chart_opens_its_items(clicker: Reader) -> None:
    page = clicker.go()
    day = page.locator("a.fg-spark-day").last
    said = day.get_attribute("title") or ""
    day.click()
    page.wait_for_url("**/explore?*from=2020-*")
    clicker.settle()
    assert found_items(page) == said.rsplit(" ", 1)[-1]
    assert clicker.zone in page.url.replace("%2F", "/")
