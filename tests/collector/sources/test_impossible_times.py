"""A time before there were networks is a mistake: the source's second clock counts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from collector.sources.bluesky import _item as bluesky_item
from collector.sources.feeds import _published
from collector.sources.mastodon import _item as mastodon_item
from collector.sources.mastodon import id_at
from collector.times import plausible

INDEXED = datetime(2026, 3, 1, 10, tzinfo=UTC)
IMPOSSIBLE = ["1773-05-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z"]


@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_posts(written: str) -> None:
    post: dict[str, Any] = {
        "uri": "at://did:plc:a/app.bsky.feed.post/1",
        "author": {"did": "did:plc:a"},
        "indexedAt": INDEXED.isoformat(),
        "record": {"text": "an invented post", "createdAt": written},
    }
    item = bluesky_item(post)
    assert item is not None
    assert item.created_at == INDEXED
    status = {
        "id": id_at(INDEXED),
        "uri": "https://m.example/1",
        "created_at": datetime.fromisoformat(written),
        "content": "<p>an invented post</p>",
        "account": {"acct": "a"},
    }
    assert mastodon_item(status, "m.example").created_at == INDEXED


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ({"published": "Sun, 01 Mar 2026 11:00:00 CET"}, INDEXED),
        ({"published": "Sun, 01 Mar 2026 11:00:00 MEZ"}, INDEXED),
        ({"published": "Sun, 01 Mar 2026 15:30:00 IST"}, INDEXED),
        ({"published": "Sun, 01 Mar 2026 17:00:00 WIB"}, INDEXED),
        ({"published": "Sun, 01 Mar 2026 20:00:00 AEST"}, INDEXED),
        (
            {"published": "Mon, 01 Mar 1773 10:00:00 GMT", "updated": "2026-03-01T10:00:00Z"},
            INDEXED,
        ),
        ({"published": "Mon, 01 Jan 0001 00:00:00 GMT"}, None),
        ({"published": "?", "published_parsed": INDEXED.timetuple()}, INDEXED),
        ({}, None),
    ],
)
def test_headlines(entry: dict[str, Any], read: datetime | None) -> None:
    assert _published(entry) == read


def test_no_clock_at_all() -> None:
    assert plausible(None, datetime(1773, 1, 1, tzinfo=UTC)) is None
