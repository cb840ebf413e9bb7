"""What a person sees on the simulated drill, in Debian's Chromium."""

import csv
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.dashboard.browser.conftest import Reader

pytestmark = pytest.mark.browser


def test_overview_tells_within_one_screen_what_is_going_on(reader: Reader) -> None:
    page = reader.go()
    lead = page.locator(".fg-lead")
    expect(lead).to_contain_text("iWatch Dallas")
    expect(lead).to_contain_text(re.compile(r"\d+ low-star reviews since Sun 31 May 2020"))
    expect(page.locator(".fg-banner")).to_contain_text("SIMULATED")
    box = page.locator(".fg-app").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


def test_from_the_overview_to_the_incident_to_its_reviews(clicker: Reader) -> None:
    page = clicker.go()
    page.get_by_role("link", name=re.compile("incident$", re.I)).last.click()
    page.wait_for_url("**/incident?incident=*")
    clicker.settle()
    expect(page.get_by_role("heading", name="Incident", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="What it looks like")).to_be_visible()
    expect(page.get_by_role("region", name="Signs of coordination")).to_be_visible()
    expect(page.get_by_text("SIMULATED", exact=True)).to_be_visible()
    page.get_by_role("link", name="Read these reviews").click()
    page.wait_for_url("**/explore?*")
    clicker.settle()
    expect(page.locator(".fg-items > li").first).to_be_visible()
    first = page.locator(".fg-items > li").last.inner_text()
    assert "2020" in first


def test_the_incident_is_drawn_with_its_words(reader: Reader) -> None:
    page = reader.go(f"/incident?incident={reader.site.incident}")
    charts = page.locator("[data-testid=stVegaLiteChart]")
    expect(charts.first.locator("svg, canvas").first).to_be_visible()
    assert charts.count() >= 4
    page.get_by_text("How we know", exact=False).click()
    expect(page.get_by_role("heading", name="Alarm log")).to_be_visible()
    text = page.locator("[data-testid=stMain]").inner_text()
    for words in ("Timeline", "What people are talking about", "Evidence", "Alarm log", "CDT"):
        assert words in text
    for blame in ("attack", "fake", "hostile", "bot "):
        assert blame not in text.lower()


def test_search_finds_and_the_address_reproduces_it(reader: Reader) -> None:
    page = reader.go(f"/explore?app={reader.site.app}")
    everything = page.get_by_text(re.compile(r"^[\d,]+ items\b")).inner_text()
    page.get_by_label("Words in title or text").fill("dance")
    page.get_by_label("Words in title or text").press("Enter")
    expect(page.get_by_text(everything, exact=True)).to_have_count(0)
    reader.settle()
    found = page.get_by_text(re.compile(r"^[\d,]+ items\b")).inner_text()
    assert "words=dance" in page.url
    again = reader.go(page.url.removeprefix(reader.site.address))
    assert again.get_by_text(re.compile(r"^[\d,]+ items\b")).inner_text() == found


def test_another_time_zone_moves_every_time(reader: Reader) -> None:
    page = reader.go("/incident?tz=Asia/Seoul")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("KST")
    text = page.locator("[data-testid=stMain]").inner_text()
    assert "Asia/Seoul" in text
    assert "KST" in text
    assert "CDT" not in text


def test_find_and_export(clicker: Reader) -> None:
    page = clicker.go(f"/explore?app={clicker.site.app}&words=dance")
    expect(page.locator(".fg-items > li").first).to_contain_text(re.compile("dance", re.I))
    clicker.picture("explore")
    page.get_by_role("link", name="Data", exact=True).click()
    clicker.settle()
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
    page.get_by_role("button", name="Prepare the file").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name=re.compile("^Download .*csv")).click()
    text = Path(caught.value.path()).read_text("utf-8-sig")
    assert text.count("\n") > 100
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["author_key"] for row in rows} == {""}
    clicker.picture("data")


def test_check_collection(clicker: Reader) -> None:
    page = clicker.go()
    page.get_by_role("link", name="Collection", exact=True).click()
    clicker.settle()
    expect(page.get_by_role("heading", name="Collection", level=1)).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("iWatch Dallas")
    expect(main).to_contain_text(re.compile("Imported, not polled|Coverage of the last 30 days"))
    clicker.picture("collection")


def test_the_brief_can_be_taken_along(clicker: Reader) -> None:
    page = clicker.go(f"/incident?incident={clicker.site.incident}")
    clicker.picture("incident")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Brief as HTML").click()
    text = Path(caught.value.path()).read_text("utf-8")
    assert "Growing or shrinking?" in text
    assert "SIMULATED" in text
    brief = page.context.new_page()
    brief.set_content(text)
    faults = Axe().run(brief).response["violations"]
    brief.close()
    assert [f["id"] for f in faults if f["impact"] in ("serious", "critical")] == []
