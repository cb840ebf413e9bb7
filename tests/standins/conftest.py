"""The demo's drill, collected once for all tests of this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from analysis.simulate import World, simulate
from analysis.simulate.collecting import around_events
from analysis.simulate.drill import iwatch_drill
from collector.store import Store, open_store
from dashboard.drills.demo import SEED, run_drill


@dataclass(frozen=True)
class Drill:
    """The store that the demo leaves, the truth, and when the platforms were asked.

    said: the lines for people. told: what the progress bars were given.
    """

    store: Store
    world: World
    moments: tuple[datetime, ...]
    said: tuple[str, ...]
    told: tuple[tuple[str, int, int], ...]


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory, secret: bytes) -> Iterator[Drill]:
    folder = tmp_path_factory.mktemp("drill")
    world = simulate(iwatch_drill(), SEED)
    said: list[str] = []
    told: list[tuple[str, int, int]] = []
    with open_store(f"sqlite:///{folder / 'drill.db'}", secret=secret) as store:
        run_drill(store, progress=lambda *step: told.append(step), say=said.append)
        moments = tuple(around_events(world))
        yield Drill(store, world, moments, tuple(said), tuple(told))
