"""Stand-ins of the stores over one scripted platform: their wire formats, faults included."""

import base64
import json
import random
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from collector.records import RawItem
from tests.collector.scripted import Platform

SKEW = timedelta(hours=1)


class Shelf(StandIn):
    """A store that lists the reviews of a platform, `size` at a time."""

    size = 50

    def __init__(self, platform: Platform) -> None:
        super().__init__()
        self.platform = platform

    def quiet(self) -> None:
        """Say nothing about clients that go away in the middle of a request."""
        if self._server is not None:
            self._server.handle_error = lambda request, address: None  # type: ignore[method-assign]

    def rows(self, start: int, size: int, fault: Fault | None) -> list[RawItem]:
        """One page, with the fault acted out."""
        listed = self.platform.listed()
        if fault == "more_rows":
            size *= 2
        found = listed[start : start + size]
        if fault == "empty_page_with_token":
            return []
        if fault == "duplicate_rows":
            return [row for row in found for _ in range(2)]
        if fault == "out_of_order":
            random.Random(len(found)).shuffle(found)
        return found

    def start_of(self, token: str | None) -> int:
        """Where the page of a token begins: behind the review that the token names."""
        if token is None:
            return 0
        name = base64.b64decode(token).decode()
        keys = [f"{r.created_at.isoformat()} {r.item_id}" for r in self.platform.listed()]
        return sum(key >= name for key in keys)

    def token(self, start: int, rows: list[RawItem], fault: Fault | None) -> str | None:
        """The token of the next page, None at the end."""
        if fault in ("repeated_token", "empty_page_with_token"):
            return base64.b64encode(b"9999 same").decode()
        distinct = len({row.item_id for row in rows})
        if not rows or start + distinct >= len(self.platform.listed()):
            return None
        last = min(rows, key=lambda r: (r.created_at, r.item_id or ""))
        return base64.b64encode(f"{last.created_at.isoformat()} {last.item_id}".encode()).decode()


def seconds(row: RawItem, fault: Fault | None) -> int:
    at = row.created_at + (SKEW if fault == "clock_skew" else timedelta())
    return int(at.timestamp())


class GooglePlay(Shelf):
    """batchexecute and the app's page."""

    host = "play.google.com"
    size = 200

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        if request.path.endswith("/details"):
            return Answer(200, _details(len(self.platform.items)).encode())
        asked = json.loads(parse_qs(request.body.decode())["f.req"][0])
        argument = json.loads(asked[0][0][1])
        paging = argument[1][2]
        start = self.start_of(paging[2] if len(paging) > 2 else None)
        rows = self.rows(start, paging[0], fault)
        entries = [
            [
                row.item_id,
                [f"Reader {row.item_id}"],
                int(row.rating or 0),
                None,
                row.text,
                [seconds(row, fault), 0],
                0,
                None,
                None,
                None,
                "1.0",
            ]
            for row in rows
        ]
        token = self.token(start, rows, fault)
        payload = [entries, [None, token], [[None, [[1800]]]]] if token else [entries]
        frame = ["wrb.fr", "oCPfdb", json.dumps(payload), None, None, None, "generic"]
        return Answer(200, (")]}'\n\n" + json.dumps([frame])).encode())


def _details(count: int) -> str:
    node: dict[int, Any] = {
        0: ["Library Card"],
        51: [[None, 3.0], [None, *([None, count] for _ in range(5))], [None, 5 * count], [None, 1]],
        140: [[["1.0"]]],
        145: [["31 May 2020", [1_590_904_080]]],
    }
    data = [None, [None, None, [node.get(index) for index in range(146)]]]
    script = f"AF_initDataCallback({{key: 'ds:5', hash: '1', data:{json.dumps(data)}"
    return f"<html><script>{script}, sideChannel: {{}}}});</script></html>"


class AppStore(Shelf):
    """The review feed, in JSON, and the lookup."""

    host = "itunes.apple.com"

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        if request.path == "/lookup":
            found = {
                "trackId": int(request.query["id"]),
                "trackName": "Library Card",
                "averageUserRating": 3.0,
                "userRatingCount": len(self.platform.items),
                "version": "1.0",
                "currentVersionReleaseDate": "2020-05-20T10:00:00Z",
            }
            return json_answer({"resultCount": 1, "results": [found]})
        number, kind = re.findall(r"page=(\d+)/(\w+)", request.path)[0]
        if kind == "xml":
            return Answer(200, b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>')
        start = 0 if fault == "repeated_token" else (int(number) - 1) * self.size
        rows = self.rows(start, self.size, fault) if int(number) <= 10 else []
        return json_answer({"feed": {"entry": [self._entry(row, fault) for row in rows]}})

    def _entry(self, row: RawItem, fault: Fault | None) -> dict[str, Any]:
        at = row.created_at + (SKEW if fault == "clock_skew" else timedelta())
        fields = {
            "id": row.item_id,
            "title": "A title",
            "content": row.text,
            "updated": at.isoformat(),
            "im:rating": int(row.rating or 0),
            "im:version": "1.0",
            "im:voteSum": 0,
        }
        named = {key: {"label": str(value)} for key, value in fields.items()}
        return {**named, "author": {"name": {"label": f"Reader {row.item_id}"}}}


class AppStoreConnect(Shelf):
    """The owner's API of Apple; takes any signed token."""

    host = "api.appstoreconnect.apple.com"
    size = 200

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        if request.bearer is None or request.bearer.count(".") != 2:
            return json_answer({"errors": []}, 401)
        start = self.start_of(request.query.get("cursor"))
        rows = self.rows(start, self.size, fault)
        token = self.token(start, rows, fault)
        data = [
            {
                "type": "customerReviews",
                "id": row.item_id,
                "attributes": {
                    "rating": int(row.rating or 0),
                    "title": "A title",
                    "body": row.text,
                    "reviewerNickname": f"Reader {row.item_id}",
                    "createdDate": (
                        row.created_at + (SKEW if fault == "clock_skew" else timedelta())
                    ).isoformat(),
                    "territory": "USA",
                },
                "relationships": {
                    "response": {"data": {"type": "customerReviewResponses", "id": "reply"}}
                },
            }
            for row in rows
        ]
        reply = {
            "type": "customerReviewResponses",
            "id": "reply",
            "attributes": {
                "responseBody": "Thank you.",
                "lastModifiedDate": "2026-01-01T00:00:00Z",
                "state": "PUBLISHED",
            },
        }
        links = {"next": f"https://{self.host}{request.path}?cursor={token}"} if token else {}
        return json_answer({"data": data, "included": [reply], "links": links})


class PlayDeveloper(Shelf):
    """The owner's API of Google, and the exchange of a signed assertion for a token."""

    host = "androidpublisher.googleapis.com"
    size = 100

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        if request.path == "/token":
            return json_answer({"access_token": "token-of-an-hour", "expires_in": 3600})
        if request.bearer != "token-of-an-hour":
            return json_answer({"error": {}}, 401)
        start = self.start_of(request.query.get("token"))
        rows = self.rows(start, self.size, fault)
        token = self.token(start, rows, fault)
        reviews = [
            {
                "reviewId": row.item_id,
                "authorName": f"Reader {row.item_id}",
                "comments": [
                    {
                        "userComment": {
                            "text": row.text,
                            "lastModified": {"seconds": str(seconds(row, fault)), "nanos": 0},
                            "starRating": int(row.rating or 0),
                            "reviewerLanguage": "en",
                            "thumbsUpCount": 3,
                        }
                    },
                    {"developerComment": {"text": "Thank you."}},
                ],
            }
            for row in rows
        ]
        paging = {"tokenPagination": {"nextPageToken": token}} if token else {}
        return json_answer({"reviews": reviews, **paging})
