"""Every page with a huge store, and with stores that are locked, out of reach or too new."""

import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from collector.store import Store, open_store
from dashboard import queries
from dashboard.views import discover
from dashboard.widgets import many
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

PAGES = [page.key for page, _ in discover()]
SOME = ["overview", "incident", "collection"]  # all pages open the store in one place
SECRET = b"ab" * 32
SLOWEST_S = 25.0  # generous: the tests share their machine; docs/dashboard.md has measured times


@pytest.fixture(scope="module")
def huge() -> Iterator[None]:
    """A store with 200 apps, 5,000 incidents and ten years; its pages share their caches."""
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        url = f"sqlite:///{folder}/huge.db"
        with open_store(url, secret=SECRET) as store:
            builders.fill_hugely(store)
        patch.setenv(queries.STORE_VARIABLE, url)
        patch.setenv("FLOODGAUGE_SECRET", SECRET.decode())
        yield
        st.cache_data.clear()
        st.cache_resource.clear()


@pytest.mark.usefixtures("huge")
@pytest.mark.parametrize("name", PAGES)
def test_every_page_holds_a_huge_store(open_page: OpenPage, name: str) -> None:
    start = perf_counter()
    at = open_page(name)
    assert not at.exception
    assert at.title[0].value
    assert perf_counter() - start < SLOWEST_S
    assert len(shown(at)) < 1_500_000
    for box in at.selectbox:
        assert len(box.options) <= max(many.MOST_OPTIONS, 700), box.label  # zones are about 600


@pytest.mark.usefixtures("huge")
def test_overview_turns_pages_and_finds_an_app(open_page: OpenPage) -> None:
    at = open_page("overview")
    assert shown(at).count('class="fg-app"') == many.APPS_A_PAGE
    at.text_input(key="find-app").set_value("department 137 ").run()
    assert shown(at).count('class="fg-app"') == 1
    assert "Department 137" in shown(at)


@pytest.mark.usefixtures("huge")
def test_an_incident_among_thousands_is_chosen_by_app_and_year(open_page: OpenPage) -> None:
    at = open_page("incident", incident="app-000-02000")
    assert not at.exception
    assert at.selectbox(key="narrow-app").value == "app-000"
    assert at.selectbox(key="incident").value == "app-000-02000"
    assert "not in the store" not in shown(at)
    at.selectbox(key="narrow-app").set_value("app-007").run()
    assert not at.exception
    assert str(at.selectbox(key="incident").value).startswith("app-007-")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_bears_very_long_and_reordered_names(
    page_store: Store, open_page: OpenPage, name: str
) -> None:
    page_store.apps.ensure(builders.APP, "\u202e\u0627\u0644\u200b" + "long " * 2_000 + "**b**")
    builders.fill(page_store)
    at = open_page(name)
    assert not at.exception
    said = shown(at) + "".join(e.value for e in [*at.markdown, *at.subheader, *at.caption])
    assert "\u202e" not in said
    assert "\u200b" not in said
    assert "long " * 60 not in said


@pytest.mark.parametrize("name", SOME)
def test_pages_explain_a_locked_store(
    flooded: Store, open_page: OpenPage, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(flooded.url.removeprefix("sqlite:///"))
    flooded.close()
    # The wait for a writer is the store's own business and has its own tests.
    monkeypatch.setattr(queries, "open_store", partial(open_store, busy_seconds=0.1))
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA locking_mode = EXCLUSIVE")
    writer.execute("PRAGMA journal_mode = DELETE")
    writer.execute("BEGIN EXCLUSIVE")
    try:
        at = open_page(name)
    finally:
        writer.close()
    _explained(at)


@pytest.mark.parametrize("name", SOME)
def test_pages_explain_a_newer_store(flooded: Store, open_page: OpenPage, name: str) -> None:
    path = Path(flooded.url.removeprefix("sqlite:///"))
    flooded.close()
    with sqlite3.connect(path) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    _explained(open_page(name))


@pytest.mark.parametrize("name", SOME)
def test_pages_explain_a_server_out_of_reach(
    monkeypatch: pytest.MonkeyPatch, open_page: OpenPage, name: str
) -> None:
    monkeypatch.setenv(queries.STORE_VARIABLE, "postgresql://nobody:word@127.0.0.1:1/nothing")
    at = open_page(name)
    _explained(at)
    assert "word@" not in shown(at)


def _explained(at: AppTest) -> None:
    assert not at.exception
    assert "The store cannot be read" in shown(at)
