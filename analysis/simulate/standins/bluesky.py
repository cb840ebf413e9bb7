"""Stand-in for a Bluesky server: sessions and searchPosts over XRPC."""

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from analysis.simulate.standins.network import Network, Post, disturbed, matches

HANDLE, PASSWORD = "agency.example.test", "abcd-efgh-ijkl-mnop"


class BlueskyServer(StandIn):
    """sessions: how often somebody logged in. most: posts that a search lists, None: all.

    links: number of a post -> address in it that the text shows shortened. cards: number of a post
    -> address of the link card that it has beside a post that it quotes.
    """

    host = "bsky.social"

    def __init__(self, network: Network, *, most: int | None = None) -> None:
        super().__init__()
        self.network = network
        self.most = most
        self.sessions = 0
        self.links: dict[int, str] = {}
        self.cards: dict[int, str] = {}
        self.hidden: set[int] = set()
        self._valid: set[str] = set()

    def expire_sessions(self) -> None:
        """No token that was given is accepted from now on."""
        self._valid.clear()

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """Routes by the name of the procedure or query."""
        match request.path.removeprefix("/xrpc/"):
            case "com.atproto.server.createSession":
                return self._create_session(request)
            case "com.atproto.server.refreshSession":
                return self._session() if request.bearer in self._valid else _expired()
            case "app.bsky.feed.searchPosts":
                return self._search(request, fault) if request.bearer in self._valid else _expired()
        return json_answer({"error": "MethodNotImplemented", "message": "no such method"}, 501)

    def _create_session(self, request: Request) -> Answer:
        asked = json.loads(request.body)
        if (asked.get("identifier"), asked.get("password")) != (HANDLE, PASSWORD):
            return json_answer({"error": "AuthenticationRequired", "message": "Invalid"}, 401)
        self.sessions += 1
        return self._session()

    def _session(self) -> Answer:
        access, refresh = (_jwt(self.sessions, kind) for kind in ("access", "refresh"))
        self._valid |= {access, refresh}
        return json_answer(
            {
                "did": "did:plc:standinagency",
                "handle": HANDLE,
                "accessJwt": access,
                "refreshJwt": refresh,
                "active": True,
            }
        )

    def _search(self, request: Request, fault: Fault | None) -> Answer:
        query = request.query
        since = datetime.fromisoformat(query["since"]) if "since" in query else None
        found = [
            post
            for post in self.network.visible()
            if matches(query["q"], post.text) and (since is None or post.created_at >= since)
        ]
        listed = found[: self.most]
        rows, offset = int(query.get("limit", "25")), int(query.get("cursor", "0"))
        page = disturbed(listed[offset : offset + rows], listed[offset + rows :], fault)
        body: dict[str, Any] = {"posts": [self._view(p) for p in page], "hitsTotal": len(found)}
        if fault in ("repeated_token", "empty_page_with_token"):
            body["cursor"] = str(offset)
        elif offset + rows < len(listed):
            body["cursor"] = str(offset + rows)
        return json_answer(body)

    def _view(self, post: Post) -> Mapping[str, Any]:
        did = f"did:plc:{hashlib.sha256(post.author.encode()).hexdigest()[:24]}"
        key = f"3{post.number:012x}"
        record: dict[str, Any] = {
            "$type": "app.bsky.feed.post",
            "createdAt": _time(post.shown_at),
            "text": post.text,
            "langs": [post.lang] if post.lang else [],
        }
        if (link := self.links.get(post.number)) is not None:
            start = len(f"{post.text} ".encode())
            record["text"] = f"{post.text} {link[8:20]}..."
            record["facets"] = [
                {
                    "index": {"byteStart": start, "byteEnd": len(record["text"].encode())},
                    "features": [{"$type": "app.bsky.richtext.facet#link", "uri": link}],
                }
            ]
        if (card := self.cards.get(post.number)) is not None:
            record["embed"] = _quote_with_card(card)
        label = {
            "src": did,
            "uri": did,
            "val": "!no-unauthenticated",
            "cts": _time(post.created_at),
        }
        return {
            "uri": f"at://{did}/app.bsky.feed.post/{key}",
            "cid": "bafyreistandin",
            "author": {
                "did": did,
                "handle": f"{post.author}.example.test",
                "labels": [label] if post.number in self.hidden else [],
            },
            "record": record,
            "likeCount": post.likes,
            "indexedAt": _time(min(post.created_at, self.network.clock())),
        }


def _quote_with_card(address: str) -> dict[str, Any]:
    """What a post carries that quotes another one and has a link card."""
    quoted = {"uri": "at://did:plc:somebody/app.bsky.feed.post/3quoted", "cid": "bafyreiquoted"}
    card = {"uri": address, "title": "A page", "description": "What it says"}
    return {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"$type": "app.bsky.embed.record", "record": quoted},
        "media": {"$type": "app.bsky.embed.external", "external": card},
    }


def _jwt(number: int, kind: str) -> str:
    """A token whose payload can be read; nothing checks the signature."""
    payload = {"scope": f"com.atproto.{kind}", "exp": int(time.time()) + 7200, "jti": str(number)}
    parts = ({"alg": "none", "typ": "at+jwt"}, payload)
    encoded = (
        base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts
    )
    return ".".join((*encoded, "c2lnbmF0dXJl"))


def _expired() -> Answer:
    return json_answer({"error": "ExpiredToken", "message": "Token has expired"}, 400)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
