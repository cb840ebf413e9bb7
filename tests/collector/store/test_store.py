"""Opening: migration, two processes, and every way in which a store can fail."""

import json
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from collector.errors import StoreError
from collector.records import ContextEvent, RatingSnapshot, Release, RunReport, StoredDecision
from collector.store import Cursor, Store, open_store
from collector.store import engine as databases
from collector.store.incidents.incidents import DETAILS, FIELDS_ADDED_LATER
from collector.store.schema import metadata
from tests.collector.store.items import T0, item
from tests.databases import upgraded_to

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("migrations_run")


def test_the_migrations_make_exactly_the_declared_schema(any_store: Store) -> None:
    with any_store.database.connect() as connection:
        # Full-text search is each database's own, so the tables do not declare it.
        declared = {"include_object": lambda _object, name, *_: "item_words" not in name}
        context = MigrationContext.configure(connection, opts=declared)
        assert compare_metadata(context, metadata) == []


def test_opening_again_keeps_everything(store_url: str, secret: bytes) -> None:
    with open_store(store_url, secret=secret) as store:
        store.apps.ensure("tips", "Tips", simulated=True)
        store.items.write([item()], how="poll")
    with open_store(store_url, secret=secret) as store:
        store.apps.ensure("tips", "another name")
        assert [(a.name, a.simulated) for a in store.apps.all()] == [("Tips", True)]
        assert len(store.items.frame("tips")) == 1


def test_another_secret_is_refused(store_url: str, secret: bytes) -> None:
    open_store(store_url, secret=secret).close()
    with pytest.raises(StoreError, match="FLOODGAUGE_SECRET"):
        open_store(store_url, secret=b"another secret of enough length!")


def test_an_older_store_of_another_secret_stays_as_it_is(store_url: str, secret: bytes) -> None:
    """It is not brought up to date for somebody who may not open it."""
    engine = databases.connect(databases.resolve_url(store_url))

    def version() -> str:
        with engine.connect() as connection:
            found = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
            return str(found.scalar_one())

    with engine.connect().execution_options(write=True) as connection, connection.begin():
        upgraded_to("0001", connection)
        mark = "INSERT INTO meta (key, value) VALUES ('secret', 'of somebody else')"
        connection.execute(sa.text(mark))
    try:
        with pytest.raises(StoreError, match="FLOODGAUGE_SECRET"):
            open_store(store_url, secret=secret)
        assert version() == "0001"
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.execute(sa.text("DELETE FROM meta"))
        open_store(store_url, secret=secret).close()
        assert version() > "0001"
    finally:
        engine.dispose()


def test_ids_of_an_older_store_stay_with_their_swings(store_url: str, secret: bytes) -> None:
    engine = databases.connect(databases.resolve_url(store_url))
    documents = [
        {"id": "tips-20240505T0900Z", "direction": "positive", "counts": "positive"},
        {"id": "tips-20240601T0000Z", "direction": "negative", "joined": ["tips-20240602T0000Z"]},
        {"id": "tips-20240701T0000Z", "direction": "negative", "split_from": "tips-2024"},
        {"id": "tips-20240801T0000Z", "direction": "mixed", "counts": "mixed"},
    ]
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        config = Config()
        folder = Path(databases.__file__).with_name("migrations")
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        insert = sa.text(
            "INSERT INTO incidents (id, app, onset_at, alarmed_at, fingerprint, document)"
            " VALUES (:id, 'tips', 0, 0, 'x', :document)"
        )
        for known in documents:
            document = json.dumps({**known, "app": "tips"})
            connection.execute(insert, {"id": known["id"], "document": document})
    engine.dispose()
    with open_store(store_url, secret=secret) as store:
        assert store.incidents.names("tips") == {
            "20240505T0900Z positive": "tips-20240505T0900Z",
            "20240601T0000Z negative": "tips-20240601T0000Z",
            "20240602T0000Z negative": "tips-20240602T0000Z",
            "20240701T0000Z negative part 1": "tips-20240701T0000Z",
        }


def test_a_reader_and_a_writer_do_not_block_each_other(store_url: str, secret: bytes) -> None:
    """A second process writes while this one holds an open read, and the other way round."""
    script = (
        "import sys\n"
        "from collector.store import open_store\n"
        "from tests.collector.store.items import item\n"
        "store = open_store(sys.argv[1], secret=bytes.fromhex(sys.argv[2]), busy_seconds=2)\n"
        "print(store.items.write([item(f'w{n}') for n in range(50)], how='poll').new)\n"
        "store.close()\n"
    )
    with open_store(store_url, secret=secret) as store:
        store.items.write([item("r0")], how="poll")
        with store.database.connect() as connection:
            count = sa.text("SELECT count(*) FROM items")
            assert connection.execute(count).scalar() == 1
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", script, store_url, secret.hex()],
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert (done.stdout.strip(), done.returncode) == ("50", 0), done.stderr
            assert time.monotonic() - began < 30
        with store.database.begin() as writing:
            writing.execute(sa.text("DELETE FROM cursors"))
            assert len(store.items.frame("tips")) == 51


def test_what_stands_on_the_timeline(any_store: Store) -> None:
    snapshot = RatingSnapshot(
        app="tips", source="google_play", country="all", at=T0, average=4.1, count=10,
        star_1=1, star_2=1, star_3=1, star_4=1, star_5=6,
    )  # fmt: skip
    release = Release(
        app="tips", source="google_play", version="2", released_at=T0, first_seen=T0, notes=None
    )
    news = ContextEvent(
        app="tips",
        source="feed",
        event_id="1",
        at=T0,
        kind="news",
        title="t",
        url=None,
        first_seen=T0,
    )
    note = StoredDecision(
        app="tips", incident_id=None, at=T0, made_at=T0, kind="note", text="hello"
    )
    for _ in range(2):
        any_store.timeline.write_snapshots([snapshot])
        any_store.timeline.write_releases([release])
        any_store.timeline.write_context([news])
    any_store.decisions.add(note)
    assert any_store.timeline.snapshots("tips")["star_5"].tolist() == [6]
    assert any_store.timeline.releases("tips")["version"].tolist() == ["2"]
    assert any_store.timeline.context("tips")["title"].tolist() == ["t"]
    assert any_store.decisions.frame("tips")["text"].tolist() == ["hello"]


def test_runs_and_cursors(any_store: Store) -> None:
    report = RunReport(
        app="tips", source="google_play", started_at=T0, ended_at=T0 + HOUR, outcome="truncated",
        stop_reason="cap", covered_from=None, covered_to=T0, new=1, changed=0, seen=1, bad=0,
        requests=2, cost_usd=0.0, next_due_at=None,
    )  # fmt: skip
    any_store.runs.write(report, message="cut", cursor=Cursor("tips", "google_play", "mark", "5"))
    latest = any_store.runs.latest().iloc[0]
    assert (latest["outcome"], latest["message"]) == ("truncated", "cut")
    assert any_store.cursors.get("tips", "google_play", "mark") == "5"
    assert any_store.cursors.get("tips", "google_play", "other") is None


def test_conclusions(any_store: Store) -> None:
    times = {"onset_at": T0.isoformat(), "alarmed_at": T0.isoformat(), "ended_at": None}
    incident = {**FIELDS_ADDED_LATER, "id": "tips-1", "app": "tips", **times, "joined": ["merged"]}
    incident |= {"evidence": [{"signal": "x"}], "phrases": [], "summary": "Long."}
    alarm = {"incident": "tips-1", "at": T0.isoformat(), "kind": "opened"}
    for _ in range(2):
        any_store.incidents.replace("tips", [(incident, "print")], [alarm])
    assert any_store.incidents.documents("tips") == [incident]
    assert any_store.incidents.get("tips-1") == incident
    assert any_store.incidents.get("merged") == incident
    assert any_store.incidents.get("none") is None
    listed = {name: value for name, value in incident.items() if name not in DETAILS}
    assert any_store.incidents.listed("tips") == any_store.incidents.listed() == [listed]
    assert any_store.incidents.listed("other") == []
    assert any_store.incidents.alarms() == [alarm]
    assert any_store.incidents.fingerprints("tips") == {"tips-1": "print"}
    any_store.incidents.replace("tips", [], [])
    assert any_store.incidents.documents() == []
    any_store.models.save("stars/en/1", json.dumps([1]).encode(), trained_until=T0, created_at=T0)
    assert any_store.models.load("stars/en/1") == b"[1]"
    assert any_store.models.names("stars/") == [("stars/en/1", T0)]
    any_store.checkpoints.save("tips", "swings", T0, b"a")
    any_store.checkpoints.save("tips", "swings", T0 + HOUR, b"b")
    assert any_store.checkpoints.latest("tips", "swings") == (T0 + HOUR, b"b")
    assert any_store.checkpoints.latest("tips", "swings", before=T0) == (T0, b"a")
    any_store.checkpoints.drop("tips", "swings", after=T0)
    assert any_store.checkpoints.latest("tips", "swings") == (T0, b"a")


class TestFailures:
    """Each gets one clear message, and nothing that was there is lost."""

    def test_a_locked_store(self, tmp_path: Path, secret: bytes) -> None:
        path = tmp_path / "s.db"
        with open_store(str(path), secret=secret, busy_seconds=0.2) as store:
            store.items.write([item("kept")], how="poll")
            other = sqlite3.connect(path)
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StoreError, match="another process"):
                store.items.write([item("r2")], how="poll")
            other.close()
            assert store.items.frame("tips")["item_id"].tolist() == ["kept"]

    def test_a_full_disk(self, tmp_path: Path, secret: bytes) -> None:
        with open_store(str(tmp_path / "s.db"), secret=secret) as store:
            store.items.write([item("kept")], how="poll")

            @sa.event.listens_for(store.database.engine, "begin")
            def no_more_pages(connection: sa.Connection) -> None:
                connection.exec_driver_sql("PRAGMA max_page_count = 1")

            big = [item(f"r{n}", text="x" * 5_000) for n in range(200)]
            with pytest.raises(StoreError, match="no space left"):
                store.items.write(big, how="poll")
            assert store.items.frame("tips")["item_id"].tolist() == ["kept"]

    def test_a_read_only_store(self, tmp_path: Path, secret: bytes) -> None:
        path = tmp_path / "s.db"
        with open_store(str(path), secret=secret) as store:
            store.items.write([item("kept")], how="poll")
        with open_store(f"sqlite:///file:{path}?mode=ro&uri=true", secret=secret) as store:
            assert store.items.frame("tips")["item_id"].tolist() == ["kept"]
            with pytest.raises(StoreError, match="read-only"):
                store.items.write([item("r2")], how="poll")

    def test_a_newer_store(self, store_url: str, secret: bytes) -> None:
        with open_store(store_url, secret=secret) as store, store.database.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(StoreError, match="newer Floodgauge"):
            open_store(store_url, secret=secret)

    def test_a_file_that_is_no_store(self, tmp_path: Path, secret: bytes) -> None:
        path = tmp_path / "s.db"
        path.write_bytes(b"not a database, but long enough to look at" * 50)
        with pytest.raises(StoreError, match="not a Floodgauge store"):
            open_store(str(path), secret=secret)
        assert path.read_bytes().startswith(b"not a database")

    def test_a_directory(self, tmp_path: Path, secret: bytes) -> None:
        with pytest.raises(StoreError, match="directory"):
            open_store(str(tmp_path), secret=secret)

    @pytest.mark.parametrize(
        "url", ["oracle://x/y", "mysql://x", "://", "postgresql://127.0.0.1:1/x"]
    )
    def test_an_address_that_leads_nowhere(self, url: str, secret: bytes) -> None:
        with pytest.raises(StoreError):
            open_store(url, secret=secret)

    def test_a_password_never_shows(self, secret: bytes) -> None:
        with pytest.raises(StoreError) as caught:
            open_store("postgresql://user:hunter2@127.0.0.1:1/x", secret=secret)
        assert "hunter2" not in str(caught.value)


def test_what_channels_were_told_survives_the_move_to_rows(store_url: str, secret: bytes) -> None:
    """Stores of schema 0009 kept it among the cursors."""
    event = "tips-20240505T0830Z:opened:2024-05-05T08:30:00Z"
    told = datetime(2024, 5, 5, 9, tzinfo=UTC)
    engine = databases.connect(databases.resolve_url(store_url))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        config = Config()
        folder = Path(databases.__file__).with_name("migrations")
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        put = "INSERT INTO cursors (app, source, name, value) VALUES (:app, 'alerts', :name, :at)"
        for app, name in (("tips", event), ("*", "digest")):
            values = {"app": app, "name": f"a1b2c3d4e5f6:{name}", "at": told.isoformat()}
            connection.execute(sa.text(put), values)
        connection.execute(sa.text(put), {"app": "*", "name": "failing", "at": "{}"})
    engine.dispose()
    with open_store(store_url, secret=secret) as opened:
        (row,) = opened.deliveries.of("a1b2c3d4e5f6").values()
        assert (row.app, row.event, row.told_at, row.failed_at) == ("tips", event, told, None)
        assert opened.cursors.get("tips", "alerts", f"a1b2c3d4e5f6:{event}") is None
        assert opened.cursors.get("*", "alerts", "failing") is None
        assert opened.cursors.get("*", "alerts", "a1b2c3d4e5f6:digest") == told.isoformat()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:hunter2@127.0.0.1:1/x",
        "postgresql:///x?password=hunter2&host=127.0.0.1&port=1",
        "postgresql://u:hun%40ter2@127.0.0.1:1/x?sslpassword=hunter2",
        "postgresql://u:hun@ter2@127.0.0.1:1/x",
        "postgresql://u@127.0.0.1:1/x?options=-c%20hunter2",
        "postgresql://u:hunter2@127.0.0.1:99999999/x",
        "mysql://u:hunter2@127.0.0.1/x",
    ],
)
def test_no_spelling_of_an_address_shows_its_password(address: str, secret: bytes) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(address, secret=secret)
    said = f"{caught.value} {caught.value!r}"
    assert "hunter2" not in said
    assert "ter2" not in said
