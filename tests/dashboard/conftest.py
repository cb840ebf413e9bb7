"""The dashboard's pages run in memory against a store of their own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard
from collector.store import Store, open_store
from dashboard import queries, views
from dashboard.access import who_may_enter
from dashboard.serving import access_at_start
from tests.dashboard import builders

APP_FILE = Path(dashboard.__file__).with_name("app.py")
OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is a dashboard of its own: nothing has been decided about who may come in."""
    monkeypatch.setenv(access_at_start.PIN, "")
    monkeypatch.delenv(access_at_start.PIN)
    for name in who_may_enter.LISTS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def huge_store(secret: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with 200 apps, 5,000 incidents and ten years, to copy."""
    path = tmp_path_factory.mktemp("huge") / "huge.db"
    with open_store(f"sqlite:///{path}", secret=secret) as store:
        builders.fill_hugely(store)
    return path


@pytest.fixture
def page_store(
    sqlite_template: Path, tmp_path: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """An empty store that the pages open; a file that a test put there first is kept."""
    if not (tmp_path / "pages.db").exists():
        shutil.copy(sqlite_template, tmp_path / "pages.db")
    url = f"sqlite:///{tmp_path / 'pages.db'}"
    monkeypatch.setenv(queries.STORE_VARIABLE, url)
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.decode())
    with open_store(url, secret=secret) as store:
        yield store
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def flooded(page_store: Store) -> Store:
    """A store with one app and one incident that is over."""
    builders.fill(page_store)
    return page_store


def turned_to(name: str, at: AppTest) -> AppTest:
    """The page at this address, the first one opened where its file is named like the address."""
    if name == "overview":
        return at.run()
    file = views.file_of(name)
    if file.stem != name:
        at.run()
    return at.switch_page(f"views/{file.name}").run()


@pytest.fixture
def open_page() -> OpenPage:
    """Opens a page of the dashboard: open_page("incident", incident="...")."""

    def opened(name: str, **address: str) -> AppTest:
        at = AppTest.from_file(str(APP_FILE), default_timeout=30)
        for key, value in address.items():
            at.query_params[key] = value
        return turned_to(name, at)

    return opened


def shown(at: AppTest) -> str:
    """Everything that the page's own HTML says, as the browser would get it."""
    bodies = [str(element.proto.body) for element in at.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style"))
