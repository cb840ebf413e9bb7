"""Copies, backups and restored stores hold what the store held, on either database."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from collector.errors import StoreError
from collector.store import Store, open_store
from collector.store.moving import backups, copying
from collector.store.moving.backups import backup, check_file, restore, salvage
from collector.store.moving.copying import checksum, copy
from tests.collector.store.items import T0, item
from tests.databases import insert, upgraded_to

HOUR = timedelta(hours=1)


def filled(store: Store) -> Store:
    """Items that were edited, forgotten and scored, in two apps."""
    first = [
        item(f"r{n}", text=f"the scanner is slow today {n} 😀 Ünïcode\t", rating=1.0 + n % 5)
        for n in range(900)
    ]
    store.items.write(first, how="poll")
    other = [item(f"l{n}", app="library", text=None, rating=2.5) for n in range(20)]
    store.items.write(other, how="import")
    edited = item(
        "r1", text="now it is well", rating=5.0, last_seen=T0 + HOUR, updated_at=T0 + HOUR
    )
    store.items.write([edited], how="poll")
    store.items.forget(item="r2")
    return store


@pytest.fixture
def other(tmp_path: Path, secret: bytes) -> Store:
    return open_store(str(tmp_path / "other.db"), secret=secret)


def test_a_copy_holds_every_row(any_store: Store, other: Store) -> None:
    held = copy(filled(any_store).database, other.database)
    assert held.rows["items"] == 920, "the edited review has two arrivals, one was forgotten"
    assert held == checksum(any_store.database) == checksum(other.database)


def test_rows_that_follow_get_numbers_of_their_own(
    any_store: Store, tmp_path: Path, secret: bytes
) -> None:
    """SQLite to either database, and from there to SQLite; PostgreSQL counts its rows apart."""
    with open_store(str(tmp_path / "origin.db"), secret=secret) as origin:
        copy(filled(origin).database, any_store.database)
    any_store.items.write([item("new", text="after the move, many words")], how="poll")
    with open_store(str(tmp_path / "back.db"), secret=secret) as back:
        assert copy(any_store.database, back.database).rows["items"] == 921


def test_a_copy_that_broke_off_goes_on(
    any_store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went or changed in the source meanwhile goes and changes in the copy."""
    filled(any_store)
    monkeypatch.setattr(copying, "BATCH", 100)
    parts = []

    def breaks(what: str, done: int, total: int) -> None:
        parts.append(done)
        if "items" in what and done >= 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(any_store.database, other.database, breaks)
    any_store.items.forget(item="r5")
    any_store.items.write([item("r7", text="changed in between, all of it")], how="poll")
    assert copy(any_store.database, other.database) == checksum(any_store.database)


def test_a_full_store_is_not_written_over(any_store: Store, other: Store) -> None:
    filled(any_store)
    other.items.write([item("mine", text="a row that was here before")], how="poll")
    with pytest.raises(StoreError, match="holds something already"):
        copy(any_store.database, other.database)
    assert other.items.forget(item="mine") == 1


def test_a_backup_is_restored(any_store: Store, other: Store, tmp_path: Path) -> None:
    file = tmp_path / "2024-05-05.backup"
    held = backup(filled(any_store), file)
    assert held == checksum(any_store.database)
    assert not (file.stat().st_mode & 0o077)
    assert sorted(path.name for path in tmp_path.glob("2024*")) == [
        file.name,
        f"{file.name}.sha256",
    ]
    before = file.read_bytes()
    assert restore(file, other) == held
    assert file.read_bytes() == before
    with pytest.raises(StoreError, match="is there already"):
        backup(any_store, file)


def test_a_backup_of_an_older_floodgauge_is_restored(tmp_path: Path, other: Store) -> None:
    file = tmp_path / "older.backup"
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgraded_to("0005", connection)
        tips = {"key": "tips", "name": "Tip line", "simulated": False, "created_at": 0}
        insert(connection, "apps", tips)
    engine.dispose()
    assert restore(file, other).rows["apps"] == 1
    with sqlite3.connect(file) as connection_of_file:
        found = connection_of_file.execute("SELECT version_num FROM alembic_version").fetchone()
    assert found == ("0005",), "the backup itself stays as it was"


def test_a_backup_with_another_secret_is_refused(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    backup(filled(store), file)
    with (
        open_store(str(tmp_path / "other.db"), secret=b"another secret of the tests") as other,
        pytest.raises(StoreError, match="another secret"),
    ):
        restore(file, other)


@pytest.mark.parametrize("table", ["meta", "tombstones"])
def test_a_copy_that_broke_off_late_goes_on(any_store: Store, other: Store, table: str) -> None:
    """Also behind the table in which the copy notes whose it is."""

    def breaks(what: str, *_: object) -> None:
        if what == f"copying {table}":
            raise KeyboardInterrupt

    filled(any_store)
    with pytest.raises(KeyboardInterrupt):
        copy(any_store.database, other.database, breaks)
    assert copy(any_store.database, other.database) == checksum(any_store.database)


def test_salvage_goes_into_either_database_which_goes_on(
    any_store: Store, tmp_path: Path, secret: bytes
) -> None:
    file = tmp_path / "whole.backup"
    with open_store(str(tmp_path / "origin.db"), secret=secret) as origin:
        backup(filled(origin), file)
    assert salvage(file, any_store)["items"] == 920
    written = any_store.items.write([item("new", text="after it, many words")], how="poll")
    assert written.new == 1


def test_salvage_asks_for_the_same_secret_and_a_file(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    backup(filled(store), file)
    with open_store(str(tmp_path / "b.db"), secret=b"another secret of the tests") as other:
        with pytest.raises(StoreError, match="another secret"):
            salvage(file, other)
        with pytest.raises(StoreError, match="there is no file"):
            salvage(tmp_path / "none.db", other)


def test_salvage_of_an_older_file_says_what_to_do(tmp_path: Path, other: Store) -> None:
    file = tmp_path / "older.db"
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgraded_to("0012", connection)
    engine.dispose()
    with pytest.raises(StoreError, match="of an older Floodgauge"):
        salvage(file, other)


@pytest.mark.parametrize("name", ["50%20.db", "a#b.db", "q?x.db", "ein Name.db"])
def test_any_name_will_do(store: Store, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    held = backup(filled(store), folder / name)
    assert held == checksum(store.database)
    check_file(folder / name)
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, f"{name}.sha256"])
    with pytest.raises(StoreError, match="there is no folder"):
        backup(store, tmp_path / "none" / name)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.999])
def test_a_file_cut_anywhere_is_refused_and_says_what_can_be_read(
    store: Store, other: Store, tmp_path: Path, share: float
) -> None:
    file = tmp_path / "cut.backup"
    backup(filled(store), file)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    with pytest.raises(StoreError, match=r"can (still )?be read"):
        restore(file, other)
    file.with_name("cut.backup.sha256").unlink()
    with pytest.raises(StoreError, match="is damaged"):
        restore(file, other)
    found = salvage(file, other)
    assert found.get("items", 0) == checksum(other.database).rows.get("items", 0)
    assert share < 0.7 or found["items"] > 100
    for key in ("tips", "library"):
        other.hourly.recount(key)
    left = other.hourly.total("tips") + other.hourly.total("library")
    assert left in (found["items"], found["items"] - 1), "counts are of what is left"


def test_one_changed_byte_is_noticed(store: Store, other: Store, tmp_path: Path) -> None:
    file = tmp_path / "changed.backup"
    backup(filled(store), file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(StoreError, match="is not what was written"):
        restore(file, other)


def test_no_secret_is_made_beside_a_store_that_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    for name in ("FLOODGAUGE_SECRET", "FLOODGAUGE_SECRET_FILE"):
        monkeypatch.delenv(name, raising=False)
    place = str(tmp_path / "store.db")
    open_store(place).close()
    key = tmp_path / "home" / "floodgauge" / "secret.key"
    key.unlink()
    with pytest.raises(StoreError, match=r"put its secret\.key back"):
        open_store(place)
    assert not key.exists()
    with open_store(place, reading=True) as sealed:
        assert sealed.database.sealed


def test_a_backup_is_whole_while_others_write(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    monkeypatch.setattr(backups, "PAGES", 20)
    wrote = []

    def somebody_writes(*_: object) -> None:
        if len(wrote) < 3:
            wrote.append(
                store.items.write([item(f"late{len(wrote)}", text="meanwhile")], how="poll")
            )

    file = tmp_path / "busy.backup"
    held = backup(store, file, somebody_writes)
    assert len(wrote) == 3
    assert 920 <= held.rows["items"] <= 923
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
