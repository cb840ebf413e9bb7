"""A few simulated days of hourly runs; `make year` runs the whole year."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulated_year import MARK, table, write, year


def test_a_few_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collector.store.polls.runs.KEPT_SINGLY", timedelta(hours=12))
    monkeypatch.setattr("collector.store.polls.runs.LEAST", 5)
    done = year(3, 2, seed=3, folder=tmp_path)
    assert done.problems == ()
    last = done.samples[-1]
    assert (last.runs, last.items > 40) == (3 * 24 * 2, True)
    assert last.run_rows < last.runs / 2, "old runs are joined"
    page = tmp_path / "page.md"
    page.write_text(f"before\n{MARK}\n{MARK}\nafter", encoding="utf-8")
    write(done, page)
    assert page.read_text("utf-8") == f"before\n{MARK}\n{table(done)}\n{MARK}\nafter"
