"""A run that finds nothing new makes the fewest requests that its overlap allows."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.collector.sources.places import PLACED, fill, place_of
from tests.collector.sources.social import START

FEWEST = {
    "app_store": 2,  # the newest page, and the totals
    "app_store_connect": 1,
    "app_store_scraper": 2,  # the token of the store's page, and the newest reviews
    "bluesky": 1,
    "feeds": 1,
    "google_play": 2,  # the newest page, and the totals
    "mastodon": 2,  # what is newer than the mark, and the overlap for edits
    "play_developer": 2,  # a token of an hour, and the newest page
    "x": 1,  # the count; nothing is read where nothing is counted
}


def test_every_source_has_its_number() -> None:
    assert set(FEWEST) == set(PLACED)


@pytest.mark.parametrize("source", PLACED)
def test_requests_of_a_run_that_finds_nothing_new(
    source: str, tmp_path: Path, secret: bytes
) -> None:
    """15 items of a week: any source's page holds them and reaches below its overlap."""
    with place_of(source, tmp_path, secret) as place:
        fill(place, 1, 15, START - timedelta(minutes=1), timedelta(hours=11))
        assert place.run().outcome == "ok"
        place.clock.pass_time(minutes=30)
        place.run()
        place.clock.pass_time(hours=1)
        before = len(place.server.requests)
        report = place.run()
        assert (report.outcome, report.new, report.changed) == ("ok", 0, 0)
        assert len(place.server.requests) - before == FEWEST[source]
        assert report.requests == FEWEST[source]
