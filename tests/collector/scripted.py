"""A platform in memory and a source that reads it, to test how runs are made, without HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.records import RawItem, RunReport
from collector.settings.config import Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.store import Store

APP = "library-card"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that only the test moves; sleeping moves it, too."""

    now: datetime = START
    slept_s: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return (self.now - START).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds
        self.now += timedelta(seconds=seconds)

    def pass_time(self, **how: float) -> None:
        self.now += timedelta(**how)


@dataclass
class Platform:
    """Reviews as a platform lists them: newest first, `page_size` a page, at most `cap`.

    fail_at: the number of the page at which the next walk raises `failure`.
    """

    page_size: int = 10
    cap: int | None = None
    items: dict[str, RawItem] = field(default_factory=dict)
    removed: dict[str, datetime] = field(default_factory=dict)
    pages_read: int = 0
    fail_at: int | None = None
    failure: Exception | None = None
    shuffle: Callable[[list[RawItem]], list[RawItem]] = lambda rows: rows
    during: Callable[[int], None] = lambda page: None

    def add(self, at: datetime, *, stars: int = 3, text: str = "fine", **more: Any) -> str:
        item_id = f"r{len(self.items) + len(self.removed):05d}"
        self.items[item_id] = RawItem(
            source="scripted", item_id=item_id, created_at=at, rating=stars, text=text, **more
        )
        return item_id

    def edit(self, item_id: str, **changes: Any) -> None:
        self.items[item_id] = replace(self.items[item_id], **changes)

    def remove(self, item_id: str, at: datetime) -> None:
        del self.items[item_id]
        self.removed[item_id] = at

    def listed(self) -> list[RawItem]:
        newest = sorted(
            self.items.values(), key=lambda r: (r.updated_at or r.created_at, r.item_id or "")
        )[::-1]
        return newest[: self.cap]

    def walk(self, visit: Visit) -> Iterator[Page]:
        """Pages by number, as the App Store has them: what changes meanwhile shifts them."""
        number = 0
        while True:
            number += 1
            self.pages_read += 1
            if self.fail_at == number and self.failure is not None:
                raise self.failure
            listed = self.shuffle(self.listed())
            rows = listed[(number - 1) * self.page_size : number * self.page_size]
            last = number * self.page_size >= len(listed)
            capped = last and self.cap is not None and len(self.items) > self.cap
            end = End(kind="cap" if capped else "end", why="all read") if last else None
            yield Page(items=tuple(rows), end=end)
            if last:
                return
            self.during(number)

    def source(self, **changes: Any) -> Source:
        given: dict[str, Any] = {
            "name": "scripted",
            "title": "Scripted",
            "gives": "",
            "needs": "",
            "cost": "",
            "cannot_see": "",
            "limits": "",
            "terms": "",
            "plan": lambda app, settings: Plan(parts=(Part(key="reviews"),)),
            "walk": self.walk,
            "page_size": self.page_size,
            "tells_gone": True,
        }
        return Source(**{**given, **changes})


@dataclass
class Bench:
    """A store, a clock and sources to run on them."""

    store: Store
    folder: Path
    clock: Clock = field(default_factory=Clock)
    key: str = APP
    settings: Settings = field(
        default_factory=lambda: Settings(apps={APP: {"name": "Library Card"}})
    )

    def run(self, *sources: Source, **how: Any) -> list[RunReport]:
        around = Surroundings(
            clock=self.clock,
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            private_dir=self.folder,
        )
        return collect(self.settings, self.store, around, sources=sources, **how)

    def run_one(self, source: Source) -> RunReport:
        (report,) = self.run(source)
        return report

    def items(self) -> pd.DataFrame:
        """What each item says now."""
        every = self.store.items.versions(self.key)
        return every.drop_duplicates("item_id", keep="last").set_index("item_id")
