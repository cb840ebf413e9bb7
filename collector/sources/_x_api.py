"""X's API v2 through tweepy: two reads, each tried once.

Failures that may have been charged for are told apart from those that were not.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import requests
import tweepy

from collector.end_codes import reason
from collector.errors import (
    AuthFailed,
    BudgetExhausted,
    PayloadChanged,
    RateLimited,
    SourceError,
    SourceUnavailable,
)
from collector.http import Http
from collector.sources._posts import wait_s
from collector.sources._requests_session import HttpAdapter, session

PAGE_SIZE = 100
SMALLEST_PAGE = 10
POST_FIELDS = ["created_at", "lang", "author_id", "entities", "public_metrics", "note_tweet"]

Grain = Literal["minute", "hour"]


@dataclass(frozen=True, slots=True)
class Count:
    """Posts that match a query from `start` (inclusive) to `end` (exclusive)."""

    start: datetime
    end: datetime
    posts: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of posts as the API gives them, and the token of the next one."""

    posts: Sequence[Mapping[str, Any]]
    token: str | None


class UndeliveredError(Exception):
    """A request that may have been charged although its answer is of no use."""

    def __init__(self, cause: SourceError) -> None:
        super().__init__(str(cause))
        self.cause = cause


class XApi:
    """Counts and posts of one query. No request is repeated, because each may cost money."""

    def __init__(self, http: Http, bearer_token: str, query: str) -> None:
        # at DEBUG the library logs the headers that it sends, with the token
        logging.getLogger("tweepy").setLevel(logging.INFO)
        self._http = http
        self._adapter = HttpAdapter(http, attempts=1)
        self._client = tweepy.Client(bearer_token, wait_on_rate_limit=False, return_type=dict)
        self._client.session = session(self._adapter)
        self._client.user_agent = http.user_agent
        self._query = f"({query}) -is:retweet"

    def counts(self, since: datetime, until: datetime, grain: Grain) -> list[Count]:
        """Posts by minute or hour, oldest first. Raises SourceError."""
        try:
            answer = self._ask(
                self._client.get_recent_tweets_count,
                start_time=since,
                end_time=until,
                granularity=grain,
            )
            return sorted((_count(row) for row in answer["data"]), key=lambda c: c.start)
        except UndeliveredError as error:
            raise error.cause from error
        except (KeyError, TypeError, ValueError) as error:
            raise self._changed() from error

    def posts(self, since: datetime, until: datetime, rows: int, token: str | None) -> Found:
        """A page of posts, newest first. Raises SourceError where nothing was charged, and
        UndeliveredError where something may have been."""
        answer = self._ask(
            self._client.search_recent_tweets,
            start_time=since,
            end_time=until,
            max_results=rows,
            next_token=token,
            tweet_fields=POST_FIELDS,
        )
        meta = answer.get("meta")
        posts = answer.get("data", [] if meta else None)
        if not isinstance(meta, Mapping) or not isinstance(posts, list):
            raise UndeliveredError(self._changed())
        following = meta.get("next_token")
        return Found(posts, following if isinstance(following, str) else None)

    def _ask(self, call: Any, **how: Any) -> Mapping[str, Any]:
        try:
            answer = call(self._query, **how)
        except tweepy.HTTPException as error:
            raise self._refused(error) from error
        except SourceError as error:
            raise UndeliveredError(error) from error
        except requests.JSONDecodeError as error:
            raise UndeliveredError(self._changed()) from error
        except (requests.RequestException, tweepy.TweepyException) as error:
            raise UndeliveredError(
                SourceUnavailable(reason("failed-unreachable", place="X"))
            ) from error
        if not isinstance(answer, Mapping):
            raise UndeliveredError(self._changed())
        if "errors" in answer and not answer.get("data"):
            raise SourceUnavailable(reason("failed-error", place="X", title=_title(answer)))
        return answer

    def _refused(self, error: tweepy.HTTPException) -> SourceError:
        """What an unsuccessful status means; X does not charge for it."""
        status = error.response.status_code
        if status == 402:
            return BudgetExhausted(reason("failed-credits"))
        if status == 429:
            reset = getattr(error, "reset_time", None)
            moment = datetime.fromtimestamp(reset, UTC) if isinstance(reset, int) else None
            wait = wait_s(self._adapter.headers, moment)
            return RateLimited(reason("failed-slow", place="X"), wait)
        if status in (401, 403):
            return AuthFailed(reason("failed-refused", place="X"))
        if status == 400:
            return SourceUnavailable(reason("failed-query", place="X"))
        return SourceUnavailable(reason("failed-status", place="X", status=status))

    def _changed(self) -> PayloadChanged:
        return self._http.payload_changed("x", reason("failed-shape", place="X"), b"")


def _title(answer: Mapping[str, Any]) -> str:
    errors = answer["errors"]
    first = errors[0] if isinstance(errors, list) and errors else None
    title = first.get("title") if isinstance(first, Mapping) else None
    return title[:100] if isinstance(title, str) else "none"


def _count(row: Mapping[str, Any]) -> Count:
    start, end = (datetime.fromisoformat(row[name]) for name in ("start", "end"))
    posts = int(row["tweet_count"])
    if posts < 0 or not timedelta(0) < end - start <= timedelta(hours=1):
        raise ValueError("not a count of a minute or an hour")
    return Count(start, end, posts)
