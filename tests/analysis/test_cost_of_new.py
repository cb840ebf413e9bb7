"""An analysis costs what is new, not what is known: beyond the months that it looks back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from analysis.incidents.find_fewer import LOOKED_BACK
from analysis.run import analyze
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.collector.store.items import item

END = datetime(2024, 6, 1, tzinfo=UTC)
A_DAY = 3  # reviews
STEP = 10  # instructions of the database between two ticks


def reviews(since: datetime, until: datetime) -> list[Any]:
    """An even stream of stars without texts."""
    every = timedelta(days=1) / A_DAY
    moments = [since + every * n for n in range(int((until - since) / every))]
    stars = (1.0, 3.0, 4.0, 5.0, 5.0, 5.0, 4.0)
    return [
        item(f"{at:%Y%m%dT%H%M}", created_at=at, rating=stars[n % 7], text=None)
        for n, at in enumerate(moments)
    ]


def work_of_two_days(store: Store, history_days: int) -> int:
    """Instructions that the database carries out in an analysis of two new days."""
    store.apps.ensure("tips")
    store.items.write(reviews(END - timedelta(days=history_days), END), how="import")
    analyze(Settings(), store, END)
    until = END + timedelta(days=2)
    store.items.write(reviews(END, until), how="import")
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    def listen(connection: Any, *_: Any) -> None:
        connection.set_progress_handler(tick, STEP)

    sa.event.listen(store.database.engine, "checkout", listen)
    (report,) = analyze(Settings(), store, until)
    assert report.items == A_DAY * (history_days + 2)
    return ticks * STEP


def test_the_work_does_not_grow_with_the_history(tmp_path: Path, secret: bytes) -> None:
    found = []
    looked_back = LOOKED_BACK // timedelta(days=1)
    for days in (looked_back + 100, 3 * looked_back):
        with open_store(str(tmp_path / f"{days}.db"), secret=secret) as store:
            found.append(work_of_two_days(store, days))
    assert found[0] > 100 * STEP
    assert found[1] <= 1.01 * found[0]
    # What is looked back over is read by the hour: twenty instructions for each that has reviews.
    assert found[0] <= 22 * A_DAY * looked_back
