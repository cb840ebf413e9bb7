"""The first fortnight by cron of what a plain link sets up, on both databases."""

from datetime import timedelta
from pathlib import Path

import stamina
import time_machine

from analysis.run import analyze
from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.everything import served
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.shop import Shop
from analysis.words.documents import shown_incidents
from collector.blind_spots import with_blind_spots
from collector.freshness import source_states
from collector.new_app.starter_file import start_from
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.settings.config import parse_settings
from collector.store import Store
from dashboard.command_line.run_lines import exit_code
from tests.collector.new_app.test_first_link import (
    NOW,
    NUMBER,
    PACKAGE,
    reviews,
    served_here,
    world,
)
from tests.collector.sources.social import Clock

PLAY = f"https://play.google.com/store/apps/details?id={PACKAGE}"
BEGIN = NOW - timedelta(days=14)
EVERY, RUNS = timedelta(days=3), 5


def test_everything_is_read_and_nothing_is_cried(any_store: Store, tmp_path: Path) -> None:
    """Two languages and a storefront whose feed shows its newest 500 of 540."""
    items = reviews("google_play", {"de": 90, "en": 60}) + reviews("app_store", {"de": 540})
    one, clock = world("NINA – Die Warn-App", items), Clock(BEGIN)
    servers = {
        "play.google.com": GooglePlayServer({PACKAGE: Shop(one, "google_play", clock)}),
        "itunes.apple.com": AppStoreServer({NUMBER: Shop(one, "app_store", clock)}),
    }
    with served(servers) as addresses:  # type: ignore[arg-type]
        settings = served_here(addresses)
        with time_machine.travel(BEGIN), stamina.set_testing(True, attempts=1):
            start = start_from(PLAY, settings)
        app = parse_settings(start.toml).apps[start.key]
        both = app.model_copy(update={"app_store": NUMBER, "countries": ("de",), "queries": ()})
        settings = settings.model_copy(update={"apps": {"nina": both}})
        codes = []
        for _ in range(RUNS):
            around = Surroundings(
                clock=clock, sleep=clock.sleep, monotonic=clock.monotonic, private_dir=tmp_path
            )
            codes.append(exit_code(collect(settings, any_store, around)))
            analyze(settings, any_store, clock())
            clock.now = max(clock.now, BEGIN + len(codes) * EVERY)
    assert set(codes) == {0}
    assert shown_incidents(any_store, "nina", clock()) == []
    stored = any_store.items.frame("nina")
    last = BEGIN + (RUNS - 1) * EVERY
    shown = {i.item_id for i in items if i.source == "google_play" and i.created_at <= last}
    assert set(stored["item_id"][stored["source"] == "google_play"]) == shown
    rows = with_blind_spots(source_states(any_store), any_store, settings, clock())
    assert [row.elsewhere for row in rows] == [(), ()]
