"""A simulated world collected as a real one: its platforms on loopback, the real client libraries.

Only the platforms are simulated; sources, runs and store are those of every deployment.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from analysis.simulate.standins.everything import secrets_of, served, settings_of, stand_ins
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.world import World
from collector.polling.run import collect
from collector.polling.surroundings import PollEvent, Surroundings
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store

DAY = timedelta(days=1)


@dataclass(slots=True)
class WorldClock:
    """The world's present moment. Waiting moves it, so that polite pauses take no real time."""

    now: datetime
    waited_s: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def sleep(self, seconds: float) -> None:
        self.waited_s += seconds
        self.now += timedelta(seconds=seconds)


def collect_world(
    store: Store,
    world: World,
    moments: Iterable[datetime],
    private_dir: Path,
    *,
    tell: Callable[[datetime], None] = lambda _: None,
    progress: Callable[[PollEvent], None] = lambda _: None,
) -> list[RunReport]:
    """Run `collect` at each of the moments, in order, against the world's platforms.

    private_dir: for locks and sessions. tell: called with each moment before its run.
    """
    clock = WorldClock(world.start)
    servers = stand_ins(world, clock)
    reports: list[RunReport] = []
    store.apps.ensure(world.app, world.name, simulated=True)
    with served(servers) as addresses:
        settings = world_settings(world, servers, addresses)
        around = Surroundings(
            clock=clock,
            sleep=clock.sleep,
            monotonic=clock.monotonic,
            private_dir=private_dir,
            progress=progress,
        )
        for moment in moments:
            tell(moment)
            clock.now = max(clock.now, moment)
            reports += collect(settings, store, around)
    return reports


def world_settings(
    world: World, servers: Mapping[str, StandIn], addresses: Mapping[str, str]
) -> Settings:
    """Settings that ask the world's platforms, secrets included."""
    given = settings_of(world, addresses)
    collecting = {"requests_per_second": 10.0}
    return Settings.model_validate(
        {**given, "collecting": collecting, "secrets": secrets_of(servers)}
    )


def around_events(
    world: World,
    *,
    before: timedelta = timedelta(days=64),
    quiet: timedelta = timedelta(days=5),
    every: timedelta = timedelta(hours=1),
) -> Iterator[datetime]:
    """Moments at which to collect: a first backfill so long before the first event, then now and
    then while it is quiet, and from the day before the event regularly to the end.

    quiet: less than the seven days that X looks back. With these defaults the shops' weekly walk
    to the end of their lists comes three days after the onset, when much has been taken away.
    """
    onset = min((event.onset for event in world.truth), default=world.end)
    moment = max(onset - before, world.start + every)
    while moment < world.end:
        yield moment
        rest = onset - DAY - moment
        moment += max(every, min(quiet, rest))
    yield world.end
