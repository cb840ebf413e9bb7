"""Forgetting as a person does it: no byte stays, and no export of our own brings it back."""

import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from collector.store import Store, open_store
from collector.store.engine import connect, resolve_url
from tests.collector.store.items import item
from tests.dashboard.commands.test_import_and_status import Floodgauge, csv_of, floodgauge
from tests.databases import insert, upgraded_to

__all__ = ["floodgauge"]  # a fixture

WORD = "Zanzibarquark"
ROWS = [
    f"r1,2025-01-01T10:00:00Z,1,the {WORD} never opens on my telephone,writer 1",
    "r2,2025-01-02T10:00:00Z,5,a lovely library and a lovely card,writer 2",
    "r3,2025-01-03T10:00:00.123456Z,2,=meh,writer 3",
]


def in_files(folder: Path, word: str = WORD) -> bool:
    files = [path for path in folder.glob("store.db*") if path.is_file()]
    return any(word.lower().encode() in path.read_bytes().lower() for path in files)


def items_of(folder: Path, tell: Floodgauge) -> list[str]:
    assert tell("export", "items", "-o", folder / "now.jsonl").code == 0
    return sorted(pd.read_json(folder / "now.jsonl", lines=True)["item_id"])


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("ids", ["with ids", "without ids"])
def test_our_own_export_brings_nothing_back(
    floodgauge: Floodgauge, tmp_path: Path, ending: str, ids: str
) -> None:
    floodgauge("import", csv_of(tmp_path / "r.csv", ROWS), "--app", "tips")
    export = tmp_path / f"items.{ending}"
    assert floodgauge("export", "items", "-o", export).code == 0
    if ids == "without ids":
        frame = {"csv": pd.read_csv, "jsonl": _lines, "parquet": pd.read_parquet}[ending](export)
        frame = frame.drop(columns="item_id")
        write = {
            "csv": lambda: frame.to_csv(export, index=False),
            "jsonl": lambda: frame.to_json(export, orient="records", lines=True),
            "parquet": lambda: frame.to_parquet(export),
        }[ending]
        write()
    for gone in ("r1", "r3"):
        done = floodgauge("forget", "--item", gone)
        assert "wiped from the store's files" in done.out
    assert not in_files(tmp_path)
    done = floodgauge("import", export, "--app", "tips")
    assert "2 refused (forgotten on request)" in done.out
    assert not in_files(tmp_path)
    if ids == "with ids":
        assert items_of(tmp_path, floodgauge) == ["r2"]


def _lines(path: Path) -> pd.DataFrame:
    return pd.read_json(path, lines=True, dtype=False)


def test_a_store_of_before_is_cleaned_at_the_first_chance(
    floodgauge: Floodgauge, tmp_path: Path
) -> None:
    """What an older Floodgauge deleted without wiping goes with the next analysis."""
    engine = connect(resolve_url(f"sqlite:///{tmp_path / 'store.db'}"))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        upgraded_to("0010", connection)
        insert(connection, "apps", {"key": "tips", "name": "T", "simulated": 0, "created_at": 0})
        times = dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), 0)
        for name, text in (("r1", f"the {WORD} never opens"), ("r2", "a lovely library")):
            row = {"app": "tips", "source": "file", "item_id": name, "kind": "review", "rating": 1}
            row |= {"text": text, "text_length": len(text), "stored_at": 0, **times}
            insert(connection, "items", row | {"content_hash": name, "text_hash": name})
    engine.dispose()
    with sqlite3.connect(tmp_path / "store.db") as old:
        old.execute("PRAGMA secure_delete = OFF")
        old.execute("DELETE FROM items WHERE item_id = 'r1'")
    old.close()
    assert in_files(tmp_path)
    assert floodgauge("status").code == 0
    assert floodgauge("analyze").code == 0
    assert not in_files(tmp_path)


def test_a_reader_only_puts_it_off(store: Store, tmp_path: Path) -> None:
    store.items.write([item("r1", text=f"the {WORD} never opens")], how="poll")
    reader = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM items").fetchone()
    store.items.forget(item="r1")
    assert store.erasure.finish() is not None
    reader.execute("COMMIT")
    reader.close()
    assert store.erasure.finish() is None
    assert store.erasure.pending() is None
    assert not in_files(tmp_path)


def test_every_connection_wipes(store: Store) -> None:
    with store.database.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1


def test_an_interrupted_cleaning_goes_on(
    sqlite_template: Path, tmp_path: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sqlite_template, tmp_path / "store.db")
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with open_store(url, secret=secret) as store:
        store.items.write([item("r1", text=f"the {WORD} never opens")], how="poll")
        store.items.forget(item="r1")
        with monkeypatch.context() as patch:
            patch.setattr("collector.store.erasing.erasure._merge_words", _interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.erasure.finish()
    with open_store(url, secret=secret) as store:
        assert store.erasure.pending() is not None
        assert store.erasure.finish() is None
        assert not in_files(tmp_path)
        assert store.items.frame("tips").empty


def _interrupted(_driver: object) -> None:
    raise KeyboardInterrupt


def test_postgresql_says_what_it_means(
    postgres_url: str, floodgauge: Floodgauge, tmp_path: Path
) -> None:
    path = csv_of(tmp_path / "r.csv", ROWS)
    assert floodgauge("--store", postgres_url, "import", path, "--app", "tips").code == 0
    done = floodgauge("--store", postgres_url, "forget", "--item", "r1")
    assert done.code == 0
    assert "VACUUM FULL items, revisions" in done.out
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        count = sa.text("SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'items'")
        assert connection.execute(count).scalar_one() >= 1
    engine.dispose()
