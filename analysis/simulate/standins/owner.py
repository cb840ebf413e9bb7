"""Stand-ins for the owner's APIs: App Store Connect and the Play Developer API."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from analysis.simulate.standins.shop import Shop, changed_at, next_token, page_of, start_of
from collector.records import RawItem

TERRITORIES = {"us": "USA", "mx": "MEX", "de": "DEU", "fr": "FRA", "id": "IDN", "kr": "KOR"}
SHOWN = timedelta(days=7)
ACCESS = "token-of-an-hour"


class AppStoreConnectServer(StandIn):
    """shops: store id -> its shop. Takes any token that looks signed. limit: requests left."""

    host = "api.appstoreconnect.apple.com"

    def __init__(self, shops: Mapping[str, Shop], *, limit: int = 3500) -> None:
        super().__init__()
        self.shops = dict(shops)
        self.limit = limit

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """One page of customerReviews, newest first by creation, with the replies included."""
        if request.bearer is None or request.bearer.count(".") != 2:
            return json_answer({"errors": [{"status": "401", "code": "NOT_AUTHORIZED"}]}, 401)
        self.limit -= 1
        left = {"x-rate-limit": f"user-hour-lim:3500;user-hour-rem:{max(0, self.limit)};"}
        if self.limit < 0:
            return json_answer(
                {"errors": [{"status": "429", "code": "RATE_LIMIT_EXCEEDED"}]}, 429, left
            )
        shop = self.shops.get(request.path.removeprefix("/v1/apps/").partition("/")[0])
        if shop is None:
            return json_answer({"errors": [{"status": "404", "code": "NOT_FOUND"}]}, 404, left)
        rows = sorted(shop.listed(), key=lambda row: row.created_at, reverse=True)
        size = min(int(request.query.get("limit", "100")), 200)
        start = int(request.query.get("cursor", "0"))
        page = page_of(rows, start, size, fault)
        self_link = f"https://{self.host}{request.path}"
        links = {"self": self_link}
        stuck = fault in ("repeated_token", "empty_page_with_token")
        if stuck or start + size < len(rows):
            links["next"] = f"{self_link}?cursor={start if stuck else start + size}&limit={size}"
        replies = [_connect_reply(row) for row in page if row.reply_text is not None]
        body = {
            "data": [_connect_review(row) for row in page],
            "included": replies,
            "links": links,
            "meta": {"paging": {"total": len(rows), "limit": size}},
        }
        return json_answer(body, headers=left)


def _connect_review(row: RawItem) -> dict[str, Any]:
    reply = None
    if row.reply_text is not None:
        reply = {"type": "customerReviewResponses", "id": f"reply-{row.item_id}"}
    return {
        "type": "customerReviews",
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, row.item_id or "")),
        "attributes": {
            "rating": int(row.rating or 0),
            "title": row.title,
            "body": row.text,
            "reviewerNickname": row.author,
            "createdDate": row.created_at.isoformat(timespec="seconds"),
            "territory": TERRITORIES.get(row.country or "us", "USA"),
        },
        "relationships": {"response": {"data": reply}},
    }


def _connect_reply(row: RawItem) -> dict[str, Any]:
    at = row.reply_at or row.created_at
    return {
        "type": "customerReviewResponses",
        "id": f"reply-{row.item_id}",
        "attributes": {
            "responseBody": row.reply_text,
            "lastModifiedDate": at.isoformat(timespec="seconds"),
            "state": "PUBLISHED",
        },
    }


class PlayDeveloperServer(StandIn):
    """shops: package name -> its shop. Shows what changed in the last seven days."""

    host = "androidpublisher.googleapis.com"
    token_host = "oauth2.googleapis.com"  # noqa: S105

    def __init__(self, shops: Mapping[str, Shop]) -> None:
        super().__init__()
        self.shops = dict(shops)

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """The exchange of an assertion for a token, or one page of reviews."""
        if request.path == "/token":
            return json_answer({"access_token": ACCESS, "expires_in": 3600, "token_type": "Bearer"})
        if request.bearer != ACCESS:
            return json_answer({"error": {"code": 401, "status": "UNAUTHENTICATED"}}, 401)
        shop = self.shops.get(request.path.partition("/applications/")[2].partition("/")[0])
        if shop is None:
            return json_answer({"error": {"code": 404, "status": "NOT_FOUND"}}, 404)
        oldest = shop.clock() - SHOWN
        rows = [row for row in shop.listed() if changed_at(row) >= oldest]
        size = min(int(request.query.get("maxResults", "10")), 100)
        start = start_of(rows, request.query.get("token"))
        page = page_of(rows, start, size, fault)
        body: dict[str, Any] = {"reviews": [_developer_review(row) for row in page]}
        token = next_token(rows, start, size, fault)
        if token is not None:
            body["tokenPagination"] = {"nextPageToken": token}
        return json_answer(body if page or token else {})


def _developer_review(row: RawItem) -> dict[str, Any]:
    said: dict[str, Any] = {
        "text": f"\t{row.text}",
        "lastModified": _seconds(changed_at(row)),
        "starRating": int(row.rating or 0),
        "reviewerLanguage": row.lang,
        "thumbsUpCount": row.thumbs_up or 0,
        "thumbsDownCount": 0,
    }
    if row.version is not None:
        said["appVersionName"] = row.version
    comments: list[dict[str, Any]] = [{"userComment": said}]
    if row.reply_text is not None and row.reply_at is not None:
        reply = {"text": row.reply_text, "lastModified": _seconds(row.reply_at)}
        comments.append({"developerComment": reply})
    return {"reviewId": row.item_id, "authorName": row.author, "comments": comments}


def _seconds(at: datetime) -> dict[str, Any]:
    return {"seconds": str(int(at.astimezone(UTC).timestamp())), "nanos": at.microsecond * 1000}
