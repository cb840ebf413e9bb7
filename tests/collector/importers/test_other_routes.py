"""The same review by two routes is one; what only looks alike stays apart."""

from pathlib import Path
from typing import Any

import pytest

from collector.store import Store
from tests.collector.importers.importing import Load, load, load_anywhere  # noqa: F401  (fixtures)
from tests.collector.importers.test_refusals import written
from tests.shared_files import needed

TEXT = "the map stays grey after the last update"
DUMP = {"review_id": "r1", "created_at": "2026-01-05 10:11:12", "rating": 1, "text": TEXT,
        "source": "google_play", "author": "Ann"}  # fmt: skip
ALSO: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the same under another id": ({"review_id": "gp:abc"}, {}),
    "no id and no author": ({"review_id": "", "author": ""}, {}),
    "in another zone": ({"review_id": "x", "created_at": "2026-01-05T15:41:12"}, {}),
    "with the day alone": ({"review_id": "x", "created_at": "2026-01-05"}, {}),
    "from a file that names no store": ({"review_id": "x", "source": ""}, {}),
    "without its stars": ({"review_id": "x", "rating": ""}, {}),
    "with quotes of another kind": (
        {"review_id": "x", "text": "it won&#39;t start since the update"},
        {"text": "it won't start since the update"},
    ),
    "cut to the second": ({"review_id": "x"}, {"created_at": "2026-01-05 10:11:12.874"}),
    "rounded to the second": (
        {"review_id": "x", "created_at": "2026-01-05 10:11:13"},
        {"created_at": "2026-01-05 10:11:12.874"},
    ),
    "cut to the minute": ({"review_id": "x", "created_at": "2026-01-05 10:11"}, {}),
    "in another zone and cut to the minute": (
        {"review_id": "x", "created_at": "2026-01-05 15:41"},
        {},
    ),
    "a short one cut to the second": (
        {"review_id": "x", "text": "bad"},
        {"text": "bad", "created_at": "2026-01-05 10:11:12.874"},
    ),
    "a short one at the same second": ({"review_id": "x", "text": "bad"}, {"text": "bad"}),
}
APART: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "other stars": ({"review_id": "x", "rating": 5}, {}),
    "another store": ({"review_id": "x", "source": "app_store"}, {}),
    "another text": ({"review_id": "x", "text": TEXT + "!"}, {}),
    "a minute later": ({"review_id": "x", "created_at": "2026-01-05 10:12:12"}, {}),
    "a short one cut to the minute": (
        {"review_id": "x", "text": "bad", "created_at": "2026-01-05 10:11"}, {"text": "bad"}
    ),
    "a second later": (
        {"review_id": "x", "text": "bad", "created_at": "2026-01-05 10:11:13"}, {"text": "bad"}
    ),
    "the next day": ({"review_id": "x", "created_at": "2026-01-07"}, {}),
    "a short one some hours later": (
        {"review_id": "x", "text": "bad", "created_at": "2026-01-05 13:11:12"}, {"text": "bad"}
    ),
    "a short one of the day": (
        {"review_id": "x", "text": "bad", "created_at": "2026-01-05"}, {"text": "bad"}
    ),
}  # fmt: skip


def two_files(
    case: tuple[dict[str, Any], dict[str, Any]], folder: Path, load: Load  # noqa: F811
) -> list[int]:  # fmt: skip
    """New items of a dump, of another file, and of both once more."""
    other, one = case
    first = written(folder / "dump.csv", [{**DUMP, **one}])
    second = written(folder / "owner.csv", [{**DUMP, **other}])
    return [load(path).counts.new for path in (first, second, first, second)]


@pytest.mark.parametrize("case", ALSO)
def test_one_review(case: str, tmp_path: Path, load_anywhere: Load, any_store: Store) -> None:  # noqa: F811
    assert two_files(ALSO[case], tmp_path, load_anywhere) == [1, 0, 0, 0]
    assert any_store.items.frame("tips")["item_id"].tolist() == ["r1"]
    report = load_anywhere(tmp_path / "owner.csv")
    assert report.elsewhere == 1
    assert any("1 rows are in the store already by another route" in n for n in report.notices)


@pytest.mark.parametrize("case", APART)
def test_two_reviews(case: str, tmp_path: Path, load: Load) -> None:  # noqa: F811
    assert two_files(APART[case], tmp_path, load) == [1, 1, 0, 0]


def test_repeats_within_a_file_are_counted(tmp_path: Path, load: Load) -> None:  # noqa: F811
    row = {"created_at": "2026-01-05 10:11:12", "text": TEXT}
    report = load(written(tmp_path / "r.csv", [row] * 3))
    assert (report.counts.new, report.repeated, report.elsewhere) == (3, 2, 0)
    assert any("2 rows say the same as a row before them" in n for n in report.notices)
    by_author = load(written(tmp_path / "a.csv", [{**row, "author": "Ann"}] * 3), app="other")
    assert (by_author.counts.new, by_author.repeated) == (1, 2)


def test_stars_that_were_lost_at_first_are_joined(
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    rows = [{**DUMP, "review_id": "", "author": ""}]
    path = written(tmp_path / "r.csv", rows)
    load(path, columns={"rating": ""})
    assert load(path).counts.changed == 1
    assert load(path).counts.unchanged + load(path).counts.changed <= 1
    assert store.items.frame("tips")["rating"].tolist() == [1]


def test_a_column_that_was_renamed(load: Load, store: Store) -> None:  # noqa: F811
    for name in ("inv.csv", "inv2.csv"):
        load(needed(f"cases/doors/{name}"))
    assert len(store.items.frame("tips")) == 3
