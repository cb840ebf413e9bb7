"""A failed analysis is a stored fact, in words that anybody may read, until one works."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from analysis import run
from analysis.run import AnalysisFailed, AnalysisReport, analyze, analyze_app
from collector.end_codes import reason
from collector.errors import StoreError
from collector.settings.config import Settings
from collector.store import Store
from collector.store.analysis_state.last_analysis import FailedAnalysis
from tests.analysis.test_executors import NOW, threads
from tests.collector.store.items import item
from tests.processes import CONTEXT

LATER = NOW + timedelta(hours=1)


def failing(wanted: str, error: Exception) -> Callable[..., AnalysisReport]:
    """The analysis of an app, but for one app that raises."""

    def analysed(settings: Settings, store: Store, app: str, *rest: Any) -> AnalysisReport:
        if app == wanted:
            raise error
        return analyze_app(settings, store, app, *rest)

    return analysed


@pytest.mark.parametrize("made", [nullcontext, threads])
def test_a_failure_is_known_until_an_analysis_works(
    any_store: Store, monkeypatch: pytest.MonkeyPatch, made: Any
) -> None:
    for app in ("a", "b"):
        any_store.apps.ensure(app)
    analyze(Settings(), any_store, NOW)
    assert any_store.analyses.failed() == {}
    with monkeypatch.context() as patch, made() as executor:
        patch.setattr(run, "analyze_app", failing("b", ValueError("a list\nof nothing")))
        with pytest.raises(AnalysisFailed) as raised:
            analyze(Settings(), any_store, LATER, executor=executor)
        assert raised.value.exit_code == 1
    why = reason("failed-unexpected", error="ValueError: a list of nothing")
    assert any_store.analyses.failed() == {"b": FailedAnalysis("b", LATER, why, NOW)}
    # One that looks at the other app alone changes nothing of it.
    analyze(Settings(), any_store, LATER, apps=["a"])
    assert set(any_store.analyses.failed()) == {"b"}
    analyze(Settings(), any_store, LATER, apps=["b"])
    assert any_store.analyses.failed() == {}


def test_all_that_fail_at_the_first_try(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.apps.ensure("a")
    monkeypatch.setattr(run, "analyze_app", failing("a", StoreError("no space left")))
    with pytest.raises(AnalysisFailed) as raised:
        analyze(Settings(), store, NOW)
    assert raised.value.exit_code == 3
    assert store.analyses.failed() == {"a": FailedAnalysis("a", NOW, "no space left", None)}


def test_a_process_that_dies_is_a_failure_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The processes open a store that is no longer one."""
    store.apps.ensure("a")
    monkeypatch.setattr(
        type(store.database), "url", property(lambda _: "sqlite:////no/such/place/s.db")
    )
    with ProcessPoolExecutor(1, mp_context=CONTEXT) as pool:
        pool.submit(int).result()
        for process in pool._processes.values():
            process.kill()
        with pytest.raises(AnalysisFailed):
            analyze(Settings(), store, NOW, executor=pool)
    assert "BrokenProcessPool" in store.analyses.failed()["a"].reason


def test_a_database_error_shows_no_row_and_no_password(any_store: Store) -> None:
    text = "somebody's own words about the app, which are nobody's business here"
    statement = "INSERT INTO analyses VALUES (:app, :at, :nothing)"
    with (
        pytest.raises(sa.exc.StatementError) as raised,
        any_store.database.engine.connect() as connection,
    ):
        connection.execute(sa.text(statement), {"app": "a", "at": text})
    reason = any_store.analyses.plain_reason(f"{any_store.database.url}: {raised.value}")
    assert reason.startswith("the store: ")
    assert text not in reason
    assert "INSERT" not in reason
    assert "\n" not in reason


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("postgresql://me:pass-word@host/db refused", "postgresql://host/db refused"),
        ("token abcd1234 is\n not taken", "token [secret] is not taken"),
        (f"could not read '{'so bad ' * 9}'", "could not read '...'"),
        ("KeyError: 'author_key'", "KeyError: 'author_key'"),
        ('no: "it\'s bad"', "no: '...'"),
        ("bad 'it's a \"b c\"\nd' here", "bad '...' here"),
        ("can't open the app's file", "can't open the app's file"),
        ("oh " * 200, "oh " * 99 + "..."),
    ],
)
def test_a_reason_is_one_plain_line(store: Store, said: str, plain: str) -> None:
    assert store.analyses.plain_reason(said, ("abcd1234", "")) == plain


def test_a_store_that_cannot_be_told_does_not_hide_the_failure(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store.apps.ensure("a")
    store.items.write([item(app="a")], how="poll")

    def full(*_: Any) -> None:
        raise StoreError("no space left")

    monkeypatch.setattr(store.analyses, "_put", full)
    analyze(Settings(), store, NOW)
    assert "could not be noted" in caplog.text
    monkeypatch.setattr(run, "analyze_app", failing("a", ValueError("first")))
    with pytest.raises(AnalysisFailed, match="first"):
        analyze(Settings(), store, NOW)
