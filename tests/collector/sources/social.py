"""Runs of the social sources and feeds against their stand-ins, with a clock of the test's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.simulate.standins.bluesky import HANDLE, PASSWORD
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.standins.network import Network, Post
from collector.polling.run import collect
from collector.polling.surroundings import PollEvent, Surroundings
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store, open_store

APP = "library-card"
NAME = "Library Card"
START = datetime(2026, 3, 10, 12, tzinfo=UTC)
X_TOKEN = "x-token-of-the-stand-in"


@dataclass
class Clock:
    """Moves only when the test says so, or when the collector waits."""

    now: datetime = START
    waited_s: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return (self.now - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.waited_s += seconds
        self.now += timedelta(seconds=seconds)

    def pass_time(self, **how: float) -> None:
        self.now += timedelta(**how)


@dataclass
class Bench:
    """A store and the settings for one source on its stand-in."""

    store: Store
    folder: Path
    clock: Clock
    settings: Settings
    reports: list[RunReport] = field(default_factory=list)

    def run(self, source: str, progress: Callable[[PollEvent], None] = lambda _: None) -> RunReport:
        """One run of the source, an instant long."""
        around = Surroundings(
            clock=self.clock,
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            private_dir=self.folder,
            progress=progress,
        )
        (report,) = collect(self.settings, self.store, around, sources=[source])
        self.reports.append(report)
        return report

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Requests that are given up at once, for a server that never answers."""
        before = self.settings
        collecting = before.collecting.model_copy(update={"timeout_s": 0.2})
        self.settings = before.model_copy(update={"collecting": collecting})
        yield
        self.settings = before

    def items(self) -> pd.DataFrame:
        every = self.store.items.versions(APP)
        return every.drop_duplicates("item_id", keep="last").set_index("item_id")

    def texts(self) -> list[str]:
        return sorted(self.items()["text"])


def settings(server: StandIn, app: dict[str, Any] | None = None, **more: Any) -> Settings:
    """An app with one query; the source's host is answered by the stand-in."""
    given: dict[str, Any] = {
        "apps": {
            APP: {
                "name": NAME,
                "aliases": ["librarycard"],
                "queries": ["librarycard"],
                **(app or {}),
            }
        },
        "endpoints": {server.host: server.address},
        "collecting": {"timeout_s": 10, "requests_per_second": 10},
        "bluesky": {"handle": HANDLE},
        "x": {
            "monthly_budget_usd": 50,
            "approved_by": "Chief of Communications",
            "approved_on": "2026-01-02",
        },
        "secrets": {"bluesky_app_password": PASSWORD, "x_bearer_token": X_TOKEN},
    }
    return Settings.model_validate({**given, **more})


@contextmanager
def bench_of(
    server: StandIn, folder: Path, secret: bytes, clock: Clock, **more: Any
) -> Iterator[Bench]:
    """The stand-in started, a fresh store beside it."""
    with server, open_store(f"sqlite:///{folder / 'store.db'}", secret=secret) as store:
        yield Bench(store, folder / "private", clock, settings(server, **more))


def posts(
    count: int, *, every: timedelta = timedelta(minutes=10), until: datetime = START, first: int = 1
) -> list[Post]:
    """Posts that name the app, the newest one step before `until`."""
    return [
        Post(
            number=number,
            created_at=until - every * (first + count - number),
            text=f"the #librarycard post number {number}",
            author=f"author-{number % 7}",
        )
        for number in range(first, first + count)
    ]


def network(clock: Clock, *given: Post) -> Network:
    return Network(clock, given)


def wanted(network_: Network) -> list[str]:
    """Texts that can be seen on the network now."""
    return sorted(post.text for post in network_.visible())
