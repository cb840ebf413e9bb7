"""A pack proves what it holds: every byte, and every number made again from its rows."""

import json
import shutil
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.research.evidence_pack import archive
from analysis.research.evidence_pack.packed import pack
from analysis.research.evidence_pack.recomputed import Recomputed, recompute
from analysis.run import analyze
from analysis.simulate import scenarios, simulate
from analysis.simulate.load import load_world, protected_items
from analysis.simulate.world import World
from collector.errors import ConfigError, ContractError, StoreError
from collector.records import RunReport
from collector.settings.config import AppSettings, Settings
from collector.settings.source_tables import SecretsOfSources
from collector.store import Store, open_store
from collector.store.moving.copying import copy
from collector.times import to_us

PASSWORD = "hunter2-is-a-password"
SETTINGS = Settings(
    apps={"city-helper": AppSettings(name="City Helper", agency=("City of Sample",))},
    secrets=SecretsOfSources.model_validate({"mastodon_token": PASSWORD}),
)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(scenarios.bad_release(), 3)


@pytest.fixture(scope="module")
def other() -> World:
    return simulate(scenarios.quiet(days=60, app="library"), 4)


@pytest.fixture(scope="module")
def analysed(
    world: World, other: World, secret: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """Two apps, one of them with an incident; forgotten items, a delivery, a run."""
    store = open_store(str(tmp_path_factory.mktemp("pack") / "s.db"), secret=secret)
    for one in (world, other):
        load_world(store, one)
    store.items.forget(item=next(iter(world.reviews)).item_id)
    store.deliveries.due("a channel", [(world.app, "an event")], world.end)
    analyze(SETTINGS, store, world.end, apps=[world.app])
    return store


@pytest.fixture(scope="module")
def incident(analysed: Store, world: World) -> str:
    return str(analysed.incidents.documents(world.app)[0]["id"])


@pytest.fixture(scope="module")
def packed(
    analysed: Store, world: World, incident: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("packed") / "pack.zip"
    made = pack(SETTINGS, analysed, incident, file, world.end)
    assert made.sha256 == archive.file_sum(file)
    return file


def opened(file: Path, folder: Path) -> Path:
    folder.mkdir()
    assert archive.unpack(file, folder).wrong == ()
    return folder


def made_again(file: Path, folder: Path) -> Recomputed:
    return recompute(opened(file, folder))


def test_every_number_is_made_again_on_either_database(
    any_store: Store, analysed: Store, world: World, incident: str, tmp_path: Path
) -> None:
    copy(analysed.database, any_store.database)
    pack(SETTINGS, any_store, incident, tmp_path / "p.zip", world.end)
    found = made_again(tmp_path / "p.zip", tmp_path / "o")
    assert found.differing == ()
    assert found.numbers > 100
    assert found.made.by_these_rules
    assert set(found.as_packed) == {"same_hands", "one_text"}, "the other app is not in the pack"


def test_polls_after_the_last_analysis_change_nothing_and_what_they_bring_is_analysed_first(
    store: Store, world: World, tmp_path: Path
) -> None:
    (event,) = world.truth
    moment = event.onset + 30 * HOUR
    load_world(store, world, until=moment)
    store.runs.write(run(world.app, moment - HOUR))
    analyze(SETTINGS, store, moment)
    (made,) = store.incidents.documents()
    store.runs.write(run(world.app, moment + 40 * HOUR))
    file = tmp_path / "p.zip"
    pack(SETTINGS, store, made["id"], file, moment + 40 * HOUR)
    found = made_again(file, tmp_path / "o")
    assert found.made.as_of == moment
    assert found.differing == ()
    assert found.as_packed == (), "there is no other app"
    items = protected_items(world, world.end, store.database.secret)
    store.items.write([one for one in items if one.created_at > moment], how="import")
    file.unlink()
    with pytest.raises(ContractError, match="waits for `floodgauge analyze`"):
        pack(SETTINGS, store, made["id"], file, moment + 40 * HOUR)
    assert not file.exists()


def run(app: str, at: datetime) -> RunReport:
    return RunReport(
        app=app, source="google_play", started_at=at, ended_at=at, outcome="ok", stop_reason="read",
        covered_from=at - HOUR, covered_to=at, new=0, changed=0, seen=1, bad=0, requests=1,
        cost_usd=0.0, next_due_at=None,
    )  # fmt: skip


def test_two_packs_have_other_keys_and_the_same_numbers(
    analysed: Store, world: World, incident: str, packed: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second.zip"
    pack(SETTINGS, analysed, incident, second, world.end)
    one, two = opened(packed, tmp_path / "1"), opened(second, tmp_path / "2")
    for name in (archive.INCIDENT, archive.MADE_WITH):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    held = [keys_of(Path(str(analysed.database.engine.url.database)), world.app)]
    held += [keys_of(folder / archive.STORE, world.app) for folder in (one, two)]
    assert held[0]
    assert not set(held[0]) & set(held[1])
    assert not set(held[1]) & set(held[2])
    counts = [sorted(Counter(keys).values()) for keys in held]
    assert counts[0] == counts[1] == counts[2], "they join inside the pack as they did"
    whole = packed.read_bytes()
    assert not any(key.encode() in whole for key in held[0])


def keys_of(file: Path, app: str) -> list[str]:
    query = "SELECT author_key FROM items WHERE app = ? AND author_key IS NOT NULL UNION ALL "
    query += "SELECT author_key FROM item_changes WHERE app = ? AND author_key IS NOT NULL"
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute(query, (app, app))]


def test_nothing_else_of_the_store_is_in_it(
    analysed: Store, other: World, packed: Path, tmp_path: Path
) -> None:
    file = opened(packed, tmp_path / "o") / archive.STORE
    with closing(sqlite3.connect(file)) as connection:
        for table in ("tombstones", "deliveries", "models", "checkpoints"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
        assert connection.execute("SELECT DISTINCT app FROM items").fetchall() == [("city-helper",)]
        assert connection.execute("SELECT key FROM apps").fetchall() == [("city-helper",)]
    whole = packed.read_bytes()
    assert other.app.encode() not in whole
    assert PASSWORD.encode() not in whole
    assert analysed.database.secret not in whole


@pytest.mark.parametrize("name", [archive.MANIFEST, *archive.FILES])
def test_a_changed_byte_of_a_file_is_named(packed: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(packed) as whole:
        info = whole.getinfo(name)
    made = bytearray(packed.read_bytes())
    made[info.header_offset + 30 + len(name) + info.file_size // 2] ^= 1
    file = tmp_path / "changed.zip"
    file.write_bytes(made)
    (wrong,) = archive.unpack(file, tmp_path).wrong
    assert wrong.startswith(f"{name}: differs")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of small files."""
    folder = tmp_path_factory.mktemp("small")
    for name in archive.FILES:
        (folder / name).write_text(f"what {name} says")
    archive.write(folder, {"format": 1, "incident": "é"}, folder / "small.zip")
    return folder / "small.zip"


@given(st.data())
def test_whatever_byte_differs_is_seen(
    small: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(small.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    folder = tmp_path_factory.mktemp("flip")
    (folder / "f.zip").write_bytes(whole)
    assert archive.unpack(folder / "f.zip", folder).wrong


@pytest.mark.parametrize("end", [b"\0", b"PK", b"more"])
def test_what_is_added_or_cut_is_seen(small: Path, tmp_path: Path, end: bytes) -> None:
    whole = small.read_bytes()
    for number, made in enumerate((whole + end, end + whole, whole[: -len(end)])):
        file = tmp_path / f"{number}.zip"
        file.write_bytes(made)
        assert archive.unpack(file, tmp_path).wrong


def test_files_that_are_missing_or_extra_are_named(small: Path, tmp_path: Path) -> None:
    """Nothing is written outside the folder, and no more than the archive's own size."""
    file, inner = tmp_path / "f.zip", tmp_path / "inner"
    inner.mkdir()
    with (
        zipfile.ZipFile(small) as taken,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as into,
    ):
        into.writestr(archive.MANIFEST, taken.read(archive.MANIFEST))
        into.writestr(archive.STORE, b"\0" * 20_000_000)
        into.writestr(archive.INCIDENT, taken.read(archive.INCIDENT))
        into.writestr("../outside.txt", b"x")
    assert set(archive.unpack(file, inner).wrong) == {
        "'../outside.txt': is extra",
        "made_with.json: is missing",
        "store.db: differs from what was written",
    }
    assert not (tmp_path / "outside.txt").exists()
    assert (inner / archive.STORE).stat().st_size <= file.stat().st_size


def test_a_number_or_a_row_that_was_changed_and_hashed_again_is_named(
    packed: Path, tmp_path: Path
) -> None:
    folder = opened(packed, tmp_path / "o")
    document = json.loads((folder / archive.INCIDENT).read_bytes())
    counted = document["items"]
    document["items"] += 1
    (folder / archive.INCIDENT).write_bytes(archive.as_json(document))
    peak = to_us(datetime.fromisoformat(document["peak_at"]))
    one = "SELECT id FROM items WHERE rating = 1.0 AND created_at >= ? ORDER BY id LIMIT 1"
    with closing(sqlite3.connect(folder / archive.STORE)) as connection, connection:
        connection.execute(f"DELETE FROM items WHERE id = ({one})", (peak,))  # noqa: S608
    archive.write(folder, {"format": 1}, tmp_path / "again.zip")
    found = made_again(tmp_path / "again.zip", tmp_path / "2")
    said = [line for line in found.differing if line.startswith("items: ")]
    assert said
    assert said[0].startswith(f"items: packed {counted + 1}, recomputed ")
    assert len(found.differing) > 1, "the row that went moves other numbers"


def test_a_pack_of_something_else_is_refused(packed: Path, small: Path, tmp_path: Path) -> None:
    folder = opened(packed, tmp_path / "o")
    (folder / archive.MADE_WITH).write_text('{"settings": {"secrets": 1}}')
    with pytest.raises(ContractError, match="does not say how"):
        recompute(folder)
    shutil.rmtree(folder)
    with pytest.raises(StoreError, match="is no backup that Floodgauge wrote"):
        recompute(opened(small, folder))


def test_an_incident_that_is_not_there(analysed: Store, world: World, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no incident x"):
        pack(SETTINGS, analysed, "x", tmp_path / "p.zip", world.end)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_hold_a_pack_is_no_verdict_on_it(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "_copy", full)
    with pytest.raises(OSError, match="No space left"):
        archive.unpack(packed, tmp_path)
