"""`status` says what a source that answers does not reach."""

from datetime import timedelta
from pathlib import Path

import pytest

from analysis import series
from analysis.simulate.standins.everything import served
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.network import Network, Post
from analysis.simulate.standins.shop import Shop
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.blind_spots import with_blind_spots
from collector.freshness import SourceState, source_states
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.settings.config import Settings
from collector.store import Store
from tests.collector.new_app.test_first_link import NOW, PACKAGE, reviews, world
from tests.collector.sources.social import Clock


def states(
    store: Store,
    folder: Path,
    app: dict[str, object],
    servers: dict[str, StandIn],
    clock: Clock,
    runs: int = 1,
) -> dict[str, SourceState]:
    with served(servers) as addresses:
        settings = Settings.model_validate(
            {
                "apps": {"app": app},
                "endpoints": addresses,
                "collecting": {"requests_per_second": 10},
            }
        )
        around = Surroundings(
            clock=clock, sleep=clock.sleep, monotonic=clock.monotonic, private_dir=folder
        )
        for _ in range(runs):
            collect(settings, store, around)
            clock.pass_time(days=1)
    rows = with_blind_spots(source_states(store), store, settings, clock())
    return {row.source: row for row in rows}


def words(row: SourceState) -> str:
    return told(row.remark or "", english())


def play(found: dict[str, int], clock: Clock) -> dict[str, StandIn]:
    one = world("Meine Stadt", reviews("google_play", found))
    return {"play.google.com": GooglePlayServer({PACKAGE: Shop(one, "google_play", clock)})}


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (["en"], "reads 150 of about 556; other languages exist: add de, es"),
        (["en", "es", "de"], ""),
    ],
)
def test_languages_that_nobody_reads(
    store: Store, tmp_path: Path, languages: list[str], said: str
) -> None:
    clock = Clock(NOW)
    servers = play({"en": 150, "es": 190, "de": 216}, clock)
    app = {"google_play": PACKAGE, "languages": languages}
    row = states(store, tmp_path, app, servers, clock)["google_play"]
    assert words(row) == said
    assert (row.outcome, row.written) == ("ok", 556)


def test_unread_languages_are_a_gap_until_they_are_read(store: Store, tmp_path: Path) -> None:
    clock = Clock(NOW)
    servers = play({"en": 150, "es": 190}, clock)
    states(store, tmp_path, {"google_play": PACKAGE, "languages": ["en"]}, servers, clock)
    now = clock()
    week = (now - timedelta(days=7), now)
    assert series.coverage_so_far(store, "app").within(*week) == "gaps"
    states(store, tmp_path, {"google_play": PACKAGE, "languages": ["en", "es"]}, servers, clock)
    assert series.coverage_so_far(store, "app").within(*week) == "complete"


def posts(texts: list[str]) -> dict[str, StandIn]:
    found = [
        Post(number=n, created_at=NOW - timedelta(hours=n + 1), text=text)
        for n, text in enumerate(texts)
    ]
    return {"mastodon.social": MastodonServer(Network(lambda: NOW, found))}


def test_the_share_of_posts_about_the_app(store: Store, tmp_path: Path) -> None:
    texts = [f"a senior #citizen, case {n}" for n in range(39)] + ["the #citizen app is down"]
    app = {"name": "Citizen: Protect The World", "queries": ['"Citizen"']}
    row = states(store, tmp_path, app, posts(texts), Clock(NOW))["mastodon"]
    assert row.about == pytest.approx(1 / 40)
    assert words(row).startswith("only 1 of the newest 40 posts speaks of an app")


def test_headlines_and_posts_need_the_context(store: Store, tmp_path: Path) -> None:
    texts = [f"a senior #citizen, case {n}" for n in range(39)] + ["the #citizen app is down"]
    app = {"name": "Citizen", "queries": ['"Citizen"'], "context": ["app"]}
    row = states(store, tmp_path, app, posts(texts), Clock(NOW))["mastodon"]
    assert row.items == 1


def test_a_week_without_a_post(store: Store, tmp_path: Path) -> None:
    clock = Clock(NOW - timedelta(days=9))
    servers = play({"en": 150}, clock) | posts([])
    app = {"name": "Meine Stadt", "google_play": PACKAGE, "queries": ['"Meine Stadt"']}
    row = states(store, tmp_path, app, servers, clock, runs=9)["mastodon"]
    assert words(row).startswith("no post for a week, in which the app got ")
    assert words(row).endswith(": do people call it Meine Stadt?")
