"""`python -m tests.standins`: what it starts and writes is what `collect` needs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.everything import secrets_of, stand_ins
from analysis.simulate.standins.loopback import StandIn
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.settings.config import load_settings
from collector.store import open_store
from tests.standins.__main__ import drill_now, start, write_settings

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.fixture
def servers() -> Iterator[dict[str, StandIn]]:
    servers = stand_ins(drill_now(8, 0, NOW), lambda: NOW)
    yield servers
    for server in servers.values():
        server.close()


def test_the_written_settings_collect_everything(
    servers: dict[str, StandIn], tmp_path: Path, secret: bytes
) -> None:
    world = drill_now(8, 0, NOW)
    assert NOW - world.truth[0].onset == timedelta(hours=8)
    path = write_settings(tmp_path / "new", world, start(servers, 0))
    secrets = {f"FLOODGAUGE_{k.upper()}": v for k, v in secrets_of(servers).items()}
    settings = load_settings(path, secrets)
    around = Surroundings(clock=lambda: NOW, sleep=lambda _: None, private_dir=tmp_path)
    assert settings.store is not None
    with open_store(settings.store, secret=secret) as store:
        reports = collect(settings, store, around)
        items = store.items.frame(world.app)
    outcomes = {report.source: report.outcome for report in reports}
    assert outcomes == dict.fromkeys(
        ("app_store", "bluesky", "feeds", "google_play", "mastodon", "x"), "ok"
    )
    flood = items[(items["created_at"] >= world.truth[0].onset) & (items["kind"] == "review")]
    assert len(flood) > 150
    assert flood["rating"].mean() < 1.3
