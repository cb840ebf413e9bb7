"""Clocks that are wrong write nothing; what a fast one left behind can be mended."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from collector.clock_check import ServerClocks, check
from collector.errors import ClockError
from collector.http import Http
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.settings.config import Settings
from collector.sources import Page, Source, Visit
from collector.store import Store, open_store
from tests.collector.scripted import APP, START, Bench, Clock, Platform
from tests.collector.store.items import item
from tests.dashboard.commands.test_import_and_status import Floodgauge, csv_of, floodgauge, many

__all__ = ["floodgauge"]  # a fixture

SECRET = b"a secret for tests, 32 bytes long"
SETTINGS = Settings(apps={APP: {"name": "Library Card"}})
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WRONG = st.integers(660, 20 * 365 * 86_400).flatmap(lambda s: st.sampled_from([s, -s]))


def heard(platform: Platform, true: Clock, servers: ServerClocks) -> Source:
    """The platform by a server whose clock is right."""

    def walk(visit: Visit) -> Iterator[Page]:
        servers.heard("example.org", format_datetime(true.now, usegmt=True))
        yield from platform.walk(visit)

    return platform.source(walk=walk)


def run(store: Store, folder: Path, platform: Platform, true: Clock, off: timedelta) -> None:
    servers = ServerClocks(lambda: true.now + off)
    around = Surroundings(
        clock=servers.clock,
        sleep=lambda _: None,
        monotonic=true.monotonic,
        private_dir=folder,
        servers=servers,
    )
    collect(SETTINGS, store, around, sources=[heard(platform, true, servers)])


def contents(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, list[tuple[object, ...]]]:
    with store.database.connect() as connection:
        marks = connection.exec_driver_sql("SELECT * FROM cursors ORDER BY app, source, name").all()
    return store.items.frame(APP), store.runs.frame(APP), [tuple(row) for row in marks]


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.integers(1, 72), st.one_of(st.just(0), WRONG)), max_size=8))
def test_jumping_clocks_end_in_the_right_store(
    tmp_path_factory: pytest.TempPathFactory, jumps: list[tuple[int, int]]
) -> None:
    """Both ways, from minutes to years, in any order: as if those runs had not been."""
    folder = tmp_path_factory.mktemp("jumps")
    with (
        open_store(f"sqlite:///{folder / 'jumping.db'}", secret=SECRET) as jumping,
        open_store(f"sqlite:///{folder / 'right.db'}", secret=SECRET) as right,
    ):
        true, platform = Clock(), Platform()
        for hours, off in [*jumps, (1, 0)]:
            true.pass_time(hours=hours)
            platform.add(true.now - timedelta(minutes=30))
            if off:
                with pytest.raises(ClockError):
                    run(jumping, folder / "a", platform, true, timedelta(seconds=off))
            else:
                run(jumping, folder / "a", platform, true, timedelta(0))
                run(right, folder / "b", platform, true, timedelta(0))
        for ours, theirs in zip(contents(jumping)[:2], contents(right)[:2], strict=True):
            pd.testing.assert_frame_equal(ours, theirs)
        assert contents(jumping)[2] == contents(right)[2]


def test_before_the_newest_run_nothing_is_written(any_store: Store, tmp_path: Path) -> None:
    bench, platform = Bench(any_store, tmp_path, Clock()), Platform()
    platform.add(START - DAY)
    bench.run_one(platform.source())
    platform.add(START)
    before = contents(any_store)
    bench.clock.now = START - 7 * DAY
    with pytest.raises(ClockError, match="floodgauge repair"):
        bench.run(platform.source())
    pd.testing.assert_frame_equal(contents(any_store)[0], before[0])
    bench.clock.now = START - MINUTE  # another host's
    assert bench.run_one(platform.source()).new == 1


def test_a_fast_clock_is_mended(any_store: Store, tmp_path: Path) -> None:
    """Nothing told that it was fast: the dates come back to the present, and go on from there."""
    clock = Clock()
    any_store = Store(replace(any_store.database, clock=clock))
    bench, platform = Bench(any_store, tmp_path, clock), Platform()
    platform.add(START - DAY)
    bench.run_one(platform.source())
    platform.add(START)
    bench.clock.now = START + 400 * DAY
    bench.run_one(platform.source())
    now = bench.clock.now = START + DAY
    with pytest.raises(ClockError):
        bench.run(platform.source())
    changed = any_store.clocks.repair(now)
    assert changed["runs"] >= 1
    items = bench.items()
    assert items["first_seen"].tolist() == [START, now]
    assert (items["last_seen"] <= now).all()
    platform.add(now)
    assert bench.run_one(platform.source()).new == 1
    assert any_store.runs.frame(APP)["ended_at"].max() <= bench.clock.now
    assert any_store.clocks.repair(bench.clock.now + MINUTE) == {}


def test_one_server_of_many_may_be_wrong() -> None:
    servers = ServerClocks(lambda: START)
    servers.heard("right.example", format_datetime(START, usegmt=True))
    servers.heard("wrong.example", format_datetime(START - 9 * DAY, usegmt=True))
    servers.hold()
    for said in (None, "", "soon", "Sat, 31 Feb 2026 00:00:00 GMT"):
        ServerClocks(lambda: START).heard("example.org", said)
    cached = format_datetime(START - DAY, usegmt=True)
    ServerClocks(lambda: START).heard("cdn.example", cached, "86400")
    with pytest.raises(ClockError, match=r"wrong\.example"):
        ServerClocks(lambda: START).heard("wrong.example", cached)


@pytest.mark.parametrize("off", [-3, 3])
def test_http_hears_the_date_of_every_answer(httpserver: HTTPServer, off: int) -> None:
    httpserver.expect_request("/").respond_with_data("{}")
    servers = ServerClocks(lambda: datetime.now(UTC) + off * DAY)
    pace = {"requests_per_second": 10.0, "timeout_s": 20.0}
    with Http(**pace, allow_private=True, servers=servers) as http, pytest.raises(ClockError):
        http.get(httpserver.url_for("/"))
    with pytest.raises(ClockError):
        servers.hold()


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that can be read."""
    with sqlite3.connect(path) as connection:
        plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'item_words'"
        names = [name for (name,) in connection.execute(plain)]
        said = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608
    connection.close()
    return said


def test_commands_say_it_and_repair_mends_it(floodgauge: Floodgauge, tmp_path: Path) -> None:
    floodgauge("import", many(tmp_path / "r.csv", 5), "--app", "tips")
    ahead = datetime.now(UTC) + 30 * DAY
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with open_store(url, secret=b"a secret for tests, long enough") as store:
        store.items.write(
            [item("fast", app="tips", first_seen=ahead, last_seen=ahead)], how="import"
        )
        store.clocks.note(ahead)
    before = dump(tmp_path / "store.db")
    more = csv_of(tmp_path / "more.csv", ["n1,2025-02-01T10:00:00Z,1,later,writer"])
    (tmp_path / "floodgauge.toml").write_text('[apps.tips]\ngoogle_play = "com.example.tips"\n')
    for words in (("import", more, "--app", "tips"), ("analyze",), ("collect",)):
        done = floodgauge(*words)
        assert done.code == 2, done
        assert "floodgauge repair" in done.err
        assert f"{ahead:%Y-%m-%d %H:%M:%S} UTC" in done.err
    assert dump(tmp_path / "store.db") == before
    done = floodgauge("repair")
    assert (done.code, "items" in done.out) == (0, True)
    assert floodgauge("import", more, "--app", "tips").code == 0
    assert floodgauge("analyze").code == 0
    assert "nothing to mend" in floodgauge("repair").out


def test_a_small_difference_between_hosts_is_none(any_store: Store) -> None:
    any_store.clocks.note(START)
    check(any_store, START - MINUTE)
    any_store.clocks.note(START - MINUTE)
    assert any_store.clocks.newest() == START
    with pytest.raises(ClockError):
        check(any_store, START - 3 * MINUTE)
