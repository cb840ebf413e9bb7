"""The real client libraries, as they come, against the stores' stand-ins."""

import json
from collections.abc import Iterator

import feedparser
import google_play_scraper
import httpx
import pytest
from app_reviews import (
    AppStoreAuth,
    AppStoreReviews,
    AppStoreSearch,
    GooglePlayAuth,
    GooglePlayReviews,
    HttpClient,
)
from google_play_scraper.constants.request import Formats

from analysis.simulate import scenarios, simulate
from analysis.simulate.collecting import WorldClock
from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.everything import served, settings_of, store_stand_ins
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.standins.owner import AppStoreConnectServer, PlayDeveloperServer
from analysis.simulate.standins.shop import Shop
from collector.http import Http
from tests.collector.sources.keys import EC_KEY, SERVICE_ACCOUNT

WORLD = simulate(scenarios.bad_release(8.0, 200, days=140), 3)
IDS = dict(WORLD.ids)
PACKAGE, STORE_ID = IDS["google_play"], IDS["app_store"]


@pytest.fixture
def clock() -> WorldClock:
    return WorldClock(WORLD.end)


@pytest.fixture
def servers(clock: WorldClock) -> dict[str, StandIn]:
    return store_stand_ins(WORLD, clock)


@pytest.fixture
def http(servers: dict[str, StandIn]) -> Iterator[Http]:
    with served(servers) as addresses:
        endpoints = settings_of(WORLD, addresses)["endpoints"]
        with Http(
            endpoints=endpoints, requests_per_second=10, timeout_s=20, sleep=lambda _: None
        ) as client:
            yield client


@pytest.fixture
def apple(http: Http) -> Iterator[HttpClient]:
    with HttpClient(transport=http.transport) as client:
        yield client


@pytest.fixture
def play(http: Http, monkeypatch: pytest.MonkeyPatch) -> Http:
    """google-play-scraper brings its own sockets, so its addresses are pointed at the stand-in."""
    base = "https://play.google.com"
    for cls in (Formats._Reviews, Formats._Detail):
        for name, value in list(vars(cls).items()):
            if isinstance(value, str) and value.startswith(base):
                monkeypatch.setattr(cls, name, http.endpoint(base) + value.removeprefix(base))
    return http


def shop_of(servers: dict[str, StandIn], host: str) -> Shop:
    server = servers[host]
    assert isinstance(server, GooglePlayServer | AppStoreServer)
    (shop,) = server.shops.values()
    return shop


def test_google_play_scraper_reads_every_review(play: Http, servers: dict[str, StandIn]) -> None:
    found, _ = google_play_scraper.reviews(PACKAGE, lang="en", count=100_000)
    wanted = shop_of(servers, "play.google.com").listed(lang="en")
    assert len(wanted) > 400
    assert {r["reviewId"]: (r["score"], r["content"], r["replyContent"]) for r in found} == {
        r.item_id: (int(r.rating or 0), r.text, r.reply_text) for r in wanted
    }
    assert {r["reviewCreatedVersion"] for r in found} == {r.version for r in wanted}


def test_google_play_scraper_reads_the_details(play: Http, servers: dict[str, StandIn]) -> None:
    found = google_play_scraper.app(PACKAGE)
    shop = shop_of(servers, "play.google.com")
    totals, release = shop.totals(), shop.release()
    assert totals is not None
    assert release is not None
    bars = [totals.star_1, totals.star_2, totals.star_3, totals.star_4, totals.star_5]
    assert found["title"] == WORLD.name
    assert (found["score"], found["ratings"], found["histogram"]) == (
        totals.average,
        totals.count,
        bars,
    )
    assert found["version"] == release.version
    assert found["updated"] == int(release.released_at.timestamp())


def test_unknown_apps(play: Http, apple: HttpClient) -> None:
    assert google_play_scraper.reviews("org.example.nothing")[0] == []
    with pytest.raises(google_play_scraper.exceptions.NotFoundError):
        google_play_scraper.app("org.example.nothing")
    assert AppStoreSearch(http=apple).lookup("999999999") is None


def test_app_reviews_reads_the_feed_to_its_cap(
    apple: HttpClient, servers: dict[str, StandIn]
) -> None:
    pages = list(AppStoreReviews(http=apple).iter_pages(STORE_ID, country="us", max_pages=10))
    found = [review for page in pages for review in page.reviews]
    wanted = shop_of(servers, "itunes.apple.com").listed()[:500]
    assert len(wanted) > 400
    assert [r.id for r in found] == [r.item_id for r in wanted]
    assert [(r.rating, r.title, r.body) for r in found] == [
        (int(r.rating or 0), r.title, r.text) for r in wanted
    ]


@pytest.mark.parametrize(("empty", "expected"), [(("json",), 50), (("json", "xml"), 0)])
def test_empty_json_falls_back_to_xml(
    apple: HttpClient, servers: dict[str, StandIn], empty: tuple[str, ...], expected: int
) -> None:
    server = servers["itunes.apple.com"]
    assert isinstance(server, AppStoreServer)
    server.empty = empty
    page = next(AppStoreReviews(http=apple).iter_pages(STORE_ID, country="us", max_pages=1))
    assert len(page.reviews) == expected
    if expected:
        wanted = shop_of(servers, "itunes.apple.com").listed()[:50]
        assert [(r.id, r.rating, r.body) for r in page.reviews] == [
            (r.item_id, int(r.rating or 0), r.text) for r in wanted
        ]


def test_feedparser_reads_the_xml(http: Http) -> None:
    url = (
        f"https://itunes.apple.com/us/rss/customerreviews/page=1/id={STORE_ID}"
        "/sortby=mostrecent/xml"
    )
    feed = feedparser.parse(http.get(url).content)
    assert not feed.bozo
    assert len(feed.entries) == 50
    assert {entry.im_rating for entry in feed.entries} <= {"1", "2", "3", "4", "5"}


def test_lookup(apple: HttpClient, servers: dict[str, StandIn]) -> None:
    found = AppStoreSearch(http=apple).lookup(STORE_ID)
    shop = shop_of(servers, "itunes.apple.com")
    totals, release = shop.totals("us"), shop.release()
    assert found is not None
    assert totals is not None
    assert release is not None
    assert (found.name, found.version) == (WORLD.name, release.version)
    assert (found.rating, found.rating_count) == (totals.average, totals.count)


def test_app_store_connect(apple: HttpClient, servers: dict[str, StandIn]) -> None:
    auth = AppStoreAuth(key_id="KEY", issuer_id="issuer", private_key=EC_KEY)
    pages = list(AppStoreReviews(auth=auth, http=apple).iter_pages(STORE_ID))
    found = [review for page in pages for review in page.reviews]
    wanted = shop_of(servers, "itunes.apple.com").listed()
    assert len({r.id for r in found}) == len(found) == len(wanted)
    assert sum(r.developer_reply is not None for r in found) == sum(
        r.reply_text is not None for r in wanted
    )


def test_play_developer_shows_seven_days(
    apple: HttpClient, servers: dict[str, StandIn], clock: WorldClock
) -> None:
    clock.now = WORLD.truth[0].end
    auth = GooglePlayAuth(service_account_info=json.loads(SERVICE_ACCOUNT))
    pages = list(GooglePlayReviews(auth=auth, http=apple).iter_pages(PACKAGE))
    found = [review for page in pages for review in page.reviews]
    server = servers["androidpublisher.googleapis.com"]
    assert isinstance(server, PlayDeveloperServer)
    listed = server.shops[PACKAGE].listed()
    assert len(pages) > 1
    assert 100 < len(found) < len(listed)
    texts = {row.item_id: row.text for row in listed}
    assert all(texts[review.id] == review.body for review in found)


def test_limits(http: Http, servers: dict[str, StandIn]) -> None:
    apple, play = servers["itunes.apple.com"], servers["play.google.com"]
    connect = servers["api.appstoreconnect.apple.com"]
    assert isinstance(apple, AppStoreServer)
    assert isinstance(play, GooglePlayServer)
    assert isinstance(connect, AppStoreConnectServer)
    apple.limit = play.limit = connect.limit = 0
    lookup = httpx.get(f"{apple.address}/lookup?id={STORE_ID}")
    assert lookup.status_code == 403
    asked = httpx.post(f"{play.address}/_/PlayStoreUi/data/batchexecute?hl=en", content=b"")
    assert "PlayGatewayError" in asked.text
    reviews = httpx.get(
        f"{connect.address}/v1/apps/{STORE_ID}/customerReviews",
        headers={"authorization": "Bearer a.b.c"},
    )
    assert (reviews.status_code, reviews.headers["x-rate-limit"]) == (
        429,
        "user-hour-lim:3500;user-hour-rem:0;",
    )
