"""Every page in every state: empty, normal, broken, huge, with hostile text; none left out."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from collector.store import Store, open_store
from dashboard import queries
from dashboard.views import discover
from dashboard.widgets import long_lists
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

PAGES = [page.key for page, _ in discover()]
SOME = ["overview", "incident", "collection"]  # all pages open the store in one place
SLOWEST_S = 25.0  # generous: the tests share their machine; docs/dashboard.md has measured times
TABLES = ("incidents", "items", "hourly", "runs")
HARM = (
    "<script",
    "<img src=x",
    "<b>",
    "<u>",
    "onerror=alert(2)>",
    "\u202e",
    "\u200b",
    "\x00",
    "49 ",
)

Fill = Callable[[Store], object]
FILLED: dict[str, Fill] = {
    "empty": lambda store: None,
    "normal": builders.fill,
    "simulated": lambda store: builders.fill(store, simulated=True),
    "hostile": builders.fill_hostilely,
    "damaged": builders.fill,
}
STATES = [*FILLED, "huge", "broken"]


@pytest.fixture(scope="module")
def addresses(
    secret: bytes, huge_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The store of each state; its pages share their caches."""
    folder = tmp_path_factory.mktemp("states")
    found = {state: f"sqlite:///{folder / state}.db" for state in STATES}
    shutil.copy(huge_store, folder / "huge.db")
    for state, fill in FILLED.items():
        with open_store(found[state], secret=secret) as store:
            fill(store)
    with sqlite3.connect(folder / "damaged.db") as damaged:
        for table in TABLES:
            damaged.execute(f"ALTER TABLE {table} RENAME TO gone_{table}")
    damaged.close()
    (folder / "broken.db").write_bytes(b"this is no database" * 100)
    yield found
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def in_state(
    addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch, secret: bytes
) -> Callable[[str], None]:
    """Chooses the state of the store that the pages open."""
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.decode())

    def chosen(state: str) -> None:
        monkeypatch.setenv(queries.STORE_VARIABLE, addresses[state])

    return chosen


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_page_in_every_state(
    in_state: Callable[[str], None], open_page: OpenPage, state: str, name: str
) -> None:
    in_state(state)
    start = perf_counter()
    at = open_page(name)
    assert not at.exception
    assert perf_counter() - start < SLOWEST_S
    CHECKS[state](at, name)


def _tells_what_to_do(at: AppTest, name: str) -> None:
    assert "fg-empty" in shown(at)
    assert "floodgauge " in shown(at)


def _shows_a_flood(at: AppTest, name: str) -> None:
    assert at.title[0].value
    assert "fg-empty" not in shown(at)
    assert "SIMULATED" not in shown(at)


def _says_simulated(at: AppTest, name: str) -> None:
    assert "SIMULATED" in shown(at)


def _stays_small(at: AppTest, name: str) -> None:
    assert at.title[0].value
    assert len(shown(at)) < 1_500_000
    for box in at.selectbox:
        assert len(box.options) <= max(long_lists.MOST_OPTIONS, 700), (
            box.label
        )  # zones are about 600


def _shows_text_as_text(at: AppTest, name: str) -> None:
    page = shown(at)
    said = [element.value for element in (*at.markdown, *at.subheader, *at.caption, *at.warning)]
    for harm in HARM:
        assert harm not in page, harm
    for text in said:
        assert "<script" not in text.replace("\\<", "")
        assert "alert(1)" not in text
        assert not {"\u202e", "\u200b"} & set(text)
    assert "long " * 60 not in page + "".join(said)
    if name in WITH_TEXTS:
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "**bold**" in page
        assert "{{ 7 * 7 }}" in page


WITH_TEXTS = ("explore", "incident", "collection")


def _explains(at: AppTest, name: str) -> None:
    assert "The store cannot be read" in shown(at)
    assert "not a Floodgauge store" in shown(at)


def _explains_what_it_reads(at: AppTest, name: str) -> None:
    if name == "data":  # reads when a file is asked for
        assert at.title[0].value
        at.button(key="prepare").click().run()
        assert not at.exception
    assert "The store cannot be read" in shown(at)


CHECKS: dict[str, Callable[[AppTest, str], None]] = {
    "empty": _tells_what_to_do,
    "normal": _shows_a_flood,
    "simulated": _says_simulated,
    "huge": _stays_small,
    "hostile": _shows_text_as_text,
    "damaged": _explains_what_it_reads,
    "broken": _explains,
}


def test_overview_turns_pages_and_finds_an_app(
    in_state: Callable[[str], None], open_page: OpenPage
) -> None:
    in_state("huge")
    at = open_page("overview")
    assert shown(at).count('class="fg-app"') == long_lists.APPS_A_PAGE
    at.text_input(key="find-app").set_value("department 137 ").run()
    assert shown(at).count('class="fg-app"') == 1
    assert "Department 137" in shown(at)


def test_an_incident_among_thousands_is_chosen_by_app_and_year(
    in_state: Callable[[str], None], open_page: OpenPage
) -> None:
    in_state("huge")
    at = open_page("incident", incident="app-000-02000")
    assert not at.exception
    assert at.selectbox(key="narrow-app").value == "app-000"
    assert at.selectbox(key="incident").value == "app-000-02000"
    assert "not in the store" not in shown(at)
    at.selectbox(key="narrow-app").set_value("app-007").run()
    assert not at.exception
    assert str(at.selectbox(key="incident").value).startswith("app-007-")


@pytest.mark.parametrize("name", SOME)
def test_pages_explain_a_locked_store(
    flooded: Store, open_page: OpenPage, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(flooded.database.url.removeprefix("sqlite:///"))
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
    path = Path(flooded.database.url.removeprefix("sqlite:///"))
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
