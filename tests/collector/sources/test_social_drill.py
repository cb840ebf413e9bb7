"""The drill's posts and statements, collected by the real client libraries from the stand-ins."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.simulate import simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.standins.bluesky import HANDLE, PASSWORD
from analysis.simulate.standins.social import social_stand_ins
from collector.config import Settings
from collector.run import Surroundings, collect
from collector.store import open_store
from tests.collector.sources.social import X_TOKEN, Clock


def test_drill_by_the_real_clients(tmp_path: Path, secret: bytes) -> None:
    world = simulate(iwatch_drill(), 2020)
    clock = Clock(datetime(2020, 5, 30, 12, tzinfo=UTC))
    with ExitStack() as stack:
        servers = social_stand_ins(world, clock)
        for server in servers.values():
            stack.enter_context(server)
        settings = Settings.model_validate(
            {
                "apps": {
                    world.app: {
                        "name": world.name,
                        "queries": [f'"{world.name}"'],
                        "statement_feeds": ["https://news.example.org/rss.xml"],
                    }
                },
                "endpoints": {host: server.address for host, server in servers.items()},
                "collecting": {"requests_per_second": 10},
                "bluesky": {"handle": HANDLE},
                "x": {
                    "monthly_budget_usd": 50,
                    "approved_by": "Chief",
                    "approved_on": "2020-05-01",
                },
                "secrets": {"bluesky_app_password": PASSWORD, "x_bearer_token": X_TOKEN},
            }
        )
        around = Surroundings(
            clock=clock, sleep=clock.sleep, monotonic=clock.monotonic, private_dir=tmp_path
        )
        store = stack.enter_context(open_store(f"sqlite:///{tmp_path / 'store.db'}", secret=secret))
        reports = []
        while clock.now < datetime(2020, 6, 2, 13, tzinfo=UTC):
            reports += collect(settings, store, around)
            clock.pass_time(hours=6)
        assert {report.outcome for report in reports} == {"ok"}
        items = store.items.frame(world.app)
        told = set(store.timeline.context(world.app)["title"])
    start = datetime(2020, 5, 30, 12, tzinfo=UTC)
    gone = {removal.item_id for removal in world.removals if removal.at < clock.now}
    sure = [p for p in world.posts if p.created_at > start and p.item_id not in gone]
    for source in ("x", "bluesky", "mastodon"):
        found = items[items["source"] == source]
        recent = found[found["created_at"] > start]
        assert abs(len(recent) - len(sure)) <= len(gone)
        assert found["item_id"].is_unique
    assert told >= {
        e.title
        for e in world.context
        if start - timedelta(days=2) < e.at < clock.now - timedelta(hours=7)
    }
