"""Google Play: what the wire can say, and what the source makes of it."""

import json
import ssl
import time
import urllib.request
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from collector.errors import PayloadChanged, RateLimited, SourceError, SourceUnavailable
from collector.sources import Page, Part, google_play
from collector.sources.google_play import find_token
from tests.collector.sources.visits import NOW, plan_of, settings_for, visit_part

BATCH = "/_/PlayStoreUi/data/batchexecute"
APP = {"google_play": "com.example.library", "languages": ["en", "es"], "countries": ["us", "mx"]}
MOMENT = 1_590_904_080


def entry(number: int, **changes: Any) -> list[Any]:
    """A review as it stands on the wire."""
    values = {
        0: f"id-{number}",
        1: [f"Reader {number}", [None, 2]],
        2: 1 + number % 5,
        4: "Opens, and closes again.",
        5: [MOMENT - number, 123_456_789],
        6: 2,
        7: None,
        10: "4.1.0",
    }
    values |= {int(key[1:]): value for key, value in changes.items()}
    return [values.get(index) for index in range(11)]


def framed(payload: Any) -> str:
    inner = payload if payload is None or isinstance(payload, str) else json.dumps(payload)
    row = ["wrb.fr", "oCPfdb", inner, None, None, None, "generic"]
    return ")]}'\n\n" + json.dumps([row, ["di", 228]])


def page(rows: list[Any], token: str | None = None) -> str:
    return framed([rows, [None, token], [[None, [[1800], None, [72000]]]]] if token else [rows])


def read(httpserver: HTTPServer, *bodies: str, key: str = "reviews:en") -> list[Page]:
    for body in bodies:
        httpserver.expect_ordered_request(BATCH, method="POST").respond_with_data(body)
    return visit_part(google_play.SOURCE, settings_for(APP, httpserver.url_for("")), key)


def test_plan() -> None:
    plan = plan_of(google_play.SOURCE, settings_for(APP, "http://127.0.0.1:1"))
    keys = [part.key for part in plan.parts]
    assert keys == ["page:us", "page:mx", "reviews:en", "reviews:es"]
    assert plan_of(google_play.SOURCE, settings_for({}, "http://x")).off
    owner = settings_for({**APP, "google_play_route": "owner"}, "http://x")
    assert [p.reads for p in plan_of(google_play.SOURCE, owner).parts] == ["totals", "totals"]


def test_a_review(httpserver: HTTPServer) -> None:
    answered = entry(0, _7=["Library", "Thank you.", [MOMENT + 60, 0]])
    (found,) = read(httpserver, page([answered]), key="reviews:es")
    (item,) = found.items
    assert item.created_at == datetime(2020, 5, 31, 5, 48, 0, 123456, UTC)
    assert item.reply_at == datetime(2020, 5, 31, 5, 49, tzinfo=UTC)
    assert (item.item_id, item.author, item.rating) == ("id-0", "Reader 0", 1.0)
    assert (item.text, item.version, item.thumbs_up) == ("Opens, and closes again.", "4.1.0", 2)
    assert (item.lang, item.country, item.reply_text) == ("es", None, "Thank you.")
    assert item.url == (
        "https://play.google.com/store/apps/details?id=com.example.library&reviewId=id-0"
    )
    request = httpserver.log[0][0]
    assert (request.args["hl"], request.args["gl"]) == ("es", "us")
    sent = json.loads(parse_qs(request.get_data(as_text=True))["f.req"][0])
    assert json.loads(sent[0][0][1])[1][:3] == [2, 2, [200]]


@pytest.mark.parametrize("zone", ["America/Chicago", "Asia/Seoul"])
def test_times_do_not_depend_on_the_machine(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        (found,) = read(httpserver, page([entry(0)]))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found.items[0].created_at.isoformat() == "2020-05-31T05:48:00.123456+00:00"


def test_pages_follow_tokens(httpserver: HTTPServer) -> None:
    pages = read(
        httpserver, page([entry(0)], "TOKEN+1/x=="), page([entry(1)], "T2"), page([entry(2)])
    )
    assert [[i.item_id for i in p.items] for p in pages] == [["id-0"], ["id-1"], ["id-2"]]
    assert [p.end and p.end.kind for p in pages] == [None, None, "end"]
    sent = [parse_qs(r.get_data(as_text=True))["f.req"][0] for r, _ in httpserver.log]
    assert "TOKEN+1/x==" in sent[1]
    assert '\\"T2\\"' in sent[2]


def test_an_app_without_reviews(httpserver: HTTPServer) -> None:
    (found,) = read(httpserver, framed([]))
    assert found.items == ()
    assert found.end is not None
    assert found.end.kind == "end"


def test_a_full_page_without_a_token_is_not_the_end(httpserver: HTTPServer) -> None:
    (found,) = read(httpserver, page([entry(n) for n in range(200)]))
    assert found.end is not None
    assert found.end.kind == "cap"
    assert "token" in found.end.why


def test_rows_that_cannot_be_read_are_counted(httpserver: HTTPServer) -> None:
    bad = [
        entry(1, _0=None),
        entry(2, _0=17),
        entry(3, _2=0),
        entry(4, _2=6),
        entry(5, _2="five"),
        entry(6, _5=None),
        entry(7, _5=["soon", 0]),
        entry(8, _5=[10**18, 0]),
        entry(9, _5=[100, 0]),
        entry(10, _7=["Library", "Thanks", ["odd"]]),
        ["short"],
        "text",
        None,
    ]
    sparse = entry(20, _1=None, _4=None, _6="many", _10=None)
    (found,) = read(httpserver, page([entry(0), *bad, sparse]))
    assert found.bad == len(bad)
    assert [(i.item_id, i.author, i.text, i.thumbs_up) for i in found.items][1] == (
        "id-20",
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("bodies", "error", "message"),
    [
        ([page([entry(0)], "T1"), page([entry(1)], "T1")], PayloadChanged, "failed-circle"),
        ([page([], "T1"), page([], "T2")], PayloadChanged, "failed-circle"),
        ([f')]}}\'\n\n[["{google_play.THROTTLED}"]]'], RateLimited, "failed-slow"),
        (["<html><title>Before you continue</title></html>"], PayloadChanged, "failed-shape"),
        ([framed(None)], PayloadChanged, "failed-shape"),
        ([page([entry(0)])[:-40]], PayloadChanged, "failed-shape"),
        ([framed('{"a": 1}')], PayloadChanged, "failed-shape"),
        ([framed('"text"')], PayloadChanged, "failed-shape"),
        ([framed("[" * 50_000)], PayloadChanged, "failed-shape"),
        ([")]}'\n\n" + "[" * 50_000], PayloadChanged, "failed-shape"),
        ([""], PayloadChanged, "failed-shape"),
        ([page([entry(0)], 'quo"te')], PayloadChanged, "failed-shape"),
        ([framed([{"rows": 1}, [None, "T"]])], PayloadChanged, "failed-shape"),
    ],
)
def test_answers_that_are_not_reviews(
    httpserver: HTTPServer, bodies: list[str], error: type[SourceError], message: str
) -> None:
    with pytest.raises(error, match=message):
        read(httpserver, *bodies)


def test_the_consent_page_is_recognised(httpserver: HTTPServer) -> None:
    httpserver.expect_request(BATCH).respond_with_data(
        "", status=302, headers={"Location": "https://consent.google.com/m"}
    )
    httpserver.expect_request("/m").respond_with_data("<html>Before you continue</html>")
    settings = settings_for(APP, httpserver.url_for(""))
    with pytest.raises(SourceUnavailable, match="failed-consent"):
        visit_part(google_play.SOURCE, settings, "reviews:en")


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_a_token_is_found_by_shape_or_not_at_all(payload: Any) -> None:
    try:
        token = find_token(payload)
    except (TypeError, ValueError):
        return
    assert token is None or [None, token] in payload[1:]


@given(JSON)
def test_any_entry_is_read_or_refused(value: Any) -> None:
    from collector.sources import Visit

    visit = Visit.__new__(Visit)
    object.__setattr__(visit, "part", Part(key="reviews:en", lang="en", target="a.b"))
    item = google_play.read_entry(value, visit)
    assert item is None or item.rating in (1, 2, 3, 4, 5)


def details(**changes: Any) -> str:
    """The part of an app's page that is read."""
    values = {
        "score": 1.9,
        "ratings": 1000,
        "bars": [600, 100, 100, 100, 100],
        "updated": MOMENT,
        "version": "4.1.0",
        "title": "Library Card",
        "description": "Your library<br>in your pocket",
    } | changes
    node: dict[int, Any] = {
        0: [values["title"]],
        72: [[None, values["description"]]],
        51: [
            [None, values["score"]],
            [None, *([None, bar] for bar in values["bars"] or [])],
            [None, values["ratings"]],
            [None, 77],
        ],
        140: [[[values["version"]]]],
        145: [["31 May 2020", [values["updated"]]]],
    }
    data = [None, [None, None, [node.get(index) for index in range(146)]]]
    script = f"AF_initDataCallback({{key: 'ds:5', hash: '1', data:{json.dumps(data)}"
    return f"<html><script>{script}, sideChannel: {{}}}});</script></html>"


def totals(httpserver: HTTPServer, body: str) -> Page:
    httpserver.expect_request("/store/apps/details").respond_with_data(body)
    settings = settings_for(APP, httpserver.url_for(""))
    (found,) = visit_part(google_play.SOURCE, settings, "page:mx")
    return found


def test_totals_and_release(httpserver: HTTPServer) -> None:
    found = totals(httpserver, details())
    (snapshot,), (release,) = found.snapshots, found.releases
    assert (snapshot.country, snapshot.average, snapshot.count) == ("mx", 1.9, 1000)
    assert [getattr(snapshot, f"star_{n}") for n in range(1, 6)] == [600, 100, 100, 100, 100]
    assert (release.version, release.released_at) == ("4.1.0", datetime.fromtimestamp(MOMENT, UTC))
    assert httpserver.log[0][0].args["gl"] == "mx"
    assert found.description == "Your library\r\nin your pocket"


def test_totals_with_gaps(httpserver: HTTPServer) -> None:
    body = details(score=None, ratings=None, bars=None, version=None, updated=MOMENT)
    found = totals(httpserver, body)
    (snapshot,), (release,) = found.snapshots, found.releases
    assert (snapshot.average, snapshot.count, snapshot.star_1) == (None, None, None)
    assert release.version == "Varies with device, updated 2020-05-31"
    httpserver.clear()
    assert totals(httpserver, details(version=None, updated=None)).releases == ()
    httpserver.clear()
    assert totals(httpserver, details(updated=None)).releases[0].released_at == NOW


@pytest.mark.parametrize("body", ["", "<html>consent</html>", details()[:-60], details(title=None)])
def test_a_page_that_is_not_the_apps(httpserver: HTTPServer, body: str) -> None:
    with pytest.raises(PayloadChanged, match="failed-shape"):
        totals(httpserver, body)


def test_certificates_stay_checked(httpserver: HTTPServer) -> None:
    ssl._create_default_https_context = ssl._create_unverified_context
    read(httpserver, page([entry(0)]))
    assert ssl._create_default_https_context is ssl.create_default_context
    assert urllib.request._opener is None  # type: ignore[attr-defined]
