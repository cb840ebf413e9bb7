"""A folder with a small store, as the examples of the public names have it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analysis.run import analyze
from collector.privacy.protect import protect
from collector.records import ContextEvent, RatingSnapshot, RawItem, Release
from collector.settings.config import Settings
from collector.store import open_store

SECRET = b"a secret that is long enough for it"
START = datetime(2026, 5, 1, 10, 7, tzinfo=UTC)

TOTALS = RatingSnapshot(
    app="my-app",
    source="google_play",
    country="all",
    at=START,
    average=4.2,
    count=1200,
    star_1=None,
    star_2=None,
    star_3=None,
    star_4=None,
    star_5=None,
)
RELEASE = Release(
    app="my-app",
    source="google_play",
    version="2.0",
    released_at=START,
    first_seen=START,
    notes=None,
)
HEADLINE = ContextEvent(
    app="my-app",
    source="feeds",
    event_id="1",
    at=START,
    kind="news",
    title="City app updated",
    url=None,
    first_seen=START,
)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of reviews.db."""
    folder = tmp_path_factory.mktemp("example")
    raw = [
        RawItem(
            source="google_play",
            created_at=START + timedelta(days=n),
            author=f"author {n}",
            rating=float(1 + n % 5),
            text=f"review number {n}",
            lang="en",
            country="us",
        )
        for n in range(10)
    ]
    with open_store(str(folder / "reviews.db"), secret=SECRET) as store:
        store.apps.ensure("my-app")
        items = [protect(one, app="my-app", secret=SECRET, seen_at=one.created_at) for one in raw]
        store.items.write(items, how="import")
        store.timeline.write_snapshots([TOTALS])
        store.timeline.write_releases([RELEASE])
        store.timeline.write_context([HEADLINE])
        analyze(Settings(), store, START + timedelta(days=12))
    return folder
