"""Two hosts on one PostgreSQL: each source of an app is read by one of them at a time."""

import os
import signal
import time
from pathlib import Path

from collector.end_codes import reason
from collector.polling.run import collect
from collector.polling.surroundings import PollEvent, Surroundings
from collector.store import Store, open_store
from tests.collector.scripted import APP, START, Bench, Clock, Platform
from tests.processes import SECRET, hold_lock_of_store, holding


def events(bench: Bench, platform: Platform) -> list[PollEvent]:
    said: list[PollEvent] = []
    around = Surroundings(
        clock=bench.clock,
        sleep=bench.clock.sleep,
        monotonic=bench.clock.monotonic,
        private_dir=bench.folder,
        progress=said.append,
    )
    collect(bench.settings, bench.store, around, sources=[platform.source(cost="free")])
    return said


def test_a_killed_holder_frees_the_source(postgres_url: str, tmp_path: Path) -> None:
    platform = Platform()
    platform.add(START)
    with open_store(postgres_url, secret=SECRET) as store:
        bench = Bench(store, tmp_path / "this host", Clock())
        process, alone = holding(hold_lock_of_store, postgres_url, f"collect {APP} scripted")
        assert alone
        try:
            (skipped,) = events(bench, platform)
            assert (skipped.step, skipped.message) == (
                "skipped",
                reason("off-busy"),
            )
            assert store.runs.frame(APP).empty
        finally:
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join(30)
        for _ in range(100):
            if events(bench, platform)[-1].step == "finished":
                break
            time.sleep(0.1)
        assert len(store.runs.frame(APP)) == 1


def test_held_once_and_free_afterwards(postgres_url: str) -> None:
    with (
        open_store(postgres_url, secret=SECRET) as one,
        open_store(postgres_url, secret=SECRET) as other,
    ):
        with (
            one.database.only_one("a") as first,
            other.database.only_one("a") as second,
            other.database.only_one("b") as third,
        ):
            assert (first, second, third) == (True, False, True)
        with other.database.only_one("a") as again:
            assert again


def test_what_costs_money_is_spent_by_one_host(postgres_url: str, tmp_path: Path) -> None:
    platform = Platform()
    with (
        open_store(postgres_url, secret=SECRET) as other,
        open_store(postgres_url, secret=SECRET) as store,
        other.database.only_one("collect scripted"),  # for whichever app
    ):
        source = platform.source(cost="$0.005 a post read")
        assert Bench(store, tmp_path, Clock()).run(source) == []


def test_a_file_is_guarded_by_its_own_machine(store: Store) -> None:
    with store.database.only_one("a") as first, store.database.only_one("a") as second:
        assert first
        assert second
