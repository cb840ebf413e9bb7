"""Stand-in for X's API v2: recent search and counts, with credits and a rate limit."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from analysis.simulate.standins.network import Network, Post, disturbed, matches

ID_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
REACH = timedelta(days=7)
POST_USD = 0.005
SHOWN = 280  # characters of a long post that its `text` has


class XServer(StandIn):
    """credits_usd: what is left to spend. limit: requests that are left in this window, None: any.

    billed_posts: posts returned so far.
    """

    host = "api.twitter.com"

    def __init__(
        self,
        network: Network,
        *,
        token: str = "x-token-of-the-stand-in",  # noqa: S107
        credits_usd: float = 1000.0,
        limit: int | None = None,
    ) -> None:
        super().__init__()
        self.network = network
        self.token = token
        self.credits_usd = credits_usd
        self.limit = limit
        self.billed_posts = 0

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """Routes and refusals in the order in which the service checks them."""
        if request.bearer != self.token:
            return _problem(401, "Unauthorized")
        if self.limit is not None:
            if self.limit <= 0:
                return self._limited()
            self.limit -= 1
        try:
            start, end = self._span(request.query)
        except ValueError as error:
            return _problem(400, "Invalid Request", str(error))
        if self.credits_usd < POST_USD:
            return _problem(402, "CreditsDepleted")
        found = [
            post
            for post in self.network.visible()
            if start <= post.created_at < end and matches(request.query["query"], post.text)
        ]
        if request.path == "/2/tweets/counts/recent":
            return json_answer(_counts(found, start, end, request.query.get("granularity", "hour")))
        if request.path == "/2/tweets/search/recent":
            return self._search(found, request, fault)
        return _problem(404, "Not Found")

    def _search(self, found: list[Post], request: Request, fault: Fault | None) -> Answer:
        rows = int(request.query.get("max_results", "10"))
        if not 10 <= rows <= 100:
            return _problem(400, "Invalid Request", "max_results is not between 10 and 100")
        offset = int(request.query.get("next_token", "t0")[1:])
        page = disturbed(found[offset : offset + rows], found[offset + rows :], fault)
        self.billed_posts += len(page)
        self.credits_usd -= len(page) * POST_USD
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": str(tweet_id(page[0])), "oldest_id": str(tweet_id(page[-1]))}
        if fault in ("repeated_token", "empty_page_with_token"):
            meta["next_token"] = f"t{offset}"
        elif offset + rows < len(found):
            meta["next_token"] = f"t{offset + rows}"
        body: dict[str, Any] = {"meta": meta}
        if page:
            asked = request.query.get("tweet.fields", "").split(",")
            body["data"] = [_tweet(post, asked) for post in page]
        return json_answer(body)

    def _span(self, query: Mapping[str, str]) -> tuple[datetime, datetime]:
        now = self.network.clock()
        start = (
            datetime.fromisoformat(query["start_time"]) if "start_time" in query else now - REACH
        )
        end = datetime.fromisoformat(query["end_time"]) if "end_time" in query else now
        if start < now - REACH:
            raise ValueError("start_time is more than seven days ago")
        if end > now - timedelta(seconds=10):
            raise ValueError("end_time must be at least 10 seconds ago")
        if not start < end:
            raise ValueError("start_time is not before end_time")
        return start, end

    def _limited(self) -> Answer:
        now = self.network.clock()
        reset = int((now + timedelta(minutes=9)).timestamp())
        return json_answer(
            {"title": "Too Many Requests", "status": 429},
            429,
            {
                "x-rate-limit-remaining": "0",
                "x-rate-limit-reset": str(reset),
                "date": format_datetime(now, usegmt=True),
            },
        )


def tweet_id(post: Post) -> int:
    """An id that holds the time of the first version in milliseconds."""
    return (((post.created_at - ID_EPOCH) // timedelta(milliseconds=1)) << 22) | (
        post.number & 0x3FFFFF
    )


def _tweet(post: Post, asked: Sequence[str]) -> dict[str, Any]:
    """A post; the whole of a long one stands in `note_tweet`, for who asks for it."""
    long = len(post.text) > SHOWN
    whole = {"note_tweet": {"text": post.text}} if long and "note_tweet" in asked else {}
    first = tweet_id(post)
    latest = first if post.edited_at is None else first + (1 << 22)
    return {
        "id": str(latest),
        "edit_history_tweet_ids": [str(first)] if latest == first else [str(first), str(latest)],
        "text": f"{post.text[: SHOWN - 1]}…" if long else post.text,
        "created_at": _time(post.edited_at or post.shown_at),
        "lang": post.lang or "und",
        "author_id": str(int.from_bytes(sha256(post.author.encode()).digest()[:7])),
        "public_metrics": {"like_count": post.likes, "retweet_count": 0, "reply_count": 0},
        **whole,
    }


def _counts(found: list[Post], start: datetime, end: datetime, grain: str) -> dict[str, Any]:
    step = timedelta(minutes=1) if grain == "minute" else timedelta(hours=1)
    buckets: dict[datetime, int] = {}
    at = start
    while at < end:
        buckets[at] = 0
        at = at - (at - datetime(1970, 1, 1, tzinfo=UTC)) % step + step
    for post in found:
        aligned = post.created_at - (post.created_at - datetime(1970, 1, 1, tzinfo=UTC)) % step
        buckets[max(aligned, start)] += 1
    edges = [*buckets, end]
    return {
        "data": [
            {"start": _time(a), "end": _time(b), "tweet_count": buckets[a]}
            for a, b in pairwise(edges)
        ],
        "meta": {"total_tweet_count": len(found)},
    }


def _time(moment: datetime) -> str:
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
    )


def _problem(status: int, title: str, detail: str = "") -> Answer:
    return json_answer({"title": title, "detail": detail, "status": status}, status)
