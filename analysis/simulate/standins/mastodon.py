"""Stand-in for a Mastodon server: hashtag timelines with min_id and max_id."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from analysis.simulate.standins.network import Network, Post, disturbed
from collector.times import EPOCH

MOST = 40
ROUTE = re.compile(r"/api/v1/timelines/tag/([^/]+)")


class MastodonServer(StandIn):
    """token: what hashtag timelines want, None: they are open. limit: requests left, None: any."""

    host = "mastodon.social"

    def __init__(
        self, network: Network, *, token: str | None = None, limit: int | None = None
    ) -> None:
        super().__init__()
        self.network = network
        self.token = token
        self.limit = limit

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """A hashtag timeline, or why not."""
        now = self.network.clock()
        reset = {
            "date": format_datetime(now, usegmt=True),
            "x-ratelimit-reset": _time(now + timedelta(minutes=4)),
        }
        if self.limit is not None:
            if self.limit <= 0:
                return json_answer({"error": "Too many requests"}, 429, reset)
            self.limit -= 1
        if self.token is not None and request.bearer != self.token:
            return json_answer({"error": "This method requires an authenticated user"}, 401)
        route = ROUTE.fullmatch(request.path)
        if route is None:
            return json_answer({"error": "Record not found"}, 404)
        rows = self._page(unquote(route[1]), request.query, fault)
        return json_answer([self._status(post) for post in rows], headers=reset)

    def _page(self, tag: str, query: Mapping[str, str], fault: Fault | None) -> list[Post]:
        """Newest first; with min_id the posts that follow it, with max_id those before it."""
        pattern = re.compile(rf"#{re.escape(tag)}(?!\w)", re.IGNORECASE)
        found = [post for post in self.network.visible() if pattern.search(post.text)]
        size = min(int(query.get("limit", "20")), MOST)
        if "max_id" in query:
            found = [post for post in found if status_id(post) < int(query["max_id"])]
        if "min_id" in query and fault != "repeated_token":
            found = [post for post in found if status_id(post) > int(query["min_id"])]
        if "min_id" in query:
            start = max(0, len(found) - size)
            return disturbed(found[start:], list(reversed(found[:start])), fault)
        return disturbed(found[:size], found[size:], fault)

    def _status(self, post: Post) -> dict[str, Any]:
        origin = f"https://origin-{len(post.author)}.example.test"
        return {
            "id": str(status_id(post)),
            "created_at": _time(post.shown_at),
            "edited_at": _time(post.edited_at) if post.edited_at else None,
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "language": post.lang,
            "uri": f"{origin}/users/{post.author}/statuses/{status_id(post)}",
            "url": f"{origin}/@{post.author}/{status_id(post)}",
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": post.likes,
            "content": f"<p>{_markup(post.text)}</p>",
            "reblog": None,
            "account": {
                "id": str(sum(post.author.encode())),
                "username": post.author,
                "acct": f"{post.author}@{origin[8:]}",
                "display_name": post.author,
                "url": f"{origin}/@{post.author}",
            },
            "media_attachments": [],
            "mentions": [],
            "tags": [],
            "emojis": [],
            "card": None,
            "poll": None,
        }


def status_id(post: Post) -> int:
    """An id that holds the time in milliseconds."""
    return (((post.created_at - EPOCH) // timedelta(milliseconds=1)) << 16) | (post.number & 0xFFFF)


def _markup(text: str) -> str:
    linked = re.sub(
        r"#(\w+)",
        r'<a href="https://mastodon.social/tags/\1" class="mention hashtag">#<span>\1</span></a>',
        html.escape(text, quote=False),
    )
    return linked.replace("\n", "<br />")


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
