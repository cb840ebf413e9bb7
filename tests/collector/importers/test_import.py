"""Files -> store: every format, every kind of bad row, nothing lost, the same twice."""

import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import ImportFileError
from collector.importers.load import ImportOptions, ImportReport, import_file
from collector.store import Store, WriteCounts, open_store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TIPS = ImportOptions(app="tips")
ROWS = [
    {
        "review_id": "a1", "author": "Somebody Real", "rating": 1, "title": "No",
        "created_at": "2025-01-01T10:00:00Z", "text": "mail me at jane.roe@example.org",
        "version": "1.2", "country": "US", "lang": "en", "thumbs_up": 4, "reply_text": "Sorry",
        "reply_at": "2025-01-02", "source": "app_store",
    },
    {
        "review_id": "a2",
        "rating": 5,
        "created_at": "2025-01-03T10:00:00+02:00",
        "text": "été 漢字 🌊",
    },
]  # fmt: skip

Load = Callable[..., ImportReport]


@pytest.fixture
def load(store: Store) -> Load:
    return into(store)


@pytest.fixture
def load_anywhere(any_store: Store) -> Load:
    """The same, once on each database."""
    return into(any_store)


def into(store: Store) -> Load:
    def run(path: Path, options: ImportOptions = TIPS) -> ImportReport:
        return import_file(store, path, options, now=NOW)

    return run


def as_csv(path: Path, encoding: str = "utf-8", sep: str = ",") -> Path:
    pd.DataFrame(ROWS).to_csv(path, index=False, encoding=encoding, sep=sep)
    return path


WRITERS: dict[str, Callable[[Path], Path]] = {
    "csv": lambda p: as_csv(p / "r.csv"),
    "csv with a mark": lambda p: as_csv(p / "r.csv", "utf-8-sig"),
    "utf-16 csv": lambda p: as_csv(p / "r.csv", "utf-16"),
    "semicolons": lambda p: as_csv(p / "r.csv", sep=";"),
    "tabs": lambda p: as_csv(p / "r.tsv", sep="\t"),
    "jsonl": lambda p: _write(p / "r.jsonl", "\n".join(json.dumps(r) for r in ROWS)),
    "json array": lambda p: _write(p / "r.json", json.dumps(ROWS, indent=1)),
    "parquet": lambda p: _parquet(p / "r.parquet"),
}


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _parquet(path: Path) -> Path:
    pd.DataFrame(ROWS).to_parquet(path)
    return path


@pytest.mark.parametrize("writer", WRITERS)
def test_every_format_gives_the_same_items(
    writer: str, tmp_path: Path, load: Load, store: Store
) -> None:
    report = load(WRITERS[writer](tmp_path))
    assert (report.counts, report.bad) == (WriteCounts(new=2), 0), report.problems
    frame = store.items.frame("tips").set_index("item_id")
    one, two = frame.loc["a1"], frame.loc["a2"]
    assert (one["source"], one["rating"], one["country"], one["thumbs_up"]) == (
        "app_store",
        1,
        "us",
        4,
    )
    assert one["created_at"] == pd.Timestamp("2025-01-01T10:00Z")
    assert one["reply_at"] == pd.Timestamp("2025-01-02T00:00Z")
    assert one["arrived_at"] == one["created_at"]
    assert "jane.roe" not in one["text"]
    assert two["text"] == "été 漢字 🌊"
    assert two["created_at"] == pd.Timestamp("2025-01-03T08:00Z")
    assert two["source"] == "file"
    again = load(WRITERS[writer](tmp_path))
    assert again.counts == WriteCounts(unchanged=2)


def test_no_name_reaches_the_disk(tmp_path: Path, load: Load, store: Store) -> None:
    load(as_csv(tmp_path / "r.csv"))
    store.close()
    for file in tmp_path.glob("store.db*"):
        content = file.read_bytes()
        assert b"Somebody Real" not in content
        assert b"jane.roe" not in content


def test_a_dump_of_google_play_scraper(
    tmp_path: Path, load_anywhere: Load, any_store: Store
) -> None:
    row = {
        "reviewId": "gp:1", "userName": "A name", "userImage": "https://example.org/x.png",
        "content": "keeps crashing", "score": 2, "thumbsUpCount": 3, "reviewCreatedVersion": None,
        "at": "2025-02-01 10:00:00", "replyContent": None, "repliedAt": None, "appVersion": "4.1",
    }  # fmt: skip
    report = load_anywhere(_write(tmp_path / "dump.json", json.dumps([row])))
    assert (report.format, report.counts.new) == ("scraper", 1)
    stored = any_store.items.frame("tips").iloc[0]
    assert (stored["item_id"], stored["source"], stored["version"]) == (
        "gp:1",
        "google_play",
        "4.1",
    )
    assert any("UTC" in notice for notice in report.notices)


def test_a_file_of_the_play_console(tmp_path: Path, load_anywhere: Load, any_store: Store) -> None:
    header = (
        "Package Name,App Version Code,App Version Name,Reviewer Language,Device,"
        "Review Submit Date and Time,Review Submit Millis Since Epoch,"
        "Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,"
        "Review Title,Review Text,Developer Reply Date and Time,"
        "Developer Reply Millis Since Epoch,Developer Reply Text,Review Link"
    )
    link = "https://play.google.com/console/developers/app/reviews?reviewId=gp%3Aabc&corpus=PUBLIC"
    first = (
        "org.example,7,1.0,en,phone,2025-01-05T09:00:00Z,1736067600000,2025-01-06T09:00:00Z,"
        f"1736154000000,1,,slow,,,,{link}"
    )
    second = (
        "org.example,7,1.0,de,phone,2025-01-07T09:00:00Z,1736240400000,2025-01-07T09:00:00Z,"
        "1736240400000,4,,,,,,"
    )
    path = tmp_path / "reviews_org.example_202501.csv"
    path.write_text("\n".join([header, first, second]), encoding="utf-16")
    report = load_anywhere(path)
    assert (report.format, report.counts.new, report.bad) == ("play-console", 2, 0), report.problems
    frame = any_store.items.frame("tips")
    assert frame["item_id"].tolist()[0] == "gp:abc"
    assert frame["item_id"].tolist()[1].startswith("h")
    assert frame["updated_at"].notna().tolist() == [True, False]
    assert load_anywhere(path).counts == WriteCounts(unchanged=2)


BAD_CELLS: dict[str, tuple[dict[str, Any], str]] = {
    "less than no stars": ({"rating": -1}, "between 1 and 5"),
    "six stars": ({"rating": 6}, "between 1 and 5"),
    "stars in words": ({"rating": "plenty"}, "no number of stars"),
    "infinite stars": ({"rating": "inf"}, "no number of stars"),
    "nonsense date": ({"created_at": "the other day"}, "date"),
    "no date": ({"created_at": ""}, "is empty"),
    "impossible date": ({"created_at": "2025-02-30"}, "2025-02-30"),
    "hours ahead": (
        {"created_at": (NOW + timedelta(hours=3)).isoformat()},
        "in the future",
    ),
    "future date": ({"created_at": "2031-01-01T00:00:00Z"}, "future"),
    "ambiguous date": ({"created_at": "03/04/2025"}, "--date-order"),
    "before the stores": ({"created_at": "1970-01-01"}, "before app stores"),
    "neither stars nor text": ({"rating": "", "text": ""}, "neither stars nor text"),
    "votes in words": ({"thumbs_up": "many"}, "not a count"),
    "a huge cell": ({"text": "x" * 1_000_001}, "1000000"),
}


@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_row_is_named_and_the_rest_goes_in(
    case: str, tmp_path: Path, load: Load, store: Store
) -> None:
    change, reason = BAD_CELLS[case]
    good = {"created_at": "2025-01-01T10:00:00Z", "rating": 3, "text": "fine", "thumbs_up": 1}
    path = tmp_path / "r.jsonl"
    rows = [good, {**good, **change}, {**good, "text": "last"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    report = load(path)
    assert (report.counts.new, report.bad) == (2, 1)
    (problem,) = report.problems
    assert problem.line == 2
    assert reason in str(problem)
    with pytest.raises(ImportFileError, match="nothing was imported"):
        load(path, ImportOptions(app="strict", strict=True))
    assert store.items.frame("strict").empty


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-09T10:11:12Z",
        "2025-03-09 10:11:12",
        "2025-03-09T12:11:12+02:00",
        "1741515072",
        "1741515072000",
        "Mar 9, 2025 10:11:12",
        "Sun, 09 Mar 2025 10:11:12 +0000",
        "2025/03/09 10:11:12",
    ],
)
def test_dates_in_many_forms(written: str, tmp_path: Path, load: Load, store: Store) -> None:
    path = _write(tmp_path / "r.csv", f'created_at,rating\n"{written}",3\n')
    assert load(path).problems == []
    assert store.items.frame("tips")["created_at"].tolist() == [
        pd.Timestamp("2025-03-09T10:11:12Z")
    ]


def test_one_clear_date_decides_its_column(tmp_path: Path, load: Load, store: Store) -> None:
    path = _write(tmp_path / "r.csv", "created_at,rating\n03/04/2025,3\n31/05/2025,3\n")
    assert load(path).bad == 0
    assert store.items.frame("tips")["created_at"].tolist()[0] == pd.Timestamp("2025-04-03T00:00Z")


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        (["-,3,", "2025-01-09,3,", "03/04/2025,3,", "31/05/2025,3,"], "2025-04-03"),
        (["03/04/2025,3,", "04/04/2025,3,31/05/2025 10:00"], "2025-04-03"),
        (["03/04/2025,3,", "04/04/2025,3,05/31/2025"], "2025-03-04"),
        (["05/05/2025,3,", "06/06/2025,3,07/08/2025", "2025-06-07,3,"], None),
    ],
)
def test_the_whole_file_decides(
    rows: list[str], first: str | None, tmp_path: Path, load: Load, store: Store
) -> None:
    """Wherever the date is that shows the order, also in another column."""
    path = _write(tmp_path / "r.csv", "\n".join(["created_at,rating,reply_at", *rows, ""]))
    report = load(path)
    dates = store.items.frame("tips")["created_at"]
    if first is None:  # a reply whose order nothing tells; the dates of the reviews are one day
        assert ["reply_at" in str(problem) for problem in report.problems] == [True]
        assert dates.tolist()[0] == pd.Timestamp("2025-05-05T00:00Z")
        return
    empty = [row.startswith("-") for row in rows].count(True)
    assert (report.bad, report.counts.new) == (empty, len(rows) - empty)
    assert pd.Timestamp(f"{first}T00:00Z") in dates.tolist()


@pytest.mark.parametrize("strict", [False, True])
def test_a_file_whose_order_nothing_tells_is_refused_whole(
    strict: bool, tmp_path: Path, load: Load, store: Store
) -> None:
    path = _write(tmp_path / "r.csv", "created_at,rating\n03/04/2025,3\n05.06.2025 10:00,4\n")
    with pytest.raises(ImportFileError, match="say --date-order dmy or --date-order mdy"):
        load(path, ImportOptions(app="tips", strict=strict))
    assert store.items.frame("tips").empty
    assert load(path, ImportOptions(app="tips", date_order="dmy")).counts.new == 2
    assert store.items.frame("tips")["created_at"].dt.strftime("%m-%d").tolist() == [
        "04-03",
        "06-05",
    ]


@pytest.mark.parametrize("order", [None, "mdy"])
def test_spreadsheet_dates_of_two_digit_years(
    order: Any, tmp_path: Path, load: Load, store: Store
) -> None:
    """The 20th shows that the month comes first; a year later than now is none."""
    rows = "11/20/24 02:38 PM,3\n3/4/25 9:05 AM,3\n12/12/26 11:00 PM,3\n"
    path = _write(tmp_path / "r.csv", "created_at,rating\n" + rows)
    report = load(path, ImportOptions(app="tips", date_order=order))
    assert [p.line for p in report.problems] == [4]
    assert "2026-12-12 23:00 UTC lies in the future" in str(report.problems[0])
    assert sorted(store.items.frame("tips")["created_at"].dt.strftime("%F %R")) == [
        "2024-11-20 14:38",
        "2025-03-04 09:05",
    ]


def test_a_short_year_that_may_come_first_is_not_guessed(tmp_path: Path, load: Load) -> None:
    path = _write(tmp_path / "r.csv", "created_at,rating\n20/11/25,3\n21/11/25,3\n")
    with pytest.raises(ImportFileError, match="--date-order"):
        load(path)


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(st.dates(date(2020, 1, 1), date(2025, 1, 1)), min_size=1, max_size=12),
    order=st.sampled_from(["dmy", "mdy"]),
    data=st.data(),
)
def test_no_day_is_ever_misread(
    days: list[date], order: str, data: st.DataObject, secret: bytes
) -> None:
    """A file in one order, its rows in any: read rightly or refused, whatever the order of rows."""
    days = data.draw(st.permutations(days))
    form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    rows = "".join(f"{day:{form}},3,r{n}\n" for n, day in enumerate(days))
    with TemporaryDirectory() as folder, open_store("sqlite://", secret=secret) as store:
        path = _write(Path(folder) / "r.csv", "created_at,rating,review_id\n" + rows)
        if not any(day.day > 12 for day in days) and any(day.day != day.month for day in days):
            with pytest.raises(ImportFileError, match="--date-order"):
                import_file(store, path, TIPS, now=NOW)
            assert store.items.frame("tips").empty
            return
        import_file(store, path, TIPS, now=NOW)
        read = store.items.frame("tips").set_index("item_id")["created_at"]
        for name, moment in read.items():
            assert moment.date() == days[int(str(name)[1:])]
        if any(day.day > 12 for day in days):
            assert len(read) == len(days)


def test_nul_bytes_and_mixed_encodings_cost_their_row_at_most(
    tmp_path: Path, load: Load, store: Store
) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(
        b"created_at,rating,text\n"
        b"2025-01-01,3,with a \x00 nul\n"
        b"2025-01-02,3,caf\xe9 in latin-1\n"
        b"2025-01-03,3,caf\xc3\xa9 in utf-8\n"
        b"2025-01-04,3,one cell, too many\n"
        b"2025-01-05,3,last\n"
    )
    report = load(path)
    texts = store.items.frame("tips")["text"].tolist()
    assert texts[-1] == "last"
    assert "café in utf-8" in texts
    assert {p.line for p in report.problems} >= {3, 5}
    assert "UTF-8" in str(next(p for p in report.problems if p.line == 3))
    assert not any("\x00" in text for text in texts)


def test_ids_twice_with_other_content(tmp_path: Path, load: Load, store: Store) -> None:
    path = _write(
        tmp_path / "r.csv",
        "review_id,created_at,rating,text\nr1,2025-01-01,5,first\nr1,2025-01-02,1,second\n",
    )
    assert load(path).counts == WriteCounts(new=1, changed=1)
    assert store.items.frame("tips")["text"].tolist() == ["first", "second"]
    assert store.revisions.frame("tips")["text"].tolist() == ["first"]
    assert load(path).counts == WriteCounts(unchanged=2)


@pytest.mark.parametrize(
    ("header", "unused"),
    [
        ("id,date,stars,body", ""),
        ("ID,At,Stars,Content", ""),
        ("reviewId,created_at,rating,text", ""),
        ("review_id,created_at,rating,text,id", "columns not used: id"),
    ],
)
def test_columns_by_other_names(
    header: str, unused: str, tmp_path: Path, load: Load, store: Store
) -> None:
    rest = [",1", ",2"] if unused else ["", ""]
    rows = f"r1,2025-01-01,5,good{rest[0]}\nr2,2025-01-02,1,bad{rest[1]}\n"
    path = _write(tmp_path / "r.csv", f"{header}\n" + rows)
    report = load(path)
    assert report.counts == WriteCounts(new=2)
    items = store.items.frame("tips")
    assert items["item_id"].tolist() == ["r1", "r2"]
    assert items["rating"].tolist() == [5, 1]
    assert items["text"].tolist() == ["good", "bad"]
    assert items["created_at"].dt.day.tolist() == [1, 2]
    assert [n for n in report.notices if "not used" in n] == ([unused] if unused else [])


def test_a_scraper_dump_with_an_id_of_another_name(
    tmp_path: Path, load: Load, store: Store
) -> None:
    path = _write(tmp_path / "r.csv", "id,content,score,at\nr1,good,5,2025-01-01\n")
    report = load(path)
    assert report.format == "scraper"
    assert store.items.frame("tips")["item_id"].tolist() == ["r1"]
    assert not any("not used" in notice for notice in report.notices)


def test_a_text_file_that_is_named_parquet(tmp_path: Path, load: Load) -> None:
    path = _write(tmp_path / "r.parquet", "created_at,rating\n2025-01-01,5\n")
    with pytest.raises(ImportFileError, match="is not a Parquet file"):
        load(path)


def test_equal_rows_without_id_stay_apart(tmp_path: Path, load: Load, store: Store) -> None:
    path = _write(tmp_path / "r.csv", "created_at,rating,text\n" + "2025-01-01,5,good\n" * 3)
    assert load(path).counts == WriteCounts(new=3)
    assert load(path).counts == WriteCounts(unchanged=3)


def test_several_apps_in_one_file(tmp_path: Path, load: Load, store: Store) -> None:
    path = _write(
        tmp_path / "r.csv",
        "app_id,created_at,rating\norg.one,2025-01-01,5\norg.two,2025-01-01,4\n",
    )
    with pytest.raises(ImportFileError, match="--app-from-column app_id"):
        load(path)
    assert store.apps.keys() == []
    together = load(path, ImportOptions(app="both", columns={"app_id": ""}))
    assert together.counts.new == 2
    one = load(path, ImportOptions(app="one", app_id="org.one"))
    assert (one.counts.new, one.left_out) == (1, 1)
    load(path, ImportOptions(app=None, app_from_column="app_id"))
    assert store.apps.keys() == ["both", "one", "org.one", "org.two"]


FILES: dict[str, tuple[bytes | None, str]] = {
    "empty": (b"", "is empty"),
    "binary": (bytes(range(256)) * 40, "not text"),
    "zip": (b"PK\x03\x04" + b"x" * 100, "zip"),
    "wrong delimiter": (b"created_at~rating\n2025-01-01~3\n", "delimiter"),
    "missing column": (b"rating,text\n3,hello\n", "created_at"),
    "nothing to read": (b"created_at,mood\n2025-01-01,glad\n", "neither a column"),
    "broken parquet": (b"PAR1" + b"x" * 100, "Parquet"),
    "broken json": (b'[{"created_at": "2025-01-01", "rating": 3}, {', "JSON|json"),
    "deep json": (b"[" * 100_000, "JSON|json|nested|deep"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_read_says_why(case: str, tmp_path: Path, load: Load) -> None:
    content, reason = FILES[case]
    path = tmp_path / "file.csv"
    path.write_bytes(content or b"")
    with pytest.raises(ImportFileError, match=reason) as caught:
        load(path)
    assert "file.csv" in str(caught.value)


def test_a_missing_file_and_a_directory(tmp_path: Path, load: Load) -> None:
    with pytest.raises(ImportFileError, match=r"no\.csv"):
        load(tmp_path / "no.csv")
    with pytest.raises(ImportFileError, match="directory"):
        load(tmp_path)


def test_memory_does_not_grow_with_the_file(tmp_path: Path, load: Load) -> None:
    peaks = []
    for rows in (2_500, 10_000):
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("review_id,created_at,rating,text\n")
            for n in range(rows):
                file.write(
                    f"r{n},2025-01-{1 + n % 28:02}T10:00:00Z,{1 + n % 5},words of {n} {'x' * 200}\n"
                )
        tracemalloc.start()
        load(path, ImportOptions(app=f"a{rows}"))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_real_files_import_the_same_twice(shared_data: Path, load: Load, store: Store) -> None:
    for name in ("junio-play", "steam-labelled-reviewbombs", "ethiopianbanks-play"):
        path = shared_data / "reviews" / f"{name}.parquet"
        rows = len(pd.read_parquet(path, columns=["rating"]))
        first = load(path, ImportOptions(app=name, columns={"app_id": ""}))
        assert (first.rows, first.bad) == (rows, 0), first.problems
        assert first.counts.new + first.counts.changed + first.counts.unchanged == rows
        before = store.items.frame(name)
        again = load(path, ImportOptions(app=name, columns={"app_id": ""}))
        assert (again.counts.new, again.counts.changed) == (0, 0)
        pd.testing.assert_frame_equal(
            before.drop(columns="last_seen"), store.items.frame(name).drop(columns="last_seen")
        )


def test_an_open_quote_costs_its_own_row_only(tmp_path: Path, load: Load, store: Store) -> None:
    rows = '2025-01-01,5,"never closed\n2025-01-02,4,second\n2025-01-03,3,"third, closed"\n'
    report = load(_write(tmp_path / "r.csv", "created_at,rating,text\n" + rows))
    assert (report.counts.new, report.bad) == (2, 1)
    assert report.problems[0].line == 2
    assert "quote" in str(report.problems[0])
    assert store.items.frame("tips")["text"].tolist() == ["second", "third, closed"]


def test_line_breaks_inside_quotes_are_text(tmp_path: Path, load: Load, store: Store) -> None:
    path = _write(tmp_path / "r.csv", 'created_at,rating,text\n2025-01-01,"4,0","one\ntwo"\n')
    assert load(path).problems == []
    assert store.items.frame("tips")["text"].tolist() == ["one\ntwo"]
    assert store.items.frame("tips")["rating"].tolist() == [4.0]
