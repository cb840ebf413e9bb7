"""The social sources on recorded answers and shapes (evaluation data, not in the project)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from collector.http import Http
from collector.settings.config import Settings
from collector.sources import Page, Part, Visit, load_source
from collector.sources._x_api import XApi
from collector.sources.bluesky import _item as bluesky_item
from collector.sources.mastodon import time_of
from tests.collector.sources.social import APP, X_TOKEN


@pytest.fixture
def wire(shared_data: Path) -> Path:
    return shared_data / "wire"


def example(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_mastodon_recording(wire: Path, httpserver: HTTPServer) -> None:
    yaml = pytest.importorskip("yaml")
    recorded = yaml.safe_load((wire / "mastodon" / "test_hashtag_tl.yaml").read_text())
    (body,) = [
        i["response"]["body"]["string"]
        for i in recorded["interactions"]
        if i["request"]["uri"].endswith("/timelines/tag/hoot")
    ]
    timeline = "/api/v1/timelines/tag/hoot"
    json_type = "application/json"
    httpserver.expect_ordered_request(timeline).respond_with_data(body, content_type=json_type)
    httpserver.expect_ordered_request(timeline).respond_with_data("[]", content_type=json_type)
    address = httpserver.url_for("").rstrip("/")
    settings = Settings(apps={APP: {"name": "Hoot"}}, endpoints={"mastodon.social": address})
    source = load_source("mastodon")
    with Http.from_settings(settings, sleep=lambda _: None) as http:
        visit = Visit(
            key=APP,
            app=settings.apps[APP],
            part=Part(key="mastodon.social#hoot", target="https://mastodon.social hoot"),
            settings=settings,
            http=http,
            now=datetime(2026, 8, 2, tzinfo=UTC),
            page_budget=10,
        )
        pages: list[Page] = list(source.walk(visit))
    status = json.loads(body)[0]
    (item,) = [item for page in pages for item in page.items]
    assert sum(page.bad for page in pages) == 0
    assert item.text == "#hoot (hashtag toot)"
    assert item.lang == status["language"]
    assert abs(item.created_at - datetime.fromisoformat(status["created_at"])) < timedelta(
        seconds=1
    )


def test_mastodon_ids_tell_the_time(wire: Path) -> None:
    yaml = pytest.importorskip("yaml")
    recorded = yaml.safe_load((wire / "mastodon" / "test_public_tl_anonymous.yaml").read_text())
    bodies = [json.loads(i["response"]["body"]["string"]) for i in recorded["interactions"]]
    statuses = [s for b in bodies for s in (b if isinstance(b, list) else [b]) if "uri" in s]
    assert statuses
    for status in statuses:
        told = datetime.fromisoformat(status["created_at"])
        assert abs(time_of(int(status["id"])) - told) < timedelta(seconds=2)


def test_bluesky_post(wire: Path) -> None:
    post = example(wire / "bluesky" / "thread_view_post_with_embed_media.json")["thread"]["post"]
    item = bluesky_item(post)
    assert item is not None
    assert item.created_at == datetime(2023, 9, 28, 12, 49, 36, 735000, tzinfo=UTC)
    assert (item.text or "").startswith(post["record"]["text"])
    assert item.author not in (item.item_id or "")


def test_x_counts_and_posts(wire: Path, httpserver: HTTPServer) -> None:
    for route, name in (
        ("/2/tweets/counts/recent", "test_client_get_recent_tweets_count.example.json"),
        ("/2/tweets/search/recent", "test_client_search_recent_tweets.example.json"),
    ):
        answer = example(wire / "x-api" / name)
        httpserver.expect_request(route).respond_with_json(answer["body"])
    settings = Settings(endpoints={"api.twitter.com": httpserver.url_for("").rstrip("/")})
    since = datetime(2030, 1, 1, tzinfo=UTC)
    with Http.from_settings(settings, sleep=lambda _: None) as http:
        api = XApi(http, X_TOKEN, "example")
        counts = api.counts(since, since + timedelta(days=1), "hour")
        found = api.posts(since, since + timedelta(days=1), 10, None)
    assert (len(counts), sum(c.posts for c in counts)) == (24, 47)
    assert len(found.posts) == 10
    assert found.token == "invented0next0token0000000000"
    assert [request.args["query"] for request, _ in httpserver.log] == ["(example) -is:retweet"] * 2
