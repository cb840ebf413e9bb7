"""Pages never call an app calm whose last analysis failed."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from collector.end_codes import reason
from collector.store import Store
from dashboard import queries
from dashboard.overview.overview_words import app_row, top_sentence
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

NOW = builders.LAST
WHY = "ValueError: a *list* of <nothing>"
NEVER_CALM = ("Calm", "Nothing unusual", "En calma", "Nada fuera")


@pytest.mark.parametrize("page", ["overview", "incident"])
def test_the_pages_say_that_it_failed_and_why(
    flooded: Store, open_page: OpenPage, page: str
) -> None:
    assert not open_page(page).warning
    before, at = NOW - timedelta(days=1), NOW
    flooded.analyses.note_success(builders.APP, before)
    flooded.analyses.note_failure(builders.APP, at, WHY)
    (warning,) = open_page(page).warning
    text = warning.value.replace("\\", "")
    assert WHY in text
    assert "is from the analysis of" in text
    assert not any(word in shown(open_page(page)) for word in NEVER_CALM)
    flooded.analyses.note_success(builders.APP, at)
    assert not open_page(page).warning


def test_an_app_without_incidents_is_not_calm(page_store: Store, open_page: OpenPage) -> None:
    builders.fill(page_store)
    page_store.incidents.replace(builders.APP, [], [])
    page_store.hourly.settle(builders.APP, page_store.hourly.dirty(builders.APP))
    assert "Seen until" in shown(open_page("overview"))
    page_store.analyses.note_failure(builders.APP, NOW, WHY)
    at = open_page("overview")
    assert not any(word in shown(at) for word in NEVER_CALM)
    assert "Not judged" in shown(at)
    assert "nothing is known of it" in at.warning[0].value


@pytest.mark.parametrize(
    ("why", "english", "spanish"),
    [
        (reason("failed-store-full", error="disk is full"), "no space left", "no queda espacio"),
        ("no space left, said an older release", "no space left", "no space left"),
    ],
)
def test_the_reason_is_said_in_the_readers_language(
    flooded: Store, open_page: OpenPage, why: str, english: str, spanish: str
) -> None:
    flooded.analyses.note_failure(builders.APP, NOW, why)
    assert english in open_page("overview").warning[0].value
    assert spanish in open_page("overview", lang="es").warning[0].value


@pytest.mark.parametrize("lang", ["en", "es"])
def test_both_languages_say_it(page_store: Store, lang: str) -> None:
    builders.fill(page_store)
    page_store.incidents.replace(builders.APP, [], [])
    page_store.analyses.note_failure(builders.APP, NOW, WHY)
    found = queries.situations(page_store, NOW)
    words = Wording(lang, ZoneInfo("UTC"))
    row = app_row(found[0], words)
    assert row.state_word == {"en": "Not judged", "es": "Sin valorar"}[lang]
    assert {"en": "failed", "es": "falló"}[lang] in top_sentence(found, words)
    assert not any(word in str(row) for word in NEVER_CALM)


def test_many_that_fail_are_counted(page_store: Store, open_page: OpenPage) -> None:
    for n in range(9):
        page_store.apps.ensure(f"app{n}")
        page_store.analyses.note_failure(f"app{n}", NOW, WHY)
    warnings = [w.value for w in open_page("overview").warning]
    assert len(warnings) == 6
    assert "4 more apps" in warnings[-1]
