"""No alarm may rest on lost columns: stars and texts are read, or the file is refused with the
option that reads them."""

import csv
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import ConfigError, ImportFileError
from collector.importers.columns.field_map import columns_by_field
from collector.importers.columns.refusals import as_option
from collector.importers.values.stars import FIVE, read_stars, scale_of
from collector.store import Store
from tests.collector.importers.importing import Load, load  # noqa: F401  (fixture)
from tests.shared_files import needed

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
STARS: dict[str, list[Any]] = {
    "numbers": [1, 5, 3, 1, 4],
    "numbers as text": ["1", "5.0", "3", "1", "4,0"],
    "words": ["one", "five", "Three", "one", "FOUR"],
    "of five": ["1/5", "5/5", "3 out of 5", "Rated 1 stars out of five stars", "4 of 5 stars"],
    "signs": ["★☆☆☆☆", "★★★★★", "★★★", "⭐", "⭐⭐⭐⭐"],
    "with a unit": ["1 star", "5 stars", "3 stars", "1 estrella", "4 Sterne"],
    "only ones": [1, 1, 1, 1, 1],
}
BEYOND_DOUBT = ("of five", "signs", "with a unit")
TEXT = "the map stays grey after the last update"


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    """The rows as JSON lines or CSV, by the ending."""
    if path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def reads_or_refuses(load: Load, path: Path) -> str:  # noqa: F811
    """read, or mapped where the refusal's own option had to be used; then nothing is lost."""
    try:
        report, how = load(path), "read"
    except ImportFileError as refusal:
        report, how = load(path, columns=columns_offered(refusal)), "mapped"
    assert report.bad == 0, report.problems
    return how


def columns_offered(refusal: ImportFileError) -> dict[str, str]:
    """What the option in a refusal says."""
    found = re.search(r"--map ('[^']+'|[^ ;]+)", str(refusal))
    return columns_by_field(shlex.split(found[1])) if found else {}


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize("case", STARS)
def test_stars_in_a_column_of_any_name_are_not_lost(
    case: str,
    ending: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    rows = [
        {"created_at": f"2025-01-{n + 1:02}", "text": f"{TEXT} {n}", "how good, really": value}
        for n, value in enumerate(STARS[case])
    ]
    path = written(tmp_path / f"r.{ending}", rows)
    if case in BEYOND_DOUBT:
        assert load(path).counts.new == len(rows)
        return
    with pytest.raises(ImportFileError, match="how good") as refused:
        load(path)
    assert store.apps.keys() == [], "nothing is stored"
    assert load(path, columns={"rating": ""}).counts.new == len(rows), "a person may say none"
    load(path, columns=columns_offered(refused.value))
    assert store.items.frame("tips")["rating"].notna().sum() == len(rows)


@pytest.mark.parametrize("name", ["label", "satisfaction_idx", "class", "Level"])
def test_a_whole_scale_is_asked_for_whatever_it_is_called(
    name: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
) -> None:
    rows = [
        {"created_at": f"2025-01-{n + 1:02}", "text": f"{TEXT} {n}", name: (n * 3) % 5 + 1}
        for n in range(20)
    ]
    with pytest.raises(ImportFileError, match=name):
        load(written(tmp_path / "r.csv", rows))
    few = [row | {name: row[name] % 2 + 1} for row in rows]  # type: ignore[operator]
    assert load(written(tmp_path / "few.csv", few)).counts.new == 20


@pytest.mark.parametrize("long", [TEXT, "это приложение не работает", "アプリが全く開きません"])
def test_texts_in_a_column_of_any_name_are_not_lost(
    long: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    rows = [
        {"created_at": f"2025-01-{n + 1:02}", "rating": 1 + n % 5, "what": f"{long} {n}"}
        for n in range(6)
    ]
    path = written(tmp_path / "r.csv", rows)
    assert reads_or_refuses(load, path) == "read"
    assert store.items.frame("tips")["text"].tolist() == [row["what"] for row in rows]


@pytest.mark.parametrize(
    "beside",
    [
        {"likes": 3, "reply_count": 2},
        {"n": None},
        {"row": "by its number"},
        {"flag": True},
        {"version_code": 4},
        {"picture": "https://example.org/a/long/path/of/a/picture.png"},
        {"reply": "We are sorry to hear that, please write to us"},
        {"seen": "Sun Mar 09 2025 10:11:12 GMT+0000"},
    ],
)
def test_what_is_neither_is_left_alone(beside: dict[str, Any], tmp_path: Path, load: Load) -> None:  # noqa: F811
    rows = [
        {"created_at": f"2025-01-{n + 1:02}", "text": f"{TEXT} {n}"}
        | {name: n + 1 if value == "by its number" else value for name, value in beside.items()}
        for n in range(5)
    ]
    assert load(written(tmp_path / "r.csv", rows)).counts.new == 5


def test_200_one_stars_are_never_calm(load: Load, store: Store) -> None:  # noqa: F811
    reads_or_refuses(load, needed("cases/node-dump-with-a-flood.json"))
    items = store.items.frame("tips")
    assert int((items["rating"] == 1).sum()) >= 200
    assert items["text"].notna().all()


@pytest.mark.parametrize(
    "name",
    [
        "app-store-scraper.csv", "f_appfollow.csv", "review_alias.csv", "rt.csv", "score.csv",
        "node-google-play-scraper.json",
    ],
)  # fmt: skip
def test_no_column_of_a_dump_is_lost(name: str, load: Load, store: Store) -> None:  # noqa: F811
    try:
        load(needed(f"cases/05-dump-columns/{name}"))
    except ImportFileError as refusal:
        offered = columns_offered(refusal)
        load(needed(f"cases/05-dump-columns/{name}"), columns=offered)
    items = store.items.frame("tips")
    assert items["rating"].notna().all()
    assert items["text"].str.contains("crashes|Works").all()


@pytest.mark.parametrize("said", ["rating", "rating=", "mood=score", "=score"])
def test_a_map_that_says_nothing(said: str) -> None:
    with pytest.raises(ConfigError, match="--map"):
        columns_by_field([said])


@given(st.dictionaries(st.sampled_from(["rating", "text", "title"]), st.text(min_size=1)))
def test_an_option_that_is_printed_can_be_given(columns: dict[str, str]) -> None:
    """Whatever a column is called: commas, quotes, blanks, backslashes."""
    told = {field: name for field, name in columns.items() if name.strip() not in ("", "-")}
    words = shlex.split(as_option(told)) if told else ["--map"]
    assert columns_by_field(words[1:]) == told


def test_a_mapped_column_that_is_not_there(tmp_path: Path, load: Load) -> None:  # noqa: F811
    path = written(tmp_path / "r.csv", [{"created_at": "2025-01-01", "rating": 3}])
    with pytest.raises(ImportFileError, match="no column 'mood'; it has 'created_at', 'rating'"):
        load(path, columns={"text": "mood"})


@given(
    st.sampled_from([1, 2, 3, 4, 5]), st.sampled_from(["{}", "{}.0", "{},0", "{}/5", "{} stars"])
)
def test_one_rating_in_many_forms(stars: int, form: str) -> None:
    read = read_stars(form.format(stars))
    assert read is not None
    assert read.value == stars
    assert scale_of([form.format(stars)]) == FIVE


@given(st.text(max_size=80) | st.floats() | st.integers() | st.none() | st.booleans())
def test_any_cell_is_stars_or_not(value: Any) -> None:
    read = read_stars(value)
    assert read is None or read.value == read.value
