"""Stand-in for Google Play: batchexecute (rpc oCPfdb, reviews) and the app's details page."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn
from analysis.simulate.standins.shop import Shop, changed_at, next_token, page_of, start_of
from collector.records import RatingSnapshot, RawItem

THROTTLED = "type.googleapis.com/com.google.play.gateway.proto.PlayGatewayError"
TAIL = [[None, [[1800], None, [72000]]]]


class GooglePlayServer(StandIn):
    """shops: package name -> its shop. limit: requests until it throttles, None: never.

    Throttling is a 200 that names PlayGatewayError. `hl` filters the reviews, `gl` does not.
    """

    host = "play.google.com"

    def __init__(self, shops: Mapping[str, Shop], *, limit: int | None = None) -> None:
        super().__init__()
        self.shops = dict(shops)
        self.limit = limit

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """Reviews for a POST to batchexecute, the details page for a GET."""
        if request.path == "/store/apps/details":
            return self._details(request.query.get("id", ""))
        if not request.path.endswith("/batchexecute"):
            return Answer(404)
        if self.limit is not None:
            self.limit -= 1
            if self.limit < 0:
                return _framed(None, [[THROTTLED, 8]])
        asked = json.loads(parse_qs(request.body.decode())["f.req"][0])
        argument = json.loads(asked[0][0][1])
        (paging, (package, _)) = argument[1][2], argument[2]
        shop = self.shops.get(package)
        if shop is None:
            return _framed("[]")
        rows = shop.listed(lang=request.query.get("hl", "en"))
        size, start = paging[0], start_of(rows, paging[2] if len(paging) > 2 else None)
        entries = [_entry(row) for row in page_of(rows, start, size, fault)]
        token = next_token(rows, start, size, fault)
        if not entries and token is None:
            return _framed("[]")
        return _framed(json.dumps([entries, [None, token] if token else None, TAIL]))

    def _details(self, package: str) -> Answer:
        shop = self.shops.get(package)
        if shop is None:
            return Answer(404)
        page = _page(shop)
        return Answer(200, page.encode(), {"content-type": "text/html; charset=utf-8"})


def _entry(row: RawItem) -> list[Any]:
    reply = None
    if row.reply_text is not None and row.reply_at is not None:
        reply = ["The agency", row.reply_text, _stamp(row.reply_at)]
    return [
        row.item_id,
        [row.author, [None, 2, None, [None, None, "https://play-lh.example/a"]]],
        int(row.rating or 0),
        None,
        row.text,
        _stamp(changed_at(row)),
        row.thumbs_up or 0,
        reply,
        None,
        None,
        row.version,
        None,
        None,
    ]


def _stamp(at: datetime) -> list[int]:
    whole = int(at.timestamp())
    return [whole, at.microsecond * 1000]


def _framed(payload: str | None, error: Any = None) -> Answer:
    frame = ["wrb.fr", "oCPfdb", payload, None, None, error, "generic"]
    body = ")]}'\n\n" + json.dumps([frame, ["di", 228], ["af.httprm", 227, "1", 5]])
    return Answer(200, body.encode(), {"content-type": "application/json; charset=utf-8"})


def _page(shop: Shop) -> str:
    totals, release = shop.totals(), shop.release()
    node: dict[int, Any] = {
        0: [shop.world.name],
        13: ["10,000+", 10_000, 12_345],
        51: _bars(totals, len(shop.listed())) if totals else None,
        68: [f"Makers of {shop.world.name}"],
        140: [[[release.version]]] if release else None,
        145: [[None, [int(release.released_at.timestamp()), 0]]] if release else None,
    }
    data = [None, [None, None, [node.get(index) for index in range(146)]]]
    script = f"AF_initDataCallback({{key: 'ds:5', hash: '1', data:{json.dumps(data)}"
    return f"<!doctype html><html><script>{script}, sideChannel: {{}}}});</script></html>"


def _bars(totals: RatingSnapshot, written: int) -> list[Any]:
    stars = (totals.star_1, totals.star_2, totals.star_3, totals.star_4, totals.star_5)
    return [
        [f"{totals.average or 0:.1f}", totals.average],
        [None, *([str(n), n] for n in stars)],
        [str(totals.count), totals.count],
        [str(written), written],
    ]
