"""The page for the public: complete, harmless, without small numbers, in every language."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector.settings.config import AppSettings, Retention, Settings
from collector.store import Store
from dashboard.trust.public_page import openness, public_page
from dashboard.words.catalogue import LANGUAGES, Wording
from tests.dashboard import builders
from tests.dashboard.test_main import Floodgauge, floodgauge

__all__ = ["floodgauge"]  # a fixture
NOW = builders.LAST + timedelta(days=1)
FEED = "https://news.example/rss?key=hush-hush"
SETTINGS = Settings(
    apps={
        builders.APP: AppSettings(
            name="Tip line", queries=("Tip line <b>app</b>",), news_feeds=(FEED,)
        )
    },
    retention=Retention(review_text_days=77, social_text_days=1),
)


@pytest.fixture
def filled(store: Store) -> Store:
    builders.fill(store)
    store.apps.ensure("x-app", "<script>alert(7)</script>")
    at = builders.ONSET
    posts = [
        builders.item(n, at, None, f"secret words {n} {builders.HOSTILE}", source="x", kind="post")
        for n in (5001, 5002, 5003)
    ]
    store.items.write(posts, how="poll")
    for source in ("x", "feeds"):
        store.runs.write(builders.run(NOW, source=source), message=f"failed: {FEED}")
    return store


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_harmless(filled: Store, lang: str) -> None:
    page = public_page(filled, SETTINGS, Wording(lang, ZoneInfo("UTC")), NOW)
    for kept in ("Google Play", "77", "Tip line &lt;b&gt;app&lt;/b&gt;"):
        assert kept in page
    for private in ("bring it back", "secret words", "hush-hush", f"{5001:032x}", "<script", "<b>"):
        assert private not in page
    assert not re.findall(r"(?:src|href)\s*=", page)
    assert "default-src 'none'" in page
    open_tags: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "meta":
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Checker().feed(page)
    assert open_tags == []


def test_what_each_source_holds_and_for_how_long(filled: Store) -> None:
    found = openness(filled, SETTINGS, Wording("en", ZoneInfo("UTC")), NOW)
    rows = {row[1]: row for row in found.sources[1]}
    held = sum(i.source == "google_play" for i in builders.reviews())
    assert rows["Google Play"][3:] == (str(held), "7 May 2024", "imported", "77 days")
    assert rows["X"][3:] == ("fewer than 5", "–", "9 May 2024", "one day")
    assert rows["News and agency feeds"][6] == "no limit set"
    assert found.searched == ["Searched on these networks for Tip line: Tip line <b>app</b>."]
    assert found.wrong.startswith("One alarm in 0.3 app-years.")
    assert not found.simulated


def test_what_no_collection_takes_out_has_no_days(store: Store) -> None:
    items = [
        builders.item(n, builders.ONSET, 2.0, "slow", source="file", app="old-app")
        for n in range(9)
    ]
    store.apps.ensure("old-app", "Old app")
    store.items.write(items, how="import")
    found = openness(store, Settings(), Wording("en", ZoneInfo("UTC")), NOW)
    row = found.sources[1][0]
    assert (row[1], row[6]) == (
        "a file that the agency imported",
        "until the agency removes it",
    )
    assert row[2].startswith("reviews and stars")
    assert not any("days" in line for line in found.kept)
    assert any("until the agency removes it" in line for line in found.kept)
    mixed = openness(store, SETTINGS, Wording("en", ZoneInfo("UTC")), NOW)
    assert any("77 days" in line for line in mixed.kept)
    assert any("until the agency removes it" in line for line in mixed.kept)


def test_imported_years_are_not_called_watched(filled: Store) -> None:
    words = Wording("en", ZoneInfo("UTC"))
    found = openness(filled, SETTINGS, words, NOW)
    assert "nobody watched then" in found.wrong
    assert found.alarms[0][1] == "Years of history"
    first = min(i.created_at for i in builders.reviews())
    polled = builders.run(NOW, covered_from=first - timedelta(days=1))
    filled.runs.write(polled)
    assert "nobody watched then" not in openness(filled, SETTINGS, words, NOW).wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_completeness_of_an_import_is_said_in_one_way(lang: str) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    taken = {"en": "taken as complete", "es": "se toma por completo"}[lang]
    for key in ("coverage-imported", "collection-cuts-unknown"):
        assert taken in words(key).lower()


def test_an_empty_store_has_a_page(store: Store) -> None:
    page = public_page(store, Settings(), Wording("en", ZoneInfo("UTC")), NOW)
    assert "Nothing has been collected yet." in page
    assert "The text of a post: 30 days" in page


def test_status_writes_the_page(floodgauge: Floodgauge, tmp_path: Path) -> None:
    done = floodgauge("status", "--public", "--out", "page.html", "--lang", "es")
    assert (done.code, done.out.strip()) == (0, "what is collected here -> page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert '<html lang="es">' in page
    assert "Qué se recopila" in page
    printed = floodgauge("status", "--public")
    assert printed.out.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--public", "--out", "page.pdf"], "must end in .html"),
        (["--public", "--out", "none/page.html"], "cannot write"),
        (["--public", "--lang", "xx"], "not one of en, es"),
        (["--out", "page.html"], "goes with --public"),
    ],
)
def test_mistakes_are_named(floodgauge: Floodgauge, given: list[str], said: str) -> None:
    done = floodgauge("status", *given)
    assert done.code == 2
    assert said in done.err
