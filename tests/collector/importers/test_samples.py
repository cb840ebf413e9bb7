"""A file that was cut says so by its counts, and the store keeps it; a plain one says nothing."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.importers.samples import Sample
from collector.store import Store
from collector.store.polls.import_samples import open_cuts
from collector.store.writing.import_undo import undo_import
from tests.collector.importers.importing import NOW, Load, load  # noqa: F401  (fixture)
from tests.collector.importers.test_refusals import written

START = datetime(2025, 1, 1, tzinfo=UTC)
STARS = [1, 1, 2, 3, 4, 5, 5]


def row(at: datetime, stars: float, number: int) -> dict[str, Any]:
    return {
        "review_id": f"r{number}",
        "created_at": at.isoformat(),
        "rating": stars,
        "text": f"t{number}",
    }


def at_random(rows: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        row(START + timedelta(minutes=chance.randrange(400_000)), chance.choice(STARS), n)
        for n in range(rows)
    ]


def paced(paces: list[float], seed: int = 1, stars: list[int] = STARS) -> list[dict[str, Any]]:
    """A day a pace, in reviews a day of Poisson scatter."""
    dice = np.random.default_rng(seed)
    days = [day for day, pace in enumerate(paces) for _ in range(dice.poisson(pace))]
    return [
        row(START + timedelta(days=day, minutes=int(dice.integers(1440))), dice.choice(stars), n)
        for n, day in enumerate(days)
    ]


BEGAN = paced([0.2] * 120 + [6] * 90)
CUT: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "the newest 500": (at_random(500, 1), "newest", "looks like the newest 500"),
    "so many of each star": (
        [row(START + timedelta(hours=n), 1 + n % 5, n) for n in range(215)],
        "per_star",
        "exactly 43 rows of each star",
    ),
    "one file a star": (
        [row(START + timedelta(hours=7 * n), 1, n) for n in range(90)],
        "one_star",
        "all rows have 1 stars",
    ),
    "so many of each month": (
        [row(START + timedelta(days=30.4 * (n // 40)), 5 - n % 3, n) for n in range(401)],
        "per_month",
        "exactly 40 rows in",
    ),
    "so many of each day": (
        [row(START + timedelta(days=n // 20, minutes=n), 5 - n % 3, n) for n in range(211)],
        "per_day",
        "exactly 20 rows on most days",
    ),
    "a scraper that began": (BEGAN, "began", "faster from 2025-05-01 on and never fall back"),
    "months without days": (
        [row(START, 5 - n % 3, n) | {"created_at": "June 2024"} for n in range(43)],
        "no_days",
        "most rows name no day",
    ),
}


@pytest.mark.parametrize("case", CUT)
def test_a_cut_is_said_and_kept(case: str, tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    rows, cut, said = CUT[case]
    notices = load(written(tmp_path / "r.csv", rows)).notices
    assert any(said in notice for notice in notices), notices
    assert cut in [sample.cut for sample in store.import_samples.of("tips")]


@pytest.mark.parametrize("seed", range(5))
def test_a_whole_file_says_nothing(
    seed: int,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    rows = at_random(213 + 7 * seed, seed)
    assert not [n for n in load(written(tmp_path / "r.csv", rows)).notices if "looks like" in n]
    (sample,) = store.import_samples.of("tips")
    assert (sample.cut, sample.items) == ("none", len(rows))


NO_BEGINNING: dict[str, list[dict[str, Any]]] = {
    "a flood of low stars": paced([2] * 120) + paced([0] * 110 + [40] * 10, stars=[1, 1, 2]),
    "a week of all stars, and then as before": paced([1] * 100 + [12] * 7 + [1] * 60),
    "only low stars rise": paced([2] * 120, stars=[4, 5]) + paced([0.2] * 60 + [4] * 60, stars=[1]),
    "slow growth": paced([0.5 + day / 40 for day in range(160)]),
    "the same pace": paced([3] * 160),
}


@pytest.mark.parametrize("case", NO_BEGINNING)
def test_what_is_no_beginning_of_a_scraper(
    case: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    load(written(tmp_path / "r.csv", NO_BEGINNING[case]))
    assert "began" not in [sample.cut for sample in store.import_samples.of("tips")]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), days=st.integers(50, 250), pace=st.floats(0.3, 8))
def test_a_steady_pace_is_never_a_beginning(seed: int, days: int, pace: float) -> None:
    sample = Sample("tips", "file")
    dice = np.random.default_rng(seed)
    for day in range(days):
        for _ in range(dice.poisson(pace)):
            sample.rated[738_000 + day, float(dice.integers(1, 6))] += 1
            sample.items += 1
    if not sample.items:
        return
    sample.first = datetime.fromordinal(738_000).replace(tzinfo=UTC)
    sample.last = sample.first + timedelta(days=days - 1)
    assert sample._began() is None


def test_what_another_import_covers_is_no_cut(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    newest = at_random(500, 2)
    load(written(tmp_path / "newest.csv", newest))
    assert [cut.cut for cut in open_cuts(store.import_samples.of("tips"))] == ["newest"]
    before = START - timedelta(days=60)
    older = [row(before + timedelta(days=n), 1 + n % 5, 1000 + n) for n in range(73)]
    load(written(tmp_path / "older.csv", older))
    assert not open_cuts(store.import_samples.of("tips"))


def test_an_import_taken_back_leaves_no_sample(tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    load(written(tmp_path / "r.csv", at_random(100, 3)))
    undo_import(store.items, NOW + timedelta(minutes=1))
    assert not store.import_samples.of("tips")


GIVEN: dict[str, tuple[list[Any], list[str | None]]] = {
    "a scale of ten": ([10, 3, 7.5, 8], ["10", "3", "7.5", "8"]),
    "out of ten": (["9/10", "2/10", "5/10", "8/10"], ["9/10", "2/10", "5/10", "8/10"]),
    "thumbs": (["👍", "👎", "👍", "👎"], ["👍", "👎", "👍", "👎"]),
    "words": (["excellent", "bad", "good", "poor"], ["excellent", "bad", "good", "poor"]),
    "stars": ([5, 1, 3, 2], [None] * 4),
    "stars out of five": (["4/5", "1/5", "3 stars", "5 out of 5"], [None] * 4),
}


@pytest.mark.parametrize("case", GIVEN)
def test_a_converted_rating_is_kept_as_it_was(
    case: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    ratings, given_as = GIVEN[case]
    rows = [row(START + timedelta(hours=n), r, n) for n, r in enumerate(ratings)]
    load(written(tmp_path / "r.csv", rows))
    found = store.items.frame("tips").set_index("item_id")
    kept = [None if v != v else v for v in found.loc[[f"r{n}" for n in range(4)], "rating_given"]]
    assert kept == given_as
    assert found["rating"].between(1, 5).all()
