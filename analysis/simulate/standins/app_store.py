"""Stand-in for Apple's public feeds: customer reviews as JSON and XML, and the lookup."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn, json_answer
from analysis.simulate.standins.shop import Shop, changed_at, page_of
from collector.records import RawItem

PAGE_SIZE = 50
PAGES = 10
PACIFIC = timezone(timedelta(hours=-7))
ROUTE = re.compile(
    r"/(?P<country>\w\w)/rss/customerreviews/"
    r"(?=.*?page=(?P<page>\d+))(?=.*?id=(?P<id>\d+))"
    r"(?:(?:page|id)=\d+/|sortby=mostrecent/)*(?P<kind>json|xml)",
    re.IGNORECASE,
)
"""The service takes page, id and order in any order."""


class AppStoreServer(StandIn):
    """shops: store id -> its shop. limit: requests until it answers 403, None: never.

    empty: formats that come without entries although there are some, as the real feed does.
    """

    host = "itunes.apple.com"

    def __init__(
        self,
        shops: Mapping[str, Shop],
        *,
        limit: int | None = None,
        empty: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.shops = dict(shops)
        self.limit = limit
        self.empty = empty

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """One page of at most 50, ten pages at most; or the lookup."""
        if self.limit is not None:
            self.limit -= 1
            if self.limit < 0:
                return Answer(403, b"<html><body>Forbidden</body></html>")
        if request.path == "/lookup":
            return self._lookup(request.query.get("id", ""), request.query.get("country", "us"))
        route = ROUTE.fullmatch(request.path)
        if route is None:
            return Answer(404)
        number, kind = int(route["page"]), route["kind"].lower()
        if number > PAGES:
            return Answer(400, b"CustomerReviews RSS page depth is limited to 10")
        shop = self.shops.get(route["id"])
        rows: list[RawItem] = []
        if shop is not None and kind not in self.empty:
            start = 0 if fault == "repeated_token" else (number - 1) * PAGE_SIZE
            listed = shop.listed(country=route["country"].lower())[: PAGE_SIZE * PAGES]
            rows = page_of(listed, start, PAGE_SIZE, fault)
        address = f"https://{self.host}{request.path}"
        if kind == "json":
            return json_answer({"feed": _feed(rows, address)})
        return Answer(200, _xml(rows, address).encode(), {"content-type": "application/atom+xml"})

    def _lookup(self, store_id: str, country: str) -> Answer:
        shop = self.shops.get(store_id)
        if shop is None:
            return json_answer({"resultCount": 0, "results": []})
        totals, release = shop.totals(country), shop.release()
        found: dict[str, Any] = {
            "wrapperType": "software",
            "trackId": int(store_id),
            "trackName": shop.world.name,
            "bundleId": f"org.example.id{store_id}",
            "artistName": f"Makers of {shop.world.name}",
            "averageUserRating": totals.average or 0 if totals else 0,
            "userRatingCount": totals.count or 0 if totals else 0,
            "price": 0.0,
            "currency": "USD",
            "primaryGenreName": "Utilities",
            "trackViewUrl": f"https://apps.apple.com/{country}/app/id{store_id}",
        }
        if release is not None:
            out = release.released_at.strftime("%Y-%m-%dT%H:%M:%SZ")
            found |= {"version": release.version, "currentVersionReleaseDate": out}
            found |= {"releaseNotes": release.notes or ""}
        return json_answer({"resultCount": 1, "results": [found]})


def _feed(rows: list[RawItem], address: str) -> dict[str, Any]:
    """The JSON feed. One review is an object, not a list; none leaves the key out."""
    feed: dict[str, Any] = {
        "author": {
            "name": {"label": "iTunes Store"},
            "uri": {"label": "http://www.apple.com/itunes/"},
        },
        "updated": {"label": _time(datetime.now(PACIFIC))},
        "rights": {"label": "Copyright 2008 Apple Inc."},
        "title": {"label": "iTunes Store: Customer Reviews"},
        "icon": {"label": "http://itunes.apple.com/favicon.ico"},
        "link": [{"attributes": {"rel": "self", "href": address}}],
        "id": {"label": address},
    }
    entries = [_entry(row) for row in rows]
    if entries:
        feed["entry"] = entries if len(entries) > 1 else entries[0]
    return feed


def _entry(row: RawItem) -> dict[str, Any]:
    values = {
        "id": row.item_id,
        "title": row.title or "",
        "content": row.text or "",
        "updated": _time(changed_at(row)),
        "im:rating": str(int(row.rating or 0)),
        "im:version": row.version or "",
        "im:voteSum": str(row.thumbs_up or 0),
        "im:voteCount": str(row.thumbs_up or 0),
    }
    return {
        "author": {
            "uri": {"label": "https://itunes.apple.com/us/reviews/id1"},
            "name": {"label": row.author or ""},
            "label": "",
        },
        **{key: {"label": value} for key, value in values.items()},
        "im:contentType": {"attributes": {"term": "Application", "label": "Application"}},
    }


def _xml(rows: list[RawItem], address: str) -> str:
    entries = "".join(
        f"<entry><id>{row.item_id}</id><title>{escape(row.title or '')}</title>"
        f'<content type="text">{escape(row.text or "")}</content>'
        '<im:contentType term="Application" label="Application"/>'
        f"<im:voteSum>{row.thumbs_up or 0}</im:voteSum>"
        f"<im:voteCount>{row.thumbs_up or 0}</im:voteCount>"
        f"<im:rating>{int(row.rating or 0)}</im:rating>"
        f"<updated>{_time(changed_at(row))}</updated>"
        f"<im:version>{escape(row.version or '')}</im:version>"
        f"<author><name>{escape(row.author or '')}</name>"
        "<uri>https://itunes.apple.com/us/reviews/id1</uri></author>"
        f'<content type="html">{escape(escape(row.text or ""))}</content></entry>'
        for row in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="en"><id>{escape(address)}</id><title>iTunes Store: Customer Reviews</title>'
        f"<updated>{_time(datetime.now(PACIFIC))}</updated>"
        f'<link rel="self" href={quoteattr(address)}/>{entries}</feed>\n'
    )


def _time(at: datetime) -> str:
    return at.astimezone(PACIFIC).isoformat(timespec="seconds")
