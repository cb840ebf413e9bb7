"""A few kills at random moments; `python -m tests.kill_collect` does two hundred."""

from datetime import timedelta
from pathlib import Path

import pandas as pd

from tests.kill_collect import START, differences, holes, run_kills
from tests.standins.shops import bare_shop, review


def test_killed_runs_leave_nothing_broken(tmp_path: Path) -> None:
    outcome = run_kills(kills=6, seed=7, folder=tmp_path, flood_every=5)
    assert outcome.problems == ()
    # How far a run comes before its kill depends on the machine; what none of them saw in time is
    # in a hole that they reported. The full run has revisions and removals as well.
    assert outcome.items > 500
    assert outcome.items + outcome.lost > 2000


def test_a_hole_is_found() -> None:
    """The oracle itself: a review in a span that counts as read, which the store does not hold."""
    shop = bare_shop("app_store", lambda: START)
    at = START - timedelta(minutes=5)
    shop.add([review(1, at, source="app_store"), review(2, at, source="app_store")])
    first, second = (row.item_id for row in shop.listed())
    columns = ["rating", "text", "removed_at"]
    mine = pd.DataFrame([[3.0, "Old words", pd.NaT]], index=[first], columns=columns)
    old = pd.DataFrame(columns=["item_id", "rating", "text"])
    span = {"started_at": START, "covered_from": at - timedelta(hours=1), "covered_to": START}
    assert sorted(differences(shop, mine, None)) == sorted(
        [f"{first} is out of date", f"{second} is missing"]
    )
    assert len(list(holes(shop, mine, old, pd.DataFrame([span])))) == 2
    earlier = {**span, "started_at": at - timedelta(minutes=1)}
    assert list(holes(shop, mine, old, pd.DataFrame([earlier]))) == []
