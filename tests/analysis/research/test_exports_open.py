"""Exports open right: times that pandas reads, chosen rows, a copy without its secret."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import floodgauge as fg
from analysis.research.export import LOADERS, MADE_KEY, RECORDS, read_frame, write_frame
from collector import record_frames
from collector.errors import ContractError, StoreError
from collector.records import RatingSnapshot
from collector.store import Store, open_store
from tests.collector.store.items import T0, item
from tests.dashboard.commands.test_import_and_status import Floodgauge, floodgauge

__all__ = ["floodgauge"]  # a fixture

FIELDS = record_frames.names(RatingSnapshot)
FRACTION = timedelta(microseconds=120_000)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with rows of several kinds."""
    return fill(store)


def fill(store: Store) -> Store:
    """Items of two sources, languages and countries, some at whole seconds."""
    store.apps.ensure("tips")
    places = [("google_play", "en", "us"), ("app_store", "en-GB", "gb"), ("app_store", "es", "mx")]
    store.items.write(
        [
            item(
                f"r{n}",
                source=source,
                lang=lang,
                country=country,
                author_key=f"{n:032x}",
                created_at=T0 + timedelta(hours=n) + FRACTION * (n % 2),
            )
            for n in range(12)
            for source, lang, country in [places[n % 3]]
        ],
        how="poll",
    )
    store.hourly.recount("tips")
    totals = dict.fromkeys(FIELDS) | {"app": "tips", "source": "app_store", "average": 3.5}
    store.timeline.write_snapshots(
        [
            RatingSnapshot(**totals | {"country": country, "at": T0 + FRACTION * n})
            for n, country in enumerate(("us", "gb"))
        ]
    )
    return store


@settings(max_examples=15, deadline=None)
@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=6))
def test_pandas_reads_every_time_of_a_csv(moments: list[pd.Timestamp]) -> None:
    rows = [
        RatingSnapshot(**dict.fromkeys(FIELDS, None) | {"app": "a", "source": "s", "at": at})
        for at in (max(moment, T0.replace(year=1700)) for moment in moments)
    ]
    frame = record_frames.to_frame(RatingSnapshot, rows)
    path = Path("times.csv")
    try:
        write_frame(frame, RatingSnapshot, path)
        read = pd.read_csv(path, parse_dates=["at"])
        assert (read["at"] == frame["at"]).all()
        pd.testing.assert_frame_equal(read_frame(RatingSnapshot, path), frame)
    finally:
        path.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_export_opens_with_its_times(filled: Store, tmp_path: Path) -> None:
    opened = 0
    for what, load in LOADERS.items():
        frame, path = load("tips", store=filled), tmp_path / f"{what}.csv"
        write_frame(frame, RECORDS[what], path)
        timed = [c.name for c in record_frames.columns(RECORDS[what]) if "datetime" in c.dtype]
        read = pd.read_csv(path, parse_dates=timed)
        for name in timed:
            if frame[name].notna().any():
                assert isinstance(read[name].dtype, pd.DatetimeTZDtype), f"{what}.{name}"
                opened += 1
    assert opened >= 6


def test_rows_of_one_source_language_and_country(filled: Store) -> None:
    def count(**chosen: str | list[str]) -> int:
        return len(fg.load_items("tips", store=filled, **chosen))

    assert count() == 12
    assert count(source="app_store") == 8
    assert count(source=["app_store", "google_play"]) == 12
    assert count(lang="en") == 8
    assert count(lang="en-gb") == 4
    assert count(source="app_store", country="mx") == 4
    assert fg.load_series("tips", store=filled, source="google_play")["items"].sum() == 4
    assert len(fg.load_ratings("tips", store=filled, country="gb")) == 1
    chosen = fg.load_items("tips", store=filled, lang="es")
    assert chosen.attrs["floodgauge"]["settings"]["lang"] == ["es"]
    assert "#12-" in chosen.attrs["snapshot"]


@pytest.fixture
def copied(store_url: str, secret: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store where its secret is not at hand; of SQLite a copy of the file."""
    monkeypatch.delenv("FLOODGAUGE_SECRET", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with open_store(store_url, secret=secret) as store:
        fill(store)
    if not store_url.startswith("sqlite"):
        return store_url
    path = tmp_path / "copy.db"
    shutil.copy(store_url.removeprefix("sqlite:///"), path)
    return str(path)


def secrets(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setenv("FLOODGAUGE_SECRET", name) if name else None


@pytest.mark.parametrize("own", ["", "another secret, of a researcher"])
def test_a_copy_opens_without_the_secret(
    copied: str, own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets(own)(monkeypatch)
    items = fg.load_items("tips", store=copied)
    assert len(items) == 12
    assert items["author_key"].isna().all()
    with pytest.raises(ContractError, match="without its deployment's secret"):
        fg.load_items("tips", store=copied, author_keys=b"x" * 16)
    assert not (tmp_path / "data" / "floodgauge" / "secret.key").exists()
    with open_store(copied, reading=True) as store, pytest.raises(StoreError, match="for reading"):
        store.items.write([item("new")], how="poll")
    if own:
        with pytest.raises(StoreError, match="another secret"):
            open_store(copied).close()


def test_an_export_says_what_it_was_made_with_and_how_long_it_holds(
    floodgauge: Floodgauge, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("created_at,rating,text,lang\n2026-05-01T10:00:00Z,5,good,en\n", "utf-8")
    assert floodgauge("import", rows, "--app", "tips").code == 0
    for name in ("items.csv", "items.parquet", "items.jsonl"):
        told = floodgauge("export", "items", "-o", name, "--lang", "en")
        assert "retention begins to take texts out of it on 20" in told.out
        if name.endswith(".parquet"):
            made = json.loads(pq.read_metadata(tmp_path / name).metadata[MADE_KEY.encode()])
        else:
            made = json.loads((tmp_path / f"{name}.made.json").read_text("utf-8"))
        assert made["version"] == fg.__version__
        assert made["snapshot"] in told.out
        assert made["settings"] == {"app": None, "what": "items", "since": None, "until": None} | {
            "lang": ["en"]
        }
    beside = json.loads((tmp_path / "items.csv.made.json").read_text("utf-8"))
    assert beside["rows"] == 1
    assert floodgauge("export", "incidents", "-o", "some.csv", "--lang", "en").code == 2
    none = floodgauge("export", "items", "-o", "none.csv", "--lang", "es", "--source", "x")
    assert "0 rows" in none.out
    assert "no row has source x, lang es" in none.out
