"""Social sources under faults in series and interruptions: nothing lost, nothing twice."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.simulate.standins.bluesky import BlueskyServer
from analysis.simulate.standins.loopback import ON_THE_WIRE, Fault, StandIn
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.network import Network, Post
from analysis.simulate.standins.x import XServer
from collector.polling.surroundings import PollEvent
from tests.collector.sources.social import (
    APP,
    START,
    Bench,
    Clock,
    bench_of,
    network,
    posts,
    wanted,
)

SERVERS: dict[str, type[BlueskyServer | MastodonServer | XServer]] = {
    "bluesky": BlueskyServer,
    "mastodon": MastodonServer,
    "x": XServer,
}
HARMLESS: frozenset[Fault] = frozenset({"more_rows", "duplicate_rows", "out_of_order"})
"""Odd answers that a source must take as they are."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=sorted(SERVERS))
def source(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def platform(clock: Clock) -> Network:
    return network(clock, *posts(130, until=START - timedelta(minutes=1)))


@pytest.fixture
def bench(
    source: str, platform: Network, clock: Clock, tmp_path: Path, secret: bytes
) -> Iterator[tuple[Bench, StandIn]]:
    server = SERVERS[source](platform)
    with bench_of(server, tmp_path, secret, clock) as made:
        yield made, server


@pytest.mark.parametrize("fault", ["reset", "429", "html", "truncated"])
def test_service_that_breaks_off(
    bench: tuple[Bench, StandIn], source: str, platform: Network, clock: Clock, fault: Fault
) -> None:
    """A failure in the middle: what came before is kept, no hole stays behind."""
    made, server = bench
    made.run(source)
    for post in posts(
        130, every=timedelta(seconds=20), until=START + timedelta(hours=1), first=500
    ):
        platform.add(post)
    clock.pass_time(hours=2)
    good: Fault = "clock_skew" if source == "x" else "duplicate_rows"  # both change nothing here
    server.fail(good, always=fault)
    report = made.run(source)
    assert report.outcome in ("partial", "failed")
    server.fail()
    clock.pass_time(minutes=1)
    assert made.run(source).outcome == "ok"
    assert made.texts() == wanted(platform)


def test_seeded_month_of_faults(
    bench: tuple[Bench, StandIn], source: str, platform: Network, clock: Clock
) -> None:
    """Posts, edits and faults in random order: in the end the store has what was visible."""
    made, server = bench
    dice = random.Random(f"faults {source}")
    number = 1000
    for _ in range(12):
        clock.pass_time(minutes=dice.choice([10, 30, 90]))
        for _ in range(dice.choice([0, 1, 5, 45])):
            number += 1
            at = clock.now - timedelta(seconds=dice.randrange(60, 500))
            platform.add(Post(number=number, created_at=at, text=f"#librarycard number {number}"))
        if dice.random() < 0.3:
            platform.edit(number, f"#librarycard changed {number}", clock.now)
        faults = dice.choices([*ON_THE_WIRE, *HARMLESS], k=dice.randrange(3))
        server.fail(*(fault for fault in faults if fault != "time_out"))
        made.run(source)
    server.fail()
    clock.pass_time(minutes=10)
    assert made.run(source).outcome == "ok"
    assert set(made.texts()) == set(wanted(platform))
    assert made.items().index.is_unique


def test_interrupted_anywhere_and_resumed(
    bench: tuple[Bench, StandIn], source: str, platform: Network, clock: Clock
) -> None:
    """Runs that end after any page, as if killed there: the store ends as if none had."""
    made, server = bench
    dice = random.Random(f"interrupts {source}")
    number = 1000

    def stop_after(pages: int) -> Callable[[PollEvent], None]:
        left = [pages]

        def count(event: PollEvent) -> None:
            left[0] -= event.step == "page"
            if left[0] <= 0:
                raise KeyboardInterrupt

        return count

    interrupted = 0
    for _ in range(10):
        clock.pass_time(minutes=20)
        for _ in range(dice.choice([1, 20, 130])):
            number += 1
            at = clock.now - timedelta(seconds=dice.randrange(60, 1100))
            platform.add(Post(number=number, created_at=at, text=f"#librarycard number {number}"))
        try:
            made.run(source, stop_after(dice.randrange(1, 4)))
        except KeyboardInterrupt:
            interrupted += 1
    assert interrupted > 3
    clock.pass_time(minutes=10)
    assert made.run(source).outcome == "ok"
    assert made.texts() == wanted(platform)
    if isinstance(server, XServer):
        booked = made.store.cursors.get(APP, "x", "cost:2026-03")
        assert float(booked or 0) >= server.billed_posts * 0.005 - 1e-9
