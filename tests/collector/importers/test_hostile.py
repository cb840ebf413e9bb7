"""Input that somebody broke, by accident or not: a counted bad row or a refused file, no crash."""

import json
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.dates.time_texts import parse_moment, shown_order
from collector.errors import ImportFileError, ImportRowError
from collector.importers.columns.column_names import FIELD_NAMES
from collector.importers.columns.contents import Column
from collector.importers.columns.known_exports import EXPORTS, Export
from collector.importers.columns.layout import layout_of
from collector.importers.load import ImportOptions, ImportReport, import_file, key_of
from collector.importers.row_reader import RowReader
from collector.importers.values.date_order import DateOrders
from collector.importers.values.moments import Moments
from collector.store import Store, WriteCounts, open_store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TIPS = ImportOptions(app="tips")

ORDERS = st.sampled_from([None, "dmy", "mdy"])
Load = Callable[..., ImportReport]


@pytest.fixture
def load(store: Store) -> Load:
    def run(path: Path, options: ImportOptions = TIPS) -> ImportReport:
        return import_file(store, path, options, now=NOW)

    return run


def outcome(call: Callable[[], Any]) -> Any:
    """What a call gives, or the expected error that it raises."""
    try:
        return call()
    except (ImportRowError, ValueError) as error:
        return error


def anything() -> st.SearchStrategy[Any]:
    """Whatever JSON can say."""
    plain = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.just(10**400)
        | st.floats()
        | st.text(max_size=30)
        | st.sampled_from(["\ud800", "\0", "NULL", "nan", "2025-01-01", "03/04/2025", "5", "1e999"])
    )
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner),
        max_leaves=4,
    )


def empty_columns(export: Export) -> dict[str, Column]:
    """Columns under an export's own names, and a common name of each field."""
    own = [name for names in export.columns.values() for name in names]
    return {name: Column(name, [1]) for name in (*own, *(n[0] for n in FIELD_NAMES.values()))}


@pytest.mark.parametrize("known", EXPORTS, ids=lambda export: export.name)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_cells_are_a_row_or_a_named_problem(known: Any, data: st.DataObject) -> None:
    said = {held: names[0] for held, names in FIELD_NAMES.items()}
    layout = layout_of(empty_columns(known), export=known, said=said)
    cells = data.draw(st.dictionaries(st.sampled_from(sorted(layout.wanted())), anything()))
    reader = RowReader(layout, None, NOW, Moments(DateOrders(None, [], data.draw(ORDERS))))
    done = outcome(lambda: reader.read(7, cells))
    if isinstance(done, ImportRowError):
        assert done.line == 7
        assert len(done.reason) < 300
        return
    raw, _, _ = done
    assert raw.created_at.tzinfo is UTC
    assert raw.created_at <= NOW + timedelta(days=1)
    assert raw.rating is None or 1 <= raw.rating <= 5
    assert raw.rating is not None or raw.text or raw.title
    assert raw.country is None or len(raw.country) == 2


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789/-.: TZ+apmMJny,"), max_size=30) | st.text(max_size=30))
def test_any_text_is_a_moment_or_says_why_not(text: str) -> None:
    done = outcome(lambda: parse_moment(text))
    if isinstance(done, ValueError):
        assert str(done)
        return
    moment, _ = done
    assert moment.tzinfo is UTC
    assert type(moment) is datetime


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_one_moment_in_many_forms(naive: datetime) -> None:
    naive = naive.replace(microsecond=0)
    moment = naive.replace(tzinfo=UTC)
    forms: list[Any] = [
        naive, moment, moment.isoformat(), str(naive), f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        f"{moment:%d.%m.%Y %H:%M:%S}", f"{moment:%B %d, %Y %I:%M:%S %p}",
        f"{moment:%a, %d %b %Y %H:%M:%S +0000}", f"{moment:%Y/%m/%d %H:%M:%S}",
    ]  # fmt: skip
    if moment.timestamp() >= 1_000_000_000:
        seconds = int(moment.timestamp())
        forms += [seconds, str(seconds), seconds * 1_000, f"{seconds}000000", float(seconds)]
    for form in forms:
        assert parse_moment(form, "dmy")[0] == moment, form


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("31/05/2025", "dmy"),
        ("5.31.2025 10:00", "mdy"),
        (" 03-04-2025", "either"),
        ("05/05/2025", "same"),
        ("32/04/2025", None),
        ("13/13/2025", None),
        ("2025-05-31", None),
        (None, None),
        (5, None),
    ],
)
def test_what_a_date_tells_of_its_order(value: Any, shown: str | None) -> None:
    assert shown_order(value) == shown


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        ("11/20/25 02:38 PM", "mdy", "2025-11-20T14:38"),
        ("31/05/25", "dmy", "2025-05-31T00:00"),
        ("20.11.25 14:38", "either", "2025-11-20T14:38"),  # the year may come first
        ("05/05/25", "either", "2025-05-05T00:00"),
        ("03-04-25", "either", "2025-04-03T00:00"),
    ],
)
def test_years_of_two_digits(value: str, shown: str, read: str) -> None:
    assert shown_order(value, 2025) == shown
    assert parse_moment(value, "dmy")[0].isoformat().startswith(read)
    if shown == "either":
        with pytest.raises(ValueError, match="may be day first or month first"):
            parse_moment(value)


@pytest.mark.parametrize("value", ["45984.478055", 45984.478055, 45984, "45984"])
def test_serial_numbers_are_named(value: Any) -> None:
    with pytest.raises(ValueError, match=r"Excel's serial number.*yyyy-mm-dd hh:mm:ss"):
        parse_moment(value)


def test_both_orders_in_a_column_leave_the_rest_open(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    path.write_text("created_at,rating\n31/05/2025,3\n05/30/2025,3\n03/04/2025,3\n")
    report = load(path)
    assert (report.counts.new, report.bad) == (2, 1)
    assert report.problems[0].line == 4
    (notice,) = (n for n in report.notices if "--date-order" in n)
    assert "'31/05/2025' is day first and '05/30/2025' month first" in notice
    chosen = load(path, ImportOptions(app="mdy", date_order="mdy"))
    assert (chosen.counts.new, chosen.bad) == (3, 0)
    (notice,) = (n for n in chosen.notices if "--date-order" in n)
    assert "'31/05/2025' can only be day first, although --date-order says mdy" in notice


def parquet(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


GOOD_US = 1_741_515_072_000_000
PARQUETS: dict[str, dict[str, Any]] = {
    "a far time": {"created_at": pa.array([2**62, GOOD_US], pa.timestamp("us", "UTC"))},
    "a farther one": {"created_at": pa.array([2**50, GOOD_US // 10**6], pa.timestamp("s", "UTC"))},
    "a far day": {"created_at": pa.array([2**30, 20_000], pa.date32())},
    "not UTF-8": {
        "created_at": ["2025-01-01"] * 2,
        "text": pa.Array.from_buffers(
            pa.string(),
            2,
            [None, pa.py_buffer(struct.pack("<3i", 0, 2, 4)), pa.py_buffer(b"\xff\xfeok")],
        ),
    },
    "nested": {"created_at": ["2025-01-01"] * 2, "text": pa.array([["x"], None])},
}


@pytest.mark.parametrize("case", PARQUETS)
def test_a_bad_value_of_parquet_costs_its_row(case: str, tmp_path: Path, load: Load) -> None:
    report = load(parquet(tmp_path / "r.parquet", rating=[3.0, 4.0], **PARQUETS[case]))
    assert (report.counts.new, report.bad) == (1, 1), report.problems
    assert report.problems[0].line == 1


def test_times_of_parquet_in_any_unit_and_zone(tmp_path: Path, load: Load, store: Store) -> None:
    for unit, scale in (("s", 10**6), ("ms", 10**3), ("us", 1)):
        for zone in ("UTC", "Asia/Tokyo", "Nowhere/Land", None):
            at = pa.array([GOOD_US // scale], pa.timestamp(unit, zone))
            load(parquet(tmp_path / "r.parquet", created_at=at, review_id=["a"], rating=[3]))
    at = pa.array([GOOD_US * 1_000 + 7], pa.timestamp("ns"))
    assert load(
        parquet(tmp_path / "r.parquet", created_at=at, review_id=["a"], rating=[3])
    ).counts == WriteCounts(unchanged=1)
    assert store.items.frame("tips")["created_at"].tolist() == [
        datetime.fromtimestamp(GOOD_US / 10**6, UTC)
    ]


def test_a_quote_that_is_never_closed(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    text = 'review_id,created_at,rating,text\na,2025-01-01,3,fine\nb,2025-01-01,3,"open\n'
    path.write_text(text + "".join(f"c{n},2025-01-02,3,words {'x' * 80}\n" for n in range(15_000)))
    report = load(path)
    assert report.bad == 1
    assert report.problems[0].line == 3
    assert report.counts.new == 15_001, "what the open quote swallowed is read again"


def test_a_line_without_end(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    with path.open("w") as file:
        file.write("created_at,rating,text\n2025-01-01,3,")
        for _ in range(10):
            file.write("x" * 1_000_000)
        file.write("\n2025-01-02,3,fine\n")
    report = load(path)
    assert (report.counts.new, report.bad) == (1, 1)
    assert "longer than" in report.problems[0].reason


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line(end: str, tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(end.join(["created_at,rating", "2025-01-01,3", "", "2025-01-02,9"]).encode())
    report = load(path)
    assert (report.counts.new, report.bad) == (1, 1)
    assert report.problems[0].line == 4


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig"])
def test_encodings_are_found(encoding: str, tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    path.write_text("created_at,rating,text\n2025-01-01,3,été 漢字\n", encoding=encoding)
    assert load(path).counts.new == 1


def test_an_encoding_can_be_named(tmp_path: Path, load: Load, store: Store) -> None:
    path = tmp_path / "r.csv"
    path.write_text("created_at,rating,text\n2025-01-01,3,café\n", encoding="cp1252")
    with pytest.raises(ImportFileError, match="--encoding cp1252"):
        load(path)
    load(path, ImportOptions(app="tips", encoding="cp1252"))
    assert store.items.frame("tips")["text"].tolist() == ["café"]


def test_columns_in_any_case_and_order(tmp_path: Path, load: Load, store: Store) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Text, Rating ,CREATED_AT,Review_ID\nfine,3,2025-01-01,a\n")
    report = load(path)
    assert (report.counts.new, report.notices[0][:1]) == (1, "1")
    assert store.items.frame("tips")["item_id"].tolist() == ["a"]


def test_a_column_twice_that_differs_is_refused(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    path.write_text("created_at,rating,rating\n2025-01-01,3,4\n")
    with pytest.raises(ImportFileError, match="--map rating=rating"):
        load(path)
    path.write_text("created_at,rating,rating\n2025-01-01,3,3\n")
    assert load(path).counts.new == 1


def test_words_for_nothing_are_nothing(tmp_path: Path, load: Load, store: Store) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "created_at,rating,text,version,reply_at,review_id,country\n"
        "2025-01-01,NULL,none,nan,NaT,N/A,Atlantis\n"
    )
    assert load(path).problems == []
    row = store.items.frame("tips").iloc[0]
    assert row["text"] == "none", "a text is what its author wrote"
    assert row[["rating", "version", "reply_at", "country"]].isna().all()
    assert row["item_id"].startswith("h")


def test_a_json_array_across_chunks(tmp_path: Path, load: Load) -> None:
    rows = [
        {"created_at": "2025-01-01", "rating": 1 + n % 5, "review_id": n, "text": "é" * (n % 900)}
        for n in range(400)
    ]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(rows, indent=2, ensure_ascii=False), encoding="utf-8")
    assert (load(path).counts.new, load(path).counts.unchanged) == (400, 400)


@pytest.mark.parametrize("text", ['[{"a": 1} {"a": 2}]', '[{"a": 1}', "[1, 2]", "[]", '{"a": '])
def test_json_that_is_no_table(text: str, tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(ImportFileError, match=r"r\.json"):
        load(path)


def test_bad_lines_among_json_lines(tmp_path: Path, load: Load) -> None:
    good = json.dumps({"created_at": "2025-01-01", "rating": 3})
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join([good, "{", "[]", '"x"', "[" * 50_000, "9" * 5_000, "", good]))
    report = load(path)
    assert (report.counts.new, report.bad) == (2, 5)
    assert [problem.line for problem in report.problems] == [2, 3, 4, 5, 6]


def test_ratings_of_the_console_keep_their_id(tmp_path: Path, load: Load, store: Store) -> None:
    """A rating without a review has no link; its stars may differ in a later file."""
    names = [
        "Package Name", "Reviewer Language", "Device", "Review Submit Date and Time",
        "Review Submit Millis Since Epoch", "Review Last Update Millis Since Epoch", "Star Rating",
        "Review Text", "Review Link",
    ]  # fmt: skip
    header = ",".join(names)
    start = "org.example,en,phone,2025-01-05T09:00:00Z,1736067600000"
    january, february = tmp_path / "january.csv", tmp_path / "february.csv"
    january.write_text(
        f"{header}\n{start},1736067600000,1,,\n{start},1736067600000,1,,\n", "utf-16"
    )
    february.write_text(f"{header}\n{start},1738746000000,5,,\n", "utf-16")
    assert load(january).counts == WriteCounts(new=2), "two equal ratings are two"
    assert load(february).counts == WriteCounts(changed=1)
    assert sorted(store.items.frame("tips")["rating"]) == [1, 1, 5], "the one before stays"
    assert load(january).counts == WriteCounts(unchanged=2), "history does not win over news"


def test_ids_that_come_again_are_said(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "r.csv"
    rows = ["a,2025-01-01,5,one", "b,2025-01-01,5,one", "a,2025-01-01,5,one", "b,2025-01-01,1,two"]
    path.write_text("review_id,created_at,rating,text\n" + "\n".join(rows))
    report = load(path)
    assert report.again == 1
    assert any("1 ids came again" in notice for notice in report.notices)


@pytest.mark.parametrize(
    ("app_id", "key"), [("org.example.app", "org.example.app"), ("389801252", "389801252")]
)
def test_ids_that_can_be_keys_are(app_id: str, key: str) -> None:
    assert key_of(app_id) == key


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_two_app_ids_never_share_a_key(one: str, two: str) -> None:
    assert 0 < len(key_of(one)) <= 64
    assert (key_of(one) == key_of(two)) == (one == two)


def test_a_row_without_app_id_is_no_app(tmp_path: Path, load: Load, store: Store) -> None:
    path = tmp_path / "r.csv"
    path.write_text("app_id,created_at,rating\n,2025-01-01,3\nA B,2025-01-01,3\na-b,2025-01-01,3\n")
    report = load(path, ImportOptions(app=None, app_from_column="app_id"))
    assert (report.counts.new, report.bad) == (2, 1)
    assert len(store.apps.keys()) == 2


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory, secret: bytes) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 's.db'}"
    with open_store(url, secret=secret) as opened:
        yield opened


ROW = st.fixed_dictionaries(
    {
        "review_id": st.none() | st.sampled_from(["a", "b", "c"]),
        "created_at": st.sampled_from(["2025-01-01", "2025-01-02T10:00:00Z"]),
        "rating": st.sampled_from([1, 5]),
        "text": st.sampled_from(["good", "bad"]),
        "author": st.none() | st.just("Jane"),
    }
)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=8))
def test_a_second_import_changes_nothing(
    rows: list[dict[str, Any]], reference: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    path = folder / "r.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    options = ImportOptions(app=folder.name.lower())
    import_file(reference, path, options, now=NOW)
    frames = [
        reference.items.frame(options.app or ""),
        reference.revisions.frame(options.app or ""),
    ]
    again = import_file(reference, path, options, now=NOW)
    assert (again.counts.new, again.counts.changed) == (0, 0)
    assert frames[0].equals(reference.items.frame(options.app or ""))
    assert frames[1].equals(reference.revisions.frame(options.app or ""))
