"""A file that was cut says so by its counts; a plain one says nothing."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.collector.importers.importing import Load, load  # noqa: F401  (fixture)
from tests.collector.importers.test_refusals import written

STARS = [1, 1, 2, 3, 4, 5, 5]
START = datetime(2025, 1, 1, tzinfo=UTC)


def row(at: datetime, stars: int, number: int) -> dict[str, Any]:
    return {
        "review_id": number,
        "created_at": at.isoformat(),
        "rating": stars,
        "text": f"t{number}",
    }


def at_random(rows: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        row(
            START + timedelta(minutes=chance.randrange(400_000)),
            chance.choice([1, 1, 2, 3, 4, 5, 5]),
            n,
        )
        for n in range(rows)
    ]


CUT: dict[str, tuple[list[dict[str, Any]], str]] = {
    "the newest 500": (at_random(500, 1), "exactly 500 rows: this looks like the newest 500"),
    "so many of each star": (
        [row(START + timedelta(hours=n), 1 + n % 5, n) for n in range(215)],
        "exactly 43 rows of each star",
    ),
    "so many of each month": (
        [row(START + timedelta(days=30.4 * (n // 40)), 5, n) for n in range(401)],
        "exactly 40 rows in",
    ),
}


@pytest.mark.parametrize("case", CUT)
def test_a_cut_is_said(case: str, tmp_path: Path, load: Load) -> None:  # noqa: F811
    rows, said = CUT[case]
    assert any(said in notice for notice in load(written(tmp_path / "r.csv", rows)).notices)


@pytest.mark.parametrize("seed", range(5))
def test_a_whole_file_says_nothing(seed: int, tmp_path: Path, load: Load) -> None:  # noqa: F811
    rows = at_random(213 + 7 * seed, seed)
    notices = load(written(tmp_path / "r.csv", rows)).notices
    assert not [notice for notice in notices if "exactly" in notice]
