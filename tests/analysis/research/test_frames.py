"""Frames for researchers and their files: typed, reproducible, without authors."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import MISSING, asdict, fields
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import load_incidents, load_items, load_runs, load_series, load_trends
from analysis.records import Incident
from analysis.research.export import dictionary, read_frame, write_frame, write_frames
from analysis.research.frames import app_trends, item_frames, load_labels
from analysis.scored_items import ScoredItem, SeriesHour
from analysis.trends.points import AppTrendPoint
from collector import record_frames
from collector.errors import ContractError
from collector.records import Item, RunReport
from collector.store import Store
from collector.text.formula_guard import FORMULA
from tests.collector.store.items import T0, item

LOADERS = (load_items, load_series, load_incidents, load_runs, load_labels)
# All of Unicode that a store can hold; what has a meaning in files comes often.
SIGNS = st.one_of(
    st.sampled_from("\r\n\t=+-@'\",\u2028\x85\x0b\x1c\uff1d\uff20 a"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)
HOSTILE = ["=1+1", "'=1+1", "''@x", "+49", 'a,b\n"c"', "-", "\ttab", "مرحبا 🌊", "NA", "plain"]


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with hostile texts, scores, hours, an incident and a run."""
    store.apps.ensure("tips", "=Tips")
    store.items.write(
        [
            item(f"r{n}", text=text, author_key=f"{n % 3:032x}", rating=1.0 + n % 5)
            for n, text in enumerate(HOSTILE)
        ],
        how="poll",
    )
    store.scores.write(
        "tips", "vader-1", [(t.text_hash, 0.25) for t in store.scores.unscored("tips")]
    )
    store.hourly.recount("tips")
    needed = [f.name for f in fields(Incident) if MISSING is f.default is f.default_factory]
    document = dict.fromkeys(needed) | {
        "id": "tips-1", "app": "tips", "sources": ["google_play"], "direction": "negative",
        "cause": "undetermined", "cause_probability": 0.4, "causes": {"undetermined": 0.4},
        "coordination": "not_testable", "onset_at": "2020-05-01T10:00:00Z",
        "alarmed_at": "2020-05-01T11:00:00Z", "peak_at": "2020-05-01T11:00:00Z", "ended_at": None,
        "items": 12, "expected_items": 0.5, "recurrence_days": 900.0, "escalations": [],
        "evidence": [], "phrases": [], "coverage": "complete", "summary": None, "joined": [],
        "coverage_basis": "polled", "detector": "count", "removals": [],
    }  # fmt: skip
    store.incidents.replace("tips", [(document, "x")], [])
    store.runs.write(
        RunReport(
            app="tips",
            source="google_play",
            started_at=T0,
            ended_at=T0,
            outcome="ok",
            stop_reason="end",
            covered_from=None,
            covered_to=T0,
            new=1,
            changed=0,
            seen=1,
            bad=0,
            requests=1,
            cost_usd=0.0,
            next_due_at=None,
        )
    )
    return store


def test_frames_have_the_documented_columns(filled: Store) -> None:
    for record, load in (
        (ScoredItem, load_items),
        (SeriesHour, load_series),
        (Incident, load_incidents),
        (RunReport, load_runs),
    ):
        frame = load("tips", store=filled)
        assert len(frame) > 0
        record_frames.check_frame(record, frame)
        pd.testing.assert_frame_equal(frame, load("tips", store=filled))


def test_an_empty_store_gives_empty_typed_frames(store: Store) -> None:
    record_frames.check_frame(ScoredItem, load_items(store=store))
    with pytest.raises(ContractError, match="no app 'x'"):
        load_items("x", store=store)


def test_authors_leave_only_on_request_and_never_the_same_twice(filled: Store) -> None:
    assert load_items(store=filled)["author_key"].isna().all()
    one = load_items(store=filled, author_keys=b"1" * 16)["author_key"]
    two = load_items(store=filled, author_keys=b"2" * 16)["author_key"]
    assert one.nunique() == two.nunique() == 3
    assert not set(one) & set(two)
    assert not set(one) & set(filled.items.frame("tips")["author_key"])


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl"])
def test_every_format_reads_back_as_it_was(filled: Store, tmp_path: Path, ending: str) -> None:
    for record, load in (
        (ScoredItem, load_items),
        (SeriesHour, load_series),
        (Incident, load_incidents),
        (RunReport, load_runs),
    ):
        frame = load("tips", store=filled)
        path = tmp_path / f"{record.__name__}{ending}"
        write_frame(frame, record, path)
        back = read_frame(record, path)
        if record is Incident:  # JSON text may differ in spaces
            for name in ("sources", "causes", "escalations", "evidence", "phrases"):
                assert back[name].map(json.loads).tolist() == frame[name].map(json.loads).tolist()
                back[name] = frame[name]
        pd.testing.assert_frame_equal(frame, back)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text(SIGNS, max_size=8)), min_size=1, max_size=6))
def test_every_string_reads_back_as_it_was(texts: list[str | None]) -> None:
    """Breaks of every kind, formulas, quotes, nothing and the empty text are told apart."""
    rows = [asdict(item(f"r{n}", title=text)) for n, text in enumerate(texts)]
    dtypes = {column.name: column.dtype for column in record_frames.columns(Item)}
    frame = pd.DataFrame(rows).astype(dtypes)[record_frames.names(Item)]
    with TemporaryDirectory() as folder:
        for ending in (".csv", ".jsonl", ".parquet"):
            path = Path(folder, f"items{ending}")
            write_frame(frame, Item, path)
            pd.testing.assert_frame_equal(read_frame(Item, path), frame)
            if ending == ".csv":
                with path.open(encoding="utf-8-sig", newline="") as file:
                    cells = [cell for row in csv.reader(file) for cell in row]
                assert not [cell for cell in cells if cell.startswith(FORMULA)]
                assert rows_of_a_spreadsheet(path) == len(texts) + 1


def rows_of_a_spreadsheet(path: Path) -> int:
    """Rows as a program counts them that ends a row at any break outside of quotes."""
    outside = path.read_bytes().decode("utf-8-sig").split('"')[::2]
    return len(re.findall(r"\r\n|\r|\n", "".join(outside)))


def test_no_cell_of_a_csv_starts_a_formula(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    write_frame(load_items(store=filled), ScoredItem, path)
    raw = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert not raw["text"].str.startswith(("=", "+", "-", "@", "\t")).any()


def test_a_wrong_ending_leaves_no_file(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"\.csv"):
        write_frame(load_items(store=filled), ScoredItem, tmp_path / "items.xlsx")
    assert list(tmp_path.glob("items*")) == []


def test_a_span_is_half_open(filled: Store) -> None:
    filled.items.write([item("later", created_at=T0 + timedelta(hours=1))], how="poll")
    until = load_items(store=filled, until=T0 + timedelta(hours=1))
    since = load_items(store=filled, since=T0 + timedelta(hours=1))
    assert (len(until), since["item_id"].tolist()) == (len(HOSTILE), ["later"])
    assert load_incidents(store=filled, since=datetime(2021, 1, 1, tzinfo=UTC)).empty


def test_the_dictionary_names_every_column() -> None:
    text = dictionary()
    for record in (ScoredItem, Incident, SeriesHour, RunReport):
        for column in record_frames.columns(record):
            assert f"| {column.name} |" in text
            assert column.meaning


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl"])
@pytest.mark.parametrize("size", [1, 2, 100])
def test_an_export_in_parts_is_the_whole_frame(
    filled: Store, tmp_path: Path, ending: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Part by part, with the keys of one file made alike in all parts."""
    chunks = partial(type(filled.as_of).chunks, filled.as_of, size=size)
    monkeypatch.setattr(filled.as_of, "chunks", chunks)
    key = b"k" * 16
    path = tmp_path / f"items{ending}"
    rows = write_frames(item_frames(store=filled, author_keys=key), ScoredItem, path)
    whole = load_items(store=filled, author_keys=key)
    assert rows == len(whole)
    pd.testing.assert_frame_equal(read_frame(ScoredItem, path), whole)


@pytest.mark.parametrize("load", LOADERS)
def test_times_without_a_zone_are_utc(load: Callable[..., pd.DataFrame], filled: Store) -> None:
    given = (T0, pd.Timestamp(T0), T0.replace(tzinfo=None), T0.isoformat(), T0.isoformat()[:-6])
    before = (T0 - timedelta(days=3650)).date().isoformat()
    for moment in given:
        later = load("tips", store=filled, since=moment)
        earlier = load("tips", store=filled, since=before, until=moment)
        assert len(later) + len(earlier) == len(load("tips", store=filled))
        assert len(later) == len(load("tips", store=filled, since=T0))


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize("wrong", ["yesterday", "2020-13-01", pd.NaT, object()])
def test_what_is_no_time_is_told(
    load: Callable[..., pd.DataFrame], wrong: object, filled: Store
) -> None:
    with pytest.raises(ContractError, match="since"):
        load("tips", store=filled, since=wrong)


def test_as_of_is_a_time_like_the_others(filled: Store) -> None:
    day = (T0 + timedelta(days=400)).date().isoformat()
    assert len(load_items("tips", store=filled, as_of=day)) == len(HOSTILE)
    with pytest.raises(ContractError, match="as_of"):
        load_items("tips", store=filled, as_of="soon")


def test_trends_of_all_apps_name_theirs(filled: Store, tmp_path: Path) -> None:
    filled.apps.ensure("other")
    filled.items.write([item("x", app="other", rating=1.0)], how="import")
    frame = app_trends(store=filled)
    assert set(frame["app"]) == {"tips", "other"}
    mine = frame[frame["app"] == "tips"].drop(columns="app").reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, load_trends("tips", store=filled))
    for ending in (".csv", ".parquet", ".jsonl"):
        path = tmp_path / f"trends{ending}"
        write_frame(frame, AppTrendPoint, path)
        pd.testing.assert_frame_equal(read_frame(AppTrendPoint, path), frame)
