"""A click that changes nothing reads, analyses and draws nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

import analysis.incidents.impact
import analysis.replay.as_known
from collector.store import Store
from dashboard import queries
from dashboard.drawing import charts
from dashboard.incident import timeline_chart
from dashboard.views import discover
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage

PAGES = [page.key for page, _ in discover()]
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Statements of the store and calls of the analysis, as they come."""
    found: list[str] = []

    def told(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    def counted(module: Any, name: str) -> None:
        run: Callable[..., Any] = getattr(module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            found.append(name)
            return run(*args, **kwargs)

        monkeypatch.setattr(module, name, call)

    counted(analysis.incidents.impact, "rating_impact")
    counted(analysis.replay.as_known, "known_at")
    counted(timeline_chart, "build")
    counted(charts, "relative")
    monkeypatch.setattr(queries, "now", lambda: NOW)  # a minute's reads share their cache
    sa.event.listen(sa.Engine, "before_cursor_execute", told)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", told)


def reran(at: AppTest, done: list[str]) -> list[str]:
    """What another run of the page's script did."""
    done.clear()
    at.run()
    assert not at.exception
    return list(done)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_runs_again_reads_nothing(
    flooded: Store, open_page: OpenPage, done: list[str], name: str
) -> None:
    flooded.runs.write(builders.run(NOW))
    at = open_page(name)
    assert not at.exception
    assert any("SELECT" in statement for statement in done)
    assert reran(at, done) == []
    flooded.timeline.write_snapshots([builders.snapshot(NOW, (9, 1, 1, 3, 90))])
    assert reran(at, done) != []  # somebody wrote to the store


@pytest.mark.parametrize(
    ("name", "choose"),
    [
        ("incident", lambda at: at.selectbox(key="act-kind").set_value("mute")),
        ("explore", lambda at: at.selectbox(key="lang").set_value("es")),
        ("compare", lambda at: at.selectbox(key="compare-bar-tip-line").set_value(1)),
        ("data", lambda at: at.toggle(key="author-keys").set_value(True)),
    ],
)
def test_a_click_on_something_else_reads_nothing(
    flooded: Store,
    open_page: OpenPage,
    done: list[str],
    name: str,
    choose: Callable[[AppTest], Any],
) -> None:
    at = open_page(name)
    choose(at)
    assert reran(at, done) == []


def test_training_that_runs_again_reads_nothing(
    flooded: Store, open_page: OpenPage, done: list[str]
) -> None:
    at = open_page("replay", mode="training")
    assert any("known_at" in what or "SELECT" in what for what in done)
    assert reran(at, done) == []


def test_pages_of_many_apps_are_kept_as_well(
    page_store: Store, open_page: OpenPage, done: list[str]
) -> None:
    """More apps than answers are kept of one kind."""
    for n in range(queries.MOST_KEPT + 30):
        page_store.apps.ensure(f"app-{n:03}")
    builders.fill(page_store)
    for name in ("overview", "wrong", "collection"):
        assert reran(open_page(name), done) == []
