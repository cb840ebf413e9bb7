"""App Store: feeds in two formats, the cap, throttling, totals; and the optional library."""

import json
import re
import sys
import types
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import stamina
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from collector.errors import AuthFailed, PayloadChanged, RateLimited, SourceError, SourceUnavailable
from collector.sources import Page, app_store, app_store_scraper
from tests.collector.sources.scripted_library import ScriptedAppStore
from tests.collector.sources.visits import plan_of, settings_for, visit_part

APP = {"name": "Library Card", "app_store": 1234567890, "countries": ["us", "gb"]}
FEED = re.compile(r"/(\w\w)/rss/customerreviews/id=1234567890/sortBy=mostRecent/page=(\d+)/(\w+)")


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def label(value: object) -> dict[str, object]:
    return {"label": str(value)}


def entry(number: int, **changes: Any) -> dict[str, Any]:
    values = {
        "id": label(9_000_000 + number),
        "title": label("Closes itself"),
        "content": {**label("Opens, and closes again."), "attributes": {"type": "text"}},
        "author": {"name": label(f"Reader {number}"), "uri": label("https://example.org/id1")},
        "updated": label(f"2020-05-31T12:{number % 60:02d}:00-07:00"),
        "im:rating": label(1 + number % 5),
        "im:version": label("4.1.0"),
        "im:voteSum": label(3),
        "im:voteCount": label(5),
    }
    return values | changes


def json_feed(entries: object = None) -> str:
    feed: dict[str, object] = {"author": {"name": label("iTunes Store")}}
    return json.dumps({"feed": feed if entries is None else {**feed, "entry": entries}})


def xml_feed(count: int) -> str:
    rows = "".join(
        f"<entry><id>{9_000_000 + n}</id><title>Closes itself</title>"
        f'<content type="text">Opens, and closes again.</content><content type="html">x</content>'
        f"<author><name>Reader {n}</name></author><updated>2020-05-31T12:{n:02d}:00-07:00</updated>"
        f"<im:rating>{1 + n % 5}</im:rating><im:version>4.1.0</im:version>"
        f"<im:voteSum>3</im:voteSum><im:voteCount>5</im:voteCount></entry>"
        for n in range(count)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:im="http://itunes.apple.com/rss">{rows}</feed>'
    )


def serve(httpserver: HTTPServer, feeds: dict[str, str | Response]) -> None:
    """Feeds by "page/format"; what is not named is empty."""
    empty = {"json": json_feed(), "xml": xml_feed(0)}

    def answer(request: Request) -> Response:
        found = FEED.fullmatch(request.path)
        assert found
        body = feeds.get(f"{found[2]}/{found[3]}", empty[found[3]])
        return body if isinstance(body, Response) else Response(body)

    httpserver.expect_request(FEED).respond_with_handler(answer)


def read(httpserver: HTTPServer, feeds: dict[str, str | Response]) -> list[Page]:
    serve(httpserver, feeds)
    settings = settings_for(APP, httpserver.url_for(""))
    return visit_part(app_store.SOURCE, settings, "reviews:gb")


def asked(httpserver: HTTPServer) -> list[str]:
    found = [FEED.fullmatch(request.path) for request, _ in httpserver.log]
    return [f"{match[2]}/{match[3]}" for match in found if match]


def test_plan() -> None:
    plan = plan_of(app_store.SOURCE, settings_for(APP, "http://x"))
    assert [p.key for p in plan.parts] == ["lookup:us", "lookup:gb", "reviews:us", "reviews:gb"]
    for route in ("owner", "scraper"):
        other = settings_for({**APP, "app_store_route": route}, "http://x")
        assert {p.reads for p in plan_of(app_store.SOURCE, other).parts} == {"totals"}
    assert plan_of(app_store.SOURCE, settings_for({}, "http://x")).off


def test_a_review(httpserver: HTTPServer) -> None:
    pages = read(httpserver, {"1/json": json_feed([entry(0)])})
    (item,) = pages[0].items
    assert item.created_at == datetime(2020, 5, 31, 19, 0, tzinfo=UTC)
    assert (item.item_id, item.author, item.rating) == ("9000000", "Reader 0", 1.0)
    assert (item.title, item.text) == ("Closes itself", "Opens, and closes again.")
    assert (item.version, item.thumbs_up, item.country) == ("4.1.0", 3, "gb")


def test_one_review_is_an_object_not_a_list(httpserver: HTTPServer) -> None:
    pages = read(httpserver, {"1/json": json_feed(entry(0))})
    assert [len(page.items) for page in pages] == [1, 0]
    assert pages[-1].end is not None
    assert pages[-1].end.kind == "end"
    assert asked(httpserver) == ["1/json", "2/json"]


def test_an_empty_json_feed_is_checked_against_the_xml(httpserver: HTTPServer) -> None:
    pages = read(httpserver, {"1/xml": xml_feed(3)})
    assert [item.item_id for item in pages[0].items] == ["9000000", "9000001", "9000002"]
    assert [item.thumbs_up for item in pages[0].items] == [3, 3, 3]
    assert asked(httpserver)[:2] == ["1/json", "1/xml"]


def test_both_empty_is_suspect(httpserver: HTTPServer) -> None:
    (page,) = read(httpserver, {})
    assert page.end is not None
    assert page.end.kind == "suspect_empty"


def test_five_hundred_and_no_more(httpserver: HTTPServer) -> None:
    feeds: dict[str, str | Response] = {
        f"{n}/json": json_feed([entry(50 * n + k) for k in range(50)]) for n in range(1, 30)
    }
    pages = read(httpserver, feeds)
    assert sum(len(page.items) for page in pages) == 500
    assert pages[-1].end is not None
    assert pages[-1].end.kind == "cap"
    assert len(asked(httpserver)) == 10


def test_a_full_page_and_then_nothing_is_the_end(httpserver: HTTPServer) -> None:
    pages = read(httpserver, {"1/json": json_feed([entry(n) for n in range(50)])})
    assert pages[-1].end is not None
    assert pages[-1].end.kind == "end"
    assert asked(httpserver) == ["1/json", "2/json", "2/xml"]


def test_rows_that_cannot_be_read_are_counted(httpserver: HTTPServer) -> None:
    bad = [
        entry(1, **{"im:rating": label("six")}),
        entry(2, **{"im:rating": label(6)}),
        entry(3, updated=label("yesterday")),
        entry(4, id={}),
        {},
    ]
    pages = read(httpserver, {"1/json": json_feed([entry(0), *bad])})
    assert (len(pages[0].items), pages[0].bad) == (1, 5)


@pytest.mark.parametrize(
    ("feeds", "error"),
    [
        ({"1/json": Response("no", 403)}, RateLimited),
        ({"1/json": Response("no", 429, {"Retry-After": "77"})}, RateLimited),
        ({"1/json": Response("no", 404)}, SourceUnavailable),
        ({"1/json": Response("no", 500)}, SourceUnavailable),
        ({"1/json": "<html>", "1/xml": "<html>"}, PayloadChanged),
        ({"1/json": json_feed([entry(0)])[:-9], "1/xml": "<feed>"}, PayloadChanged),
        ({"1/json": "[" * 50_000, "1/xml": "<a>" * 9}, PayloadChanged),
        ({"1/json": '{"feed": {"entry": 7}}', "1/xml": "no"}, PayloadChanged),
        ({"1/xml": Response("no", 500)}, SourceUnavailable),
        (
            {"1/json": json_feed([entry(n) for n in range(50)]), "2/xml": "<html>"},
            PayloadChanged,
        ),
    ],
)
def test_failures(
    httpserver: HTTPServer, feeds: dict[str, str | Response], error: type[SourceError]
) -> None:
    with pytest.raises(error, match="App Store feed") as caught:
        read(httpserver, feeds)
    if isinstance(caught.value, RateLimited) and "429" in str(caught.value):
        assert caught.value.retry_after_s == 77


def test_an_unreadable_xml_leaves_an_empty_json_suspect(httpserver: HTTPServer) -> None:
    (page,) = read(httpserver, {"1/xml": "<html>"})
    assert page.end is not None
    assert page.end.kind == "suspect_empty"


def look_up(httpserver: HTTPServer, body: object, status: int = 200) -> Page:
    httpserver.expect_request(
        "/lookup", query_string={"id": "1234567890", "country": "gb"}
    ).respond_with_data(body if isinstance(body, str) else json.dumps(body), status=status)
    settings = settings_for(APP, httpserver.url_for(""))
    (page,) = visit_part(app_store.SOURCE, settings, "lookup:gb")
    return page


LOOKUP = {
    "trackId": 1234567890,
    "trackName": "Library Card",
    "averageUserRating": 1.25,
    "userRatingCount": 516,
    "version": "4.1.0",
    "currentVersionReleaseDate": "2020-05-20T10:00:00Z",
    "releaseNotes": "Faster.",
    "description": "Your library in your pocket",
}


def test_totals_and_release(httpserver: HTTPServer) -> None:
    page = look_up(httpserver, {"resultCount": 1, "results": [LOOKUP]})
    (snapshot,), (release,) = page.snapshots, page.releases
    assert (snapshot.country, snapshot.average, snapshot.count) == ("gb", 1.25, 516)
    assert snapshot.star_1 is None
    assert (release.version, release.notes) == ("4.1.0", "Faster.")
    assert release.released_at == datetime(2020, 5, 20, 10, tzinfo=UTC)
    assert page.description == "Your library in your pocket"


def test_totals_without_ratings(httpserver: HTTPServer) -> None:
    page = look_up(httpserver, {"results": [{"trackId": 1234567890}]})
    assert (page.snapshots[0].average, page.snapshots[0].count) == (None, 0)
    assert (page.releases, page.description) == ((), None)


@pytest.mark.parametrize(
    ("body", "status", "error", "message"),
    [
        ({"resultCount": 0, "results": []}, 200, SourceUnavailable, "failed-country.*gb"),
        ("<html>", 200, PayloadChanged, "lookup"),
        ({"results": {}}, 200, PayloadChanged, "lookup"),
        ("no", 403, RateLimited, "lookup"),
        ("no", 500, SourceUnavailable, "lookup"),
    ],
)
def test_failing_totals(
    httpserver: HTTPServer, body: object, status: int, error: type[SourceError], message: str
) -> None:
    with pytest.raises(error, match=message):
        look_up(httpserver, body, status)


@pytest.fixture
def scraper(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The optional library, or what stands in for it; settings that choose its route."""
    try:
        import app_store_scraper as _  # noqa: F401
    except ImportError:
        module = types.ModuleType("app_store_scraper")
        module.__spec__ = types.SimpleNamespace()  # type: ignore[assignment]
        module.AppStore = ScriptedAppStore  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "app_store_scraper", module)
    return {**APP, "app_store_route": "scraper"}


def scrape(
    httpserver: HTTPServer, app: dict[str, Any], answers: list[object], *, token: str = "tok"
) -> list[Page]:
    landing = (
        f'<meta name="web-experience-app/config/environment" content="token%22%3A%22{token}%22">'
    )
    httpserver.expect_ordered_request("/gb/app/library-card/id1234567890").respond_with_data(
        landing if token else "<html>"
    )
    for answer in answers:
        body = answer if isinstance(answer, str) else json.dumps(answer)
        httpserver.expect_ordered_request(
            "/v1/catalog/gb/apps/1234567890/reviews", headers={"Authorization": "bearer tok"}
        ).respond_with_data(body)
    settings = settings_for(app, httpserver.url_for(""))
    return visit_part(app_store_scraper.SOURCE, settings, "reviews:gb")


def scraped(number: int, **changes: Any) -> dict[str, Any]:
    attributes = {
        "date": f"2020-05-31T12:{number:02d}:00Z",
        "rating": 1,
        "title": "Closes",
        "review": "Closes again.",
        "userName": "Reader",
        "isEdited": False,
    }
    return {"id": str(number), "type": "user-reviews", "attributes": attributes | changes}


def test_the_optional_library(httpserver: HTTPServer, scraper: dict[str, Any]) -> None:
    following = "/v1/catalog/gb/apps/1234567890/reviews?offset=2"
    nameless = {"attributes": scraped(3)["attributes"]}
    reply = scraped(4, developerResponse={"id": 1, "body": "Thank you."})
    pages = scrape(
        httpserver,
        scraper,
        [
            {"data": [scraped(1), scraped(2, rating=0)], "next": following},
            {"data": [nameless, reply]},
        ],
    )
    items = [item for page in pages for item in page.items]
    assert [(i.item_id, i.created_at.minute, i.reply_text) for i in items] == [
        ("1", 1, None),
        (None, 3, None),
        ("4", 4, "Thank you."),
    ]
    assert [page.bad for page in pages] == [1, 0]
    assert pages[-1].end is not None
    assert pages[-1].end.kind == "end"


def test_the_optional_library_without_rows_is_suspect(
    httpserver: HTTPServer, scraper: dict[str, Any]
) -> None:
    (page,) = scrape(httpserver, scraper, [{"data": []}])
    assert page.end is not None
    assert page.end.kind == "suspect_empty"


@pytest.mark.parametrize(
    ("answers", "token", "error"),
    [
        ([], "", AuthFailed),
        (["<html>"], "tok", PayloadChanged),
        ([{"rows": []}], "tok", PayloadChanged),
        ([{"data": [scraped(1)], "next": "?offset=0"}] * 2, "tok", PayloadChanged),
    ],
)
def test_the_optional_library_failing(
    httpserver: HTTPServer,
    scraper: dict[str, Any],
    answers: list[object],
    token: str,
    error: type[SourceError],
) -> None:
    with pytest.raises(error):
        scrape(httpserver, scraper, answers, token=token)


def test_the_optional_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "app_store_scraper", None)
    settings = settings_for({**APP, "app_store_route": "scraper"}, "http://x")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "--no-deps" in (plan_of(app_store_scraper.SOURCE, settings).off or "")
    assert plan_of(app_store_scraper.SOURCE, settings_for(APP, "http://x")).off
