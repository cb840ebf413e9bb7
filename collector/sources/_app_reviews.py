"""The library app-reviews with our transport, and its answers in our words."""

import re
from typing import NoReturn

from app_reviews import AppReviewsError, AuthError, HttpClient, ParseError, RateLimitError
from app_reviews.core.http import HttpResponse
from app_reviews.models.page import PageResult
from app_reviews.models.result import FetchError
from app_reviews.models.review import Review

from collector.end_codes import reason
from collector.errors import (
    AuthFailed,
    PayloadChanged,
    RateLimited,
    SourceError,
    SourceUnavailable,
)
from collector.http import Http, retry_after_s
from collector.records import RawItem

CODES: dict[int, str] = {404: "failed-gone", 410: "failed-gone", 429: "failed-slow"}


class Client(HttpClient):
    """The library's client, which keeps its last answer: the library reads a part of it only."""

    answer: HttpResponse | None = None

    def get(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
    ) -> HttpResponse:
        """As the library's."""
        self.answer = super().get(url, headers=headers, params=params)
        return self.answer


def client(http: Http) -> Client:
    """The library's client over our transport, which does pace, retry and limits."""
    return Client(
        transport=http.transport,
        timeout=http.timeout_s,
        max_bytes=http.max_bytes,
        max_duration=600.0,
    )


def raise_for(error: FetchError, http: Http, source: str) -> NoReturn:
    """Raise our error for the library's."""
    raise translated(error.kind, error.message, http, source)


def translated(kind: str, message: str, http: Http, source: str) -> SourceError:
    """Our error for a kind of failure of the library."""
    match kind:
        case "rate_limited":
            why = reason("failed-slow", place=source)
            return RateLimited(why, retry_after_s(http.retry_after))
        case "auth":
            return AuthFailed(reason("failed-refused", place=source))
        case "parse":
            return PayloadChanged(reason("failed-shape", place=source))
        case _:
            return SourceUnavailable(http.redact(_unavailable(message, source)))


def _unavailable(message: str, source: str) -> str:
    """The reason behind what the library says of a request that brought nothing."""
    if status := re.search(r"HTTP (\d{3})", message):
        code, number = CODES.get(int(status[1]), "failed-status"), int(status[1])
        return reason(code, place=source, status=number)
    if "timed out" in message or "no answer in time" in message:
        return reason("failed-late", place=source)
    return reason("failed-unreachable", place=source, said=message)


def check(page: PageResult, http: Http, source: str) -> PageResult:
    """The page, if it did not fail and the walk did not run in circles."""
    if page.error is not None:
        raise_for(page.error, http, source)
    if page.stopped_because in ("cycle", "stalled"):
        raise PayloadChanged(reason("failed-circle", place=source))
    return page


def raw_item(review: Review, source: str, *, country: str | None, votes: int | None) -> RawItem:
    """A review of the library as we take it in."""
    reply = review.developer_reply
    return RawItem(
        source=source,
        item_id=review.id,
        created_at=review.dated_at,
        author=review.author_name or None,
        rating=float(review.rating),
        title=review.title,
        text=review.body or None,
        version=review.app_version,
        country=country,
        lang=review.language,
        thumbs_up=votes,
        reply_text=reply.text if reply else None,
        reply_at=reply.updated_at if reply else None,
    )


def kind_of(error: AppReviewsError) -> str:
    """The library's word for the kind of a failure that it raised."""
    kinds: tuple[tuple[type[AppReviewsError], str], ...] = (
        (RateLimitError, "rate_limited"),
        (AuthError, "auth"),
        (ParseError, "parse"),
    )
    if error.status == 403 and not isinstance(error, AuthError):
        return "rate_limited"  # so Apple throttles
    return next((kind for cls, kind in kinds if isinstance(error, cls)), "transport")
