"""The store sources on recorded answers of the platforms (evaluation data, not in the project)."""

import gzip
import json
import re
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from collector.sources import app_store, app_store_connect, google_play
from tests.collector.sources.keys import EC_KEY
from tests.collector.sources.visits import settings_for, visit_part

BATCH = "/_/PlayStoreUi/data/batchexecute"


@pytest.fixture
def wire(shared_data: Path) -> Path:
    return shared_data / "wire"


def framed(payload: object) -> str:
    row = ["wrb.fr", "oCPfdb", json.dumps(payload), None, None, None, "generic"]
    return ")]}'\n\n" + json.dumps([row, ["di", 228], ["af.httprm", 227, "-1", 1]])


@pytest.mark.parametrize("name", ["minecraft", "translate", "whereami"])
def test_google_play_payloads(wire: Path, httpserver: HTTPServer, name: str) -> None:
    payload = json.loads(
        (wire / "google-play-web" / f"{name}_oCPfdb_payload.json").read_text(encoding="utf-8")
    )
    httpserver.expect_ordered_request(BATCH).respond_with_data(framed(payload))
    httpserver.expect_ordered_request(BATCH).respond_with_data(framed([]))
    settings = settings_for({"google_play": "com.example.app"}, httpserver.url_for(""))
    first, last = visit_part(google_play.SOURCE, settings, "reviews:en")
    assert len(first.items) == len(payload[0])
    assert (first.bad, first.end) == (0, None)
    assert last.end is not None
    assert last.end.kind == "end"
    for item, entry in zip(first.items, payload[0], strict=True):
        assert item.item_id == entry[0]
        assert int(item.created_at.timestamp()) == entry[5][0]
        assert (item.rating, item.text, item.thumbs_up) == (entry[2], entry[4], entry[6])
        assert (item.reply_text is None) == (entry[7] is None)
        assert item.author
    second_request = httpserver.log[1][0]
    assert payload[1][1] in second_request.form["f.req"]


@pytest.mark.parametrize("name", ["translate-initial.txt", "translate-page2.txt"])
def test_google_play_two_element_payload_keeps_its_token(
    wire: Path, httpserver: HTTPServer, name: str
) -> None:
    """Here the library's own rule for the token reads a review instead."""
    body = (wire / "google-play-web" / name).read_text(encoding="utf-8")
    httpserver.expect_ordered_request(BATCH).respond_with_data(body)
    httpserver.expect_ordered_request(BATCH).respond_with_data(framed([]))
    settings = settings_for({"google_play": "com.example.app"}, httpserver.url_for(""))
    first, _ = visit_part(google_play.SOURCE, settings, "reviews:en")
    assert (len(first.items), first.bad, first.end) == (150, 0, None)
    assert sum(item.version is None for item in first.items) > 0


@pytest.mark.parametrize("name", ["translate", "whereami"])
def test_google_play_pages(wire: Path, httpserver: HTTPServer, name: str) -> None:
    page = gzip.decompress((wire / "google-play-web" / f"{name}.html.gz").read_bytes())
    httpserver.expect_request("/store/apps/details").respond_with_data(
        page, content_type="text/html; charset=utf-8"
    )
    settings = settings_for({"google_play": "com.example.app"}, httpserver.url_for(""))
    (found,) = visit_part(google_play.SOURCE, settings, "page:us")
    (snapshot,), (release,) = found.snapshots, found.releases
    assert snapshot.count is not None
    assert snapshot.average is not None
    bars = [getattr(snapshot, f"star_{n}") for n in range(1, 6)]
    assert sum(bars) == pytest.approx(snapshot.count, rel=0.01)
    mean = sum(n * bar for n, bar in enumerate(bars, start=1)) / sum(bars)
    assert mean == pytest.approx(snapshot.average, abs=0.02)
    assert datetime(2020, 1, 1, tzinfo=UTC) < release.released_at < datetime(2026, 9, 1, tzinfo=UTC)


def test_certificates_are_checked_after_the_library_is_loaded(
    wire: Path, httpserver: HTTPServer
) -> None:
    test_google_play_pages(wire, httpserver, "whereami")
    assert ssl._create_default_https_context is ssl.create_default_context


@pytest.mark.parametrize(
    ("name", "rows"), [("duolingo_us", 3), ("instagram_us", 3), ("spotify_tr", 0)]
)
def test_app_store_feeds(wire: Path, httpserver: HTTPServer, name: str, rows: int) -> None:
    """Instagram's JSON is empty while its XML is not; spotify's are both empty."""

    def answer(request: Request) -> Response:
        kind = request.path.rsplit("/", 1)[1]
        if "page=1/" in request.path:
            return Response((wire / "apple-rss" / f"{name}_page1.{kind}").read_bytes())
        return Response((wire / "apple-rss" / f"spotify_tr_page1.{kind}").read_bytes())

    httpserver.expect_request(re.compile("/us/rss/.*")).respond_with_handler(answer)
    settings = settings_for({"app_store": 389801252}, httpserver.url_for(""))
    pages = visit_part(app_store.SOURCE, settings, "reviews:us")
    items = [item for page in pages for item in page.items]
    assert len(items) == rows
    assert pages[-1].end is not None
    assert pages[-1].end.kind == ("end" if rows else "suspect_empty")
    for item in items:
        assert item.created_at.tzinfo is not None
        assert item.created_at.year == 2026
        assert item.rating in (1, 2, 3, 4, 5)
        assert item.text
        assert item.title
        assert item.version
        assert item.author
        assert item.thumbs_up is not None
        assert item.country == "us"


def test_both_feeds_of_apple_say_the_same(wire: Path, httpserver: HTTPServer) -> None:
    found = []
    for served in ("json", "xml"):
        httpserver.clear()
        httpserver.expect_request(re.compile(".*page=1/json")).respond_with_data(
            (wire / "apple-rss" / "duolingo_us_page1.json").read_bytes()
            if served == "json"
            else json.dumps({"feed": {}})
        )
        httpserver.expect_request(re.compile(".*page=1/xml")).respond_with_data(
            (wire / "apple-rss" / "duolingo_us_page1.xml").read_bytes()
        )
        httpserver.expect_request(re.compile(".*page=2/json")).respond_with_data('{"feed": {}}')
        settings = settings_for({"app_store": 570060128}, httpserver.url_for(""))
        pages = visit_part(app_store.SOURCE, settings, "reviews:us")
        found.append(pages[0].items)
    assert found[0] == found[1]


def test_app_store_connect(wire: Path, httpserver: HTTPServer) -> None:
    body = (wire / "app-store-connect" / "app_reviews_synthetic.json").read_bytes()
    httpserver.expect_request("/v1/apps/389801252/customerReviews").respond_with_data(body)
    settings = settings_for(
        {"app_store": 389801252, "app_store_route": "owner"},
        httpserver.url_for(""),
        app_store_connect={"key_id": "K1", "issuer_id": "I1"},
        secrets={"app_store_connect_key": EC_KEY},
    )
    (page,) = visit_part(app_store_connect.SOURCE, settings, "reviews")
    assert [item.country for item in page.items] == ["us", "gb", "ca"]
    assert [item.rating for item in page.items] == [5, 2, 4]
    assert page.items[0].created_at == datetime(2024, 3, 15, 17, 34, tzinfo=UTC)
