"""A small Item for the store's tests."""

from datetime import UTC, datetime
from typing import Any

from collector.records import Item

T0 = datetime(2020, 5, 1, 12, tzinfo=UTC)


def item(item_id: str = "r1", **changes: Any) -> Item:
    """A review of four stars; any field can be given."""
    values: dict[str, Any] = {
        "app": "tips",
        "source": "google_play",
        "item_id": item_id,
        "kind": "review",
        "created_at": T0,
        "updated_at": None,
        "author_key": None,
        "rating": 4.0,
        "title": None,
        "text": f"works for me {item_id}",
        "version": None,
        "country": None,
        "lang": "en",
        "thumbs_up": None,
        "reply_text": None,
        "reply_at": None,
        "url": None,
        "removed_at": None,
    }
    values |= changes
    created = values["created_at"]
    defaults = {"arrived_at": created, "first_seen": created, "last_seen": created}
    return Item(**(defaults | values))
