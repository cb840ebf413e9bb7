"""Floodgauge's own exports: opened by Excel as they are, and read back exactly."""

from pathlib import Path

import pytest

from analysis.research.export import read_frame, write_frame
from collector.records import Item
from collector.store import Store
from tests.collector.importers.importing import Load, load  # noqa: F401  (fixture)
from tests.collector.importers.test_refusals import written

TEXTS = [
    "=1+1 is what it says",
    "'quoted' from the start",
    "'=behind a quote",
    "-1 for the app",
    "AT&amp;T and &#39;entities&#39; typed by hand <br>",
    "déjà vu 漢字 🌊",
    "two\nlines, \"quotes\" and a \\ backslash",
]  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_it_reads_back_exactly(ending: str, tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    rows = [
        {"app_id": "a", "review_id": f"r{n}", "created_at": f"2025-01-0{n + 1}T10:00:00Z",
         "rating": 1 + n % 5, "text": text, "item_id": f"r{n}", "arrived_at": "", "author_key": ""}
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    load(written(tmp_path / "in.jsonl", rows))
    before = store.items.frame("tips")
    assert before["text"].tolist() == TEXTS
    path = tmp_path / f"items.{ending}"
    write_frame(before, Item, path)
    assert read_frame(Item, path).equals(before)
    report = load(path)
    assert (report.counts.unchanged, report.counts.new, report.bad) == (len(TEXTS), 0, 0)
    report = load(path, app="other")
    assert store.items.frame("other")["text"].tolist() == TEXTS


def test_excel_is_told_the_encoding(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "items.csv"
    write_frame(store.items.frame("tips"), Item, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfapp,")
