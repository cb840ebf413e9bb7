"""Every source on its stand-in, behind one interface: what a test adds, changes and takes away."""

import json
import sys
import types
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pytest

from analysis.simulate import Edit
from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.bluesky import HANDLE, PASSWORD, BlueskyServer
from analysis.simulate.standins.feeds import Entry, FeedServer
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.network import Network, Post
from analysis.simulate.standins.owner import AppStoreConnectServer, PlayDeveloperServer
from analysis.simulate.standins.shop import Shop, page_of
from analysis.simulate.standins.x import XServer
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.collector.sources.keys import EC_KEY, SERVICE_ACCOUNT
from tests.collector.sources.scripted_library import ScriptedAppStore
from tests.collector.sources.social import START, X_TOKEN, Clock
from tests.standins.shops import APP, PACKAGE, STORE_ID, bare_shop, review

PLACED = (
    "app_store",
    "app_store_connect",
    "app_store_scraper",
    "bluesky",
    "feeds",
    "google_play",
    "mastodon",
    "play_developer",
    "x",
)
"""Sources with a place here; a new one has a test of its own, and may get its place later."""
FEED = "https://news.example.org/rss.xml"


class Things(Protocol):
    """What a platform lists: numbered reviews, posts or headlines."""

    def add(self, number: int, at: datetime) -> None: ...

    def edit(self, number: int, at: datetime) -> None: ...

    def remove(self, number: int, at: datetime) -> None: ...

    def shown(self) -> dict[str, datetime]:
        """Texts that can be seen now, each with the time by which the platform lists it."""
        ...


class Reviews:
    """Reviews of a store."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop

    def add(self, number: int, at: datetime) -> None:
        self.shop.add([review(number, at, source=self.shop.source)])

    def edit(self, number: int, at: datetime) -> None:
        self.shop.edit(Edit(at, self._id(number), rating=5.0, text=f"Edited {number}"))

    def remove(self, number: int, at: datetime) -> None:
        self.shop.remove(self._id(number), at)

    def shown(self) -> dict[str, datetime]:
        return {row.text or "": row.updated_at or row.created_at for row in self.shop.listed()}

    def _id(self, number: int) -> str:
        return review(number, START, source=self.shop.source).item_id or ""


class Posts:
    """Posts of a network."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def add(self, number: int, at: datetime) -> None:
        self.network.add(Post(number=number, created_at=at, text=f"#librarycard Text {number}"))

    def edit(self, number: int, at: datetime) -> None:
        self.network.edit(number, f"#librarycard Edited {number}", at)

    def remove(self, number: int, at: datetime) -> None:
        self.network.remove(number, at)

    def shown(self) -> dict[str, datetime]:
        return {post.text: post.created_at for post in self.network.visible()}


class Headlines:
    """Entries of a feed."""

    def __init__(self, server: FeedServer) -> None:
        self.server = server

    def add(self, number: int, at: datetime) -> None:
        link = f"https://news.example.org/{number}"
        self.server.entries.append(Entry(f"Library Card Text {number}", at, link))

    def edit(self, number: int, at: datetime) -> None:
        raise NotImplementedError

    def remove(self, number: int, at: datetime) -> None:
        self.server.entries = [e for e in self.server.entries if not e.link.endswith(f"/{number}")]

    def shown(self) -> dict[str, datetime]:
        now = self.server.clock()
        return {e.title: e.at for e in self.server.entries if e.at is not None and e.at <= now}


class ScrapedServer(StandIn):
    """The web app's own API, as app-store-scraper reads it."""

    host = "amp-api.apps.apple.com"
    size = 20

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self.shop = shop

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        if not request.path.endswith("/reviews"):
            return Answer(200, b'<meta content="token%22%3A%22tok%22">')
        rows, start = self.shop.listed(country="us"), int(request.query.get("offset", "0"))
        page = page_of(rows, start, self.size, fault)
        following = start + self.size
        if fault in ("repeated_token", "empty_page_with_token"):
            following = self.size
        more = {"next": f"{request.path}?offset={following}"} if following < len(rows) else {}
        data = [
            {
                "id": row.item_id,
                "attributes": {
                    "date": row.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "rating": int(row.rating or 0),
                    "title": row.title,
                    "review": row.text,
                    "userName": row.author,
                },
            }
            for row in page
        ]
        return json_answer({"data": data, **more})


@dataclass
class Place:
    """A source, its platform, and a store of its own.

    timeout_s: how long a request waits for a server that never answers. pages: that one run may
    read, where less than usual.
    """

    source: str
    server: StandIn
    things: Things
    store: Store
    clock: Clock
    folder: Path
    timeout_s: float = 10.0
    pages: dict[str, int] = field(default_factory=dict)
    reports: list[RunReport] = field(default_factory=list)

    def run(self) -> RunReport:
        """One run of the source; what it waits, the clock shows."""
        around = Surroundings(
            clock=self.clock,
            sleep=self.clock.sleep,
            monotonic=self.clock.monotonic,
            private_dir=self.folder,
        )
        (report,) = collect(self.settings(), self.store, around, sources=[self.source])
        self.reports.append(report)
        return report

    def settings(self) -> Settings:
        """The app on this source alone; the source's hosts are answered by the stand-in."""
        route = {"app_store_scraper": "scraper", "app_store_connect": "owner"}
        social = {"name": "Library Card", "aliases": ["librarycard"], "queries": ["librarycard"]}
        app: dict[str, Any] = {
            "google_play": {"google_play": PACKAGE},
            "play_developer": {"google_play": PACKAGE, "google_play_route": "owner"},
            "feeds": {"name": "Library Card", "news_feeds": [FEED]},
        }.get(self.source, social)
        if "app_store" in self.source:
            app = {"app_store": STORE_ID, "app_store_route": route.get(self.source, "public")}
        hosts = (self.server.host, "oauth2.googleapis.com", "apps.apple.com")
        given = {
            "apps": {APP: app},
            "endpoints": dict.fromkeys(hosts, self.server.address),
            "collecting": {
                "timeout_s": self.timeout_s,
                "requests_per_second": 10,
                "pages": self.pages,
            },
            "app_store_connect": {"key_id": "K1", "issuer_id": "I1"},
            "bluesky": {"handle": HANDLE},
            "x": {"monthly_budget_usd": 200, "approved_by": "Chief", "approved_on": "2026-01-02"},
            "secrets": {
                "app_store_connect_key": EC_KEY,
                "play_service_account": SERVICE_ACCOUNT,
                "bluesky_app_password": PASSWORD,
                "x_bearer_token": X_TOKEN,
            },
        }
        return Settings.model_validate(given)

    def items(self) -> pd.DataFrame:
        every = self.store.items.versions(APP)
        return every.drop_duplicates(["source", "item_id"], keep="last")

    def stored(self) -> list[str]:
        """Texts in the store that count as there, every row one."""
        if self.source == "feeds":
            return sorted(self.store.timeline.context(APP)["title"])
        items = self.items()
        return sorted(items["text"][items["removed_at"].isna()])

    def gone(self) -> set[str]:
        """Texts that count as taken away by the platform."""
        items = self.items()  # headlines never do
        return set(items["text"][items["removed_at"].notna()])

    def marks(self) -> dict[str, str | None]:
        """The marks of the source's parts."""
        latest = self.store.runs.latest(APP).iloc[0]
        parts = json.loads(latest["details"]) if latest["details"] else {}
        return {key: self.store.cursors.get(APP, self.source, key) for key in parts}


@contextmanager
def place_of(source: str, folder: Path, secret: bytes) -> Iterator[Place]:
    """The source's platform started, without anything on it, and a fresh store."""
    clock = Clock()
    server, things = _platform(source, clock)
    with ExitStack() as stack:
        stack.enter_context(server)
        if source == "app_store_scraper":
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            module = types.ModuleType("app_store_scraper")
            module.__spec__ = types.SimpleNamespace()  # type: ignore[assignment]
            module.AppStore = ScriptedAppStore  # type: ignore[attr-defined]
            patch.setitem(sys.modules, "app_store_scraper", module)
        store = stack.enter_context(open_store(f"sqlite:///{folder / 'store.db'}", secret=secret))
        yield Place(source, server, things, store, clock, folder / "private")


def _platform(source: str, clock: Clock) -> tuple[StandIn, Things]:
    network = Network(clock)
    match source:
        case "google_play":
            shop = bare_shop("google_play", clock)
            return GooglePlayServer({PACKAGE: shop}), Reviews(shop)
        case "play_developer":
            shop = bare_shop("google_play", clock)
            return PlayDeveloperServer({PACKAGE: shop}), Reviews(shop)
        case "app_store":
            shop = bare_shop("app_store", clock)
            return AppStoreServer({STORE_ID: shop}), Reviews(shop)
        case "app_store_connect":
            shop = bare_shop("app_store", clock)
            return AppStoreConnectServer({STORE_ID: shop}, limit=100_000), Reviews(shop)
        case "app_store_scraper":
            shop = bare_shop("app_store", clock)
            return ScrapedServer(shop), Reviews(shop)
        case "x":
            return XServer(network), Posts(network)
        case "bluesky":
            return BlueskyServer(network), Posts(network)
        case "mastodon":
            return MastodonServer(network), Posts(network)
        case "feeds":
            feed = FeedServer(clock)
            return feed, Headlines(feed)
    raise ValueError(f"no stand-in for {source}")


def fill(place: Place, first: int, count: int, until: datetime, every: timedelta) -> None:
    """Numbered things, the last one a step before `until`."""
    for number in range(first, first + count):
        place.things.add(number, until - every * (first + count - number))
