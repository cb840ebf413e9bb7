"""An import taken back leaves the store as it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from collector.importers.load import ImportOptions, import_file
from collector.store import Store
from collector.store.writing.import_undo import Undone, undo_import
from tests.collector.importers.test_refusals import written

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = {"review_id": "a", "created_at": "2026-01-01", "rating": 5, "text": "works well for me",
         "country": "us", "version": "1.0"}  # fmt: skip
EDIT = {**FIRST, "created_at": "2026-02-01", "rating": 1, "text": "broken since the update",
        "country": "de"}  # fmt: skip
OTHER = {**FIRST, "review_id": "b", "text": "another one altogether"}


def frames(store: Store) -> list[Any]:
    items = store.items.frame("tips").drop(columns="last_seen")
    return [items, store.revisions.frame("tips")]


def load(store: Store, folder: Path, rows: list[dict[str, Any]], minutes: int) -> datetime:
    """Imports rows so many minutes after the first import; the moment names the import."""
    began = datetime.now(UTC) if minutes < 0 else NOW + timedelta(minutes=minutes)
    path = written(folder / f"r{minutes}.jsonl", rows)
    import_file(store, path, ImportOptions(app="tips"), now=began)
    return began


def test_what_it_brought_goes(any_store: Store, tmp_path: Path) -> None:
    load(any_store, tmp_path, [FIRST], 0)
    before = frames(any_store)
    began = load(any_store, tmp_path, [FIRST, OTHER], 1)
    assert undo_import(any_store.items, began) == Undone(1, 0, 0)
    for one, other in zip(before, frames(any_store), strict=True):
        assert one.equals(other)
    assert undo_import(any_store.items, began) == Undone(0, 0, 0), "once"


def test_what_it_changed_is_as_it_was(any_store: Store, tmp_path: Path) -> None:
    load(any_store, tmp_path, [FIRST, OTHER], 0)
    before = frames(any_store)
    began = load(
        any_store, tmp_path, [EDIT, {**OTHER, "text": "an edit", "created_at": "2026-03-01"}], 1
    )
    assert any_store.items.frame("tips")["rating"].tolist() == [5, 5, 1]
    assert undo_import(any_store.items, began) == Undone(0, 2, 0)
    for one, other in zip(before, frames(any_store), strict=True):
        assert one.equals(other)


def test_what_another_run_has_seen_since_stays(any_store: Store, tmp_path: Path) -> None:
    began = load(any_store, tmp_path, [FIRST, OTHER], 0)
    load(any_store, tmp_path, [OTHER], 1)
    assert undo_import(any_store.items, began) == Undone(1, 0, 1)
    assert any_store.items.frame("tips")["item_id"].tolist() == ["b"]


def test_it_can_be_imported_again(store: Store, tmp_path: Path) -> None:
    began = load(store, tmp_path, [FIRST, OTHER], 0)
    whole = frames(store)
    undo_import(store.items, began)
    assert store.items.frame("tips").empty
    load(store, tmp_path, [FIRST, OTHER], 2)
    assert frames(store)[0].drop(columns="first_seen").equals(whole[0].drop(columns="first_seen"))
