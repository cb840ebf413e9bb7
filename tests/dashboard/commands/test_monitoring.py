"""Monitors read `status --check` and `metrics`: what is wrong, and only that."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector.freshness import ANALYSIS, NOT_READ, SourceState
from collector.overdue import is_overdue, wrong
from collector.store.incidents.channel_notes import EVERY_APP
from dashboard.commands.metrics import KINDS, exposition
from tests.dashboard.commands.test_import_and_status import Floodgauge, floodgauge

__all__ = ["floodgauge"]  # a fixture

NOW = datetime(2024, 5, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GOOD = SourceState(
    app="tips",
    source="google_play",
    items=3,
    outcome="ok",
    last_run=NOW - HOUR,
    next_due=NOW + HOUR,
)


def test_all_well() -> None:
    assert wrong([GOOD, replace(GOOD, outcome="imported", last_run=None, next_due=None)], NOW) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (replace(GOOD, outcome="failed"), "failed"),
        (replace(GOOD, outcome="partial"), "failed"),
        (replace(GOOD, outcome="suspect_empty"), "failed"),
        (replace(GOOD, outcome=NOT_READ, message="a key is missing"), "not_read"),
        (replace(GOOD, last_run=NOW - 9 * HOUR, next_due=NOW - 7 * HOUR), "overdue"),
        (replace(GOOD, source=ANALYSIS, outcome="failed"), "analysis"),
        (replace(GOOD, app=EVERY_APP, source="alerts:slack", outcome="failed"), "channel"),
    ],
)
def test_each_fault_is_told(row: SourceState, fault: str) -> None:
    assert [one.fault for one in wrong([GOOD, row], NOW)] == [fault]


def test_a_store_without_anything_is_not_well() -> None:
    assert [one.fault for one in wrong([], NOW)] == ["nothing"]


def test_overdue_begins_with_the_third_interval_and_not_within_the_hour() -> None:
    row = replace(GOOD, last_run=NOW, next_due=NOW + 2 * HOUR)
    assert not is_overdue(row, NOW + 6 * HOUR)
    assert is_overdue(row, NOW + 6 * HOUR + timedelta(seconds=1))
    often = replace(row, next_due=NOW + timedelta(minutes=1))
    assert not is_overdue(often, NOW + 3 * HOUR)


def test_metrics_are_in_the_text_format() -> None:
    samples = [("floodgauge_items", {"app": 'a"b\\c\n', "source": "x"}, 12.0)]
    assert exposition(samples) == (
        f"# HELP floodgauge_items {KINDS['floodgauge_items']}\n# TYPE floodgauge_items gauge\n"
        'floodgauge_items{app="a\\"b\\\\c\\n",source="x"} 12\n'
    )


def test_the_commands(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("id,created_at,rating,text\na,2025-01-01T10:00:00Z,5,works as it should\n")
    assert floodgauge("import", path, "--app", "tips").code == 0
    well = floodgauge("status", "--check")
    assert (well.code, well.out) == (0, "ok, sources: 1\n")
    assert json.loads(floodgauge("status", "--check", "--json").out) == []
    out = tmp_path / "floodgauge.prom"
    assert floodgauge("metrics", "-o", out).code == 0
    printed = floodgauge("metrics").out
    assert out.read_text() == printed
    assert 'floodgauge_items{app="tips",source="file"} 1\n' in printed
    assert 'floodgauge_incidents_open{app="tips"} 0\n' in printed
    refused = floodgauge("metrics", "-o", tmp_path / "x.txt")
    assert (refused.code, "must end in .prom" in refused.err) == (2, True)
