"""Apps are analysed wherever an executor runs them: threads, processes, a cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis import run
from analysis.run import AnalysisFailed, AnalysisReport, analyze, analyze_app
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.analysis.incidents.test_find_swings import START, history
from tests.processes import CONTEXT

APPS = ("one", "two")
NOW = START + timedelta(days=190)
Result = tuple[list[AnalysisReport], object, object]


@contextmanager
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@contextmanager
def processes() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=CONTEXT) as pool:
        yield pool


@contextmanager
def cluster() -> Iterator[Executor]:
    """A Dask cluster of two processes."""
    distributed = pytest.importorskip("distributed")
    how = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**how) as made, distributed.Client(made) as client:
        yield client.get_executor()


def analysed(path: Path, secret: bytes, executor: Executor | None) -> Result:
    """Two apps with histories of their own, analysed on an executor."""
    with open_store(str(path), secret=secret) as store:
        for seed, app in enumerate(APPS):
            store.apps.ensure(app)
            store.items.write([replace(i, app=app) for i in history(seed)], how="poll")
        reports = analyze(Settings(), store, NOW, executor=executor)
        documents = store.incidents.documents()
        for document in documents:
            document.pop("evidence")  # sums over words in any order: the last digit may differ
        return reports, documents, store.incidents.alarms()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, secret: bytes) -> Result:
    """What one process finds, one app after the other."""
    return analysed(tmp_path_factory.mktemp("here") / "s.db", secret, None)


@pytest.mark.parametrize("made", [threads, processes, cluster])
def test_an_executor_finds_what_one_process_finds(
    tmp_path: Path, secret: bytes, here: Result, made: object
) -> None:
    assert callable(made)
    with made() as executor:
        found = analysed(tmp_path / "s.db", secret, executor)
    assert {report.app for report in found[0]} == set(APPS)
    assert found == here
    assert here[1]


@pytest.mark.parametrize("made", [nullcontext, threads])
def test_an_app_that_fails_leaves_the_others(
    store: Store, monkeypatch: pytest.MonkeyPatch, made: object
) -> None:
    def failing(settings: Settings, store: Store, app: str, *rest: Any) -> AnalysisReport:
        if app == "b":
            raise ValueError("a list\nof nothing")
        return analyze_app(settings, store, app, *rest)

    for app in ("a", "b", "c"):
        store.apps.ensure(app)
    monkeypatch.setattr(run, "analyze_app", failing)
    assert callable(made)
    with made() as executor, pytest.raises(AnalysisFailed) as raised:
        analyze(Settings(), store, NOW, executor=executor)
    assert [report.app for report in raised.value.reports] == ["a", "c"]
    assert isinstance(raised.value.failures["b"], ValueError)
    assert "1 of 3 apps" in str(raised.value)
    assert str(raised.value).endswith("b: an unexpected error: ValueError: a list of nothing")
