"""App Store through app-store-scraper 0.3.5, only for those who install it with --no-deps.

The library pins a requests of 2020, is archived, swallows every error and drops the review's id.
So only its way of asking and reading is used, over our own transport.
"""

import importlib
import importlib.util
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from collector.end_codes import reason
from collector.errors import AuthFailed, PayloadChanged
from collector.records import RawItem
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit

NAME = "app_store_scraper"
INSTALL = "pip install --no-deps app-store-scraper==0.3.5"


def plan(app: AppSettings, settings: Settings) -> Plan:  # noqa: ARG001
    """Reviews of each storefront, where this route is chosen and the library is there."""
    if app.app_store is None:
        return Plan(off=reason("off-no-id", name="app_store"))
    if app.app_store_route != "scraper":
        return Plan(off=reason("off-route", name="app_store_route", route="scraper"))
    if importlib.util.find_spec("app_store_scraper") is None:
        return Plan(off=reason("off-library", command=INSTALL), wanted=True)
    ask = partial(Part, target=app.app_store)
    return Plan(parts=tuple(ask(key=f"reviews:{c}", country=c) for c in app.countries))


def walk(visit: Visit) -> Iterator[Page]:
    """Reviews of one storefront. The service promises no order, so every walk goes to the end."""
    reader = _reader(visit)
    offsets: set[int] = set()
    read = 0
    while True:
        try:
            reader._get(
                reader._request_url, headers=reader._request_headers, params=reader._request_params
            )
            ids = [row.get("id") for row in reader._response.json()["data"]]
            reader._parse_data(None)
            reader._parse_next()
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise visit.http.payload_changed(
                NAME, reason("failed-shape", place="App Store"), reader._response.text
            ) from error
        rows, read = reader.reviews[read:], len(reader.reviews)
        items = tuple(
            item for i, row in zip(ids, rows, strict=True) if (item := _item(i, row, visit))
        )
        offset = reader._request_offset
        if offset in offsets:
            raise PayloadChanged(reason("failed-circle", place="App Store"))
        yield Page(items=items, bad=len(rows) - len(items), end=_end(offset, read))
        if offset is None:
            return
        offsets.add(offset)


def _end(offset: int | None, read: int) -> End | None:
    if offset is not None:
        return None
    if not read:
        return End(kind="suspect_empty", why=reason("failed-nothing"))
    return End(kind="end", why=reason("ended-list"))


def _reader(visit: Visit) -> Any:
    """The library's reader with our transport; building it asks for the page's token."""
    library = importlib.import_module("app_store_scraper")

    class Reader(library.AppStore):  # type: ignore[name-defined, misc]
        def _get(self, url: str, headers: Any = None, params: Any = None, **_: Any) -> None:
            sent = {k: v for k, v in (headers or {}).items() if v is not None}
            asked = {k: str(v) for k, v in (params or {}).items()}
            self._response = visit.http.get(url, headers=sent, params=asked, throttled=(403, 429))

    handlers = list(logging.root.handlers)
    name = visit.app.name or visit.key
    reader = Reader(country=visit.part.country, app_name=name, app_id=visit.target)
    logging.root.handlers[:] = handlers  # the library configures logging for the whole process
    if not reader._request_headers.get("Authorization"):
        raise AuthFailed(reason("failed-no-token", place="App Store"))
    return reader


def _item(item_id: object, row: dict[str, Any], visit: Visit) -> RawItem | None:
    """One row; None where stars or date cannot be read. Without an id it gets a stable hash."""
    rating, date = row.get("rating"), row.get("date")
    if rating not in (1, 2, 3, 4, 5) or not isinstance(date, datetime):
        return None
    reply = row.get("developerResponse") or {}
    return RawItem(
        source=NAME,
        item_id=item_id if isinstance(item_id, str) and item_id else None,
        created_at=date.replace(tzinfo=UTC),
        author=row.get("userName"),
        rating=float(rating),
        title=row.get("title"),
        text=row.get("review"),
        country=visit.part.country,
        reply_text=reply.get("body") if isinstance(reply, dict) else None,
    )


SOURCE = Source(
    name=NAME,
    title="App Store through app-store-scraper",
    gives="reviews with title, text, replies",
    needs=f"the number in the app's link and `{INSTALL}`",
    cost="free",
    cannot_see="app version, votes; an edit where the service gives no id; the language; "
    "storefronts that are not configured; why it has no rows",
    edits="the date of the last change, in place of that of publication, where the service "
    "gives an id",
    limits="20 reviews a request",
    terms="Apple's terms; the library is archived",
    plan=plan,
    walk=walk,
    overlap=timedelta(days=36_500),
    overlap_pages=10_000,
    page_size=20,
    page_budget=500,
    first_budget=500,
)
